"""Telegram's two parse modes: HTML as Telegram reads it, and the main part of MarkdownV2.

Both give the bare text and its entities, and raise `Refusal` (400, "can't parse entities") where Telegram
does. Offsets in the sentences count UTF-8 bytes, offsets in entities UTF-16 code units.
"""

import re
from dataclasses import dataclass, field

from tests.botapi import utf16
from tests.botapi.data import Json, Refusal, bad_request

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,7})|([0-9]{1,7}))|([a-zA-Z]+));?")
_ATTRIBUTE = re.compile(r"""([^\s=>/"']+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)(?=[\s>])))?\s*""")


def cannot_parse(reason: str) -> Refusal:
    """Make the refusal for broken markup."""
    return bad_request(f"can't parse entities: {reason}")


def decoded(text: str) -> str:
    """Replace the character references Telegram knows; any other ampersand stays as it is."""
    return _REFERENCE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED.get(name, found.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else found.group()


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int


@dataclass
class _Html:
    """A pass over the source from left to right."""

    source: str
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        at = 0
        while at < len(self.source):
            bracket = self.source.find("<", at)
            self.text += decoded(self.source[at : bracket if bracket >= 0 else None])
            if bracket < 0:
                break
            closing = self.source[bracket + 1 : bracket + 2] == "/"
            at = self._end_tag(bracket) if closing else self._start_tag(bracket)
        if self.open:
            raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return self.text, sorted(self.entities, key=lambda e: (e["offset"], -e["length"]))

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _start_tag(self, at: int) -> int:
        name_end = next((i for i in range(at + 1, len(self.source)) if self.source[i] in " \t\r\n>"), None)
        if name_end is None:
            raise cannot_parse(f"Unclosed start tag at byte offset {self._byte(at)}")
        tag = self.source[at + 1 : name_end].lower()
        if tag not in TAGS:
            raise cannot_parse(f'Unsupported start tag "{tag}" at byte offset {self._byte(at)}')
        attributes, end = self._attributes(tag, at, name_end)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(at)}')
        self.open.append(_Open(tag, attributes, utf16.length(self.text)))
        return end

    def _attributes(self, tag: str, at: int, position: int) -> tuple[dict[str, str], int]:
        found: dict[str, str] = {}
        while True:
            while self.source[position : position + 1].isspace():
                position += 1
            if self.source[position : position + 1] == ">":
                return found, position + 1
            if position >= len(self.source):
                raise cannot_parse(f"Unclosed start tag at byte offset {self._byte(at)}")
            match = _ATTRIBUTE.match(self.source, position)
            if not match:
                sentence = f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(at)}'
                raise cannot_parse(sentence)
            name, *values = match.groups()
            found[name] = decoded(next((v for v in values if v is not None), ""))
            position = match.end()
            if self.source[position : position + 1] == "=":
                raise cannot_parse(f"Unclosed start tag at byte offset {self._byte(at)}")

    def _end_tag(self, at: int) -> int:
        end = self.source.find(">", at)
        if not self.open:
            raise cannot_parse(f"Unexpected end tag at byte offset {self._byte(at)}")
        if end < 0:
            raise cannot_parse(f"Unclosed end tag at byte offset {self._byte(at)}")
        name, top = self.source[at + 2 : end].strip(), self.open.pop()
        if name and name.lower() != top.tag:
            found = f'expected "</{top.tag}>", found "</{name}>"'
            raise cannot_parse(f"Unmatched end tag at byte offset {self._byte(at)}, {found}")
        self._close(top)
        return end + 1

    def _close(self, top: _Open) -> None:
        length = utf16.length(self.text) - top.offset
        if not length:
            return
        entity: Json = {"type": TAGS[top.tag], "offset": top.offset, "length": length}
        if top.tag == "a":
            url = top.attributes.get("href") or utf16.cut(self.text, top.offset, length)
            if not re.match(r"(https?|tg|mailto|tel)[:/]|[\w-]+\.\w", url):
                return
            entity["url"] = url
        if top.tag == "blockquote" and "expandable" in top.attributes:
            entity["type"] = "expandable_blockquote"
        inner = self.entities[-1] if self.entities else {}
        if top.tag == "pre" and inner.get("type") == "code" and _same_place(inner, entity):
            self.entities.pop()
            entity |= {"language": inner["language"]} if "language" in inner else {}
        language = top.attributes.get("class", "")
        if top.tag == "code" and language.startswith("language-"):
            entity["language"] = language.removeprefix("language-")
        self.entities.append(entity)


def _same_place(one: Json, other: Json) -> bool:
    return bool(one["offset"] == other["offset"] and one["length"] == other["length"])


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Read HTML the way Telegram does: only known tags, and no tolerance for a missing end."""
    return _Html(source).parse()


_RESERVED = set("_*[]()~`>#+-=|{}.!")
_MARKS = {"__": "underline", "||": "spoiler", "*": "bold", "_": "italic", "~": "strikethrough"}


@dataclass
class _Markdown:
    """MarkdownV2 without custom emoji and block quotes."""

    source: str
    at: int = 0
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    open: list[tuple[str, int, int]] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            self._step()
        if self.open:
            mark, _, begun = self.open[-1]
            name = _MARKS.get(mark, "text_link").title().replace("_L", "L")
            raise cannot_parse(f"Can't find end of {name} entity at byte offset {begun}")
        return self.text, sorted(self.entities, key=lambda e: (e["offset"], -e["length"]))

    def _byte(self) -> int:
        return len(self.source[: self.at].encode())

    def _step(self) -> None:
        rest = self.source[self.at :]
        if rest[0] == "\\" and rest[1:2] and ord(rest[1]) < 127:
            self.text, self.at = self.text + rest[1], self.at + 2
        elif rest[0] == "`":
            self._code("```" if rest.startswith("```") else "`")
        elif mark := next((m for m in _MARKS if rest.startswith(m)), ""):
            self._toggle(mark)
        elif rest[0] == "[":
            self.open.append(("[", utf16.length(self.text), self._byte()))
            self.at += 1
        elif rest[0] == "]" and self.open and self.open[-1][0] == "[":
            self._link()
        elif rest[0] in _RESERVED:
            sentence = f"Character '{rest[0]}' is reserved and must be escaped with the preceding '\\'"
            raise cannot_parse(sentence)
        else:
            self.text, self.at = self.text + rest[0], self.at + 1

    def _entity(self, kind: str, offset: int, **more: str) -> None:
        if count := utf16.length(self.text) - offset:
            self.entities.append({"type": kind, "offset": offset, "length": count, **more})

    def _toggle(self, mark: str) -> None:
        if self.open and self.open[-1][0] == mark:
            _, offset, _ = self.open.pop()
            self._entity(_MARKS[mark], offset)
        else:
            self.open.append((mark, utf16.length(self.text), self._byte()))
        self.at += len(mark)

    def _code(self, fence: str) -> None:
        end = self.source.find(fence, self.at + len(fence))
        if end < 0:
            kind = "PreCode" if fence == "```" else "Code"
            raise cannot_parse(f"Can't find end of {kind} entity at byte offset {self._byte()}")
        offset, body = utf16.length(self.text), self.source[self.at + len(fence) : end]
        language = re.match(r"(\w+)\n", body) if fence == "```" else None
        body = body[language.end() :] if language else body
        self.text += re.sub(r"\\(.)", r"\1", body)
        more = {"language": language.group(1)} if language else {}
        self._entity("pre" if fence == "```" else "code", offset, **more)
        self.at = end + len(fence)

    def _link(self) -> None:
        _, offset, begun = self.open.pop()
        match = re.compile(r"\]\(((?:[^)\\]|\\.)*)\)").match(self.source, self.at)
        if not match:
            raise cannot_parse(f"Can't find end of a URL at byte offset {begun}")
        self._entity("text_link", offset, url=re.sub(r"\\(.)", r"\1", match.group(1)))
        self.at = match.end()


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Read MarkdownV2: a reserved character that is not escaped is refused."""
    return _Markdown(source).parse()
