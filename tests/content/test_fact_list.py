"""Facts: who confirmed them, who uses them, and that one change reaches every answer."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from openpyxl.workbook import Workbook

from bot.commands.facts import confirm_command, facts_command
from bot.content.confirming import confirmed
from bot.content.fact_list import Listed, fact_lines, fact_list, is_old
from bot.content.files import read
from bot.content.loading import load_texts, load_with_sources
from bot.content.tree import read_folder
from bot.core.catalogue import Fact
from tests.content import broken
from tests.content.workbooks import hand_in, row_of, small_pack

ROOT = Path(__file__).parent.parent.parent
MESSAGES = ROOT / "responses/vi/_messages.yaml"
FACTS = "data/facts.yaml"
CONFIRMED = """duty:
  title: Trực ban
  value: 0213 000 222
  kind: phone
  state: confirmed
  confirmed: {by: Lò Thị A, on: 2021-02-01, where: Công văn 7 của Sở Y tế}
  seen: 2021-02-03
"""


def make(folder: Path) -> Path:
    answer = broken.FILES["responses/vi/distance.md"] + '{% if has_fact("local") %}{{ fact("local") }}{% endif %}\n'
    return broken.make(folder, MESSAGES, **{FACTS: broken.FILES[FACTS] + CONFIRMED, "responses/vi/distance.md": answer})


@pytest.fixture
def listed(tmp_path: Path) -> dict[str, Listed]:
    return {each.fact.id: each for each in fact_list(load_with_sources(make(tmp_path)))}


def test_every_fact_says_where_it_stands_and_what_uses_it(listed: dict[str, Listed]) -> None:
    assert list(listed) == ["hotline", "ambulance", "local", "duty"]
    assert [each.line for each in listed.values()] == [1, 7, 13, 17]
    assert listed["hotline"].answers == ("mask",)
    assert {"not_understood", "error"} <= set(listed["hotline"].sentences)
    assert listed["hotline"].contact
    assert listed["local"].answers == ("distance",), "an answer that waits for a missing fact uses it"
    assert not listed["duty"].answers


def test_a_fact_is_told_with_who_when_and_where(listed: dict[str, Listed]) -> None:
    text = "\n".join(fact_lines(listed["duty"]))
    for word in ("đã xác nhận: 0213 000 222", "Lò Thị A", "01/02/2021", "Công văn 7 của Sở Y tế", "03/02/2021"):
        assert word in text
    assert "còn thiếu" in "\n".join(fact_lines(listed["local"]))
    assert "câu trả lời: mask" in "\n".join(fact_lines(listed["hotline"]))


def test_residents_read_where_a_confirmed_fact_is_from_and_not_who_confirmed_it(listed: dict[str, Listed]) -> None:
    assert listed["duty"].fact.origin == "Công văn 7 của Sở Y tế (01/02/2021)"


@pytest.mark.parametrize(
    ("seen", "confirmed", "old"),
    [("", "", True), ("2021-01-01", "", False), ("2020-12-31", "", True), ("2020-01-01", "2021-01-01", False)],
)
def test_a_fact_is_old_by_the_last_look_at_it(seen: str, confirmed: str, *, old: bool) -> None:
    fact = Fact("a", "A", "1", "phone", "sourced", seen=seen, confirmed_on=confirmed)
    assert is_old(fact, date(2021, 1, 31), timedelta(days=30)) is old
    assert not is_old(Fact("a", "A", "", "phone", "missing"), date(2021, 1, 31), timedelta(days=30))


def test_one_change_reaches_every_answer_and_sentence() -> None:
    texts = read_folder(ROOT)
    before = load_texts(texts)
    (hotline,) = [each for each in fact_list(before) if each.fact.id == "moh_hotline"]
    after = load_texts({**texts, FACTS: texts[FACTS].replace(b'"1900 9095"', b'"1900 0000"', 1)}).catalogue
    assert len(hotline.answers) >= 5
    for name, answer in after.answers.items():
        said = "\n".join(block.text for block in answer.blocks)
        assert ("1900 0000" in said) == (name in hotline.answers), name
        assert "1900 9095" not in said, name


def test_a_fact_can_be_confirmed_in_the_workbook(tmp_path: Path) -> None:
    files = small_pack(tmp_path)

    def confirm(book: Workbook) -> None:
        sheet = book["Dữ kiện"]
        row, columns = row_of(sheet, "local"), {str(cell.value): cell.column or 0 for cell in sheet[1]}
        filled = {
            "Giá trị": "0213 000 333", "Tình trạng": "confirmed", "Ai xác nhận": "Lò Thị A",
            "Ngày xác nhận": "2021-02-01", "Thấy ở đâu": "Công văn 7",
        }  # fmt: skip
        for title, value in filled.items():
            sheet.cell(row, columns[title]).value = value

    changes = hand_in(files, confirm)
    assert not isinstance(changes, list), changes
    fact = load_texts({**files, **changes.files}).catalogue.facts["local"]
    assert (fact.state, fact.confirmed_by, fact.confirmed_on) == ("confirmed", "Lò Thị A", "2021-02-01")
    assert fact.confirmed_where == "Công văn 7"


# The command


def run(folder: Path, *arguments: str, command: click.Command = facts_command) -> str:
    settings = {"LOA_CONTENT_DIR": str(folder), "LOA_VAR_DIR": str(folder / "var")}
    result = CliRunner().invoke(command, arguments, env=settings)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_lists_all_the_missing_and_the_old(tmp_path: Path) -> None:
    folder = make(tmp_path)
    facts = folder / FACTS
    facts.write_text(facts.read_text("utf8").replace("{title: Thông báo}", "{title: x}\n  seen: 2999-01-01"), "utf8")
    assert run(folder).rstrip().endswith("4 trong 4 dữ kiện")
    missing = run(folder, "--missing")
    assert "local: Số của tỉnh" in missing
    assert missing.rstrip().endswith("1 trong 4 dữ kiện")
    old = run(folder, "--old", "365")
    assert "duty: Trực ban" in old
    assert "hotline: Đường dây nóng" not in old
    assert run(folder, "--old", "365", "--missing").rstrip().endswith("3 trong 4 dữ kiện")


def test_a_missing_fact_is_confirmed_by_one_command_and_reaches_the_list(tmp_path: Path) -> None:
    folder = make(tmp_path)
    said = run(folder, "local", "--value", "0213 000 002", "--where", "Công văn 7: gọi thử", "--by", "Lò Thị A",
               command=confirm_command)  # fmt: skip
    assert "đã lưu bản nháp" in said
    shown = run(folder)
    assert "đã xác nhận: 0213 000 002" in shown
    assert "Lò Thị A xác nhận ngày" in shown
    assert "thấy ở: Công văn 7: gọi thử" in shown
    assert run(folder, "--missing").rstrip().endswith("0 trong 4 dữ kiện")


def test_confirming_changes_nothing_else_of_the_file() -> None:
    text = (ROOT / FACTS).read_text("utf8")
    after = confirmed(text, "moh_hotline", by="Lò Thị A", on=date(2021, 3, 1), where="gọi thử")
    before, now = (dict(read(FACTS, each.encode(), []).values) for each in (text, after))
    assert now.pop("moh_hotline") == {
        **before.pop("moh_hotline"),
        "state": "confirmed",
        "seen": "2021-03-01",
        "confirmed": {"by": "Lò Thị A", "on": "2021-03-01", "where": "gọi thử"},
    }
    assert now == before
    lines = set(text.splitlines())
    assert len([line for line in after.splitlines() if line not in lines]) <= 6
