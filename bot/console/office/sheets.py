"""The content as an Excel workbook: out with the open drafts, and in again as drafts, all or none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from ...bounded import Limits, refuse_size
from ...content.notation import names_in
from ...content.telling import named as few
from ...core.capitals import first_large
from ...errors import ContentError, EditConflict, EditError, FileRefused
from .access import HOME, Editor, NotFound, Visit
from .answer_parts import draft_line
from .forms import values_of
from .kept_sheets import keep_tried, note_of, tried
from .naming import Named, named, titles_of_subjects
from .sheet_words import ChangedItem, changed_items, plain_faults
from .turns import BUSY, Busy, turns_of

if TYPE_CHECKING:
    from ...content.sheet_drafts import SheetBasis, SheetFault
    from ...content.sheets import Changes

SHEETS = f"{HOME}/bang"
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAKE_IN = f"{SHEETS}/nhan"
_SHOWN = 100
_BROKEN = (
    "Nội dung đã công bố có chỗ chương trình không đọc được, nên chưa làm được bảng. Anh/chị báo người quản máy chủ."
)
_OVERTAKEN = "Vừa có người lưu {item} trong lúc đọc bảng. Chưa lưu gì; anh/chị gửi lại bảng."
_GONE = (
    "Loa không còn giữ bảng này: đã lấy vào, anh/chị vừa xem thử một bảng khác, hoặc đã quá một giờ. "
    "Chưa lưu gì; anh/chị chọn lại tệp rồi gửi."
)

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class _Tried:
    """What became of a workbook: its faults, or what it would change; `upload` is the id under which it is kept."""

    faults: tuple[SheetFault, ...] = ()
    more_faults: int = 0
    items: tuple[ChangedItem, ...] = ()
    count: int = 0
    files: int = 0
    upload: str = ""
    note: str = ""
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class _Sent:
    """A workbook as an officer sent it; `kept` is its id where it was tried before."""

    name: str
    data: bytes
    note: str
    kept: str = ""


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
    visit: Visit, found: _Tried, problem: str = "", status: int = 200, left_out: Sequence[tuple[Named, str]] = ()
) -> Response:
    most = Limits().file_bytes // 1024 // 1024
    return visit.page(
        "sheets.html", status, problem=problem, path=f"{HOME}/cong-bo", tried=found, most=most, left_out=left_out
    )


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
    sent = _Sent(file.filename[:120], b"", form.get("vi-sao"))
    try:
        refuse_size(file.size or 0, Limits())
    except FileRefused as error:
        return _page(visit, _Tried(), _sentence(error), 422)
    return await _taken(visit, replace(sent, data=await file.read()), only_tried=bool(form.get("thu")))


@router.post(TAKE_IN)
async def take_in(visit: Editor) -> Response:
    """Take the changes of the workbook that was tried last as drafts."""
    form = await values_of(visit.request)
    found = await visit.store(tried, visit.desk.store.store.uploads, form.get("ban"), visit.officer, visit.now)
    if found is None:
        raise NotFound(_GONE, SHEETS)
    sent = _Sent(found.name, found.body, form.get("vi-sao") or note_of(found), found.id)
    return await _taken(visit, sent, only_tried=False)


async def _taken(visit: Visit, sent: _Sent, *, only_tried: bool) -> Response:
    """Read a workbook, and keep its changes or say what they are."""
    basis = await _basis(visit)
    try:
        changes = await _read(visit, sent.data, basis)
    except FileRefused as error:
        return _page(visit, _Tried(), _sentence(error), 422)
    except (ContentError, EditError):
        return _page(visit, _Tried(), _BROKEN, 409)
    except Busy:
        return _page(visit, _Tried(), BUSY, 503)
    if isinstance(changes, list):
        told = tuple(plain_faults(changes, visit.desk.reception.guide.catalogue, names_in(basis.texts), _SHOWN))
        return _page(visit, _Tried(faults=told, more_faults=len(changes) - len(told)), status=422)
    if not changes.files:
        return _page(visit, _Tried(nothing=True))
    if only_tried:
        return _page(visit, await _told(visit, sent, changes, basis))
    return await _keep(visit, sent, changes, basis)


async def _told(visit: Visit, sent: _Sent, changes: Changes, basis: SheetBasis) -> _Tried:
    """What a workbook would change; it is kept for the button that takes it in."""
    uploads = visit.desk.store.store.uploads
    kept = await visit.store(keep_tried, uploads, visit.officer, sent.name, sent.data, sent.note, visit.now)
    names, catalogue = names_in(basis.texts), visit.desk.reception.guide.catalogue
    items = await asyncio.to_thread(changed_items, changes.changed, catalogue, names, _SHOWN)
    return _Tried(items=items, count=len(changes.changed), files=len(changes.files), upload=kept, note=sent.note)


def _sentence(error: FileRefused) -> str:
    return f"{first_large(error.what)}. Cách sửa: {error.mend}."


async def _read(visit: Visit, data: bytes, basis: SheetBasis) -> Changes | list[SheetFault]:
    from ...content.sheet_drafts import read_workbook

    async with turns_of(visit.request).turn():
        return await asyncio.to_thread(read_workbook, data, basis, visit.desk.reception.guide)


async def _keep(visit: Visit, sent: _Sent, changes: Changes, basis: SheetBasis) -> Response:
    from ...content.sheet_drafts import edits_of

    versions = visit.desk.store.store.versions
    try:
        await visit.store(versions.save, edits_of(changes, basis, visit.officer, sent.note or sent.name), visit.now)
    except EditConflict as error:
        item = named(error.item, titles_of_subjects(visit.desk.reception.guide.catalogue)).label
        return _page(visit, _Tried(), _OVERTAKEN.format(item=item), 409)
    if sent.kept:
        await visit.store(visit.desk.store.store.uploads.drop, sent.kept)
    await visit.note("sheet_taken_in", few(changes.files), f"{len(changes.changed)}")
    return visit.to(f"{HOME}/cong-bo", "bang")
