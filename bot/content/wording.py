"""What answers say: grounded in their clauses and facts, in force, short enough, easy to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..core.actions import MAX_BYTES, Action
from ..core.catalogue import Answer, Intent
from ..core.figures import figures
from ..core.guide import Guide
from ..core.old_answers import readable
from ..core.reply import Block, Reply
from ..core.standing import Standing
from ..core.templates import Grounds, outline
from ..errors import Problem
from .files import Source
from .loading import Loaded
from .notation import Names, broken
from .rendering import rendering_on
from .replacing import old_answer_problems
from .tree import LANGUAGE

MAX_UNITS = 4096
LONG_ANSWER = 900
LONG_SENTENCE = 28
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?;:]\s+|\n+")


def wording_problems(loaded: Loaded, guide: Guide) -> Iterator[Problem]:
    """Everything wrong with what residents would read."""
    catalogue = loaded.catalogue
    grounds = Grounds(catalogue.directives, catalogue.facts, catalogue.pack.as_of)
    standing = Standing(catalogue.directives)
    for name in catalogue.answers:
        source, answer = loaded.sources[f"responses/{LANGUAGE}/{name}.md"], catalogue.answers[name]
        yield from answer_problems(source, catalogue.intents[name], grounds, catalogue.pack.names)
        yield from length_problems(source, answer, guide.telling((answer,), catalogue.pack.as_of))
        yield from overdue_problems(source, catalogue.pack.as_of)
        yield from old_answer_problems(source, answer, catalogue, standing)
    yield from _buttons(loaded, guide)
    yield from _lost_buttons(loaded)
    yield from _typed_numbers(loaded)


def answer_problems(source: Source, intent: Intent, grounds: Grounds, names: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Problems of one response that renders: what it says without ground, from documents no longer in force."""
    judged = rendering_on(grounds).faults(source.body, names, needs_quote=not intent.small_talk)
    for fault in judged:
        yield Problem(source.name, source.body_line + fault.line - 1, fault.what, fault.mend, fault.rule)
    if "«" in source.body or "»" in source.body:
        for each in broken(source.body, Names({name: fact.title for name, fact in grounds.facts.items()})):
            yield Problem(source.name, source.body_line + each.line - 1, each.what, each.mend, "notation")
    for piece in outline(source.body):
        line = source.body_line + piece.line - 1
        if piece.kind in ("quote", "cite"):
            effective = grounds.directives[piece.value.partition("#")[0]].effective
            if effective and effective > grounds.day.isoformat():
                what = f"{piece.value}: văn bản chưa có hiệu lực, từ {readable(effective)}"
                yield Problem(source.name, line, what, "dẫn văn bản đang có hiệu lực", "expired")
        elif piece.kind == "own":
            yield from _addresses(source, piece.value, line)
            yield from _hard_to_read(source, piece.value, line)


def _addresses(source: Source, text: str, line: int) -> Iterator[Problem]:
    for match in _ADDRESS.finditer(text):
        at = line + text[: match.start()].count("\n")
        mend = "đưa vào data/facts.yaml (kind: link) kèm nguồn, rồi dùng fact(…)"
        yield Problem(source.name, at, f"địa chỉ “{match.group()}” gõ thẳng trong câu trả lời", mend, "link")


def _hard_to_read(source: Source, text: str, line: int) -> Iterator[Problem]:
    """Long sentences of one's own; the official words of a quotation are as they are."""
    at = 0
    for end in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        words = re.findall(r"\w+", text[at:end])
        if len(words) > LONG_SENTENCE:
            where = line + text[: at + len(text[at:end]) - len(text[at:end].lstrip())].count("\n")
            what = f"câu dài {len(words)} tiếng, khó đọc: “{' '.join(words[:6])} …”"
            yield Problem(
                source.name, where, what, f"tách thành câu dưới {LONG_SENTENCE} tiếng", "reading", warning=True
            )
        at = end


def shown_units(blocks: tuple[Block, ...]) -> int:
    """Length of a message as Telegram counts it (UTF-16), list marks and empty lines included."""
    return sum(len(block.text.encode("utf-16-le")) // 2 + 4 for block in blocks)


def length_problems(source: Source, answer: Answer, reply: Reply) -> Iterator[Problem]:
    """An answer that is too long for Telegram, as the reply that it becomes, or for people."""
    units = shown_units(reply.blocks)
    letters = sum(len(block.text) for block in answer.blocks)
    if units > MAX_UNITS:
        what = f"câu trả lời dài {units} chữ, Telegram nhận {MAX_UNITS}"
        yield Problem(source.name, source.body_line, what, "rút ngắn", "length")
    elif letters > LONG_ANSWER:
        what = f"câu trả lời dài {letters} chữ, bà con khó đọc hết"
        yield Problem(source.name, source.body_line, what, f"rút còn dưới {LONG_ANSWER} chữ", "long", warning=True)


def overdue_problems(source: Source, as_of: date) -> Iterator[Problem]:
    """An answer that somebody should have read again by now."""
    review_by = day_of(source.values.get("review_by"))
    if review_by and review_by < as_of:
        what = f"quá hạn xem lại ({review_by:%d/%m/%Y})"
        yield source.problem(what, "đọc lại rồi ghi ngày mới", "review_by", rule="review", warning=True)


def day_of(value: object) -> date | None:
    """A day as it stands in a file, with or without quotation marks; None for what is none."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


def _buttons(loaded: Loaded, guide: Guide) -> Iterator[Problem]:
    """Buttons that Telegram would refuse; a vote on two answers at once names both."""
    catalogue = loaded.catalogue
    longest_names = sorted(catalogue.answers, key=lambda name: -len(name.encode()))[:2]
    for name in catalogue.answers:
        actions = [button.action for row in guide.about((name,), catalogue.pack.as_of).buttons for button in row]
        actions += [str(Action("down", f"{name}+{other}")) for other in longest_names if other != name][:1]
        longest = max(actions, key=lambda action: len(action.encode()))
        if len(longest.encode()) > MAX_BYTES:
            what = f"nút “{longest}” dài quá {MAX_BYTES} byte"
            yield loaded.sources[f"intents/{name}.yaml"].problem(what, "rút ngắn mã chủ đề", rule="button")


def _lost_buttons(loaded: Loaded) -> Iterator[Problem]:
    """Buttons of the directives and places that no channel could carry back."""
    directives = loaded.catalogue.directives.values()
    actions = [(f"{kind}:{each.id}", "data/directives") for kind in ("doc", "notes") for each in directives]
    clauses = [clause for each in directives for clause in each.clauses]
    actions += [(f"{kind}:{clause.id}", "data/directives") for kind in ("clause", "rests") for clause in clauses]
    actions += [(f"place:{name}", "data/places.yaml") for name in loaded.catalogue.places]
    for action, file in actions:
        if len(action.encode()) > MAX_BYTES:
            yield Problem(file, 1, f"nút ({action}) dài quá {MAX_BYTES} byte", "rút ngắn mã", "button")


def _typed_numbers(loaded: Loaded) -> Iterator[Problem]:
    """A telephone number that is typed into one of Loa's own sentences is not kept up with its fact."""
    source = loaded.sources[f"responses/{LANGUAGE}/_messages.yaml"]
    for name, text in loaded.catalogue.messages.items():
        for figure in figures(text):
            if figure.unit == "phone" and not name.startswith("page_"):
                what = f"{name}: số “{figure.text}” gõ thẳng trong câu"
                yield source.problem(what, "đưa vào data/facts.yaml kèm nguồn, rồi dùng fact(…)", name, rule="figure")
