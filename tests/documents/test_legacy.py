"""The tables of the old encodings, read against words whose old form everybody in an office has seen."""

from __future__ import annotations

import pytest

from tests.documents.legacy import TCVN3, VNI, Run, runs_for

SEEN = [
    ("tcvn3", "Cộng hoà xã hội chủ nghĩa Việt Nam", "Céng hoµ x· héi chñ nghÜa ViÖt Nam"),
    ("tcvn3", "Độc lập - Tự do - Hạnh phúc", "§éc lËp - Tù do - H¹nh phóc"),
    ("tcvn3", "Căn cứ đề nghị của Sở", "C¨n cø ®Ò nghÞ cña Së"),
    ("tcvn3", "tiền lương", "tiÒn l\u00ad¬ng"),
    ("vni", "Cộng hòa xã hội chủ nghĩa Việt Nam", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"),
    ("vni", "Độc lập - Tự do - Hạnh phúc", "Ñoäc laäp - Töï do - Haïnh phuùc"),
    ("vni", "Căn cứ đề nghị của Sở", "Caên cöù ñeà nghò cuûa Sôû"),
    ("vni", "ỦY BAN NHÂN DÂN", "UÛY BAN NHAÂN DAÂN"),
]


@pytest.mark.parametrize(("encoding", "text", "old"), SEEN)
def test_old_forms_are_as_they_were_seen(encoding: str, text: str, old: str) -> None:
    assert "".join(run.text for run in runs_for(encoding, text)) == old


def test_a_line_in_capitals_is_typed_small_in_the_font_of_capitals() -> None:
    assert runs_for("tcvn3", "UỶ BAN NHÂN DÂN") == [Run("uû ban nh©n d©n", ".VnTimeH")]


def test_a_single_capital_with_tone_changes_the_font() -> None:
    assert [run.font for run in runs_for("tcvn3", "Ở bản")] == [".VnTimeH", ".VnTime"]


@pytest.mark.parametrize("table", [TCVN3, VNI])
def test_no_two_letters_share_a_code(table: dict[str, str]) -> None:
    assert len(set(table.values())) == len(table)
    assert len(table) >= 74
