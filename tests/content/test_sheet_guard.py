"""Files that are no workbook of Loa, or would cost too much: refused with a reason, soon and in little memory."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from bot.content.sheets import from_workbook, to_workbook
from bot.errors import FileRefused

from .workbooks import rezipped, small_pack, taken, with_shared_strings, worked_on

MEBIBYTE = 1024 * 1024
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + "Workbook".encode("utf-16-le")
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]><sst>&j;</sst>"
)


@pytest.fixture
def pack(tmp_path: Path) -> dict[str, bytes]:
    return small_pack(tmp_path)


@pytest.fixture
def book(pack: dict[str, bytes]) -> bytes:
    return to_workbook(pack)


@pytest.fixture(autouse=True)
def _soon_and_small() -> Iterator[None]:
    """Each refusal takes seconds, and this process grows by less than the largest file that a test makes."""
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.monotonic() - begun < 45
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 400 * MEBIBYTE


def refusal(data: bytes, files: dict[str, bytes]) -> str:
    with pytest.raises(FileRefused) as caught:
        from_workbook(data, files)
    assert caught.value.mend
    return caught.value.what


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "tệp trống"),
        (b"a;b;c\n1;2;3\n", "không phải bảng tính .xlsx"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "không phải bảng tính .xlsx"),
        (b"%PDF-1.7", "không phải bảng tính .xlsx"),
        (b"PK", "hỏng"),
        (b"PK\x03\x04" + b"\0" * 500, "hỏng"),
        (LOCKED, "tệp có mật khẩu"),
        (OLD, "Excel cũ (.xls)"),
        (archive(**{"word/document.xml": b"<a/>"}), "không phải bảng tính .xlsx"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "không phải bảng tính .xlsx"),
        (archive(**{"xl/workbook.xml": b"<a/>"}), "không đọc được"),
        (archive(**{f"{number}": b"" for number in range(2000)}), "hơn 1000 phần"),
    ],
    ids=["empty", "csv", "html", "pdf", "two letters", "torn", "locked", "xls", "docx", "ods", "hollow", "many parts"],
)  # fmt: skip
def test_other_files_are_refused(pack: dict[str, bytes], data: bytes, reason: str) -> None:
    assert reason in refusal(data, pack)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_workbook(pack: dict[str, bytes], book: bytes, share: float) -> None:
    assert "hỏng hoặc bị cụt" in refusal(book[: int(len(book) * share)], pack)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_a_workbook_with_a_damaged_part(pack: dict[str, bytes], book: bytes, part: str) -> None:
    torn = rezipped(with_shared_strings(book), lambda name, content: content[:-20] if name == part else content)
    assert "hỏng" in refusal(torn, pack)


def test_a_file_of_a_hundred_megabytes(pack: dict[str, bytes]) -> None:
    assert "100 MB, chỉ nhận tới 10 MB" in refusal(bytes(100 * MEBIBYTE), pack)


def test_a_zip_bomb(pack: dict[str, bytes], book: bytes) -> None:
    bomb = rezipped(book, lambda _, content: content, **{"xl/media/image1.png": bytes(300 * MEBIBYTE)})
    assert len(bomb) < MEBIBYTE
    assert "quá nặng" in refusal(bomb, pack)


def test_a_zip_bomb_in_many_parts(pack: dict[str, bytes], book: bytes) -> None:
    part = bytes(40 * MEBIBYTE)
    bomb = rezipped(book, lambda _, content: content, **{f"xl/media/{number}.png": part for number in range(4)})
    assert "quá nặng" in refusal(bomb, pack)


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml"])
def test_an_entity_bomb(pack: dict[str, bytes], book: bytes, part: str) -> None:
    bomb = rezipped(with_shared_strings(book), lambda name, content: ENTITIES if name == part else content)
    assert "DOCTYPE" in refusal(bomb, pack)


def test_a_sheet_that_claims_every_row_but_has_few_is_read(pack: dict[str, bytes], book: bytes) -> None:
    few, every = b'<dimension ref="A1:E9"', b'<dimension ref="A1:XFD1048576"'
    claiming = rezipped(book, lambda _, content: content.replace(few, every))
    assert claiming != rezipped(book, lambda _, content: content)
    assert taken(from_workbook(claiming, pack)).files == {}


@pytest.mark.parametrize("row", [60_000, 1_048_576])
def test_a_sheet_with_a_cell_far_below_is_refused(pack: dict[str, bytes], book: bytes, row: int) -> None:
    far = worked_on(book, lambda opened: setattr(opened["Câu mẫu"].cell(row, 4), "value", "lạc"))
    assert "trang “Câu mẫu” dài hơn 50000 dòng" in refusal(far, pack)


def test_a_sheet_full_of_cells_is_stopped(pack: dict[str, bytes], book: bytes) -> None:
    """Half a gigabyte of nothing but columns packs into a small file; it is too large when unpacked."""
    cells = b"".join(b'<c r="A1"><v>1</v></c>' for _ in range(100_000))
    row = b'<row r="2">' + cells + b"</row>"

    def fill(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", row * 40 + b"</sheetData>") if name.endswith("sheet2.xml") else content

    assert "quá nặng" in refusal(rezipped(book, fill), pack)


@pytest.mark.slow
def test_wide_rows_within_the_size_are_stopped_by_memory_or_time(pack: dict[str, bytes], book: bytes) -> None:
    cells = b'<row r="2">' + b'<c r="A2"><v>1</v></c>' * 2_000_000 + b"</row>"

    def fill(name: str, content: bytes) -> bytes:
        return content.replace(b"</sheetData>", cells + b"</sheetData>") if name.endswith("sheet2.xml") else content

    assert "quá nặng" in refusal(rezipped(book, fill), pack)


def test_a_workbook_that_loa_did_not_make(pack: dict[str, bytes], book: bytes) -> None:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    assert "không phải do Loa" in refusal(file.getvalue(), pack)
    assert "không phải do Loa" in refusal(worked_on(book, lambda opened: opened.remove(opened["_loa"])), pack)
    damaged = worked_on(book, lambda opened: setattr(opened["_loa"]["A3"], "value", "lạ"))
    assert "đã hỏng" in refusal(damaged, pack)
