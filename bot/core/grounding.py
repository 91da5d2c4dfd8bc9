"""Whether an answer says only what its clauses and facts say: figures, force, claims about the documents, citations.

Only an answer's *own* words are looked at here; quotations are compared letter by letter when it is rendered. The
rules are about the language of Vietnamese documents, not about any subject. They would rather stop a harmless
sentence than let an invented duty through: each fault says how to write it so that it rests on something.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .directives import Clause, Directive
from .figures import Figure, figures
from .sentences import SLOT, Sentence, plain, sentences, words_of
from .templates import Grounds, Piece, outline

_NO = ("không", "chưa", "chẳng", "chả")
# Words of duty and prohibition: they may be said only where a clause or a shown fact says them so.
_FORCE = (
    "nghiêm cấm", "cấm", "bắt buộc", "buộc", "cưỡng chế", "phải", "không được", "chỉ được", "không cho phép",
    "tuyệt đối không", "nghĩa vụ", "không ai được", "vi phạm pháp luật", "có trách nhiệm", "yêu cầu bà con",
    "yêu cầu anh/chị", "yêu cầu người dân", "yêu cầu mọi người", "bà con có bổn phận", "không cho", "không thể",
)  # fmt: skip
# Words of consequence and promise: some clause or fact of the answer has to have the word itself.
_WEIGHTY = (
    "phạt", "tù", "hình sự", "truy cứu", "tịch thu", "đuổi việc", "kỷ luật", "miễn phí", "không mất tiền",
    "nhà nước trả", "nhà nước hỗ trợ", "giữ kín", "bảo mật", "cam kết", "chắc chắn", "khỏi bệnh", "chữa khỏi",
    "an toàn tuyệt đối",
)  # fmt: skip
# "phải" that is no duty: "có phải", "ai phải đi thì", "hỏi phải làm gì", "gặp phải", "phải không", "phải chăng".
_ASKED = ("có", "ai", "nếu", "khi", "lúc", "hỏi", "nào", "xem", "mắc", "gặp", "bên", "tay", "lẽ", "đúng")
_ASKING = ("không", "chăng", "lòng")
_DOCUMENT = re.compile(r"\b(?:văn bản|công văn|nghị định|tài liệu|điều này|mục này|bản này|cả hai)\b", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:nêu|ghi|nói(?! với| thật| rõ)|quy định|giải thích|kể(?! thật| thiếu| gặp)|giao việc|đặt ra|cho biết"
    r"|dùng (?:các )?chữ|có chữ)\b",
    re.IGNORECASE,
)
_HAVING = re.compile(r"\btôi (?:cũng )?(?:có|biết|rõ|đoán|nêu|hứa)\b", re.IGNORECASE)
_NEGATION_REACH = 6
_PROMISES = ("chắc chắn", "cam kết")
_MIN_SHARED = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """Something ungrounded: the line counts from the first of the body; `rule` is its name."""

    line: int
    what: str
    mend: str
    rule: str


def faults(source: str, grounds: Grounds, names: Sequence[str] = (), *, needs_quote: bool = True) -> tuple[Fault, ...]:
    """Everything that a response says without ground. `names` are words with digits that say no number ("F1").

    Raises TemplateError where the template itself cannot be read.
    """
    pieces = outline(source)
    rest = _Rest.of(pieces, grounds, names)
    said = sentences(pieces)
    found: list[Fault] = []
    for sentence in said:
        found += _figure_faults(sentence, rest)
        found += _force_faults(sentence, rest)
        found += _weight_faults(sentence, rest)
        found += _claim_faults(sentence) if needs_quote else ()
        found += _turned_faults(sentence, rest)
    found += _cite_faults(said, grounds.directives)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Rest:
    """What an answer rests on: its clauses, the words of its facts, their figures."""

    texts: tuple[str, ...]
    figures: frozenset[tuple[str, str]]
    paths: frozenset[str]
    directives: int
    elsewhere: Mapping[str, str]
    negated: tuple[tuple[str, tuple[str, ...]], ...]
    only_negated: frozenset[tuple[str, ...]]
    fined: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, pieces: Sequence[Piece], grounds: Grounds, names: Sequence[str]) -> _Rest:
        clauses = tuple(dict.fromkeys(_clauses(pieces, grounds.directives)))
        facts = [
            grounds.facts[piece.value] for piece in pieces if piece.kind == "fact" and piece.value in grounds.facts
        ]
        texts = [clause.text for clause in clauses] + [text for fact in facts for text in (fact.value, fact.title)]
        sources = [fact.origin for fact in facts] + [grounds.directives[clause.directive].title for clause in clauses]
        known = {(each.value, each.unit) for text in (*texts, *sources) for each in figures(text)}
        known |= {(name.lower(), "name") for name in names}
        elsewhere = {each.value: fact.id for fact in grounds.facts.values() if fact.shown_on(grounds.day)
                     for each in figures(fact.value)}  # fmt: skip
        lowered = tuple(plain(text) for text in texts)
        paths = frozenset(clause.path for clause in clauses)
        return cls(
            lowered, frozenset(known), paths, len(grounds.directives), elsewhere,
            _negated_phrases(lowered), _only_negated(lowered), _fined(lowered),
        )  # fmt: skip


def _clauses(pieces: Sequence[Piece], directives: Mapping[str, Directive]) -> Iterator[Clause]:
    for piece in pieces:
        if piece.kind in ("quote", "cite"):
            directive_id, _, path = piece.value.partition("#")
            directive = directives.get(directive_id)
            clause = directive.clause(path) if directive else None
            if clause:
                yield clause


# Figures


def _figure_faults(sentence: Sentence, rest: _Rest) -> Iterator[Fault]:
    for figure in figures(sentence.text):
        if _grounded(figure, sentence, rest):
            continue
        yield Fault(sentence.line, *_ungrounded(figure, rest), "figure")


def _ungrounded(figure: Figure, rest: _Rest) -> tuple[str, str]:
    """What is wrong with a figure that nothing bears out, and how to mend it."""
    if _counts_directives(figure):
        what = f"“{figure.text} văn bản” không đúng với số văn bản đang có: {rest.directives}"
        return what, "sửa con số, hoặc viết “các văn bản” để thêm văn bản khỏi phải sửa nữa"
    known = rest.elsewhere.get(figure.value)
    mend = f'viết {{{{ fact("{known}") }}}}' if known else (
        "trích mục có con số này, hoặc đưa vào data/facts.yaml có nguồn rồi dùng fact(…); không có nguồn thì bỏ"
    )  # fmt: skip
    return f"con số “{figure.text}” không có trong mục hay dữ kiện nào mà câu trả lời dựa vào", mend


def _counts_directives(figure: Figure) -> bool:
    return not figure.unit and figure.next == "văn"


def _grounded(figure: Figure, sentence: Sentence, rest: _Rest) -> bool:
    if figure.unit == "mục":
        return figure.value in rest.paths or (figure.value, "mục") in rest.figures
    if (figure.value, figure.unit) in rest.figures:
        return True
    if figure.unit == "date" and figure.value.startswith("????"):
        return any(unit == "date" and value.endswith(figure.value[4:]) for value, unit in rest.figures)
    if not figure.unit:
        counted = str(sentence.list_after) == figure.value
        return counted or (_counts_directives(figure) and figure.value == str(rest.directives))
    return figure.unit == "year" and any(
        unit == "date" and value.startswith(figure.value) for value, unit in rest.figures
    )


# Force


def _force_faults(sentence: Sentence, rest: _Rest) -> Iterator[Fault]:
    for part in _parts(sentence.text):
        words = words_of(part)
        for at, force in _found(words, _FORCE):
            if _excused(words, at, force) or _said(words, at, force, rest):
                continue
            what = (
                f"“{_around(words, at, force)}” nói mạnh hơn văn bản: ở đây không có mục hay dữ kiện nào ghi “{force}”"
            )
            mend = "viết đúng mức của văn bản (vận động, khuyến khích, giao cơ quan …), hoặc trích chỗ ghi như vậy"
            yield Fault(sentence.line, what, mend, "force")


def _parts(text: str) -> list[str]:
    """Clauses of a sentence: a negation does not reach over a comma or colon."""
    return [part for part in re.split(rf"[,:;.!?()“”{SLOT}]| nhưng | mà ", text) if part.strip()]


def _found(words: Sequence[str], phrases: Sequence[str]) -> Iterator[tuple[int, str]]:
    taken: set[int] = set()
    for phrase, parts in _longest_first(tuple(phrases)):
        # Nearly always none of them stands there.
        for at in (at for at, word in enumerate(words) if word == parts[0]) if parts[0] in words else ():
            span = range(at, at + len(parts))
            if tuple(words[at : span.stop]) == parts and taken.isdisjoint(span):
                taken.update(span)
                yield at, phrase


@lru_cache(maxsize=8)
def _longest_first(phrases: tuple[str, ...]) -> Sequence[tuple[str, tuple[str, ...]]]:
    return [(phrase, tuple(phrase.split())) for phrase in sorted(phrases, key=lambda each: -len(each.split()))]


def _negated(words: Sequence[str], at: int) -> bool:
    return any(word in _NO for word in words[max(0, at - _NEGATION_REACH) : at])


def _excused(words: Sequence[str], at: int, force: str) -> bool:
    """Said not to be so, asked about, or another sense of the word."""
    if _negated(words, at):
        return True
    if force.startswith("không "):
        return _ability(words, force)
    if force != "phải":
        return False
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    return before in _ASKED or after in _ASKING or (at > 1 and words[at - 2] == "hỏi") or "gì" in words[at:]


def _ability(words: Sequence[str], force: str) -> bool:
    """ "máy không được cài" is a machine's; a person's "không được" is a prohibition."""
    return force == "không thể" and words[:1] in (["máy"], ["tôi"], ["loa"])


def _said(words: Sequence[str], at: int, force: str, rest: _Rest) -> bool:
    """Whether a clause or fact has the word of force together with what it is about here."""
    about = words[at + len(force.split()) :][:_MIN_SHARED]
    phrase = " ".join([*force.split(), *about])
    return bool(about) and any(phrase in text for text in rest.texts)


def _around(words: Sequence[str], at: int, force: str) -> str:
    return " ".join(words[max(0, at - 2) : at + len(force.split()) + 3])


def _weight_faults(sentence: Sentence, rest: _Rest) -> Iterator[Fault]:
    for part in re.split(r";| nhưng ", sentence.text):
        words = words_of(part)
        for at, weight in _found(words, _WEIGHTY):
            if _denied(words, at, weight) or any(weight in text for text in rest.texts):
                continue
            what = f"“{_around(words, at, weight)}”: ở đây không có gì nói tới “{weight}”"
            yield Fault(sentence.line, what, "trích chỗ nói vậy, dùng fact(…), hoặc viết là văn bản không nêu", "force")


def _denied(words: Sequence[str], at: int, weight: str) -> bool:
    """Said to be what the documents do not say ("không nêu mức phạt"), asked about, or no promise."""
    before = " ".join(words[:at])
    unsaid = re.search(r"\b(?:không|chưa) (?:\w+ ){0,2}(?:nêu|ghi|nói|quy định|có)\b", before)
    return bool(unsaid) or "hỏi" in words[:at] or (weight in _PROMISES and words[at - 1 : at] in (["không"], ["chưa"]))


# Claims about the documents


def _claim_faults(sentence: Sentence) -> Iterator[Fault]:
    """ "Văn bản nêu …" needs the words; "văn bản không nêu …" is the silence and needs none.

    Each part between commas is looked at by itself: "không nêu số tiền, nêu ai phạt" says that it names who fines.
    """
    subject = any(slot.kind == "quote" for slot in sentence.slots) or "tôi" in sentence.words
    for part, follows in _with_slots(sentence.text):
        said = _DOCUMENT.search(part)
        subject = subject or bool(said)
        says = _SAYS.search(part, said.end() if said else 0) if subject else None
        own = _HAVING.search(part)
        for verb in (each for each in (says, own) if each):
            before = words_of(part[: verb.start()])[-_NEGATION_REACH:]
            denied = verb is says and any(word in _NO or word == "hỏi" for word in before)
            if not denied and not follows and SLOT not in part:
                what = f"“{part.strip(' ,')}” nói là có mà không trích hay nêu ra chữ nào"
                mend = 'thêm {% quote "…" %}…{% endquote %} hoặc fact(…); nếu không có thì viết “không nêu”, “chưa có”'
                yield Fault(sentence.line, what, mend, "claim")


def _with_slots(text: str) -> list[tuple[str, bool]]:
    """The parts between commas, each with whether a quotation or fact follows it at once (after a colon, say)."""
    parts = re.split(r"[,;]", text)
    after = [*parts[1:], ""]
    return [(part, following.strip(" “”:").startswith(SLOT)) for part, following in zip(parts, after, strict=True)]


# Words that a clause negates


def _turned_faults(sentence: Sentence, rest: _Rest) -> Iterator[Fault]:
    """Words that the clauses only have behind "không" or "chưa", said here without it."""
    for part in _parts(sentence.text):
        words = words_of(part)
        heavy = {weight for _, weight in _found(words, _WEIGHTY)}
        for word, phrase in rest.negated:
            if tuple(words) == phrase[1:]:
                yield _turned(sentence, word, phrase[1:])
        for pair in rest.only_negated:
            if _unnegated(words, pair):
                yield _turned(sentence, "không", pair)
        for weight, phrase in rest.fined:
            if weight in heavy and _unnegated(words, phrase):
                yield _turned(sentence, "không", phrase)


def _turned(sentence: Sentence, word: str, phrase: Sequence[str]) -> Fault:
    said = " ".join(phrase)
    what = f"“{said}” đứng sau “{word}” trong văn bản, ở đây thì không"
    return Fault(sentence.line, what, f"viết “{word} {said}”, hoặc nói cách khác", "turned")


def _unnegated(words: Sequence[str], phrase: Sequence[str]) -> bool:
    return any(not _negated(words, at) for at in _positions(words, phrase))


def _positions(words: Sequence[str], phrase: Sequence[str]) -> list[int]:
    return [at for at in range(len(words) - len(phrase) + 1) if list(words[at : at + len(phrase)]) == list(phrase)]


def _negated_phrases(texts: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Whole parts that begin with a negation ("không tập trung đông người"), with the negating word."""
    found = []
    for part in (part for text in texts for part in _parts(text)):
        words = tuple(words_of(part))
        if len(words) > _MIN_SHARED and words[0] in ("không", "chưa"):
            found.append((words[0], words))
    return tuple(dict.fromkeys(found))


def _only_negated(texts: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Pairs of syllables that never stand in the texts without a negation right before them."""
    after: set[tuple[str, ...]] = set()
    plain: set[tuple[str, ...]] = set()
    for text in texts:
        words = words_of(text)
        for at, pair in enumerate(pairwise(words)):
            negated = at and words[at - 1] in ("không", "chưa")
            (after if negated else plain).add(pair)
    return frozenset(after - plain)


def _fined(texts: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is punished for not being done: the words behind "không" in a part that names a consequence."""
    found = []
    for part in (part for text in texts for part in _parts(text)):
        words = words_of(part)
        for _, weight in _found(words, _WEIGHTY):
            found += [(weight, tuple(words[at + 1 : at + 4])) for at, word in enumerate(words[:-3]) if word == "không"]
    return tuple(dict.fromkeys(found))


# Bare citations


def _cite_faults(said: Sequence[Sentence], directives: Mapping[str, Directive]) -> Iterator[Fault]:
    """A citation without words has to be among the clauses of its document that are most like the sentence.

    As many may be named as are cited there; a clause that is less like it than another is a wrong number.
    """
    for before, sentence in pairwise((Sentence("", 1, ()), *said)):
        alone = not sentence.text.strip(f" .{SLOT}")
        slots = (*before.slots, *sentence.slots) if alone else sentence.slots
        words = [piece.words for piece in slots if piece.kind == "quote"]
        text = " ".join([before.text if alone else "", sentence.text, *words])
        for slot in sentence.slots:
            directive = directives.get(slot.value.partition("#")[0])
            if slot.kind != "cite" or directive is None:
                continue
            named = {each.value for each in slots if each.value.startswith(f"{directive.id}#")}
            likest = _likest(text, directive)[: len(named)]
            if slot.value not in [clause.id for clause in likest]:
                nearer = ", ".join(clause.label for clause in likest) or "không mục nào"
                what = f"câu này gần với {nearer} của {directive.id} hơn là {slot.value.partition('#')[2]}"
                yield Fault(slot.line, what, "xem lại số mục, hoặc trích đúng chữ của mục bằng quote", "cite")


def _likest(text: str, directive: Directive) -> list[Clause]:
    """The clauses that share words with a text, most first; pairs of syllables count, rare ones more."""
    documents = {clause.id: set(pairwise(words_of(plain(clause.text)))) for clause in directive.clauses}
    frequency = Counter(pair for pairs in documents.values() for pair in pairs)
    asked = set(pairwise(words_of(plain(text))))

    def shared(clause: Clause) -> float:
        pairs = documents[clause.id]
        return sum(math.log(1 + len(documents) / frequency[pair]) for pair in pairs & asked) / math.sqrt(len(pairs) + 1)

    return sorted((clause for clause in directive.clauses if shared(clause)), key=shared, reverse=True)
