"""How well Loa understands, beside nearest-phrase peers in the same run.

`EVAL=dir` names a folder of question files; without it, five-fold cross-validation on the content.
A subject that the pack does not have counts as out of scope.
"""

from __future__ import annotations

import json
import math
import os
import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.content.loading import load
from bot.core.catalogue import Catalogue
from bot.core.guide import Context, Guide
from bot.core.matching import Match
from bot.core.reply import Outcome, Reply

from .report import table, write

OUTSIDE = "out_of_scope"
FOLDS = 5
NOW = datetime(2021, 2, 6, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """One question; `accepted` are the subjects that would serve."""

    text: str
    accepted: tuple[str, ...]
    kind: str

    @property
    def outside(self) -> bool:
        return OUTSIDE in self.accepted


@dataclass(frozen=True)
class Seen:
    """What became of one question."""

    case: Case
    reply: Reply
    match: Match

    @property
    def best(self) -> str:
        best = self.match.best
        return best.intent if best else ""

    @property
    def helped(self) -> bool:
        offered = {button.action.removeprefix("topic:") for row in self.reply.buttons for button in row}
        asked = self.reply.outcome is Outcome.ASKED_BACK and bool(offered & set(self.case.accepted))
        return asked or bool(set(self.reply.answered) & set(self.case.accepted))

    @property
    def wrong(self) -> bool:
        return bool(self.reply.answered) and not set(self.reply.answered) & set(self.case.accepted)


def read_cases(folder: Path, known: set[str]) -> list[Case]:
    cases = []
    for name in ("clean", "noisy", "short", "oos", "oos_long"):
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            accepted = tuple(label for label in (row["intent"], *row.get("also", ())) if label in known)
            outside = accepted or (OUTSIDE,)
            kind = name if name != "noisy" else f"noisy {row['kind']}"
            cases.append(Case(row["text"], outside, kind))
    return cases


def cross_validation(catalogue: Catalogue) -> Iterable[tuple[Guide, list[Case]]]:
    """Guides that have not seen a fifth of the phrases, and that fifth as questions."""
    phrases = [(text, intent.id) for intent in catalogue.intents.values() for text in intent.examples]
    phrases += [(text, "~" + name) for name, texts in catalogue.out_of_scope.items() for text in texts]
    random.Random(1).shuffle(phrases)
    for fold in range(FOLDS):
        held = phrases[fold::FOLDS]
        yield (
            _guide_without(catalogue, {text for text, _ in held}),
            [Case(text, (OUTSIDE,) if label.startswith("~") else (label,), "content") for text, label in held],
        )


def _guide_without(catalogue: Catalogue, held: set[str]) -> Guide:
    intents = {
        name: replace(intent, examples=tuple(text for text in intent.examples if text not in held))
        for name, intent in catalogue.intents.items()
    }
    outside = {name: tuple(t for t in texts if t not in held) for name, texts in catalogue.out_of_scope.items()}
    part = replace(catalogue, intents=intents, out_of_scope=outside)
    return Guide(part, timedelta(days=90), timedelta(days=90))


def look(guide: Guide, cases: Sequence[Case]) -> list[Seen]:
    return [Seen(case, guide.answer(case.text, Context(), NOW).reply, guide.matcher.match(case.text)) for case in cases]


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The chance that a question in scope scores over one out of scope."""
    wins = sum((a > b) + 0.5 * (a == b) for a in inside for b in outside)
    return wins / (len(inside) * len(outside)) if inside and outside else float("nan")


def share(hits: Iterable[bool]) -> float:
    found = list(hits)
    return 100 * sum(found) / len(found) if found else float("nan")


def calibration_error(seen: Sequence[Seen]) -> float:
    """Expected calibration error of the best score over ten bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for each in seen:
        score = each.match.best.score if each.match.best else 0.0
        bins[min(9, int(score * 10))].append((score, each.best in each.case.accepted))
    return sum(abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins if b) / max(1, len(seen))


def summary(seen: Sequence[Seen]) -> dict[str, float]:
    inside = [each for each in seen if not each.case.outside]
    outside = [each for each in seen if each.case.outside]
    return {
        "in_scope": len(inside),
        "top1": share(each.best in each.case.accepted for each in inside),
        "top3": share(any(s.intent in each.case.accepted for s in each.match.intents[:3]) for each in inside),
        "helped": share(each.helped for each in inside),
        "answered_right": share(bool(each.reply.answered) and each.helped for each in inside),
        "answered_wrong": share(each.wrong for each in inside),
        "out_of_scope": len(outside),
        "outside_answered": share(bool(each.reply.answered) for each in outside),
        "auroc": auroc([1 - each.match.outside for each in inside], [1 - each.match.outside for each in outside]),
        "ece": calibration_error(seen),
    }


PEERS: dict[str, Callable[..., float]] = {
    "rapidfuzz WRatio": fuzz.WRatio,
    "rapidfuzz token_set_ratio": fuzz.token_set_ratio,
}


def peer(guide: Guide, cases: Sequence[Case], scorer: Callable[..., float]) -> list[bool]:
    """Whether the nearest phrase by a scorer of rapidfuzz is of the right subject, for questions in scope."""
    phrases = [(text.lower(), intent.id) for intent in guide.catalogue.intents.values() for text in intent.examples]
    texts = [text for text, _ in phrases]
    hits = []
    for case in cases:
        if not case.outside:
            found = process.extractOne(case.text.lower(), texts, scorer=scorer)
            hits.append(bool(found) and phrases[found[2]][1] in case.accepted)
    return hits


def latency(guide: Guide, cases: Sequence[Case]) -> tuple[float, float]:
    """Milliseconds per question, normalising included: median and 99th percentile over three rounds."""
    taken = []
    for _ in range(3):
        for case in cases:
            began = time.perf_counter()
            guide.answer(case.text, Context(), NOW)
            taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def main() -> None:
    catalogue = load(Path.cwd())
    began = time.perf_counter()
    guide = Guide(catalogue, timedelta(days=90), timedelta(days=90))
    built = time.perf_counter() - began
    folder = os.environ.get("EVAL")
    parts = [(guide, read_cases(Path(folder), {*catalogue.intents}))] if folder else list(cross_validation(catalogue))
    seen = [each for part, cases in parts for each in look(part, cases)]
    peers = {
        name: share(hit for part, cases in parts for hit in peer(part, cases, scorer)) for name, scorer in PEERS.items()
    }
    median, late = latency(guide, [case for _, cases in parts for case in cases][:300])
    every = summary(seen)
    figures = {**every, "median_ms": median, "p99_ms": late, "build_seconds": built, "peers_top1": peers}
    notes = [
        _by_kind(seen),
        table(["top-1 in scope, same run", "%"], [["Loa", f"{every['top1']:.1f}"], *_rounded(peers)]),
        f"Latency per question, median and 99th percentile: {median:.2f}, {late:.2f} ms. Building: {built:.2f} s.",
    ]
    command = "make bench-understanding" + (" EVAL=folder" if folder else "")
    met = every["top1"] > max(peers.values()) and every["answered_wrong"] <= 5
    write("understanding", "Understanding", command, met, figures, notes)


def _by_kind(seen: Sequence[Seen]) -> str:
    kinds = sorted({each.case.kind for each in seen})
    rows = [[kind, *_cells(summary([each for each in seen if each.case.kind == kind]))] for kind in kinds]
    every = summary(seen)
    return table(["questions", *every], [*rows, ["all", *_cells(every)]])


def _rounded(peers: dict[str, float]) -> list[list[str]]:
    return [[name, f"{value:.1f}"] for name, value in peers.items()]


def _cells(figures: dict[str, float]) -> list[str]:
    return [_cell(key, value) for key, value in figures.items()]


def _cell(key: str, value: float) -> str:
    if math.isnan(value):
        return "–"
    return f"{value:.3f}" if key in ("auroc", "ece") else f"{value:.0f}" if isinstance(value, int) else f"{value:.1f}"


if __name__ == "__main__":
    main()
