"""Phrases that are nearly the same, found without comparing every one with every other.

What two texts have in common, letter by letter in whatever order, is a bound on every measure of rapidfuzz that is
used here. A product of matrices counts it for thousands of pairs at once; only pairs within the bound are compared,
so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

Numbers = NDArray[np.float32]
Rows = NDArray[np.intp]
# So many texts at a time are compared with those that are not too long for them.
_BLOCK = 256
# Sums of whole numbers in 32 bits are exact, quotients nearly.
_ROUNDING = 0.01


def nearly_same(keys: Sequence[str], least: float) -> list[tuple[int, int]]:
    """The pairs of texts whose `fuzz.ratio` is at least `least`, in order."""
    lengths = np.array([len(key) for key in keys])
    order = np.argsort(lengths, kind="stable")
    letters, sizes = _letters([keys[at] for at in order.tolist()]), lengths[order].astype(np.float32)
    found: list[tuple[int, int]] = []
    for begin in range(0, len(keys), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        # Twice the shorter one is the most that two texts can have in common.
        longest = sizes[block][-1] * (200.0 - least + _ROUNDING) / least
        end = int(np.searchsorted(sizes, longest, side="right"))
        need = (least - _ROUNDING) / 200.0 * (sizes[block][:, None] + sizes[None, begin:end])
        left, right = np.nonzero(np.triu(letters[block] @ letters[begin:end].T >= need, 1))
        pairs = (order[left + begin], order[right + begin])
        found += _kept(keys, np.minimum(*pairs), np.maximum(*pairs), fuzz.ratio, least)
    return sorted(found)


def share_alike(keys: Sequence[str], least: float) -> float:
    """The share of pairs of texts whose `fuzz.token_set_ratio` is at least `least`."""
    pairs = len(keys) * (len(keys) - 1) / 2
    return len(_alike_in_words(keys, least)) / pairs if pairs else 0.0


def _alike_in_words(keys: Sequence[str], least: float) -> list[tuple[int, int]]:
    """Bounded by each of the three texts that the measure compares: common words, and those with the rest of each."""
    words = [sorted(set(key.split())) for key in keys]
    joined = [" ".join(each) for each in words]
    letters = _letters(joined)
    sizes = np.array([len(each) for each in joined], dtype=np.float32)
    shared = _common_words(words)
    both = 200.0 * (letters @ letters.T) / np.maximum(sizes[:, None] + sizes[None, :], 1.0)
    # The common words with one space more than they have, against them and the rest of the shorter one.
    part = 200.0 * shared / np.maximum(shared + np.minimum(sizes[:, None], sizes[None, :]), 1.0)
    bound = np.where(shared > 0.0, np.maximum(both, part), both)
    left, right = np.nonzero(np.triu(bound >= least - _ROUNDING, 1))
    return _kept(keys, left, right, fuzz.token_set_ratio, least)


def _kept(
    keys: Sequence[str], left: Rows, right: Rows, scorer: Callable[..., Any], least: float
) -> list[tuple[int, int]]:
    """The pairs that reach the measure itself."""
    ones, others = [keys[at] for at in left.tolist()], [keys[at] for at in right.tolist()]
    scores = process.cpdist(ones, others, scorer=scorer, score_cutoff=least)
    reached = np.flatnonzero(scores >= least)
    return list(zip(left[reached].tolist(), right[reached].tolist(), strict=True))


def _letters(texts: Sequence[str]) -> Numbers:
    """A row of ones and zeros a text, so that the product of two rows is how many letters the texts have in common."""
    alphabet = sorted(set().union(*texts))
    columns = {ord(letter): at for at, letter in enumerate(alphabet)}
    places = np.array([columns[code] for code in map(ord, "".join(texts))], dtype=np.intp)
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    counts = np.bincount(rows * len(alphabet) + places, minlength=len(texts) * len(alphabet))
    counts = counts.reshape(len(texts), len(alphabet))
    many = counts.max(axis=0, initial=0)
    nth = np.concatenate([np.arange(most) for most in many.tolist()]) if len(alphabet) else np.zeros(0)
    return (np.repeat(counts, many, axis=1) > nth).astype(np.float32)


def _common_words(words: Sequence[Sequence[str]]) -> Numbers:
    """How long the words are that two texts have in common, a space with each."""
    columns = {word: at for at, word in enumerate(dict.fromkeys(word for each in words for word in each))}
    long = np.zeros((len(words), len(columns)), dtype=np.float32)
    for at, each in enumerate(words):
        long[at, [columns[word] for word in each]] = [np.sqrt(len(word) + 1.0) for word in each]
    return long @ long.T
