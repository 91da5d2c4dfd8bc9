"""A small pack with an older directive of a number, and a new one that does away with a clause of it."""

from __future__ import annotations

from pathlib import Path

from bot.documents.filing import files_of
from bot.documents.kinds import parse
from tests.content import broken

NAME = "12-UBND-VX.txt"
OLD, NEW = "A@2021", "12/UBND-VX@2021-03-10"
OLD_FILE, NEW_FILE = "data/directives/a.md", "data/directives/12-UBND-VX_2021-03-10.md"
SOURCE_FILE = "data/directives/source/12-UBND-VX_2021-03-10.txt"
ANSWER = "responses/vi/mask.md"
TEXT = """ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU

Số: 12/UBND-VX
V/v đeo khẩu trang

Lai Châu, ngày 10 tháng 3 năm 2021

Kính gửi: Các sở, ban, ngành

1. Đeo khẩu trang tại chợ, bến xe và trên xe khách.

2. Bãi bỏ mục 1 Công văn số 05/UBND-VX ngày 05/02/2021 của UBND tỉnh.

3. Công văn này có hiệu lực từ ngày 15/3/2021.

CHỦ TỊCH
Nguyễn Văn A
"""


def pack(folder: Path, messages: Path) -> Path:
    """The pack in a folder; its directive has a number and a date."""
    text = broken.FILES[OLD_FILE].replace("number:", "number: 05/UBND-VX").replace("date:", 'date: "2021-02-05"')
    return broken.make(folder, messages, **{OLD_FILE: text})


def new_files() -> dict[str, bytes]:
    """The files that the new directive brings."""
    data = TEXT.encode()
    return files_of(parse(data, NAME), data, NAME)
