"""Problems that the check finds after an edit, told with the cell where the officer wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from bot.content.checking import check_pack

from .workbooks import (
    hand_in,
    row_of,
    small_pack,
    taken,
)


@pytest.fixture
def pack(tmp_path: Path) -> dict[str, bytes]:
    return small_pack(tmp_path)


def test_problems_are_found_in_their_cells(pack: dict[str, bytes], tmp_path: Path) -> None:
    def work(book: Workbook) -> None:
        answers, phrases, facts, messages = (book[t] for t in ("Câu trả lời", "Câu mẫu", "Dữ kiện", "Câu của bot"))
        answers["D2"] = '**Sai**\n{{ fact("no_such_fact") }}'
        phrases.append(["mask", None, "câu mẫu", "phải đeo khẩu trang không"])
        facts.cell(row_of(facts, "hotline"), 3).value = None
        facts.cell(row_of(facts, "local"), 3).value = "0213"
        messages.cell(row_of(messages, "start"), 2).value = "{{ no_such_word }}"

    changes = taken(hand_in(pack, work))
    root = tmp_path / "after"
    for name, data in {**pack, **changes.files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    problems = check_pack(root).problems
    places = {str(changes.locate(problem.file, problem.line)) for problem in problems}
    assert {
        "trang “Câu trả lời”, ô D2", "trang “Câu mẫu”, ô D9", "trang “Dữ kiện”, ô C2", "trang “Dữ kiện”, ô C4",
    } <= places  # fmt: skip
    assert any(place.startswith("trang “Câu của bot”, ô B") for place in places)
    assert "None" not in places


def test_lines_that_no_cell_shows(pack: dict[str, bytes]) -> None:
    changes = taken(hand_in(pack, lambda _: None))
    assert changes.locate("data/pack.yaml", 1) is None
    assert changes.locate("no/such.yaml", 1) is None
    assert str(changes.locate("intents/mask.yaml", 2)) == "trang “Câu trả lời”, ô A3"
    assert str(changes.locate("intents/mask.yaml", 5)) == "trang “Câu mẫu”, ô D7"
