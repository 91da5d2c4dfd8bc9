"""Where something stands in a workbook, and what is wrong there."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell: the title of its sheet, its row and its column, both from 1."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """Its name, such as “B12”."""
        return f"{get_column_letter(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"trang “{self.sheet}”, ô {self.cell}"

    def error(self, what: str, mend: str) -> RowError:
        """What is wrong here and how to mend it."""
        return RowError(self.sheet, self.cell, what, mend, self.row)


@dataclass(frozen=True, slots=True)
class RowError:
    """A fault of one row, for officers: sheet, cell, what is wrong, and how to mend it. `row` is there to sort by."""

    sheet: str
    cell: str
    what: str
    mend: str
    row: int = 1

    def __str__(self) -> str:
        return f"trang “{self.sheet}”, ô {self.cell}: {self.what} → {self.mend}"
