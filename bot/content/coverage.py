"""Which answers rest on which clause, and why some clauses need none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..core.catalogue import Catalogue
from ..core.directives import label_of
from ..errors import Problem
from .loading import Loaded


@dataclass(frozen=True, slots=True)
class Covered:
    """A clause, the intents whose answers cite it, and else the reason why it concerns agencies only."""

    clause: str
    intents: tuple[str, ...]
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.clause}: {', '.join(self.intents) or f'(không dùng) {self.reason}'}"


def coverage(catalogue: Catalogue) -> tuple[Covered, ...]:
    """Every clause of every directive, in their order."""
    uses: dict[str, list[str]] = {}
    for answer in catalogue.answers.values():
        for clause_id in dict.fromkeys(f"{cited.directive}#{cited.clause}" for cited in answer.citations):
            uses.setdefault(clause_id, []).append(answer.intent)
    return tuple(
        Covered(clause.id, tuple(uses.get(clause.id, ())), directive.agency_only.get(clause.path, ""))
        for directive in catalogue.directives.values()
        for clause in directive.clauses
    )


def coverage_problems(loaded: Loaded) -> Iterator[Problem]:
    """Clauses that no answer uses and that nobody said to concern agencies only; reasons that are out of date."""
    files = {source.values.get("id"): source for name, source in loaded.sources.items() if "data/directives/" in name}
    for each in coverage(loaded.catalogue):
        source = files[each.clause.partition("#")[0]]
        path = each.clause.partition("#")[2]
        if not each.intents and not each.reason:
            what = f"không câu trả lời nào dựa vào {label_of(path)}"
            mend = (
                "trích mục này ở một câu trả lời; không cần thì mở văn bản ở trang Văn bản, ghi lý do ngay dưới mục "
                "(trong tệp: dòng agency_only)"
            )
            yield source.problem(what, mend, "agency_only", rule="coverage")
        elif each.intents and each.reason:
            what = f"mục “{path}” ghi là chỉ giao cơ quan mà {each.intents[0]} lại dựa vào"
            yield source.problem(what, "bỏ dòng này khỏi agency_only", "agency_only", path, rule="coverage")
    for directive in loaded.catalogue.directives.values():
        for path in directive.agency_only:
            if directive.clause(path) is None:
                what = f"agency_only nói tới mục “{path}” không có"
                yield files[directive.id].problem(what, "sửa số mục", "agency_only", path, rule="coverage")
