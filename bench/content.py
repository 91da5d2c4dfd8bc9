"""How long officers wait: for an edit to be live, for the check, and for what a change does to residents' questions.

The content is made up to 350 subjects with 50 phrases each, from the content itself; the questions are phrases that it
does not learn, as hurried people type them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from os import getloadavg
from pathlib import Path

from bot.content.loading import load_texts
from bot.content.tree import Texts, read_folder
from bot.memory import collect_seldom

from .building import build
from .demands import Demand, as_figures, as_table, judge, met
from .impacts import Found, Live, Publish, as_logged, check_seconds, impacts, lives, varied_questions
from .packs import scaled_texts
from .publishing import publishers
from .report import RESULTS, table, write
from .speed import Size, Spread, spread

LARGE = Size(350, 50)
# What has to be live at once; a concept is read into every phrase.
EDITS = ("a phrase more", "an answer in other words")
DEMANDS = (
    Demand("live", "an edited phrase or answer is live: texts to guide", "s", 1, 0.5, at_most=True),
    Demand("check", "`loa check`", "s", 5, 3, at_most=True),
    Demand("check_edited", "the same where the guide before the edit is at hand", "s", 5, 3, at_most=True),
    Demand("check_own", "`loa check` of the content itself", "s", 5, 2, at_most=True),
    Demand("impact_short", "impact, the nearest questions", "s", 10, 5, at_most=True),
    Demand("impact_full", "impact, every question", "s", 60, 30, at_most=True),
    Demand("missed_answers", "answers that come or go, left out by the nearest", "%", None, 10, at_most=True),
    Demand("missed", "the same with what is asked back about differently", "%", None, 30, at_most=True),
)
STORES = (
    Demand(
        "sqlite", "the same, published through a SQLite file until another process answers", "s", 1, 0.5, at_most=True
    ),
    Demand("postgres", "the same through PostgreSQL", "s", 1, 0.5, at_most=True),
)


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked for."""

    seed: int = 1
    rounds: int = 5
    questions: int = 10_000
    size: Size = LARGE


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured."""

    live: Mapping[str, Live]
    impact: Mapping[str, Found]
    check: Spread
    check_edited: Spread
    check_own: Spread
    questions: int
    load: tuple[float, float, float]


def main() -> None:
    """Measure, and write `bench/results/content.*`."""
    options = _options()
    collect_seldom()  # as the program does
    with publishers() as stores:
        results = measure(read_folder(Path.cwd()), options, stores)
    write_results(results, options)


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of made-up content, questions and edits (1)")
    parser.add_argument("--rounds", type=int, default=5, help="of everything but the full run (5)")
    parser.add_argument("--questions", type=int, default=10_000, help="of residents (10000)")
    given = parser.parse_args()
    return Options(given.seed, given.rounds, given.questions)


def measure(own: Texts, options: Options, stores: Mapping[str, Publish]) -> Results:
    """Everything, on content made up from `own` to the size of the options."""
    texts = scaled_texts(own, options.size, options.seed)
    guide = build(load_texts(texts).catalogue)
    live = lives(guide, texts, options.rounds, options.seed, stores)
    _say("publishing is measured; next: checking")
    checks = check_seconds(texts, options.rounds), check_seconds(texts, options.rounds, guide)
    checked_own = check_seconds(own, options.rounds)
    _say("checking is measured; next: impact, which takes minutes")
    questions = varied_questions(load_texts(own).catalogue, options.size, options.questions, options.seed)
    found = impacts(guide, texts, as_logged(questions, guide), options.rounds, options.seed)
    return Results(live, found, *checks, checked_own, len(questions), getloadavg())


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def figures(results: Results) -> dict[str, float | None]:
    """The figures of the demands: the slowest kind of edit counts, by its median; a full run by the slowest of all."""
    quick = [results.live[name] for name in EDITS]
    known = all(each.known == each.edits for each in results.live.values())
    tried = results.impact.values()
    return {
        "live": max(each.whole.median for each in quick) if known else None,
        **{demand.key: _slowest(quick, demand.key) for demand in STORES},
        "check": results.check.median,
        "check_edited": results.check_edited.median,
        "check_own": results.check_own.median,
        "impact_short": max(each.short_seconds.median for each in results.impact.values()),
        "impact_full": max(each.full_seconds for each in results.impact.values()),
        "missed_answers": _share([(each.answers_missed, each.answers_changed) for each in tried]),
        "missed": _share([(each.missed, each.changed) for each in tried]),
    }


def _slowest(edits: Sequence[Live], store: str) -> float | None:
    return max((each.stores[store].median for each in edits if store in each.stores), default=None)


def _share(pairs: Sequence[tuple[int, int]]) -> float | None:
    """How many in a hundred of all that changed were missed."""
    every = sum(changed for _, changed in pairs)
    return 100.0 * sum(missed for missed, _ in pairs) / every if every else None


def write_results(results: Results, options: Options, folder: Path = RESULTS) -> None:
    """The page and the figures; a store is judged where one was measured."""
    seen = figures(results)
    rows = judge(seen, (*DEMANDS, *(demand for demand in STORES if seen[demand.key] is not None)))
    full = spread([each.full_seconds for each in results.impact.values()])
    pages = [
        f"Content of {options.size}, {results.questions} different questions.", as_table(rows), _NOTES,
        _LOAD.format(*results.load),
        "## Live", live_table(results.live), "## Checking", check_table(results),
        "## Impact", impact_table(results.impact), f"Every question: {_range(full)} s over the kinds of edits.",
    ]  # fmt: skip
    record = {
        "seed": options.seed, "rounds": options.rounds, "size": str(options.size), "questions": results.questions,
        "load": results.load,
        "demands": as_figures(rows), "all": seen, "live": {name: asdict(each) for name, each in results.live.items()},
        "check": {name: asdict(each) for name, each in _checks(results)},
        "impact": {name: _as_record(each) for name, each in results.impact.items()},
    }  # fmt: skip
    command = f"make bench-content SEED={options.seed}"
    write("content", "Content", command, met(rows), record, pages, folder)


def live_table(found: Mapping[str, Live]) -> str:
    """Every kind of edit, with the medians of the rounds and their range."""
    stores = [demand.key for demand in STORES]
    head = ["edit", "loading, s", "guide, s", "both, s", *(f"{store}, s" for store in stores), "edits known"]
    rows = [
        [
            name, _range(each.loading), _range(each.guide), _range(each.whole),
            *(_range(each.stores[store]) if store in each.stores else "not measured" for store in stores),
            f"{each.known} of {each.edits}",
        ]
        for name, each in found.items()
    ]  # fmt: skip
    return table(head, rows)


def _checks(results: Results) -> tuple[tuple[str, Spread], ...]:
    return (
        ("from nothing", results.check),
        ("with the guide before the edit", results.check_edited),
        ("the content itself", results.check_own),
    )


def check_table(results: Results) -> str:
    """How long the check takes in each setting."""
    return table(["check", "s"], [[name, _range(seconds)] for name, seconds in _checks(results)])


def impact_table(found: Mapping[str, Found]) -> str:
    """Every kind of edit: what the full run found, and what of it the short way."""
    head = [
        "edit",
        "changed",
        "missed by the short way",
        "answers changed",
        "missed",
        "near",
        "asked",
        "short, s",
        "full, s",
    ]
    rows = [
        [
            name, each.changed, each.missed, each.answers_changed, each.answers_missed, each.short.near,
            each.short.asked, _range(each.short_seconds),
            f"{each.full_seconds:.1f}",
        ]
        for name, each in found.items()
    ]  # fmt: skip
    return table(head, rows)


def _as_record(found: Found) -> dict[str, object]:
    return {
        "changed": found.changed, "missed": found.missed, "answers_changed": found.answers_changed,
        "answers_missed": found.answers_missed, "near": found.short.near, "asked": found.short.asked,
        "groups": len(found.full.groups), "short": asdict(found.short_seconds), "full": found.full_seconds,
    }  # fmt: skip


def _range(values: Spread) -> str:
    return f"{values.median:.2f} ({values.low:.2f}–{values.high:.2f})"


_NOTES = f"""\
- Medians of the rounds, with the least and most in brackets; the full run of impact once for each kind of edit.
- Live: from the bytes of all files, of which one differs, to a guide that answers by them. Judged are
  {" and ".join(EDITS)}; a concept is read into every phrase, and takes longer.
- Published through a store: from the call that publishes, by one process, until another one, which switches as a
  running bot does, has answered a question from the new release. The check comes before and is measured by itself.
- Checking begins with the bytes of all files. "With the guide before the edit" is what a running bot does for a plan.
- Impact asks the guides before and after the edit. The short way asks by turns the questions that have most in common
  with what was edited, and those that were nearest to a limit by the scores that the log kept (to answer, to ask back,
  to offer a subject). What it misses of the full run is measured here: answers that come or go, and with them what
  swings between asking back and not understanding."""
_LOAD = (
    "- The load of the machine at the end, over 1, 5 and 15 minutes: {:.1f}, {:.1f}, {:.1f}; the bench itself makes 1."
)


if __name__ == "__main__":
    main()
