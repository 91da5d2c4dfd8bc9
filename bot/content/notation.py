"""Quotations, clauses and facts as officers read and write them in the editor, and back as files hold them.

    {% quote "UBND@2021#2" %}chữ{% endquote %}   «trích mục 2 của UBND năm 2021: chữ»
    {% cite "58-CV/TU@2020-12-08#3" %}           «dẫn mục 3 của 58-CV/TU ngày 08/12/2020»
    {{ fact("moh_hotline") }}                    «dữ kiện: Đường dây nóng của Bộ Y tế»
    {% if has_fact("moh_hotline") %}             «nếu có: Đường dây nóng của Bộ Y tế»
    {% else %}, {% endif %}                      «nếu không», «hết»
    {{ province }}                               «điền: tên tỉnh»

Files keep their form. A tag that is written in another way, or that would not come back letter by letter, is shown as
it stands; so opening a text and saving it changes nothing. What is not a whole mark is kept as it was typed, and
`broken` says what is wrong with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache

from ..core.directives import label_of, path_of
from ..core.vietnamese import strip_marks
from .blank_words import BLANK_WORDS
from .files import read

FACTS = "data/facts.yaml"
_TAG = re.compile(
    r'\{% quote "(?P<quote>[^"{}«»\n]+)" %\}(?P<words>[^{}«»]*)\{% endquote %\}'
    r'|\{% cite "(?P<cite>[^"{}«»\n]+)" %\}'
    r'|\{\{ fact\("(?P<fact>[^"{}«»\n]+)"\) \}\}'
    r'|\{% if has_fact\("(?P<asked>[^"{}«»\n]+)"\) %\}'
    r"|(?P<otherwise>\{% else %\})|(?P<over>\{% endif %\})|\{\{ (?P<blank>[a-z_]+) \}\}"
)
_MARK = re.compile(r"«([^«»{}]*)»")
_RAW = re.compile(r"\{%-?\s*quote\b.*?\{%-?\s*endquote\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_HEAD = re.compile(r"\s*(trích|dẫn|dữ kiện|nếu có|nếu không|hết|điền)(?![^\W_])\s*", re.IGNORECASE)
# The same without marks, for what was meant to be one.
_MEANT = re.compile(r"\s*(trich|dan|du kien|neu co|neu khong|het|dien)(?![^\W_])")
_CLAUSE = re.compile(
    r"(?P<label>[^:]+?) của (?P<name>[^\s:]+)"
    r"(?: năm (?P<year>\d{4})| ngày (?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<of>\d{4}))?"
)
_ID = re.compile(r"(?P<name>[^\s:@#]+)(?:@(?P<year>\d{4})(?:-(?P<month>\d\d)-(?P<day>\d\d))?)?")
_CLAUSE_ID = re.compile(r"[^\s:@#“”\"(]+(?:@[\d-]+)?#[\w.-]*\w")
_NAME = re.compile(r"\w+")
_NAMED = re.compile(r"(dữ kiện|có phải là) “(\w+)”")
_NOT_INSIDE = re.compile(r"[«»{}\n]")


@dataclass(frozen=True)
class Names:
    """What officers call facts (by id) and the places that Loa fills in (by name)."""

    facts: Mapping[str, str] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def fact_ids(self) -> Mapping[str, str]:
        """The id of a fact by its name in small letters; a name that two facts have is none."""
        return _turned(self.facts)

    @cached_property
    def blank_ids(self) -> Mapping[str, str]:
        """The places that Loa fills in, by what they are called."""
        return _turned(self.blanks)


def _turned(named: Mapping[str, str]) -> Mapping[str, str]:
    keys = {name: _key(title) for name, title in named.items()}
    times = Counter(keys.values())
    return {key: name for name, key in keys.items() if times[key] == 1}


def _key(title: str) -> str:
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())


def names_in(texts: Mapping[str, bytes]) -> Names:
    """What the facts of a content are called."""
    return _names(texts.get(FACTS, b""))


@lru_cache(maxsize=4)
def _names(facts: bytes) -> Names:
    values = read(FACTS, facts, []).values
    titles = {name: each.get("title") for name, each in values.items() if isinstance(each, Mapping)}
    return Names({str(name): title.strip() for name, title in titles.items() if isinstance(title, str)}, BLANK_WORDS)


# From files to officers


def shown(text: str, names: Names) -> str:
    """A text with its tags as officers read them."""

    def mark(tag: re.Match[str]) -> str:
        found = _mark(tag, names)
        return found if found and written(found, names) == tag.group() else tag.group()

    return _TAG.sub(mark, text)


def quotation(clause_id: str, words: str, names: Names) -> str:
    """A quotation to insert into what officers edit."""
    return shown(f'{{% quote "{clause_id}" %}}{words}{{% endquote %}}', names)


def fact_mark(fact_id: str, names: Names) -> str:
    """A fact to insert into what officers edit."""
    return shown(f'{{{{ fact("{fact_id}") }}}}', names)


def blank_mark(name: str, names: Names) -> str:
    """A place that Loa fills in, to insert into what officers edit."""
    return shown(f"{{{{ {name} }}}}", names)


def _mark(tag: re.Match[str], names: Names) -> str:
    if tag["quote"]:
        return f"«trích {clause_name(tag['quote'])}: {tag['words']}»"
    if tag["cite"]:
        return f"«dẫn {clause_name(tag['cite'])}»"
    if tag["fact"]:
        return f"«dữ kiện: {_title(tag['fact'], names)}»"
    if tag["asked"]:
        return f"«nếu có: {_title(tag['asked'], names)}»"
    if tag["blank"]:
        return f"«điền: {names.blanks[tag['blank']]}»" if tag["blank"] in names.blanks else ""
    return "«nếu không»" if tag["otherwise"] else "«hết»"


def _title(fact_id: str, names: Names) -> str:
    """What a fact is called; its id where the name is missing, not its own, or no part of a mark."""
    title = names.facts.get(fact_id, "")
    fits = names.fact_ids.get(_key(title)) == fact_id and not _NOT_INSIDE.search(title)
    return title if fits else fact_id


def clause_name(clause_id: str) -> str:
    """ "mục 2 của UBND năm 2021" for `UBND@2021#2`; an id that has no such name stays as it is."""
    directive, _, path = clause_id.partition("#")
    name = f"{label_of(path)} của {directive_name(directive)}"
    return name if path and clause_of(name) == clause_id else clause_id


def directive_name(directive_id: str) -> str:
    """ "58-CV/TU ngày 08/12/2020" for `58-CV/TU@2020-12-08`."""
    found = _ID.fullmatch(directive_id)
    if found is None or not found["year"]:
        return directive_id
    if found["day"]:
        return f"{found['name']} ngày {found['day']}/{found['month']}/{found['year']}"
    return f"{found['name']} năm {found['year']}"


# From officers to files


def written(text: str, names: Names) -> str:
    """A text as files hold it; what is no whole mark stays as it was typed."""
    return _MARK.sub(lambda mark: _tag(mark[1], names) or mark.group(), text)


def _tag(inside: str, names: Names) -> str:
    """The tag for what stands between « and »; "" where that says nothing."""
    head = _HEAD.match(_composed(inside))
    if head is None:
        return ""
    kind, rest = head[1].casefold(), _after(inside, head)
    if kind == "trích":
        where, colon, words = rest.partition(":")
        clause = clause_of(where)
        return f'{{% quote "{clause}" %}}{words.removeprefix(" ")}{{% endquote %}}' if clause and colon else ""
    if kind == "dẫn":
        clause = clause_of(rest)
        return f'{{% cite "{clause}" %}}' if clause else ""
    if kind in ("nếu không", "hết"):
        return "" if rest.strip() else "{% else %}" if kind == "nếu không" else "{% endif %}"
    return _named(kind, rest.strip().removeprefix(":"), names)


def _after(inside: str, head: re.Match[str]) -> str:
    """What follows the first words, as it was typed: letters of words that are quoted are not composed anew."""
    places = range(len(inside) + 1)
    return next((inside[at:] for at in places if _composed(inside[:at]) == head.group()), "")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _named(kind: str, title: str, names: Names) -> str:
    key = _key(title)
    if kind == "điền":
        blank = names.blank_ids.get(key)
        return f"{{{{ {blank} }}}}" if blank else ""
    fact = names.fact_ids.get(key) or (title.strip() if _NAME.fullmatch(title.strip()) else "")
    if not fact:
        return ""
    return f'{{{{ fact("{fact}") }}}}' if kind == "dữ kiện" else f'{{% if has_fact("{fact}") %}}'


def clause_of(name: str) -> str:
    """The id of the clause that a name means, "" for one that means none."""
    name = " ".join(_composed(name).split())
    if _CLAUSE_ID.fullmatch(name):
        return name
    found = _CLAUSE.fullmatch(name)
    path = path_of(found["label"]) if found else ""
    if not (found and path):
        return ""
    day = f"{found['of']}-{int(found['month']):02}-{int(found['day']):02}" if found["day"] else found["year"]
    return f"{found['name']}@{day}#{path}" if day else f"{found['name']}#{path}"


# What is wrong with a mark


@dataclass(frozen=True, slots=True)
class Broken:
    """A mark that is not whole or means nothing; `line` counts from 1, `start` and `end` are its letters."""

    line: int
    what: str
    mend: str
    start: int
    end: int


def broken(body: str, names: Names) -> Iterator[Broken]:
    """The marks that are left in a text as files hold it: residents would read them as they stand."""
    bare = _RAW.sub(lambda tag: re.sub(r"[^\n]", " ", tag.group()), body)
    for found in re.finditer(r"«(?P<inside>[^«»]*)(?P<end>»?)|»", bare):
        whole = found.group() if found["end"] else found.group().partition("\n")[0]
        fault = _fault(found["inside"], names) if found["end"] else _unpaired(whole)
        if fault:
            line = bare[: found.start()].count("\n") + 1
            yield Broken(line, *fault, found.start(), found.start() + len(whole))


def _unpaired(text: str) -> tuple[str, str]:
    if text == "»":
        return "dấu » lẻ, thiếu dấu « ở đầu", "thêm «, hoặc xoá dấu »"
    return f"“{_short(text)}” thiếu dấu » ở cuối", "thêm » sau chữ cuối, hoặc xoá dấu «"


def _fault(inside: str, names: Names) -> tuple[str, str] | None:
    meant = _MEANT.match(strip_marks(inside))
    if meant is None:
        return None
    what, anew = f"không hiểu «{_short(inside)}»", "xoá rồi chèn lại từ ô bên cạnh"
    if _tag(inside, names):
        return f"«{_short(inside)}» chưa thành trích dẫn hay dữ kiện", "mở trang sửa câu trả lời rồi lưu lại"
    if meant[1] == "trich":
        return what, "viết như «trích mục 2 của UBND năm 2021: những chữ cần trích», hoặc " + anew
    if meant[1] == "dan":
        return what, "viết như «dẫn mục 2 của UBND năm 2021», hoặc " + anew
    if meant[1] in ("du kien", "neu co", "dien"):
        return _unknown(inside, what, anew, names.blanks if meant[1] == "dien" else names.facts)
    return what, "viết «nếu không» hoặc «hết», không thêm chữ nào bên trong"


def _unknown(inside: str, what: str, anew: str, known: Mapping[str, str]) -> tuple[str, str]:
    title = inside.partition(":")[2].strip() or inside.strip()
    near = get_close_matches(_key(title), {_key(each): each for each in known.values()}, n=1, cutoff=0.6)
    found = next((each for each in known.values() if near and _key(each) == near[0]), "")
    return what, f"có phải “{found}”? Nếu không, {anew}" if found else anew


def _short(text: str, most: int = 40) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most].rstrip()} …"


def plainly(text: str, names: Names) -> str:
    """A sentence of a check with clauses and facts as officers call them."""
    text = _CLAUSE_ID.sub(lambda found: clause_name(found.group()), shown(text, names))
    text = re.sub(r"[^\s:@#“”\"(]+@\d{4}(?:-\d\d-\d\d)?", lambda found: directive_name(found.group()), text)
    return _NAMED.sub(lambda one: f"{one[1]} “{names.facts.get(one[2]) or names.blanks.get(one[2], one[2])}”", text)
