"""What phrases would change, tried out before they are saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..core.context import Context
from ..core.guide import Guide
from ..errors import ContentError
from ..store.content_protocols import Versions
from ..store.records import Logged
from .drafting import head
from .impact import Impact, Label, Progress, impact, label_of
from .loading import load_texts
from .phrase_drafts import Place
from .questions import Question, questions_of_checks
from .telling import problem_lines
from .tree import Texts


@dataclass(frozen=True, slots=True)
class Ground:
    """What a trial rests on: the released texts with the draft of one item over them, and what residents asked."""

    texts: Texts
    text: str
    author: str
    asked: Sequence[Logged]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a question ends today and with the draft."""

    text: str
    before: Label
    after: Label


@dataclass(frozen=True, slots=True)
class Tried:
    """What a trial found. With `problems` the phrases cannot stand like this, and nothing was asked."""

    endings: tuple[Ending, ...] = ()
    impact: Impact | None = None
    problems: tuple[str, ...] = ()


def ground_of(versions: Versions, place: Place, latest: Sequence[Logged]) -> Ground:
    """What to try on; on the store thread. `author` is whose draft lies under it, empty if there is none."""
    before, current = head(versions, place.item), versions.current()
    texts = versions.bodies(versions.contents(current.number)) if current else {}
    draft = next((each.version.author for each in versions.drafts() if each.item == place.item), "")
    return Ground(texts, before.text, draft, latest)


def try_phrases(
    guide: Guide, ground: Ground, place: Place, phrases: Sequence[str], wordings: Sequence[str], now: datetime,
    progress: Progress | None = None,
) -> Tried:  # fmt: skip
    """How `wordings` end without and with the phrases, and which other questions move; takes seconds."""
    texts = {**ground.texts, place.item: place.with_phrases(ground.text, phrases).encode()}
    try:
        new = guide.successor(load_texts(texts).catalogue)
    except ContentError as error:
        return Tried(problems=tuple(problem_lines(error.problems)))
    endings = tuple(Ending(text, _ending(guide, text, now), _ending(new, text, now)) for text in wordings)
    real = (Question(each.text, "real", each.times) for each in ground.asked)
    own = frozenset(wordings)
    others = [each for each in (*questions_of_checks(guide.catalogue), *real) if each.text not in own]
    return Tried(endings, impact(guide, new, others, now, progress=progress))


def _ending(guide: Guide, text: str, now: datetime) -> Label:
    return label_of(guide.answer(text, Context(), now).reply, guide.warning())


def titles_of(guide: Guide) -> Mapping[str, str]:
    """The titles of all subjects."""
    return {name: intent.title for name, intent in guide.catalogue.intents.items()}
