"""What else runs on a small machine, trained on the same phrases as Loa: rapidfuzz and scikit-learn as they come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.core.catalogue import Catalogue

from .measures import auroc, share
from .questions import Question

Scores = NDArray[np.float64]


class Peer(Protocol):
    """Scores every subject and, as the last entry, what is out of scope."""

    def scores(self, text: str) -> Scores:
        """One number a label of the phrases that it was trained on; the higher the likelier."""
        ...


@dataclass(frozen=True, slots=True)
class Phrases:
    """Example phrases with the number of their label; out of scope is the last label."""

    texts: tuple[str, ...]
    classes: NDArray[np.int64]
    labels: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """The labels in scope."""
        return self.labels[:-1]


def phrases_of(catalogue: Catalogue) -> Phrases:
    """All phrases of the content in lower case."""
    labels = (*catalogue.intents, "")
    pairs = [(text, at) for at, intent in enumerate(catalogue.intents.values()) for text in intent.examples]
    pairs += [(text, len(labels) - 1) for texts in catalogue.out_of_scope.values() for text in texts]
    return Phrases(tuple(text.lower() for text, _ in pairs), np.array([at for _, at in pairs]), labels)


class Nearest:
    """The likeness of the nearest phrase of each label, by a scorer of rapidfuzz."""

    def __init__(self, phrases: Phrases, scorer: Callable[..., float]) -> None:
        self._phrases = phrases
        self._scorer = scorer

    def scores(self, text: str) -> Scores:
        likeness = process.cdist([text.lower()], self._phrases.texts, scorer=self._scorer)[0]
        best = np.zeros(len(self._phrases.labels))
        np.maximum.at(best, self._phrases.classes, likeness)
        return best


class Linear:
    """TF-IDF of words and characters under a linear support vector machine (scikit-learn)."""

    def __init__(self, phrases: Phrases, seed: int) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline, make_union
        from sklearn.svm import LinearSVC

        features = make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True),
        )
        self._model: Any = make_pipeline(features, LinearSVC(random_state=seed))
        self._model.fit(phrases.texts, phrases.classes)
        self._classes = len(phrases.labels)

    def scores(self, text: str) -> Scores:
        found = np.full(self._classes, -np.inf)
        found[self._model.classes_] = self._model.decision_function([text.lower()])[0]
        return found


def peers(phrases: Phrases, seed: int) -> Iterator[tuple[str, Peer]]:
    """Every peer by name, trained on the phrases."""
    yield "rapidfuzz WRatio", Nearest(phrases, fuzz.WRatio)
    yield "rapidfuzz token_set_ratio", Nearest(phrases, fuzz.token_set_ratio)
    yield "scikit-learn TF-IDF, LinearSVC", Linear(phrases, seed)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a peer made of one question: its subject, how much that is over out of scope, and milliseconds taken."""

    question: Question
    best: str
    over: float
    taken: float

    @property
    def top1(self) -> bool:
        return self.best in self.question.accepted


def guesses(peer: Peer, phrases: Phrases, questions: Iterable[Question]) -> list[Guess]:
    """What a peer makes of questions, one at a time, as they come in."""
    found = []
    for question in questions:
        began = time.perf_counter()
        scores = peer.scores(question.text)
        taken = 1000 * (time.perf_counter() - began)
        best = int(scores[:-1].argmax())
        found.append(Guess(question, phrases.subjects[best], float(scores[best] - scores[-1]), taken))
    return found


def top1(found: Iterable[Guess]) -> float | None:
    """Per cent right of the questions in scope."""
    return share(each.top1 for each in found if not each.question.outside)


def told_apart(found: Sequence[Guess]) -> float | None:
    """AUROC of in and out of scope."""
    return auroc(
        [each.over for each in found if not each.question.outside],
        [each.over for each in found if each.question.outside],
    )
