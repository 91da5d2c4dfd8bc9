"""Long documents are shown a part at a time, and correcting one part leaves the others alone."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.desk import Desk
from bot.console.office.portions import beside, portion_at, portion_with, portions
from tests.console.office import AtDesk, sign_in, take_in
from tests.console.test_office_uploads import TEXT, uploaded

LONG = TEXT.replace("3. ", "\n".join(f"{at}. " + f"Các xã làm việc {at}. " * 60 for at in range(3, 23)) + "\n23. ")


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(1, 60), st.integers(1, 9))
def test_parts_hold_every_text_once_and_no_more_than_fits(lengths: list[int], letters: int, most: int) -> None:
    parts = portions(lengths, letters, most)
    assert [at for part in parts for at in range(part.first, part.after)] == list(range(len(lengths)))
    for part in parts:
        held = lengths[part.first : part.after]
        assert len(held) <= 1 or (sum(held) <= letters and len(held) <= most)
        assert portion_at(parts, part.number) == part
        assert all(portion_with(parts, at) == part for at in range(part.first, part.after))


def test_an_odd_number_shows_a_part_that_is_there() -> None:
    parts = portions([5, 5, 5], 5, 1)
    assert [portion_at(parts, number).number for number in (-1, 0, 2, 99)] == [1, 1, 2, 3]
    assert portion_with(parts, 99).number == 3
    assert portions([], 5, 1)[0].after == 0


def test_the_text_beside_a_part_is_that_of_its_share() -> None:
    assert beside([10] * 10, 0.0, 0.3, 1000) == range(0, 4)
    assert beside([10] * 10, 0.5, 1.0, 1000) == range(4, 10)
    assert beside([10] * 10, 0.0, 1.0, 35) == range(0, 3)
    assert beside([], 0.0, 1.0, 35) == range(0, 0)


@pytest.fixture
async def officer(desk: Desk, web: httpx.AsyncClient) -> AtDesk:
    await take_in(desk)
    return await sign_in(web, desk, "editor")


async def test_what_is_corrected_in_one_part_leaves_the_others(officer: AtDesk) -> None:
    page = await uploaded(officer, LONG)
    before, number = page.texts(), page.fields["number"]
    assert "Phần 1/" in page.answer.text
    await page.press("phan:2")
    second = page.texts()
    assert second[0][0] != before[0][0]
    assert "number" not in page.fields
    first = int(page.fields["dau"][0])
    await page.press(f"xoa:{first + 1}", loi=["Lời đã sửa.", *page.fields["loi"][1:]])
    assert page.texts()[0] == (second[0][0], "Lời đã sửa.")
    assert page.texts()[1] == second[2]
    await page.press("phan:1")
    assert (page.texts(), page.fields["number"]) == (before, number)
