"""The content as an Excel workbook: out with the open drafts, and in again as drafts, all or none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from ...bounded import Limits, refuse_size
from ...content.telling import named as few
from ...errors import ContentError, EditConflict, EditError, FileRefused
from .access import HOME, Editor, Visit
from .answer_parts import draft_line
from .forms import values_of
from .naming import Named, named, titles_of_subjects

if TYPE_CHECKING:
    from ...content.sheet_drafts import SheetBasis, SheetFault
    from ...content.sheets import Changes

SHEETS = f"{HOME}/bang"
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 200
_BROKEN = (
    "Nội dung đã công bố có chỗ chương trình không đọc được, nên chưa làm được bảng. Anh/chị báo người quản máy chủ."
)
_OVERTAKEN = "Vừa có người lưu {item} trong lúc đọc bảng. Chưa lưu gì; anh/chị gửi lại bảng."

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class _Tried:
    """What became of a workbook that was handed in, and not kept."""

    faults: tuple[SheetFault, ...] = ()
    lines: tuple[str, ...] = ()
    files: int = 0
    nothing: bool = False


@router.get(SHEETS)
async def show(visit: Editor) -> Response:
    """How it works, download and upload."""
    titles = titles_of_subjects(visit.desk.reception.guide.catalogue)
    left_out = (await _basis(visit)).left_out
    rows = [(named(each.item, titles), draft_line(each, visit.zone)) for each in left_out]
    return _page(visit, _Tried(), left_out=rows)


async def _basis(visit: Visit) -> SheetBasis:
    """What the workbook shows, and is compared with."""
    from ...content.sheet_drafts import basis_of, readable

    basis = await visit.store(basis_of, visit.desk.store.store.versions)
    return await asyncio.to_thread(readable, basis)


def _page(
    visit: Visit, tried: _Tried, problem: str = "", status: int = 200, left_out: Sequence[tuple[Named, str]] = ()
) -> Response:
    most = Limits().file_bytes // 1024 // 1024
    return visit.page(
        "sheets.html", status, problem=problem, path=f"{HOME}/cong-bo", tried=tried, shown=_SHOWN, most=most,
        left_out=left_out,
    )  # fmt: skip


@router.get(f"{SHEETS}/tai")
async def download(visit: Editor) -> Response:
    """The workbook of the content with the open drafts."""
    from ...content.sheets import to_workbook

    try:
        basis = await _basis(visit)
        data = await asyncio.to_thread(to_workbook, basis.texts)
    except (ContentError, EditError):
        return _page(visit, _Tried(), _BROKEN, 409)
    await visit.note("sheet_taken_out")
    name = f"loa-{visit.now:%Y-%m-%d}.xlsx"
    return Response(data, media_type=_MEDIA, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.post(SHEETS)
async def upload(visit: Editor) -> Response:
    """Take the changes of a workbook as drafts, or say what is wrong and keep nothing."""
    try:
        return await _upload(visit)
    finally:
        await visit.request.close()  # the file that came, wherever it was put


async def _upload(visit: Visit) -> Response:
    form = await values_of(visit.request)
    file = form.form.get("tep")
    if not isinstance(file, UploadFile) or not file.filename:
        return _page(visit, _Tried(), "Anh/chị chọn tệp .xlsx đã tải từ trang này rồi gửi lại.", 422)
    basis = await _basis(visit)
    try:
        changes = await _read(visit, file, basis)
    except FileRefused as error:
        return _page(visit, _Tried(), f"{error.what[:1].upper()}{error.what[1:]}. Cách sửa: {error.mend}.", 422)
    except (ContentError, EditError):
        return _page(visit, _Tried(), _BROKEN, 409)
    if isinstance(changes, list):
        return _page(visit, _Tried(faults=tuple(changes)), status=422)
    if not changes.files:
        return _page(visit, _Tried(nothing=True))
    if form.get("thu"):
        return _page(visit, _Tried(lines=changes.lines, files=len(changes.files)))
    return await _keep(visit, changes, basis, form.get("vi-sao") or file.filename[:120])


async def _read(visit: Visit, file: UploadFile, basis: SheetBasis) -> Changes | list[SheetFault]:
    from ...content.sheet_drafts import read_workbook

    refuse_size(file.size or 0, Limits())
    return await asyncio.to_thread(read_workbook, await file.read(), basis, visit.desk.reception.guide)


async def _keep(visit: Visit, changes: Changes, basis: SheetBasis, note: str) -> Response:
    from ...content.sheet_drafts import edits_of

    versions = visit.desk.store.store.versions
    try:
        await visit.store(versions.save, edits_of(changes, basis, visit.officer, note), visit.now)
    except EditConflict as error:
        return _page(visit, _Tried(), _OVERTAKEN.format(item=error.item), 409)
    await visit.note("sheet_taken_in", few(changes.files), f"{len(changes.lines)}")
    return visit.to(f"{HOME}/cong-bo", "bang")
