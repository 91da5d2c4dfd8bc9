"""The bot's own sentences: found, edited, seen as residents see them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response
from markupsafe import Markup, escape

from ...content.answer_checking import fact_ids, in_their_words
from ...content.blank_words import BLANK_WORDS, VARIABLES
from ...content.drafting import Head, Saved, head
from ...content.files import read
from ...content.keyed import head_at, save_values
from ...content.notation import Names, blank_mark, fact_mark, shown, written
from ...content.sentence_checks import MESSAGES, limit_of, sentence_problems
from ...content.wording import shown_units
from ...core.messages import COMMON, SENTENCES
from ...core.templates import Grounds, render
from ...core.vietnamese import strip_marks
from ...errors import ContentError, EditError, MergeConflict, Problem, TemplateError
from ..render import html
from .access import HOME, Anybody, Editor, Visit
from .paging import number_of
from .sentence_words import GROUPS, Group, group_of

SENTENCE_PAGE = f"{HOME}/cau-loa"
_LETTERS = 20_000
_FACTS = 60
_UNREADABLE = "Bản nháp của lời Loa đang hỏng, nên chưa sửa ở đây được. Anh/chị bỏ bản nháp đó ở trang Công bố."

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence in the list."""

    name: str
    title: str
    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Token:
    """Something that may be inserted: what is called so in the sentence, and what residents read there."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence as residents would see it; `shown` is None where it cannot be rendered."""

    shown: Markup | None
    problems: tuple[Problem, ...]
    length: int
    limit: int


def _texts(visit: Visit) -> tuple[Head, Mapping[str, str]]:
    """On the store thread: the file of sentences with its draft, and the sentences in it."""
    now = head(visit.desk.store.store.versions, MESSAGES)
    values = read(MESSAGES, now.text.encode(), []).values
    return now, {name: text for name, text in values.items() if name in SENTENCES and isinstance(text, str)}


def _published(visit: Visit, name: str) -> str:
    return visit.desk.reception.guide.catalogue.messages.get(name, "").strip()


def _names(visit: Visit) -> Names:
    """What officers call the facts, and the places that Loa fills in."""
    facts = visit.desk.reception.guide.catalogue.facts
    return Names({each.id: each.title for each in facts.values()}, BLANK_WORDS)


def _seen_as(name: str, text: str, names: Names) -> str:
    """A sentence as officers read it; the texts of the web page hold nothing to fill in."""
    return text if name.startswith("page_") else shown(text, names)


# The list


@router.get(SENTENCE_PAGE)
async def sentences(visit: Anybody, tim: str = "", nhap: str = "") -> Response:
    """All sentences by situation, or those that hold a few words, or that a draft changes."""
    _, texts = await visit.store(_texts, visit)
    words, names = strip_marks(tim[:100]).split(), _names(visit)
    read = {name: _seen_as(name, text, names) for name, text in texts.items()}
    groups = [(group, _rows(visit, group, read, words, names, changed=bool(nhap))) for group in GROUPS]
    drafted = sum(texts.get(name, "").strip() != _published(visit, name) for name in SENTENCES)
    return visit.page(
        "sentences.html", groups=[(group, rows) for group, rows in groups if rows], words=tim[:100], drafted=drafted,
        only_drafted=bool(nhap),
    )  # fmt: skip


def _rows(
    visit: Visit, group: Group, texts: Mapping[str, str], words: list[str], names: Names, *, changed: bool
) -> list[Row]:
    rows = []
    for name, title in group.sentences.items():
        text = texts.get(name, "").strip()
        plain = strip_marks(f"{title} {name} {text}")
        published = _seen_as(name, _published(visit, name), names)
        row = Row(name, title, text.split("\n")[0].replace("**", ""), text != published)
        if all(word in plain for word in words) and (row.changed or not changed):
            rows.append(row)
    return rows


# One sentence


@router.get(f"{SENTENCE_PAGE}/{{name}}")
async def one(visit: Anybody, name: str) -> Response:
    """One sentence, as it stands in the draft or is published."""
    _known(visit, name)
    now, texts = await visit.store(_texts, visit)
    return _page(visit, name, texts.get(name, "").strip(), now.number)


@router.post(f"{SENTENCE_PAGE}/{{name}}")
async def edited(
    visit: Editor, name: str, text: Annotated[str, Form()] = "", base: Annotated[str, Form()] = "",
    do: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Show the sentence as it would look, or keep it as a draft; what others wrote of other sentences stays."""
    _known(visit, name)
    text, number = _clean(visit, name, text), number_of(base)
    if do == "xem":
        return _page(visit, name, text, number)
    if not text:
        return _page(visit, name, text, number, 422, problem="Câu không được để trống. Anh/chị viết câu này.")
    try:
        saved = await visit.store(_save, visit, name, text, number)
    except MergeConflict as conflict:
        now = await visit.store(head, visit.desk.store.store.versions, MESSAGES)
        return _page(visit, name, text, now.number, 409, theirs=conflict.theirs, conflict_by=conflict.author)
    except (ContentError, EditError):
        return _page(visit, name, text, number, 409, problem=_UNREADABLE)
    if saved is None:
        return visit.to(f"{SENTENCE_PAGE}/{name}", "khong-doi")
    await visit.note("sentence_edited", name, group_of(name).sentences[name])
    return visit.to(f"{SENTENCE_PAGE}/{name}", "gop" if saved.merged else "luu")


@router.post(f"{SENTENCE_PAGE}/{{name}}/xem")
async def preview(visit: Editor, name: str, text: Annotated[str, Form()] = "") -> Response:
    """The part of the page that shows the sentence, for its script."""
    _known(visit, name)
    return visit.page("_sentence_seen.html", seen=_seen(visit, name, _clean(visit, name, text)), group=group_of(name))


def _save(visit: Visit, name: str, text: str, base: int) -> Saved | None:
    versions = visit.desk.store.store.versions
    before = head_at(versions, MESSAGES, base)
    note = f"sửa lời “{group_of(name).sentences[name]}”"
    return save_values(versions, before, {(name,): text}, visit.officer, visit.now, note)


def _page(
    visit: Visit, name: str, text: str, base: int, status: int = 200, *, theirs: str = "", **given: Any
) -> Response:
    """The page of a sentence; `text` and `theirs` as files hold them."""
    group, names = group_of(name), _names(visit)
    facts = _facts(visit, text, names) if group.shape != "page" else []
    values: dict[str, Any] = {
        "name": name, "title": group.sentences[name], "group": group, "text": _seen_as(name, text, names), "base": base,
        "published": _seen_as(name, _published(visit, name), names), "seen": _seen(visit, name, text),
        "tokens": _tokens(name, names), "facts": facts[:_FACTS], "more_facts": max(0, len(facts) - _FACTS),
        "theirs": _seen_as(name, theirs.strip(), names), "conflict_by": "", "may_edit": visit.may("editor"),
    }  # fmt: skip
    return visit.page("sentence.html", status, **{**values, **given})


def _known(visit: Visit, name: str) -> None:
    if name not in SENTENCES:
        raise visit.missing("Không có câu này.", SENTENCE_PAGE, "Về lời của Loa")


def _clean(visit: Visit, name: str, text: str) -> str:
    """A sentence that was typed, as files hold it."""
    typed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\0", "")).strip()[:_LETTERS]
    return typed if name.startswith("page_") else written(typed, _names(visit))


def _seen(visit: Visit, name: str, text: str) -> Seen:
    """A sentence with an example for every variable, on the facts that are published."""
    catalogue = visit.desk.reception.guide.catalogue
    grounds = Grounds(catalogue.directives, catalogue.facts, catalogue.pack.as_of)
    names = _names(visit)
    problems = tuple(
        replace(each, what=_plainly(name, each.what, names), mend=in_their_words(each.mend, names))
        for each in sentence_problems(name, text, grounds, names)
    )
    if name.startswith("page_"):
        return Seen(Markup("<p>{}</p>").format(escape(text)), problems, len(text), limit_of(name))
    try:
        blocks = render(text, grounds, {each: VARIABLES[each][1] for each in (*COMMON, *SENTENCES[name])}).blocks
    except TemplateError:
        return Seen(None, problems, len(text), limit_of(name))
    return Seen(html(blocks), problems, shown_units(blocks), limit_of(name))


def _plainly(name: str, what: str, names: Names) -> str:
    """What is wrong, without the name that the sentence has in its file."""
    return in_their_words(what.removeprefix(f"{name}: "), names).replace(f"“{name}” ", "")


def _tokens(name: str, names: Names) -> list[Token]:
    own = () if name.startswith("page_") else (*SENTENCES[name], *COMMON)
    return [Token(blank_mark(each, names), VARIABLES[each][1]) for each in own]


def _facts(visit: Visit, text: str, names: Names) -> list[Token]:
    """The facts that may be said on the day of the content: those of this sentence, then of any, then the others."""
    catalogue = visit.desk.reception.guide.catalogue
    own, said = fact_ids(text), fact_ids("\n".join(catalogue.messages.values()))
    shown = [fact for fact in catalogue.facts.values() if fact.shown_on(catalogue.pack.as_of)]
    shown.sort(key=lambda fact: (fact.id not in own, fact.id not in said))
    return [Token(fact_mark(fact.id, names), fact.value) for fact in shown]
