"""How well Loa understands, beside peers trained on the same phrases in the same run.

`EVAL=dir` names a folder of question files; without it, five-fold cross-validation on the content tells what it can.
A subject that the content does not have counts as out of scope.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.content.loading import load
from bot.core.catalogue import Catalogue

from . import sections
from .building import build
from .comparison import Rows, against_peers, without_parts
from .demands import as_figures, as_table, judge, met
from .exam import Exam, Observed, observe, together, understanding
from .measures import by_subject, calibration, confusions
from .plots import calibration_plot
from .questions import QuestionsError, cross_validation, read_questions
from .report import RESULTS, write
from .sizes import OWN, Speed, speed_figures, speed_table, speeds
from .speed import Size, memory

SMALL, LARGE = Size(35, 100), Size(350, 50)
# How many questions of a file the peers and the ablation see, and how often noise is drawn.
_MOST_FOR_PEERS, _MOST_FOR_ABLATION = 500, 1000
_DRAWS, _DRAWS_OF_MANY = 3, 1


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked for; no `folder`: cross-validation."""

    folder: Path | None
    seed: int
    rounds: int
    sizes: tuple[Size, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured."""

    seen: Observed
    figures: Mapping[str, float | None]
    speeds: Mapping[str, Speed]
    compared: Rows
    ablation: Rows


def main() -> None:
    """Measure, and write `bench/results/understanding.*`."""
    options = _options()
    catalogue = load(Path.cwd())
    try:
        exams = _exams(catalogue, options)
    except QuestionsError as error:
        sys.exit(str(error))
    _write(options, _measure(catalogue, exams, options))


def _options() -> Options:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of noise, folds and made-up content (1)")
    parser.add_argument("--rounds", type=int, default=5, help="of every measurement of time (5)")
    parser.add_argument("--without-large", action="store_true", help=f"leave out the content of {LARGE}")
    given = parser.parse_args()
    folder = os.environ.get("EVAL")
    sizes = (SMALL,) if given.without_large else (SMALL, LARGE)
    return Options(Path(folder) if folder else None, given.seed, given.rounds, sizes)


def _exams(catalogue: Catalogue, options: Options) -> list[Exam]:
    if options.folder:
        return [Exam(catalogue, read_questions(options.folder, frozenset(catalogue.intents)))]
    return [Exam(part, questions) for part, questions in cross_validation(catalogue, options.seed)]


def _measure(catalogue: Catalogue, exams: list[Exam], options: Options) -> Results:
    draws = _DRAWS if options.folder else _DRAWS_OF_MANY
    seen = together(observe(build(exam.catalogue), exam.questions, options.seed, draws) for exam in exams)
    _say("understanding is measured; next: speed")
    texts = [each.question.text for each in seen.every]
    fast = speeds(catalogue, texts, options.sizes, options.rounds, options.seed)
    figures = understanding(seen) | speed_figures(fast)
    figures[f"memory_{SMALL}"] = memory(Path.cwd(), SMALL, options.seed)
    _say("speed is measured; next: peers")
    compared = against_peers(exams, seen, fast[OWN].match.median.median, _MOST_FOR_PEERS, options.seed)
    _say("peers are measured; next: the matcher without each part")
    ablation = without_parts(exams, _MOST_FOR_ABLATION // len(exams), options.seed)
    return Results(seen, figures, fast, compared, ablation)


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _write(options: Options, results: Results) -> None:
    rows = judge(results.figures)
    seen = results.seen
    inside = [each for each in seen.every if not each.question.outside]
    RESULTS.mkdir(exist_ok=True)
    calibration_plot(calibration(seen.every), RESULTS / "understanding-calibration.svg")
    pages = [
        as_table(rows), _NOTES, "## Peers, trained on the same phrases", sections.compared(results.compared),
        "## Kinds of questions", sections.kinds(seen), sections.noises(seen),
        "## Subjects", sections.subjects(inside), "The commonest confusions:", sections.pairs(inside),
        "## Calibration", "![Share right over score](understanding-calibration.svg)",
        "## Ablation", sections.ablation(results.ablation), "## Speed", speed_table(results.speeds),
    ]  # fmt: skip
    record = {
        "seed": options.seed, "demands": as_figures(rows), "all": results.figures, "peers": results.compared,
        "ablation": results.ablation, "speed": {size: asdict(speed) for size, speed in results.speeds.items()},
        "calibration": [asdict(each) for each in calibration(seen.every)],
        "subjects": [asdict(each) for each in by_subject(inside)], "confusions": confusions(inside),
    }  # fmt: skip
    command = f"make bench-understanding{' EVAL=folder' if options.folder else ''} SEED={options.seed}"
    write("understanding", "Understanding", command, met(rows), record, pages)


_NOTES = """\
- Helped: answered right, or asked back with the right subject among the buttons. In scope: accented and noisy
  questions together (in cross-validation: all phrases held out).
- AUROC is of the best score, which is what a caller is told; length-matched is accented and noisy questions
  against `oos_long`. "By scope" below is of the probability that the question is in scope at all, and of a peer by
  how much its best subject is over what is out of scope.
- A weak kind misses the must where even its upper bound (95 % for all kinds together) is under it.
- Points lost: every accented question in several draws of noise, top-1 before less top-1 after.
- Time is that of matching, normalising included; every round spells the questions in another way. Content of other
  sizes is made up from the content itself; what is out of scope comes on top of the phrases.
- Memory: growth of a fresh process's resident set by building the matcher; content and libraries are there before.
- In brackets: the least and most of the rounds. Other work on the machine slows what uses all cores."""


if __name__ == "__main__":
    main()
