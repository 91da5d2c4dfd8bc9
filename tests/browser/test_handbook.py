"""The officers' handbook says what stands on the pages: its labels, its pictures, its steps."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

HANDBOOK = ROOT / "docs/can-bo.md"
PAGES = ROOT / "bot/console/pages"
WALK = ROOT / "tests/browser/handbook.py"
LEAST_LABELS, LEAST_PICTURES, MOST_BYTES = 60, 12, 120_000
# What the walk does to a label; the first argument is the label.
DEEDS = {"go", "press", "follow", "fill", "field", "tick"}


def plain(page: str) -> str:
    """A template as one reads it: no tags, no statements, … for what is filled in."""
    words = re.sub(r"{%.*?%}|{#.*?#}|<[^>]*>", "", re.sub(r"{{.*?}}", "…", page, flags=re.DOTALL), flags=re.DOTALL)
    return re.sub(r"\s+", " ", words)


def shown() -> str:
    """Everything that can stand on a page; what stands in statements and attributes too."""
    pages = [path.read_text("utf-8") for path in sorted(PAGES.rglob("*.html"))]
    assert len(pages) > 40
    return "\n".join([*pages, *map(plain, pages)])


def labels(handbook: str) -> list[str]:
    """What the handbook puts in “…”, but for the mark itself."""
    return [label for label in re.findall(r"“([^”]+)”", handbook) if label != "…"]


def wanting(handbook: str, pages: str) -> list[str]:
    return [label for label in labels(handbook) if label.rstrip(".") not in pages]


def pictures(handbook: str) -> list[Path]:
    return [HANDBOOK.parent / name for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", handbook)]


def walked(code: str) -> list[str]:
    """The labels that the walk through the tasks presses, follows and fills."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call) and node.args]
    return [
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in DEEDS
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    ]


def test_every_label_stands_on_a_page() -> None:
    handbook = HANDBOOK.read_text("utf-8")
    assert len(labels(handbook)) >= LEAST_LABELS
    assert wanting(handbook, shown()) == []


def test_a_label_that_no_page_has_is_found() -> None:
    assert wanting("Bấm “Nút đã đổi tên”, rồi “Lưu nháp”.", shown()) == ["Nút đã đổi tên"]


@pytest.mark.parametrize("page", ["<b>Trở lại</b> bản {{ row.number }}", "{% if x %}Trở lại\n bản {{ n }}{% endif %}"])
def test_a_page_is_read_as_an_officer_reads_it(page: str) -> None:
    assert plain(page) == "Trở lại bản …"


def test_every_picture_is_there_and_small() -> None:
    named = pictures(HANDBOOK.read_text("utf-8"))
    assert len(named) >= LEAST_PICTURES
    assert [path.name for path in named if not path.is_file() or path.stat().st_size > MOST_BYTES] == []
    assert {path.name for path in named} == {path.name for path in (ROOT / "docs/img").glob("can-bo-*.png")}


def test_the_walk_does_what_the_handbook_says() -> None:
    handbook, steps = HANDBOOK.read_text("utf-8"), walked(WALK.read_text("utf-8"))
    assert len(steps) >= LEAST_LABELS // 2
    assert [label for label in steps if label not in handbook] == []
