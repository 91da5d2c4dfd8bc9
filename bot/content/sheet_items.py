"""What of the content stands in the workbook: every value and every list of phrases, with its place in the files."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml

from ..core.vietnamese import clean
from .editing import body_of, text_of
from .notation import Names, names_in, shown
from .sheet_pages import ANSWERS, FACTS, KINDS, MESSAGES, OUTSIDE, PAGES, PHRASES
from .yaml_text import YamlText, is_empty, pairs, read_yaml, scalars

_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_INTENTS, _RESPONSES = PurePosixPath("intents"), PurePosixPath("responses/vi")
FACTS_FILE, OUTSIDE_FILE, MESSAGES_FILE = "data/facts.yaml", "intents/_out_of_scope.yaml", "responses/vi/_messages.yaml"


@dataclass(frozen=True, slots=True)
class Held:
    """A value of a file as officers read it; its `path` is empty for the body of a response."""

    file: str
    path: tuple[str, ...]
    raw: str

    @property
    def text(self) -> str:
        """The value as the workbook shows it."""
        return tidy(self.raw)

    def with_margins(self, text: str) -> str:
        """A new text with the white space that stood around the old one."""
        bare = self.raw.strip()
        before, after = self.raw.split(bare, 1) if bare else ("", "\n" if not self.path else "")
        return before + text + after


@dataclass(frozen=True, slots=True)
class Record:
    """A row for an id: values that may be changed by column, and words that only explain."""

    values: Mapping[str, Held]
    info: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one kind of a subject, or of a group that is out of scope."""

    file: str
    path: tuple[str, ...]
    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """Records by page and id; phrases by page, owner and kind."""

    records: Mapping[str, Mapping[str, Record]]
    phrases: Mapping[str, Mapping[tuple[str, str], Phrases]]


def tidy(text: str) -> str:
    """A text of several lines as it is compared and stored: NFC, one kind of line end, no control characters.

    Nor white space around it.
    """
    lines = _LINE_END.sub("\n", text)
    return unicodedata.normalize("NFC", _CONTROL.sub("", lines)).strip()


def fingerprint(*parts: str) -> str:
    """A short name for exactly these texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def phrase_key(owner: str, kind: str, text: str) -> str:
    """The hidden key of a phrase; it follows its row, wherever an officer sorts it to."""
    return fingerprint(owner, kind, clean(text))


def read_items(files: Mapping[str, bytes]) -> Items:
    """Everything that the workbook shows; raises ContentError for a file that cannot be read."""
    intents = {name: read_yaml(text_of(files[name], name), name) for name in sorted(files) if _is_intent(name)}
    outside, facts, messages = (_read(files, name) for name in (OUTSIDE_FILE, FACTS_FILE, MESSAGES_FILE))
    names = names_in(files)
    records = {
        ANSWERS.name: dict(_answers(files, intents, names)),
        FACTS.name: dict(_facts(facts)) if facts else {},
        MESSAGES.name: dict(_messages(messages, names)) if messages else {},
    }
    phrases = {
        PHRASES.name: {
            (PurePosixPath(name).stem, kind): _phrases(source, name, (), kind)
            for name, source in intents.items()
            for kind in KINDS
        },
        OUTSIDE.name: dict(_outside(outside)) if outside else {},
    }
    return Items(records, phrases)


def can_be_shown(items: Items) -> bool:
    """Whether every cell that these make is one that may come back: not empty where it may not be, none too long."""
    records = ((page, record) for page in PAGES for record in items.records.get(page.name, {}).values())
    values = ((column, record.values[column.name].text) for page, record in records for column in page.fields)
    phrases = (text for page in items.phrases.values() for each in page.values() for text in each.texts)
    return all(map(clean, phrases)) and all(column.holds(text) for column, text in values)


def _is_intent(name: str) -> bool:
    path = PurePosixPath(name)
    return path.parent == _INTENTS and path.suffix == ".yaml" and not path.name.startswith(("_", "."))


def _read(files: Mapping[str, bytes], name: str) -> YamlText | None:
    return read_yaml(text_of(files[name], name), name) if name in files else None


def _value(source: YamlText, *path: str, above: yaml.Node | None = None) -> str:
    pair = source.pair(path, above)
    if pair is None or is_empty(pair.value) or not isinstance(pair.value, yaml.ScalarNode):
        return ""
    return str(pair.value.value)


def _answers(files: Mapping[str, bytes], intents: Mapping[str, YamlText], names: Names) -> Iterator[tuple[str, Record]]:
    for name, source in intents.items():
        intent = PurePosixPath(name).stem
        response = (_RESPONSES / f"{intent}.md").as_posix()
        if response in files:
            title = Held(name, ("title",), _value(source, "title"))
            body = Held(response, (), shown(body_of(text_of(files[response], response)).replace("\r\n", "\n"), names))
            yield intent, Record({"title": title, "body": body}, {"group": _value(source, "group")})


def _facts(source: YamlText) -> Iterator[tuple[str, Record]]:
    for pair in pairs(source.root):
        fact = pair.key.value
        values = {}
        for column in FACTS.columns[1:]:
            steps = column.name.split(".")
            # From the fact on: to look through thousands of facts for every value would take minutes.
            values[column.name] = Held(FACTS_FILE, (fact, *steps), _value(source, *steps, above=pair.value))
        yield fact, Record(values, {})


def _messages(source: YamlText, names: Names) -> Iterator[tuple[str, Record]]:
    for pair in pairs(source.root):
        name = pair.key.value
        yield name, Record({"text": Held(MESSAGES_FILE, (name,), shown(_value(source, name), names))}, {})


def _outside(source: YamlText) -> Iterator[tuple[tuple[str, str], Phrases]]:
    groups = source.pair(("groups",))
    for pair in pairs(groups.value) if groups else ():
        for kind in KINDS:
            yield (pair.key.value, kind), _phrases(source, OUTSIDE_FILE, ("groups", pair.key.value), kind)


def _phrases(source: YamlText, file: str, above: tuple[str, ...], kind: str) -> Phrases:
    path = (*above, kind)
    pair = source.pair(path)
    texts = () if pair is None or is_empty(pair.value) else tuple(node.value for node in scalars(pair.value, path))
    return Phrases(file, path, _value(source, *above, "title"), texts)
