"""What the workbook shows: its pages, their columns, and the words that stand for stored values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..core.vietnamese import clean
from .schemas import FactFile, FactSource, IntentFile

MARK, MARK_VERSION = "_loa", "1"
GUIDE = "Hướng dẫn"
LONGEST = 32_767  # what a cell holds, in the units of UTF-16
KINDS = {"examples": "câu mẫu", "checks": "câu kiểm"}
_FACT_KINDS = {
    "phone": "điện thoại", "fine": "mức phạt", "link": "đường dẫn", "days": "số ngày", "date": "ngày",
    "law": "tên văn bản", "quote": "lời trích", "price": "giá tiền", "text": "lời văn",
}  # fmt: skip
_STATES = {"sourced": "có nguồn", "confirmed": "cán bộ đã xác nhận", "missing": "còn thiếu"}

# The order of keys in the files, so that a new key is written where people look for it.
INTENT_ORDER = tuple(IntentFile.model_fields)
FACT_ORDER = tuple(FactFile.model_fields)
SOURCE_ORDER = tuple(FactSource.model_fields)


@dataclass(frozen=True, slots=True)
class Column:
    """A column. An `id` names what the row is about, `info` only explains it, a `key` is hidden and follows a row.

    `choices` are stored values with the words that officers see for them.
    """

    name: str
    heading: str
    width: int
    role: Literal["id", "info", "field", "key"] = "field"
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)

    def shown(self, stored: str) -> str:
        """A stored value as officers see it."""
        return self.choices.get(stored, stored)

    def stored(self, shown: str) -> str | None:
        """What officers wrote as it is stored, or None where it is none of the choices."""
        if not self.choices or not shown:
            return shown
        wanted = clean(shown).casefold()
        return next((key for key, word in self.choices.items() if wanted in {key, clean(word).casefold()}), None)

    def holds(self, stored: str) -> bool:
        """Whether a stored value can stand in a cell of this column, and come back out of it."""
        known = not self.choices or not stored or stored in self.choices
        return known and bool(stored or not self.required) and len(stored.encode("utf-16-le")) <= 2 * LONGEST


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the workbook. On a `phrases` page rows may be added and deleted; the others hold one row for an id."""

    name: str
    title: str
    columns: tuple[Column, ...]
    phrases: bool = False

    @property
    def fields(self) -> tuple[Column, ...]:
        """The columns that officers change."""
        return tuple(column for column in self.columns if column.role == "field")

    def column(self, name: str) -> Column:
        """A column by its name."""
        return next(column for column in self.columns if column.name == name)


# A phrase a row, behind the id and the title of what it belongs to.
_PHRASE = (
    Column("kind", "Loại câu", 12, required=True, choices=KINDS),
    Column("text", "Câu", 90, required=True),
    Column("key", "Khoá dòng", 16, "key"),
)
ANSWERS = Page(
    "answers", "Câu trả lời",
    (
        Column("id", "Mã chủ đề", 26, "id", required=True),
        Column("title", "Tên chủ đề", 30, required=True),
        Column("group", "Nhóm", 22, "info"),
        Column("body", "Nội dung trả lời", 110, required=True),
    ),
)  # fmt: skip
PHRASES = Page(
    "phrases", "Câu mẫu",
    (
        Column("id", "Mã chủ đề", 26, "id", required=True),
        Column("title", "Tên chủ đề", 30, "info"),
        *_PHRASE,
    ),
    phrases=True,
)  # fmt: skip
OUTSIDE = Page(
    "outside", "Ngoài phạm vi",
    (
        Column("id", "Mã nhóm", 22, "id", required=True),
        Column("title", "Tên nhóm", 34, "info"),
        *_PHRASE,
    ),
    phrases=True,
)  # fmt: skip
FACTS = Page(
    "facts", "Dữ kiện",
    (
        Column("id", "Mã dữ kiện", 28, "id", required=True),
        Column("title", "Tên dữ kiện", 34, required=True),
        Column("value", "Giá trị", 40),
        Column("kind", "Kiểu", 14, required=True, choices=_FACT_KINDS),
        Column("state", "Tình trạng", 20, required=True, choices=_STATES),
        Column("confidence", "Độ tin cậy", 14),
        Column("source.title", "Nguồn", 40),
        Column("source.url", "Địa chỉ nguồn", 40),
        Column("source.date", "Ngày của nguồn", 16),
        Column("seen", "Ngày xem nguồn", 16),
        Column("valid_from", "Có hiệu lực từ", 16),
        Column("valid_until", "Có hiệu lực đến", 16),
        Column("note", "Ghi chú", 60),
        Column("confirmed.by", "Ai xác nhận", 24),
        Column("confirmed.on", "Ngày xác nhận", 16),
        Column("confirmed.where", "Thấy ở đâu", 40),
    ),
)  # fmt: skip
MESSAGES = Page(
    "messages", "Câu của bot",
    (
        Column("id", "Mã câu", 28, "id", required=True),
        Column("text", "Câu Loa nói", 110, required=True),
    ),
)  # fmt: skip
PAGES = (ANSWERS, PHRASES, OUTSIDE, FACTS, MESSAGES)

GUIDE_LINES = (
    "Bảng này chứa mọi câu Loa nói và mọi câu Loa học. Anh/chị sửa rồi nộp lại; Loa kiểm tra hết rồi mới nhận.",
    "Có một lỗi là không dòng nào được nhận. Mỗi lỗi được báo kèm trang, ô và cách sửa.",
    "",
    "Trang “Câu trả lời”: sửa tên chủ đề và nội dung. Chỗ trong dấu « » do Loa điền: số điện thoại, mức phạt, "
    "lời trích văn bản; chuyển hoặc xoá cả cụm thì được. Xuống dòng trong ô bằng Alt+Enter.",
    "Trang “Câu mẫu”: mỗi dòng một câu bà con hay hỏi. Thêm câu: thêm dòng ở cuối, ghi mã chủ đề, loại câu và câu. "
    "Bỏ câu: xoá cả dòng. “câu mẫu” để Loa học; “câu kiểm” để thử xem Loa có hiểu đúng không.",
    "Trang “Ngoài phạm vi”: những câu Loa không trả lời; thêm, sửa, bỏ như trang “Câu mẫu”.",
    "Trang “Dữ kiện”: số điện thoại, mức phạt, đường dẫn … Ngày viết năm-tháng-ngày, ví dụ 2021-02-05. Chỉ dữ kiện "
    "“có nguồn” hoặc “cán bộ đã xác nhận” mới được nói ra.",
    "Trang “Câu của bot”: những câu chào, câu báo của Loa.",
    "",
    "Cột nền xám không sửa. Không đổi tên trang, tên cột, không gộp ô, không dùng công thức.",
    "Mọi ô đều để dạng Văn bản, nên số 0 ở đầu số điện thoại không bị mất. Nếu chép từ nơi khác vào, hãy dán dạng "
    "Giá trị (chỉ dán chữ).",
    "Trong lúc anh/chị sửa, người khác có thể cũng sửa trên máy. Dòng anh/chị không động tới thì giữ theo bản mới; "
    "dòng cả hai cùng sửa thì Loa báo để anh/chị xem lại, không ghi đè ai.",
    "Nộp xong, muốn sửa tiếp thì xuất bảng mới.",
)
