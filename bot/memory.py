"""How the process looks after its memory."""

from __future__ import annotations

import gc

_BETWEEN = 100_000


def collect_seldom() -> None:
    """Look for cycles of dead objects after many new objects, not after 700.

    Content is read into hundreds of thousands of objects that stay: looking them through again and again finds nothing,
    and takes a tenth of the time of a check.
    """
    gc.set_threshold(_BETWEEN, 20, 20)


def put_to_rest() -> None:
    """Leave everything that is there now out of the collections to come; call it after each change of release.

    A full collection over the phrases of 350 subjects takes a third of a second, in which nobody is answered; here it
    is made once, at a known moment.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
