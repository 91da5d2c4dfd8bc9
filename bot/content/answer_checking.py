"""One answer as residents would see it, and everything that is wrong with it: for every pause in an officer's typing.

Only this answer is looked at. What holds it up elsewhere (phrases, other answers) is for the gate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ..core.catalogue import Answer, Catalogue, Intent
from ..core.guide import Guide
from ..core.messages import COMMON, SENTENCES
from ..core.reply import Reply
from ..core.standing import Standing
from ..core.templates import Grounds
from ..errors import Problem, TemplateError
from .answers import answer_of, fronted
from .files import Source, parse_as, read
from .notation import Names, broken, clause_name, plainly
from .rendering import Rendering, rendering_on
from .replacing import old_answer_problems
from .schemas import ResponseFront
from .wording import answer_problems, length_problems, overdue_problems, shown_units

# What stands in a preview where something is wanting; pages mark what is between these.
GAP, GAP_END = "⟦", "⟧"
_TAG = re.compile(
    r"""\{%-?\s*quote\s+(["'])(?P<quote>[^"']*)\1\s*-?%\}(?P<words>.*?)\{%-?\s*endquote\s*-?%\}"""
    r"""|\{%-?\s*cite\s+(["'])(?P<cite>[^"']*)\4\s*-?%\}"""
    r"""|\{\{-?\s*fact\(\s*(["'])(?P<fact>[^"']*)\6\s*\)\s*-?\}\}""",
    re.DOTALL,
)
_GAPS = re.compile(f"{GAP}[^{GAP}{GAP_END}]*{GAP_END}")
_NODE = re.compile(r"không dùng được “\w+” trong mẫu trả lời")
_ENGLISH = re.compile(r"^(sai cú pháp)\b.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend; `line` counts from the first of the body, None for what stands in the fields."""

    line: int | None
    what: str
    mend: str
    warning: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """The reply to the subject as it would go out, None where the text cannot be read at all; and what to mend.

    `units` is its length as Telegram counts, `letters` that of the answer by itself.
    """

    reply: Reply | None
    findings: tuple[Finding, ...]
    units: int = 0
    letters: int = 0

    @property
    def errors(self) -> int:
        """How many findings keep it from being published."""
        return sum(not each.warning for each in self.findings)


class Desk:
    """Looks at answers over one ground; `live` lends what it takes to compose a reply."""

    def __init__(self, ground: Catalogue, live: Guide) -> None:
        self.ground = ground
        self._grounds = Grounds(ground.directives, ground.facts, ground.pack.as_of)
        self.names = Names({name: fact.title for name, fact in ground.facts.items()})
        self._rendering: Rendering = rendering_on(self._grounds)
        # What other drafts lack or spoil is for their own pages to tell.
        own = {name: text for name, text in ground.messages.items() if self._renders(name, text)}
        messages, intents = {**live.catalogue.messages, **own}, _placed(ground)
        self._guide = live.composing(replace(ground, messages=messages, intents=intents))
        self._standing = Standing(ground.directives)

    def look(self, intent: Intent, item: str, text: str, now: date) -> Looked:
        """The answer with all that is wrong with it; `now` is when a resident would ask."""
        problems: list[Problem] = []
        source = read(item, text.encode("utf-8", "replace"), problems)
        front = parse_as(ResponseFront, source, problems) or ResponseFront()
        body, wanting = self._readable(source)
        problems += wanting
        # Of what is wanting nothing is said yet, so nothing in it is to be judged.
        legible = Source(item, source.values, source.lines, _GAPS.sub("…", body), source.body_line)
        try:
            rendered = self._rendering.body(body)
        except TemplateError as error:
            problems.append(_problem(source, error))
            return Looked(None, _findings(problems, source, self.names))
        answer = fronted(answer_of(intent.id, rendered, self._grounds), front, self.ground.pack.timezone)
        problems += self._judged(legible, intent, answer, quoted=_quotes(source.body))
        reply = self._guide.telling((answer,), now)
        letters = sum(len(block.text) for block in answer.blocks)
        return Looked(reply, _findings(problems, source, self.names), shown_units(reply.blocks), letters)

    def _renders(self, name: str, text: str) -> bool:
        if name not in SENTENCES:
            return False
        try:
            self._rendering.message(text, (*COMMON, *SENTENCES[name]))
        except TemplateError:
            return name.startswith("page_")
        return True

    def _judged(self, source: Source, intent: Intent, answer: Answer, *, quoted: bool) -> Iterator[Problem]:
        """`quoted`: a quotation that is not right yet is one all the same."""
        as_of = self.ground.pack.as_of
        if not answer.blocks:
            yield Problem(source.name, source.body_line, "mẫu trả lời trống", "viết câu trả lời", "empty")
        elif not intent.small_talk and not quoted and not any(each.quote for each in answer.citations):
            mend = "chọn một mục của văn bản, bôi đen những chữ cần dẫn rồi bấm “Trích dẫn”"
            yield Problem(source.name, source.body_line, "câu trả lời chưa trích văn bản nào", mend, "quote")
        yield from answer_problems(source, intent, self._grounds, self.ground.pack.names)
        yield from length_problems(source, answer, self._guide.telling((answer,), as_of))
        yield from overdue_problems(source, as_of)
        yield from old_answer_problems(source, answer, self.ground, self._standing)

    def _readable(self, source: Source) -> tuple[str, list[Problem]]:
        """The body with gaps where quotations, clauses and facts are not right, and a problem for each of them."""
        body, problems = self._without_broken(source)
        try:
            self._rendering.body(body)
        except TemplateError:
            return _TAG.sub(lambda tag: self._tag(tag, source, problems), body), problems
        return body, problems

    def _without_broken(self, source: Source) -> tuple[str, list[Problem]]:
        """The body with gaps where a mark of the editor is not whole: nothing else is to be said of what it holds."""
        marks = tuple(broken(source.body, self.names))
        body = source.body
        for each in reversed(marks):
            typed = body[each.start : each.end]
            body = body[: each.start] + _gap_of(typed) + "\n" * typed.count("\n") + body[each.end :]
        name, first = source.name, source.body_line - 1
        return body, [Problem(name, first + each.line, each.what, each.mend, "notation") for each in marks]

    def _tag(self, tag: re.Match[str], source: Source, problems: list[Problem]) -> str:
        try:
            self._rendering.body(tag.group())
        except TemplateError as error:
            if tag["fact"] and re.search(rf"has_fact\(\s*[\"']{re.escape(tag['fact'])}[\"']", source.body):
                return tag.group()
            before = source.body[: tag.start()].count("\n")
            problems.append(_problem(source, error, before))
            return _gap(tag, self.names) + "\n" * tag.group().count("\n")
        return tag.group()


def _placed(ground: Catalogue) -> dict[str, Intent]:
    """The subjects, all in the menu or out of it: one whose group there is not yet counts as small talk."""
    groups = ground.pack.groups
    return {
        name: intent if intent.small_talk or intent.group in groups else replace(intent, small_talk=True)
        for name, intent in ground.intents.items()
    }


def _quotes(body: str) -> bool:
    return "«trích" in body.casefold() or any(tag["quote"] is not None for tag in _TAG.finditer(body))


def _gap(tag: re.Match[str], names: Names) -> str:
    if tag["quote"] is not None:
        said = f"trích chưa đúng: {' '.join(tag['words'].split())}"
    elif tag["cite"] is not None:
        said = f"chưa có {clause_name(tag['cite'])}"
    else:
        said = f"chưa có dữ kiện {names.facts.get(tag['fact'], tag['fact'])}"
    return _gap_of(said)


def _gap_of(said: str) -> str:
    return GAP + re.sub(r"[{}%⟦⟧*_`\[\]\n]", " ", said) + GAP_END


def _problem(source: Source, error: TemplateError, before: int = 0) -> Problem:
    return Problem(source.name, source.body_line + before + error.line - 1, error.what, error.mend, "template")


# How officers call what content files name in their own way.
_WORDS = (
    ("xem lại dấu {{ }} và {% %}", "xoá các dấu { } và % vừa gõ, rồi chèn lại từ ô bên cạnh"),
    (
        "mẫu chỉ có chữ, {% quote %}, {% cite %}, {% if has_fact(…) %}, {{ fact(…) }}",
        "chỉ viết chữ; trích dẫn và dữ kiện thì chèn từ ô bên cạnh",
    ),
    ("trong {% quote %} chỉ được có chữ của văn bản", "trong «trích …» chỉ được có chữ của văn bản"),
    ("bỏ {{ }} và {% %} bên trong", "bỏ các dấu { } bên trong"),
    ("đặt trong {% if has_fact(…) %}", "đặt giữa «nếu có: …» và «hết»"),
    ('viết fact("tên_dữ_kiện")', "chèn dữ kiện từ ô bên cạnh"),
    ('viết ví dụ fact("moh_hotline")', "chèn dữ kiện từ ô bên cạnh"),
    ('chỉ viết một tên, ví dụ fact("moh_hotline")', "chèn lại dữ kiện từ ô bên cạnh"),
    ('viết ví dụ {% cite "UBND@2021#2" %}', "viết ví dụ «dẫn mục 2 của UBND năm 2021»"),
    ("đưa vào data/facts.yaml có nguồn rồi dùng fact(…)", "thêm vào trang Dữ kiện kèm nguồn rồi chèn từ đó"),
    ("đưa vào data/facts.yaml (kind: link) kèm nguồn, rồi dùng fact(…)", "thêm vào trang Dữ kiện rồi chèn từ đó"),
    ("bổ sung nguồn trong data/facts.yaml", "bổ sung nguồn ở trang Dữ kiện"),
    ("ghi “withdrawn: true” để rút", "rút câu trả lời"),
    ("đúng chữ của mục bằng quote", "đúng chữ của mục bằng nút “Trích dẫn”"),
    ('thêm {% quote "…" %}…{% endquote %} hoặc fact(…)', "thêm một trích dẫn hoặc dữ kiện"),
    ('thêm {% quote "…" %}…{% endquote %}', "thêm một trích dẫn, như «trích mục 2 của …: chữ của văn bản»"),
    ("dùng fact(…)", "chèn một dữ kiện"),
    ("thêm câu mẫu vào examples", "thêm câu vào ô Câu mẫu"),
    ("các số liệu dùng được ghi ở đầu tệp", "xem các số liệu điền được trên trang này"),
    ("sửa mục related", "sửa ô Chủ đề liên quan"),
    ("thêm nhóm vào data/pack.yaml, hoặc chọn", "chọn"),
    ("thêm dòng “group: …”", "chọn một nhóm"),
)


def in_their_words(text: str, names: Names | None = None) -> str:
    """What a check says, as officers call things on their pages; facts by their `names`."""
    text = _NODE.sub("không dùng được dấu { } hay % như vậy", _ENGLISH.sub(r"\1", text))
    if text.startswith("các tên có:"):
        return "chọn trong danh sách trên trang này"
    for file, page in _WORDS:
        text = text.replace(file, page)
    return plainly(text, names or Names())


def _findings(problems: list[Problem], source: Source, names: Names) -> tuple[Finding, ...]:
    found = [
        Finding(_line(each, source), in_their_words(each.what, names), in_their_words(each.mend, names), each.warning)
        for each in dict.fromkeys(sorted(problems))
    ]
    return tuple(sorted(found, key=lambda each: (each.warning, each.line or 0)))


def _line(problem: Problem, source: Source) -> int | None:
    line = problem.line - source.body_line + 1
    return line if line >= 1 else None


def clause_ids(body: str) -> tuple[str, ...]:
    """The clauses that a body names, in its order."""
    named = (tag["quote"] or tag["cite"] for tag in _TAG.finditer(body))
    return tuple(dict.fromkeys(name for name in named if name))


def fact_ids(body: str) -> tuple[str, ...]:
    """The facts that a body shows, in its order."""
    return tuple(dict.fromkeys(tag["fact"] for tag in _TAG.finditer(body) if tag["fact"]))
