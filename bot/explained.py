"""Why Loa took a question as it did, as lines that an officer reads, and the same as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from .core.catalogue import Catalogue
from .core.explaining import Candidate, Explanation, Understood, Weighed
from .core.guide import Guide
from .core.signs import Signs
from .core.turn import Turn
from .core.understanding import OFFER, SURE
from .core.vietnamese import clean

_OUTSIDE = "ngoài phạm vi"
# The second likeliest is worth a word even where it would not be offered.
_RUNNER_UP = 0.01
_PHRASES = 2
_UNMATCHED = "Loa không xét chủ đề cho tin này: đây là một lệnh, tin quá dài, hoặc không có chữ nào."


def explained_lines(guide: Guide, text: str, turn: Turn) -> Iterator[str]:
    """How a text was read, what it is about and why, and what to change if that is wrong."""
    if turn.match is None:
        yield _UNMATCHED
        return
    why = guide.matcher.explain(_asked(text))
    yield from _read(why)
    yield from _best(why.ranked[0], guide.catalogue)
    others = _others(why)
    for at, other in enumerate(others):
        yield _other(other, why.instead if at == 0 else other.words, guide.catalogue)
    yield from _decided(guide, text, turn, why)
    for other in others:
        yield f"Muốn câu này {_wanted(other, guide.catalogue)}: thêm câu mẫu vào {_file(other)}"
    if not others:
        yield "Muốn câu này về chủ đề khác: thêm câu mẫu vào tệp của chủ đề ấy trong intents/"


def explained_record(guide: Guide, text: str, turn: Turn) -> dict[str, Any] | None:
    """The explanation as data, with the titles of the subjects; None where no subject was looked for."""
    if turn.match is None:
        return None
    why = guide.matcher.explain(_asked(text))
    record: dict[str, Any] = _rounded(asdict(why))
    for subject in record["subjects"]:
        subject["title"] = guide.catalogue.intents[subject["intent"]].title
    record["outside"].pop("intent")
    return record | {"read": " ".join(why.read)}


def _asked(text: str) -> str:
    """The text without the slash that a question may begin with by mistake."""
    return clean(text).lstrip("/ ")


def _read(why: Explanation) -> Iterator[str]:
    yield f"Loa đọc là: {' '.join(why.read)}"
    if why.understood:
        yield f"  {'; '.join(map(_meant, why.understood))}"
    if why.others:
        yield f"  Cũng đọc được: {'; '.join(_otherwise(why.others))}"
    if why.unknown:
        yield f"  Chưa câu mẫu nào có: {'; '.join(f'“{word}”' for word in why.unknown)}"
    found = "; ".join(f"{each.title} (“{each.words}”)" for each in why.concepts)
    yield f"Khái niệm: {found or 'không thấy'}"


def _meant(each: Understood) -> str:
    return f"“{each.typed}” {'coi là gõ nhầm của' if each.corrected else 'hiểu là'} “{each.read}”"


def _otherwise(others: Sequence[Understood]) -> Iterator[str]:
    for typed in dict.fromkeys(each.typed for each in others):
        yield f"{', '.join(f'“{each.read}”' for each in others if each.typed == typed)} thay cho “{typed}”"


def _best(best: Candidate, catalogue: Catalogue) -> Iterator[str]:
    name = catalogue.intents[best.intent].title if best.intent else _OUTSIDE
    yield f"Chủ đề: {name} ({_percent(best.chance)}), tệp {_file(best)}"
    if best.nearest:
        near = "; ".join(f"“{each.text}” (giống {_percent(each.likeness)})" for each in best.nearest[:_PHRASES])
        yield f"  Gần nhất với câu mẫu: {near}"
    if best.words:
        yield f"  Từ nói lên {'chủ đề này' if best.intent else 'điều này'}: {_words(best.words)}"


def _others(why: Explanation) -> Sequence[Candidate]:
    """What else it may be about: the runner-up, and whatever Loa would offer."""
    return [each for at, each in enumerate(why.ranked[1:]) if each.chance >= (OFFER if at else _RUNNER_UP)]


def _other(other: Candidate, words: Sequence[Weighed], catalogue: Catalogue) -> str:
    name = catalogue.intents[other.intent].title if other.intent else _OUTSIDE
    reason = f", vì {_words(words)}" if words else ""
    near = f"; gần nhất với câu mẫu “{other.nearest[0].text}”" if other.nearest else ""
    return f"Cũng có thể là: {name} ({_percent(other.chance)}){reason}{near}"


def _decided(guide: Guide, text: str, turn: Turn, why: Explanation) -> Iterator[str]:
    """What was answered for another reason than that it is the likeliest, or was not answered though it is."""
    intents = guide.catalogue.intents
    best = why.subjects[0] if why.subjects else None
    if guide.in_danger(text):
        yield "Câu có dấu hiệu nguy hiểm đến tính mạng, nên Loa nhắc gọi 115 trước (intents/_danger.yaml)"
    for name in turn.reply.answered:
        signed = intents[name].signs and Signs(intents[name].signs).found_in(text)
        if signed:
            yield f"Loa trả lời “{intents[name].title}” vì câu có dấu hiệu riêng (signs trong intents/{name}.yaml)"
    if turn.halves:
        asked = "; ".join(f"“{half.text}” hỏi về “{intents[half.subject.intent].title}”" for half in turn.halves)
        yield f"Loa coi tin này là hai câu hỏi: {asked}"
    if best and best.chance >= SURE and intents[best.intent].needs and not turn.reply.answered:
        title = intents[best.intent].title
        yield f"Loa chưa trả lời thẳng “{title}” vì câu thiếu từ cần có (needs trong intents/{best.intent}.yaml)"


def _words(words: Sequence[Weighed]) -> str:
    return "; ".join(f"khái niệm {each.text}" if each.concept else f"“{each.text}”" for each in words)


def _wanted(candidate: Candidate, catalogue: Catalogue) -> str:
    return f"về chủ đề “{catalogue.intents[candidate.intent].title}”" if candidate.intent else f"là {_OUTSIDE}"


def _file(candidate: Candidate) -> str:
    return f"intents/{candidate.intent or '_out_of_scope'}.yaml"


def _percent(share: float) -> str:
    """Never nothing and never all: a probability is neither."""
    if share < _RUNNER_UP:
        return "dưới 1%"
    return "trên 99%" if 1.0 - _RUNNER_UP < share < 1.0 else f"{share:.0%}"


def _rounded(value: Any) -> Any:
    """The same data with lists for tuples, and four digits behind the point."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value
