"""What officers are told about the content, in their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..errors import Problem
from .starting import Start

Tell = Callable[[str], None]
_SHOWN = 5


def start_lines(start: Start) -> Iterator[str]:
    """What the comparison of folder and store found at the start."""
    yield f"Loa: đang trả lời theo bản {start.release.number} ({start.release.note or 'không ghi chú'})"
    if start.waiting:
        yield (
            f"Loa: {len(start.waiting)} tệp đã sửa nhưng CHƯA công bố ({named(start.waiting)}); "
            "xem “loa content status”, công bố bằng “loa content publish”"
        )
    if start.conflicts:
        yield (
            f"Loa: {len(start.conflicts)} mục vừa sửa trong tệp vừa sửa trong kho ({named(start.conflicts)}); "
            "không mục nào bị ghi đè, xem “loa content status”"
        )


def named(items: Iterable[str]) -> str:
    """The first few of some items, and how many more there are."""
    every = list(items)
    more = f" và {len(every) - _SHOWN} mục nữa" if len(every) > _SHOWN else ""
    return ", ".join(every[:_SHOWN]) + more


def problem_lines(problems: Iterable[Problem]) -> list[str]:
    """What has to be mended, a line each: where, what, how."""
    return [str(problem) for problem in problems]
