"""Content of another size, made up from the content itself, to measure speed by; it makes no sense to a reader.

A further subject is a copy of one of the content's whose telling syllables are others, so that the vocabulary
grows with the subjects; a further phrase is the head of one phrase and the tail of another.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

from bot.core.catalogue import Answer, Catalogue, Intent

_WORD = re.compile(r"[^\W\d_]+")
# A syllable of more than this share of the subjects belongs to the language, not to a subject.
_COMMON = 0.5
_ONSETS = "b c ch d đ g h kh l m n ng nh ph qu r s t th tr v x"
_RHYMES = (
    "a à á ạ ai ái ại an án ang áng ao áo am ám anh ánh au áu ay áy âm ấm ân ấn âu ấu ây ấy ăm ắm ăn ắn ăng ắng e è é "
    "em én eo éo ê ề ế ên ến ênh ếnh êu ếu i ì í im ín inh ính iu íu iêm iếm iên iến iêng iếng o ò ó oi ói om óm on "
    "ón ong óng ô ồ ố ôi ối ôm ốm ôn ốn ông ống ơ ờ ớ ơi ới ơm ớm ơn ớn u ù ú ui úi um úm un ún ung úng uôi uối uôn "
    "uốn uông uống ư ừ ứ ưng ứng ươi ưới ươm ướm ươn ướn ương ướng ác ạc át ạt áp ạp ách ạch ắc ặc ắt ặt ấc ất ật ấp "
    "ập éc ét ẹt ép ẹp ếch ệch ết ệt ếp ệp ích ịch ít ịt íp ịp iếc iếp iệp óc ọc ót ọt óp ọp ốc ộc ốt ột ốp ộp ớt ợt "
    "ớp ợp úc ục út ụt úp ụp uốc uộc uốt uột ức ực ứt ựt ước ược ướt ượt ướp ượp oà oá oè oé uý uỷ uân uấn uyên uyến"
)
_POOL = tuple(onset + rhyme for onset in _ONSETS.split() for rhyme in _RHYMES.split())


@dataclass(frozen=True, slots=True)
class Copy:
    """The language of one copy: the first says what the content says, the others have other syllables for it."""

    words: Mapping[str, str]

    def say(self, text: str) -> str:
        """A text in this copy's words, in lower case where they differ."""
        return _WORD.sub(lambda word: self.words.get(word[0].lower(), word[0]), text)


def copies(catalogue: Catalogue, seed: int) -> Iterator[Copy]:
    """The content's own language, then others without end."""
    yield Copy({})
    telling = _telling(catalogue)
    for number in count(1):
        pool = list(_POOL)
        random.Random(f"{seed} {number}").shuffle(pool)
        yield Copy(dict(zip(telling, pool, strict=False)))


def _telling(catalogue: Catalogue) -> list[str]:
    """The syllables that not most subjects share, in alphabetical order."""
    used = Counter(
        word
        for intent in catalogue.intents.values()
        for word in {word for text in intent.examples for word in _WORD.findall(text.lower())}
    )
    return sorted(word for word, subjects in used.items() if subjects <= _COMMON * len(catalogue.intents))


def scaled(catalogue: Catalogue, subjects: int, phrases: int, seed: int) -> Catalogue:
    """A catalogue of so many subjects with so many phrases each; what is out of scope stays as it is."""
    pairs = list(islice(_subjects(catalogue, phrases, seed), subjects))
    intents = {intent.id: intent for intent, _ in pairs}
    return replace(catalogue, intents=intents, answers={answer.intent: answer for _, answer in pairs})


def _subjects(catalogue: Catalogue, phrases: int, seed: int) -> Iterator[tuple[Intent, Answer]]:
    # Subjects of residents before small talk, so that a smaller catalogue leaves the latter out first.
    originals = sorted(catalogue.intents.values(), key=lambda intent: intent.small_talk)
    for number, copy in enumerate(copies(catalogue, seed)):
        for intent in originals:
            examples = _examples(intent.examples, phrases, random.Random(f"{seed} {intent.id}"))
            of_its_own = replace(intent, examples=_said(copy, examples), checks=_said(copy, intent.checks))
            if number:
                of_its_own = replace(of_its_own, id=f"{intent.id}_{number}", signs=(), needs=())
            yield of_its_own, replace(catalogue.answers[intent.id], intent=of_its_own.id)


def _said(copy: Copy, texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(copy.say, texts))


def _examples(own: Sequence[str], wanted: int, chance: random.Random) -> list[str]:
    """So many different phrases: the subject's own first, then made-up ones; fewer if there are no more."""
    found = dict.fromkeys(own[:wanted])
    for _ in range(20 * wanted):
        if len(found) >= wanted:
            break
        head, tail = (chance.choice(own).split() for _ in range(2))
        found.setdefault(" ".join((*head[: -(-len(head) // 2)], *tail[len(tail) // 2 :])))
    return list(found)
