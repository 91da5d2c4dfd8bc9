"""How much two statements of official texts are about the same duty, however they are worded.

Every directive says who acts and how ("các cơ quan, đơn vị thực hiện nghiêm …"). Those words are left out, and so are
agencies and numbers: what stays is what the duty is about. It is compared by syllables without marks, neighbours and
the concepts of the pack, the rarer the heavier. Measured on the two directives of the pack and on reworded duties:
edit distance (rapidfuzz's ratios) does not tell the same duty from another one in the same official phrases, so no
part of the measure rests on it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from .concepts import Concept, Concepts
from .directives import Clause, Directive
from .features import is_word
from .references import references
from .vietnamese import clean, readings

# From here on a duty is proposed as the same one.
LEAST = 0.27
_PAIR, _CONCEPT = 0.9, 1.3
# What says less than this beside the official words says nothing of its own ("phòng, chống dịch").
_FEWEST_WORDS = 4
_STATEMENT = re.compile(r"[;.!?:…]+(?:\s+|$)|\n+")
_CAPITAL = "A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ"
# An agency: what it is called, then the words with a capital ("Sở Thông tin và Truyền thông").
_AGENCIES = (
    "Bộ đội Biên phòng|Biên phòng|Công an|Quân đội|Quân sự|Sở|Ban|Bộ|Chi cục|Cục|Đài|Báo|Phòng|Đảng ủy|Tỉnh ủy"
    "|Huyện ủy|Thành ủy|Ủy ban nhân dân|UBND|HĐND|Mặt trận"
)
_AGENCY = re.compile(
    rf"\b(?:{_AGENCIES})\b"
    rf"(?:\s+(?:và\s+|tỉnh\s+|các\s+)?[{_CAPITAL}]\w*(?:\s+[a-zđà-ỹ]+(?=\s+và\s+[{_CAPITAL}]))?)*"
)
# Who acts and how, in any directive; longer ones first.
_OFFICIAL = """
các huyện thành phố|các sở ban ngành đoàn thể|sở ban ngành|các cấp|cấp ủy|chính quyền địa phương|chính quyền các cấp
cơ quan|đơn vị|địa phương|đoàn thể|lực lượng|thành viên|thủ trưởng|người đứng đầu|thường trực|trên địa bàn tỉnh
trên địa bàn|toàn tỉnh|tỉnh|huyện|thành phố|lãnh đạo|chỉ đạo|thực hiện nghiêm túc|thực hiện nghiêm|thực hiện tốt
thực hiện|tổ chức|triển khai|tăng cường|tiếp tục|phối hợp|tham mưu|kịp thời|chủ động|thường xuyên|đẩy mạnh|quyết liệt
hiệu quả|đầy đủ|chặt chẽ|nghiêm túc|nghiêm|công tác|theo quy định|quy định|theo yêu cầu|yêu cầu|biện pháp|trường hợp
nội dung|nhiệm vụ|trách nhiệm|chức năng|dịp tết nguyên đán|tết nguyên đán|dịp tết|người dân|nhân dân|bà con|anh chị
kiểm tra|giám sát|đôn đốc|xử lý|vi phạm|cố tình|báo cáo|tổng hợp|kết quả|rà soát|theo dõi|tuyên truyền|quán triệt
văn bản|công văn|chỉ thị|nghị định|quyết định|thông báo|công điện|kế hoạch|mục|khoản|điểm|điều
bảo đảm|đảm bảo|các|và|của|việc|trong|để|cho|với|tại|trên|theo|nhất là|khi|đối với|người
được|có|không|là|một số|về|ở|từ|đến|hoặc|nếu|mọi|từng|số|ngày|tháng|năm|cần|những|này|đó|thì|mà|do|như|nên|ai|hãy
"""


def _runs(words: Sequence[str], left_out: frozenset[tuple[str, ...]], longest: int) -> Iterator[tuple[int, int]]:
    """Where the words that stay stand, as runs of neighbours."""
    begin = at = 0
    while at < len(words):
        size = next((n for n in range(longest, 0, -1) if tuple(words[at : at + n]) in left_out), 0)
        if not size and words[at][0].isdecimal():
            size = 1
        if size:
            yield begin, at
            begin = at = at + size
        else:
            at += 1
    yield begin, at


_LEFT_OUT = frozenset(readings(phrase)[0].toneless for phrase in re.split(r"[|\n]", _OFFICIAL.strip()))
_LONGEST = max(map(len, _LEFT_OUT))


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a text says, with its terms; they weigh alike until it is known how rare each is."""

    words: str
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two texts by name, how much they are alike (0 to 1), and the statements that are most so."""

    one: str
    other: str
    share: float
    one_words: str
    other_words: str


class Likeness:
    """Compares texts; `texts`, by name, say how rare each word is, and are read once."""

    def __init__(self, texts: Mapping[str, str], concepts: Sequence[Concept] = ()) -> None:
        self._concepts = Concepts(concepts)
        self._texts: Mapping[str, tuple[Statement, ...]] = self._read(texts)

    def joined_by(self, texts: Mapping[str, str]) -> Likeness:
        """The same with more texts, or with others in place of those of the same name; only these are read."""
        joined = copy(self)
        joined._texts = {**self._texts, **self._read(texts)}
        joined.__dict__.pop("_rarity", None)
        return joined

    def _read(self, texts: Mapping[str, str]) -> dict[str, tuple[Statement, ...]]:
        return {name: tuple(self._statements(text)) for name, text in texts.items()}

    def alike(self, one: str, other: str) -> Alike:
        """How much two of the texts are alike: their two statements that are most so."""
        pairs = ((self._share(a, b), a, b) for a in self._texts[one] for b in self._texts[other])
        share, a, b = max(pairs, key=lambda pair: pair[0], default=(0.0, _NOTHING, _NOTHING))
        return Alike(one, other, share, a.words, b.words)

    def _statements(self, text: str) -> Iterator[Statement]:
        for part in _STATEMENT.split(text):
            words = clean(part).lstrip("-–+•* ")
            terms = self._terms(words)
            if sum(is_word(term) for term in terms) >= _FEWEST_WORDS:
                yield Statement(words, terms)

    def _terms(self, words: str) -> Mapping[str, float]:
        reading = readings(_AGENCY.sub(" . ", _without_documents(words)))[0]
        found: dict[str, float] = {}
        kept: set[int] = set()
        for begin, end in _runs(reading.toneless, _LEFT_OUT, _LONGEST):
            run = reading.toneless[begin:end]
            kept.update(range(begin, end))
            found.update(dict.fromkeys(run, 1.0))
            found.update((f"{left} {right}", _PAIR) for left, right in pairwise(run))
        for concept, place in self._concepts.spans(reading):
            if kept.issuperset(range(*place.indices(len(reading.toneless)))):
                found[f"@{concept}"] = _CONCEPT
        return found

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        counts: dict[str, int] = {}
        for statement in (each for found in self._texts.values() for each in found):
            for term in statement.terms:
                counts[term] = counts.get(term, 0) + 1
        most = sum(map(len, self._texts.values())) + 1
        return {term: math.log(most / (count - 0.5)) for term, count in counts.items()}

    def _share(self, one: Statement, other: Statement) -> float:
        """The cosine of what two statements say."""
        common = one.terms.keys() & other.terms.keys()
        dot = sum((self._rarity[term]) ** 2 * one.terms[term] * other.terms[term] for term in common)
        lengths = self._length(one) * self._length(other)
        return dot / lengths if lengths else 0.0

    def _length(self, statement: Statement) -> float:
        return math.sqrt(sum((weight * self._rarity[term]) ** 2 for term, weight in statement.terms.items()))


_NOTHING = Statement("", {})


def _without_documents(words: str) -> str:
    """The words without the numbers of documents, which many statements name and none is about."""
    for each in reversed(references(words)):
        words = f"{words[: each.begin]} . {words[each.end :]}"
    return words


def numbered(directive: Directive) -> tuple[Clause, ...]:
    """The clauses that may hold duties: not the head, preamble or end."""
    return tuple(clause for clause in directive.clauses if clause.path not in ("head", "preamble", "end"))


def alike_clauses(likeness: Likeness, new: Directive, olds: Iterable[Directive]) -> tuple[Alike, ...]:
    """Pairs of a clause of older directives (`one`) and of the new (`other`) with the same duty, most alike first."""
    pairs = (
        likeness.alike(old.id, clause.id)
        for directive in olds
        if directive.id != new.id
        for old in numbered(directive)
        for clause in numbered(new)
    )
    return tuple(sorted((pair for pair in pairs if pair.share >= LEAST), key=lambda pair: -pair.share))
