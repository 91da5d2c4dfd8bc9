"""Text of legacy fonts comes out as Unicode, and Unicode text is never touched."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.fonts import decoded, decoder, from_tcvn3, from_vni, likely, tidy
from bot.documents.kinds import parse
from tests.documents.legacy import runs_for

SENTENCES = (
    "Ủy ban nhân dân các huyện, thành phố tiếp tục thông tin tuyên truyền để người dân đề cao cảnh giác",
    "Tết Nguyên đán, xử phạt nghiêm các trường hợp không đeo khẩu trang theo quy định; giữ khoảng cách",
    "Kỹ sư Nguyễn Thị Quỳnh Giao ở bản Nậm Nhùn mượn được cuốn sổ ghi những ngày nghỉ lễ từ hôm trước",
)
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"


def as_font(encoding: str, text: str) -> str:
    """The text as it is stored in runs of an old font."""
    return "".join(run.text for run in runs_for(encoding, text))


@pytest.mark.parametrize("text", SENTENCES)
def test_vni_text_is_read_by_its_look(text: str) -> None:
    assert likely(as_font("vni", text)) == text


def test_every_letter_comes_back_from_both_codes() -> None:
    words = " ".join(f"b{letter}" for letter in LETTERS)
    assert from_tcvn3(as_font("tcvn3", words)) == words
    assert from_vni(as_font("vni", words)) == words
    assert from_vni(as_font("vni", words.upper())) == words.upper()


@pytest.mark.parametrize("name", [".VnTime", "ABCDEF+.VnTime", ".VnArial", ".VnTime,Bold", "VNI-Times", "VNI-Helve"])
def test_old_fonts_are_known_by_name(name: str) -> None:
    assert decoder(name) is not None


@pytest.mark.parametrize("name", ["Times New Roman", "Arial", "Vnothing", "", "Roboto", "ABCDEF+TimesNewRomanPSMT"])
def test_other_fonts_are_left_alone(name: str) -> None:
    assert decoder(name) is None


def test_the_font_of_capitals_gives_capitals() -> None:
    assert decoded("ñy ban nh©n d©n", ".VnTimeH") == "ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize("text", [*SENTENCES, "nhà hàng hoá giá quá", "Covid-19", "a"])
@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_unicode_typed_over_an_old_font_stays(text: str, font: str) -> None:
    assert decoded(text, font) == text
    assert likely(text) == text


@given(st.text(st.sampled_from(LETTERS + LETTERS.upper() + " ,.;-0123456789"), max_size=80))
def test_unicode_vietnamese_is_never_taken_for_an_old_font(text: str) -> None:
    if any(ord(char) > 0x1E9F for char in text):
        assert likely(text) == text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_that_text_layers_confuse_are_mended(form: Literal["NFC", "NFD"]) -> None:
    written = unicodedata.normalize(form, "Điều\u00a01. Các cơ quan được hướng dẫn").replace("ư", "ƣ")
    assert tidy(written) == "Điều 1. Các cơ quan được hướng dẫn"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "tcvn3", "vni", "cp1258"]
)
def test_text_files_in_any_code_say_the_same(encoding: str, tmp_path: Path) -> None:
    text = "\n".join(f"{at}. {sentence}." for at, sentence in enumerate(SENTENCES, 1))
    path = tmp_path / "van-ban.txt"
    path.write_bytes(as_bytes(text, encoding))
    found = parse(path.read_bytes(), path.name)
    assert [part.text for part in found.clauses] == [
        f"{sentence}." if encoding != "tcvn3" else f"{sentence[0]}{sentence[1:]}.".replace("Ủ", "ủ", 1)
        for sentence in SENTENCES
    ]


def as_bytes(text: str, encoding: str) -> bytes:
    if encoding == "cp1258":  # letters with their shape, tones behind them
        shaped = unicodedata.normalize("NFD", text)
        for base, mark in (
            ("a", "\u0302"),
            ("a", "\u0306"),
            ("e", "\u0302"),
            ("o", "\u0302"),
            ("o", "\u031b"),
            ("u", "\u031b"),
        ):
            for letter in (base, base.upper()):
                shaped = _joined(shaped, letter, mark)
        return shaped.encode("cp1258")
    if encoding in ("tcvn3", "vni"):
        return as_font(encoding, text).encode("latin-1")
    return text.encode(encoding)


def _joined(text: str, letter: str, mark: str) -> str:
    """The letter with its shape as one sign; a dot below stands between them when decomposed."""
    one = unicodedata.normalize("NFC", letter + mark)
    return text.replace(letter + "\u0323" + mark, one + "\u0323").replace(letter + mark, one)
