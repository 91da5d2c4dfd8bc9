"""Answers and sentences rendered and judged once for as long as what they rest on is the same.

A release differs from the one before in a file or two. The others' text, and every clause and fact, are what they
were, so that their answers are too.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from threading import Lock

from ..core.grounding import Fault, faults
from ..core.templates import Grounds, Rendered, render
from ..errors import TemplateError

# Two packs of 350 subjects, as files are kept; grounds change seldom, and a draft may have its own.
_TEXTS_KEPT = 2048
_GROUNDS_KEPT = 4


class Rendering:
    """Renders what rests on the same grounds; a text that does not render is refused anew each time."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds = grounds
        self._known = lru_cache(_TEXTS_KEPT)(self._rendered)
        self._judged = lru_cache(_TEXTS_KEPT)(self._faults)

    def body(self, text: str) -> Rendered:
        """The body of a response. Raises TemplateError as `render` does."""
        return self._ready(text, ())

    def message(self, text: str, names: tuple[str, ...]) -> Rendered:
        """A sentence with a value for each variable. Raises TemplateError as `render` does."""
        return self._ready(text, names)

    def faults(self, text: str, names: tuple[str, ...], *, needs_quote: bool) -> tuple[Fault, ...]:
        """What the body of a response says without ground, as `grounding.faults` finds it."""
        return self._judged(text, names, needs_quote)

    def _faults(self, text: str, names: tuple[str, ...], needs_quote: bool) -> tuple[Fault, ...]:
        return faults(text, self.grounds, names, needs_quote=needs_quote)

    def _ready(self, text: str, names: tuple[str, ...]) -> Rendered:
        found = self._known(text, names)
        if isinstance(found, TemplateError):
            raise TemplateError(found.what, found.line, found.mend)
        return found

    def _rendered(self, text: str, names: tuple[str, ...]) -> Rendered | TemplateError:
        try:
            return render(text, self.grounds, dict.fromkeys(names, "x"))
        except TemplateError as error:
            return TemplateError(error.what, error.line, error.mend)


_lock = Lock()
_kept: deque[Rendering] = deque(maxlen=_GROUNDS_KEPT)


def rendering_on(grounds: Grounds) -> Rendering:
    """The rendering on equal grounds, the same one as before if it is still kept."""
    with _lock:
        found = next((each for each in _kept if each.grounds == grounds), None) or Rendering(grounds)
        if found in _kept:
            _kept.remove(found)
        _kept.append(found)
        return found
