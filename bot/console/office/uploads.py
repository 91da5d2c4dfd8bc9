"""A new directive: a file is read, the reading is corrected beside it, and kept as a draft with its list of work."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from ...content.arriving import Prepared, keep, prepare
from ...content.releasing import candidate
from ...core.directives import Directive
from ...documents.correcting import CUT, Correction, piece_label, typed
from ...documents.correction_faults import doubts, faults
from ...documents.correction_files import files_of_correction
from ...documents.proposing import days, endings
from ...documents.reading import read_document
from ...errors import ContentError, DirectiveHeld, DocumentError, EditConflict
from ...store.records import Upload
from .access import Editor, NotFound, Visit
from .directives import LIST, address, as_file
from .kept_sheets import is_reading
from .open_reading import OpenReading, part_of
from .paging import number_of
from .reading_form import changed_by, correction_of, text_of
from .turns import BUSY, Busy, turns_of
from .work import WORK

NEW, CORRECT, ORIGINAL = f"{LIST}/moi", f"{LIST}/sua", f"{LIST}/moi/goc"
_GONE = (
    "Không còn bản đọc này: đã lưu thành bản nháp, đã bỏ, hoặc quá một ngày không ai sửa. "
    "Anh/chị mở trang Văn bản để xem, hoặc tải tệp lên lại."
)
_OVERTAKEN = (
    "Có người (hoặc một thẻ khác) vừa lưu bản đọc này. Chữ của anh/chị vẫn còn ở dưới và chưa được lưu. "
    "Anh/chị so với trang đang mở kia; bấm lưu lần nữa thì chữ ở đây thay chữ đã lưu."
)
_HELD = "Kho đã có văn bản mang mã này. Nếu đây là văn bản khác, anh/chị sửa số, ngày hoặc mã."
_LONGEST_NAME = 120
_PROBLEMS = 20

router = APIRouter(include_in_schema=False)


# The file comes


@router.get(NEW)
async def ask(visit: Editor) -> Response:
    """Where a file is chosen."""
    return visit.page("upload.html")


@router.post(NEW)
async def take(visit: Editor) -> Response:
    """Read a file, and go on to what was read."""
    found = await _file(visit)
    if found is None:
        return visit.page("upload.html", 422, problem="Chưa có tệp nào. Anh/chị bấm chọn tệp rồi bấm “Đọc tệp”.")
    data, name = found
    try:
        async with turns_of(visit.request).turn():
            document = await asyncio.to_thread(read_document, data, name)
    except Busy:
        return visit.page("upload.html", 503, problem=BUSY)
    except DocumentError as error:
        await visit.note("directive_refused", name, error.reason)
        problem = f"Chưa đọc được “{name}”: {error.what}. Cách làm: {error.mend}."
        return visit.page("upload.html", 422, problem=problem)
    record = {"paragraphs": list(document.paragraphs), "read": Correction.of(document).to_record()}
    record["typed"] = record["read"]
    upload = Upload(secrets.token_urlsafe(12), visit.officer, name, data, record, 0, visit.now)
    await visit.store(visit.desk.store.store.uploads.add, upload)
    await visit.note("directive_read", name)
    return RedirectResponse(page_of(upload.id), 303)


async def _file(visit: Visit) -> tuple[bytes, str] | None:
    """The bytes and the name of the file that was sent; None where none was."""
    form = await visit.request.form()
    try:
        file = form.get("tep")
        if not isinstance(file, UploadFile) or not file.filename:
            return None
        return await file.read(), _plain_name(file.filename)
    finally:
        await form.close()


def _plain_name(name: str) -> str:
    """The name of a file without folders, of a length that fits a page."""
    plain = typed(PureWindowsPath(PurePosixPath(name).name).name) or "van-ban"
    return plain[-_LONGEST_NAME:]


def page_of(upload: str, notice: str = "", anchor: str = "", part: int = 1) -> str:
    """The page on which a part of a reading is corrected."""
    said, of = f"&da={notice}" if notice else "", f"&phan={part}" if part > 1 else ""
    return f"{CORRECT}?ban={quote(upload, safe='')}{of}{said}" + (f"#{anchor}" if anchor else "")


# What was read is corrected


@router.get(CORRECT)
async def show(visit: Editor, ban: str = "", phan: str = "") -> Response:
    """The text as it was read beside the fields, a part of a long document at a time."""
    upload = await _upload(visit, ban)
    return await _page(visit, OpenReading(upload, Correction.from_record(upload.record["typed"]), number_of(phan)))


@router.get(ORIGINAL)
async def original(visit: Editor, ban: str = "") -> Response:
    """The file as it came, to keep."""
    upload = await _upload(visit, ban)
    return as_file(upload.name, upload.body)


@router.post(CORRECT)
async def correct(visit: Editor, ban: str = "") -> Response:
    """Keep what was typed, and do what the button says."""
    upload = await _upload(visit, ban)
    form = await visit.request.form()
    before = Correction.from_record(upload.record["typed"])
    after = correction_of(form, before).following(before)
    act, _, where = text_of(form, "viec").partition(":")
    if act == "bo":
        return await _dropped(visit, upload)
    if act == "lai":
        after = Correction.from_record(upload.record["read"])
    changed, anchor, problem = changed_by(act, where, after)
    here = number_of(where if act == "phan" else text_of(form, "phan"))
    part = part_of(changed, anchor, here)
    if not await _kept(visit, upload, changed, text_of(form, "lan")):
        return await _overtaken(visit, upload, changed, here)
    if "x-loa-part" in visit.request.headers:
        return JSONResponse({"lan": upload.revision + 1})
    current = OpenReading(replace(upload, revision=upload.revision + 1), changed, part, problem=problem)
    if act == "nhap":
        return await _finish(visit, current)
    if problem:
        return await _page(visit, current, 422)
    return RedirectResponse(page_of(upload.id, "luu-tam" if act in ("luu", "") else "", anchor, part), 303)


async def _upload(visit: Visit, upload: str) -> Upload:
    found = await visit.store(visit.desk.store.store.uploads.get, upload, visit.now)
    if found is None or not is_reading(found):
        raise NotFound(_GONE, LIST)
    return found


async def _kept(visit: Visit, upload: Upload, correction: Correction, revision: str) -> bool:
    record = {**upload.record, "typed": correction.to_record()}
    known = int(revision) if revision.isdecimal() and len(revision) < 10 else -1
    return await visit.store(visit.desk.store.store.uploads.save, upload.id, record, known, visit.now)


async def _overtaken(visit: Visit, upload: Upload, correction: Correction, part: int) -> Response:
    if "x-loa-part" in visit.request.headers:
        return JSONResponse({"problem": _OVERTAKEN}, 409)
    return await _page(visit, OpenReading(upload, correction, part, problem=_OVERTAKEN), 409)


async def _dropped(visit: Visit, upload: Upload) -> Response:
    await visit.store(visit.desk.store.store.uploads.drop, upload.id)
    await visit.note("directive_dropped", upload.name)
    return RedirectResponse(f"{LIST}?da=bo", 303)


async def _page(visit: Visit, current: OpenReading, status: int = 200) -> Response:
    correction, part, read_beside = current.correction, current.shown, current.read_beside
    held = visit.desk.reception.guide.catalogue.directives
    directive = correction.directive()
    proposed = await asyncio.to_thread(endings, directive, held)
    given = await asyncio.to_thread(days, directive)
    return visit.page(
        "reading.html", status, upload=current.upload, c=correction, part=part, read=read_beside.start,
        paragraphs=current.paragraphs[read_beside.start : read_beside.stop], read_all=len(current.paragraphs),
        wrong=current.wrong, elsewhere=current.elsewhere,
        problem=current.problem, problems=current.problems[:_PROBLEMS], doubts=doubts(correction),
        endings=proposed, days=given, labels=[piece_label(piece) for piece in correction.pieces], cut=CUT,
        known=[each.entry for each in proposed if each.entry],
    )  # fmt: skip


# It becomes a draft


async def _finish(visit: Visit, current: OpenReading) -> Response:
    wrong = faults(current.correction)
    if wrong:
        problem = f"Còn {len(wrong)} chỗ cần sửa trước khi lưu thành bản nháp; mỗi chỗ có lời nhắc ngay bên dưới."
        return await _page(visit, current.faulty(wrong, problem), 422)
    files = files_of_correction(current.correction, current.upload.body, current.upload.name)
    texts = await visit.store(lambda: candidate(visit.desk.store.store.versions).texts)
    try:
        prepared = await asyncio.to_thread(prepare, texts, files)
        arrival = await visit.store(_keep, visit, prepared, current.upload.id)
    except DirectiveHeld as error:
        held = f"{_HELD} (tệp {', '.join(error.files)})"
        problem = "Chưa lưu được; xem mã văn bản."
        return await _page(visit, replace(current, wrong={"id": held}, problem=problem, part=1), 422)
    except EditConflict:
        return await _page(
            visit, replace(current, problem="Có người vừa đưa văn bản này vào kho. Xem trang Văn bản."), 409
        )
    except ContentError as error:
        return await _page(visit, current.refused(error, files), 422)
    await visit.note("directive_added", arrival.id, f"{len(prepared.tasks)} việc")
    return RedirectResponse(address(WORK, arrival.id, notice="van-ban"), 303)


def _keep(visit: Visit, prepared: Prepared, upload: str) -> Directive:
    store = visit.desk.store.store
    arrival = keep(store, prepared, visit.officer, visit.now)
    store.uploads.drop(upload)
    return arrival.directive
