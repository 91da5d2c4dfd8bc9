"""Lines as they stand on the page, joined into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .marks import Mark, is_caps, is_dash, marks

_ENDED = re.compile(r"[.;:!?…][\"”’')\]]*$")
_APART = re.compile(
    r"(?:Số\s*:|Số\s+\d|V/v\b|Kính gửi|Nơi nhận|Căn cứ\b|Theo đề nghị|Thực hiện\b|Thời gian qua\b|Hiện nay\b|"
    r"Trước tình hình\b|Xét\s|"
    r"Độc lập\s*[-–]|"
    r"[^\W\d_][\w\s.-]{1,40},\s*ngày\b|(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\b\.?\s)"
)
_REFERS = re.compile(
    r"(?:Điều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Pp]hần|[Ss]ố|[Cc]hương|[Tt]háng|[Nn]gày|[Nn]ăm|Phụ lục|và|hoặc|,)$"
)

_RAGGED = 12  # letters
_SET_IN = 1.5  # letters
_FAR_IN = 6  # letters; the first line of a paragraph is set in less
# Behind a full stop these begin the closing paragraph more often than one more sentence.
_OPENS = re.compile(
    r"(?:Yêu cầu|Đề nghị) (?:các|Thủ trưởng|Giám đốc)|Nhận được|Trong quá trình\b.*thực hiện|Trên đây là"
)
# The line of place and date, wrapped in a narrow column.
_OPEN_DATE = re.compile(r",\s*ngày[\s\d.…]*(?:tháng[\s\d.…]*(?:năm)?)?$")
_DATE_ENDS = re.compile(
    r"(?:(?:(?:\d{1,2}\s*)?tháng\s*)?(?:\d{1,2}\s*)?năm\s*)?\d{4}$|(?:tháng|năm)[\s\d.…]*(?:năm[\s\d.…]*)?$"
)
_TORN_BEHIND = re.compile(r"[^\W_][-/]$")
_TORN_BEFORE = re.compile(r"[-/](?=[^\W\d_]{2,}\b)(?=\S*[A-ZĐ])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. `indent` and `slack` are the room before and behind it, in letters.

    `side` is "left" or "right" in a part of two columns. `gap`: more space above than between lines. `whole`: the
    source says that it is a paragraph. `block`: lines of another block (a cell, a page part) never join it. `row`: it
    is a row of a table, whose first cell may look like the mark of a clause and is none.
    """

    text: str
    side: str = ""
    indent: float = 0
    slack: float = 0
    gap: bool = False
    whole: bool = False
    block: int = 0
    row: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Joined lines. `doubt`: its mark may be none, since the line before was full and not at its end."""

    text: str
    side: str = ""
    doubt: bool = False
    block: int = 0
    lines: tuple[str, ...] = ()
    row: bool = False

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The ways to read its mark; a row of a table has none."""
        return () if self.row else marks(self.text)


def ended(text: str) -> bool:
    """Whether a line ends like a sentence or an item of a list."""
    return bool(_ENDED.search(text))


def _first_word(text: str) -> int:
    return len(text.split(maxsplit=1)[0]) if text.split() else 0


def _full(before: Line, line: Line) -> bool:
    """Whether the next word would not have found room."""
    return not before.whole and before.slack < _first_word(line.text) + 1


def _nearly_full(before: Line, line: Line) -> bool:
    """In the middle of a sentence a line may be shorter: letters differ in width, and the first is set in."""
    return _full(before, line) or (not before.whole and not ended(before.text) and before.slack <= _RAGGED)


def _centred(line: Line) -> bool:
    return line.indent > 2 and abs(line.indent - line.slack) < 2


def _aligned(before: Line, line: Line) -> bool:
    """Whether a line begins where the next line of a paragraph would; neither centred nor set in."""
    if is_caps(line.text) and not is_caps(before.text) and len(line.text.split()) > 2:
        return False
    if _centred(before) != _centred(line):
        return False
    return line.indent <= _SET_IN or abs(line.indent - before.indent) <= _SET_IN


def _torn(before: Line, line: Line) -> bool:
    """Whether a number of a document, or another word with a hyphen or stroke, was torn apart ("16/CT-" "TTg")."""
    if line.gap or line.whole or before.whole:
        return False
    return bool(_TORN_BEHIND.search(before.text) or (_TORN_BEFORE.match(line.text) and _full(before, line)))


def _marked(text: str) -> bool:
    return bool(marks(text)) or is_dash(text)


def _goes_on(before: Line, line: Line) -> bool:
    if (before.side, before.block) != (line.side, line.block) or before.row or line.row:
        return False
    if _torn(before, line) or (not line.whole and _OPEN_DATE.search(before.text) and _DATE_ENDS.match(line.text)):
        return True
    if is_caps(before.text) and not is_caps(line.text):
        return False
    if _marked(line.text) or _APART.match(line.text):
        return False
    if line.text[:1].islower() and (not ended(before.text) or (_full(before, line) and not line.gap)):
        return True
    if line.gap or not _nearly_full(before, line) or not _aligned(before, line):
        return False
    if not ended(before.text):
        return True
    if is_dash(before.text) and _full(before, line):  # items of a list are set in as far as one likes
        return line.indent <= 1
    return line.indent <= 1 and before.indent - line.indent <= _FAR_IN and not _OPENS.match(line.text)


def _may_go_on(before: Line, line: Line) -> bool:
    """Whether a line that begins like a clause stands where a sentence goes on."""
    same = (before.side, before.block) == (line.side, line.block) and not line.row
    return same and bool(marks(line.text)) and not (line.gap or line.whole or ended(before.text))


def paragraphs(lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    """Join lines that go on; empty ones are left out."""
    groups: list[list[Line]] = []
    doubts: list[bool] = []
    before: Line | None = None
    for line in (each for each in lines if each.text):
        doubtful = before is not None and _may_go_on(before, line)
        if before is not None and ((doubtful and _REFERS.search(before.text)) or _goes_on(before, line)):
            groups[-1].append(line)
        else:
            doubts.append(doubtful and before is not None and _full(before, line) and line.indent <= before.indent + 1)
            groups.append([line])
        before = line
    return tuple(_joined(group, doubt) for group, doubt in zip(groups, doubts, strict=True))


def _joined(group: Sequence[Line], doubt: bool) -> Paragraph:
    texts = tuple(line.text for line in group)
    return Paragraph(_glued(texts), group[0].side, doubt, group[0].block, texts, group[0].row)


def _glued(texts: Sequence[str]) -> str:
    """Lines one behind the other; a word torn apart has no blank in it."""
    whole = texts[0]
    for text in texts[1:]:
        torn = _TORN_BEHIND.search(whole) or (_TORN_BEFORE.match(text) and not ended(whole))
        whole += text if torn else f" {text}"
    return whole


def settled(lines: Sequence[Line]) -> list[Line]:
    """Lines whose source calls each a paragraph, but which were wrapped by hand: then `whole` is taken back.

    A page that was copied out of a PDF has one such "paragraph" for each line.
    """
    long = [line for line in lines if line.whole and len(line.text) >= 45]
    open_ends = [line for line in long if not ended(line.text) and not is_caps(line.text)]
    widest = max((len(line.text) for line in lines), default=0)
    if len(long) < 6 or widest > 130 or len(open_ends) * 2 < len(long):
        return list(lines)
    width = sorted(len(line.text) for line in long)[int(len(long) * 0.9)]
    return [replace(line, whole=False, slack=max(0, width * 0.92 - len(line.text))) for line in lines]
