"""Phrases that are nearly the same, found without comparing every one with every other.

What two texts have in common, letter by letter in whatever order, is a bound on every measure of rapidfuzz that is
used here. Written as bits it is counted for thousands of pairs at once; only pairs within the bound are compared, so
that nothing is lost. (A product of matrices counts as fast, but on a busy machine its threads wait for each other.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

Bits = NDArray[np.uint64]
Counts = NDArray[np.uint16]
Rows = NDArray[np.intp]
# So many texts at a time are compared with those that are not too long for them.
_BLOCK = 256
_WORD = 64
_ROUNDING = 0.01


def nearly_same(keys: Sequence[str], least: float) -> list[tuple[int, int]]:
    """The pairs of texts whose `fuzz.ratio` is at least `least`, in order."""
    lengths = np.array([len(key) for key in keys])
    order = np.argsort(lengths, kind="stable")
    letters, sizes = _letters([keys[at] for at in order.tolist()]), lengths[order]
    found: list[tuple[int, int]] = []
    for begin in range(0, len(keys), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        # Twice the shorter one is the most that two texts can have in common.
        longest = sizes[block][-1] * (200.0 - least + _ROUNDING) / least
        end = int(np.searchsorted(sizes, longest, side="right"))
        need = (least - _ROUNDING) / 200.0 * (sizes[block][:, None] + sizes[None, begin:end])
        left, right = np.nonzero(np.triu(_in_common(letters[block], letters[begin:end]) >= need, 1))
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
    sizes = np.array([len(each) for each in joined])
    letters, shared = (_in_common(bits, bits) for bits in (_letters(joined), _words(words)))
    both = 200.0 * letters / np.maximum(sizes[:, None] + sizes[None, :], 1.0)
    # The common words with one space more than they have, against them and the rest of the shorter one.
    part = 200.0 * shared / np.maximum(shared + np.minimum(sizes[:, None], sizes[None, :]), 1.0)
    bound = np.where(shared > 0, np.maximum(both, part), both)
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


def _in_common(ones: Bits, others: Bits) -> Counts:
    """How many bits each row has in common with each of the others."""
    found = np.zeros((len(ones), len(others)), dtype=np.uint16)
    for one, other in zip(ones.T, others.T, strict=True):
        found += np.bitwise_count(one[:, None] & other[None, :])
    return found


def _letters(texts: Sequence[str]) -> Bits:
    """A row a text, with a bit for each letter, and another one for each time that it stands there again."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    alphabet = np.flatnonzero(np.bincount(codes))
    places = np.searchsorted(alphabet, codes)
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    counts = np.bincount(rows * len(alphabet) + places, minlength=len(texts) * len(alphabet))
    counts = counts.reshape(len(texts), len(alphabet))
    many = counts.max(axis=0, initial=0)
    nth = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    return _packed(np.repeat(counts, many, axis=1) > nth)


def _words(texts: Sequence[Sequence[str]]) -> Bits:
    """A row a text, with as many bits for each word as it has letters, and one for the space behind it."""
    known = sorted({word for words in texts for word in words})
    sizes = np.array([len(word) + 1 for word in known], dtype=np.intp)
    columns = {word: at for at, word in enumerate(known)}
    has = np.zeros((len(texts), len(known)), dtype=bool)
    for at, words in enumerate(texts):
        has[at, [columns[word] for word in words]] = True
    return _packed(np.repeat(has, sizes, axis=1))


def _packed(bits: NDArray[np.bool_]) -> Bits:
    full = np.pad(bits, ((0, 0), (0, -bits.shape[1] % _WORD)))
    return np.packbits(full, axis=1).view(np.uint64)
