"""Which questions stand so near a turning point that a small change turns them, by the chances that the log kept.

Every phrase that comes or goes moves the chances of all subjects a little. Where words are in common they move far;
anywhere else only what stands at a limit is answered, or asked back about, differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..core.reply import Scored
from ..core.understanding import MOST_OFFERED, NEAR, OFFER, SURE
from .changes import Change

# Nine in ten of the questions that turn without a word in common are nearer than this.
SLIGHT = 0.02


def slack(scores: Sequence[Scored], change: Change) -> float:
    """How much chance has to move until a question with these scores, best first, may end differently.

    Less where subjects that a change is about are among them, and 0 where these are likely enough by themselves.
    """
    own = sum(each.score for each in scores if each.intent in change.subjects)
    chances = [*(each.score for each in scores), *[0.0] * (MOST_OFFERED + 1)]
    free = min(_distances(chances)) if change.matching else SURE
    return max(0.0, free - own)


def _distances(chances: Sequence[float]) -> Iterator[float]:
    """From each limit that decides: to answer, to ask back at all, to offer a subject, to offer it before the next."""
    best, first = chances[0], chances[:MOST_OFFERED]
    offered = [chance for chance in first if chance >= OFFER]
    yield abs(best - SURE)
    yield abs(sum(offered) - NEAR)
    if best >= SURE:
        return
    # One more at the limit may be what makes asking back worth while.
    yield from (abs(chance - OFFER) for chance in first if sum(offered) + (chance if chance < OFFER else 0.0) >= NEAR)
    if len(offered) == MOST_OFFERED and sum(offered) >= NEAR:
        yield offered[-1] - chances[MOST_OFFERED]
