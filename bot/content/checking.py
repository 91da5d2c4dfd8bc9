"""`loa check`: everything that would keep a resident from a right answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from pathlib import Path

from ..core.actions import MAX_BYTES
from ..core.catalogue import Catalogue
from ..core.directives import Directive
from ..core.guide import Context, Guide
from ..core.reply import Reply
from ..core.signs import Signs
from ..core.vietnamese import readings
from ..errors import ContentError, Problem
from .loading import load

_MAX_LETTERS = 4096
# Any moment will do: checks have no conversation before them.
_LONG = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and every problem."""

    problems: tuple[Problem, ...]
    checked: int

    @property
    def summary(self) -> str:
        """One line for people; it shows the count, since a check that finds nothing to check is no check."""
        state = f"{len(self.problems)} lỗi" if self.problems else "không có lỗi"
        return f"đã kiểm {self.checked} mục: {state}"


def check_pack(root: Path) -> Report:
    """Load the content and try it out."""
    try:
        catalogue = load(root)
    except ContentError as error:
        return Report(error.problems, len(error.problems))
    return check_catalogue(catalogue)


def check_catalogue(catalogue: Catalogue) -> Report:
    """Checks that need a whole catalogue: repeated examples, checks that miss, what Telegram would refuse."""
    guide = Guide(catalogue, _LONG, timedelta(days=90))
    problems = [
        *_repeated(catalogue),
        *_misses(catalogue, guide),
        *_too_much_for_telegram(catalogue, guide),
        *_lost_buttons(catalogue),
        *_danger(catalogue),
    ]
    checks = sum(len(intent.checks) for intent in catalogue.intents.values()) + len(catalogue.out_of_scope_checks)
    if not checks:
        problems.append(Problem("intents", 1, "không có câu kiểm nào", "thêm checks vào các chủ đề", "empty"))
    checked = checks + len(catalogue.answers) + sum(len(intent.examples) for intent in catalogue.intents.values())
    return Report(tuple(sorted(problems)), checked)


def _repeated(catalogue: Catalogue) -> Iterator[Problem]:
    where: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    phrases = [(intent.id, text) for intent in catalogue.intents.values() for text in intent.examples]
    phrases += [(f"_out_of_scope ({name})", text) for name, texts in catalogue.out_of_scope.items() for text in texts]
    for name, text in phrases:
        where[readings(text)[0].toneless].append((name, text))
    for found in where.values():
        names = dict.fromkeys(name for name, _ in found)
        if len(names) > 1:
            first, second = list(names)[:2]
            file = f"intents/{second.split(' ')[0]}.yaml"
            yield Problem(file, 1, f"câu mẫu “{found[-1][1]}” cũng có ở {first}", "giữ ở một chủ đề", "repeated")


def _misses(catalogue: Catalogue, guide: Guide) -> Iterator[Problem]:
    for intent in catalogue.intents.values():
        for text in intent.checks:
            reply = _ask(guide, text, catalogue)
            if intent.id not in _reached(reply):
                got = ", ".join(reply.answered) or reply.outcome.value
                yield Problem(
                    f"intents/{intent.id}.yaml", 1, f"câu kiểm “{text}” ra {got}", "thêm câu mẫu gần câu này", "check"
                )
    for text in catalogue.out_of_scope_checks:
        reply = _ask(guide, text, catalogue)
        if reply.answered:
            got = ", ".join(reply.answered)
            yield Problem(
                "intents/_out_of_scope.yaml",
                1,
                f"câu ngoài phạm vi “{text}” lại ra {got}",
                "thêm câu mẫu gần câu này",
                "check",
            )


def _ask(guide: Guide, text: str, catalogue: Catalogue) -> Reply:
    return guide.answer(text, Context(), datetime.combine(catalogue.pack.as_of, time(12), UTC)).reply


def _reached(reply: Reply) -> set[str]:
    """The intents that a resident gets at once or finds among the buttons."""
    offered = {button.action.removeprefix("topic:") for row in reply.buttons for button in row}
    return set(reply.answered) or (offered if reply.outcome.value == "asked_back" else set())


def _too_much_for_telegram(catalogue: Catalogue, guide: Guide) -> Iterator[Problem]:
    for name in catalogue.answers:
        reply = guide.about((name,), catalogue.pack.as_of)
        if len(reply.text) > _MAX_LETTERS:
            what = f"câu trả lời dài {len(reply.text)} chữ, Telegram nhận {_MAX_LETTERS}"
            yield Problem(f"responses/vi/{name}.md", 1, what, "rút ngắn", "length")
    for pair in [*((name,) for name in catalogue.answers), *combinations(catalogue.answers, 2)]:
        for button in (button for row in guide.about(pair, catalogue.pack.as_of).buttons for button in row):
            if len(button.action.encode()) > MAX_BYTES:
                what = f"nút “{button.label}” ({button.action}) dài quá {MAX_BYTES} byte"
                yield Problem(f"intents/{pair[0]}.yaml", 1, what, "rút ngắn mã chủ đề", "button")


def _lost_buttons(catalogue: Catalogue) -> Iterator[Problem]:
    """Buttons of the directives and places that no channel could carry back."""
    actions = [(f"{kind}:{each.id}", "data/directives") for kind in ("doc", "notes") for each in _directives(catalogue)]
    clauses = [clause for each in _directives(catalogue) for clause in each.clauses]
    actions += [(f"{kind}:{clause.id}", "data/directives") for kind in ("clause", "rests") for clause in clauses]
    actions += [(f"place:{name}", "data/places.yaml") for name in catalogue.places]
    for action, file in actions:
        if len(action.encode()) > MAX_BYTES:
            yield Problem(file, 1, f"nút ({action}) dài quá {MAX_BYTES} byte", "rút ngắn mã", "button")


def _directives(catalogue: Catalogue) -> Iterable[Directive]:
    return catalogue.directives.values()


def _danger(catalogue: Catalogue) -> Iterator[Problem]:
    signs = Signs(catalogue.danger.signs, catalogue.danger.unless)
    if not catalogue.danger.signs or not catalogue.danger.checks:
        yield Problem(
            "intents/_danger.yaml", 1, "không có dấu hiệu nguy hiểm hoặc câu kiểm nào", "điền signs và checks", "empty"
        )
    for text in catalogue.danger.calm:
        if signs.found_in(text):
            yield Problem("intents/_danger.yaml", 1, f"câu “{text}” bị coi là nguy hiểm", "thêm vào unless", "check")
    for text in catalogue.danger.checks:
        if not signs.found_in(text):
            yield Problem(
                "intents/_danger.yaml", 1, f"câu “{text}” không được nhận là nguy hiểm", "thêm vào signs", "check"
            )
