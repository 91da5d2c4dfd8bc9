"""What the pages of answers share: the content at the moment, saving a text, and how things are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from fastapi.responses import JSONResponse
from starlette.datastructures import FormData

from ...content.drafting import Head, save
from ...content.editing import body_of
from ...content.notation import Names, names_in, shown, written
from ...content.subjects import is_subject, state_of, title_of
from ...content.telling import moment_text
from ...content.words_diff import diff, shortened
from ...content.workspace import Snapshot, Workspace
from ...core.capitals import first_large
from ...errors import FileRefused, MergeConflict
from ...store.content_protocols import Versions
from ...store.versions import Draft, Version
from .access import HOME, Instead, Visit

ANSWERS = f"{HOME}/tra-loi"
STATES = {
    "published": "Đang dùng", "draft": "Bản nháp", "in_review": "Chờ duyệt", "approved": "Đã duyệt",
    "planned": "Hẹn công bố",
    "stale": "Cần xem lại", "expiring": "Sắp hết hạn", "withdrawn": "Đã rút", "missing": "Chưa có câu trả lời",
}  # fmt: skip
# Several savings of one officer within this time are one deed, and one line in the list of versions.
ONE_GO = timedelta(minutes=10)
_LONGEST_NOTE = 200
# Words around each difference of two sides.
_AROUND = 25


def workspace_of(visit: Visit) -> Workspace:
    """The workspace of the application, made at the first call."""
    state = visit.request.app.state
    if not hasattr(state, "workspace"):
        state.workspace = Workspace()
    found: Workspace = state.workspace
    return found


async def snapshot_of(visit: Visit) -> Snapshot:
    """The content as it is now."""
    return await visit.store(workspace_of(visit).look, visit.desk.store.store.versions)


async def subject(visit: Visit, intent: str) -> Snapshot:
    """The content. Raises Instead where it has no subject of that id."""
    snapshot = await snapshot_of(visit)
    if not is_subject(snapshot, intent):
        raise Instead(visit.page("answer_missing.html", 404, intent=intent))
    return snapshot


def head_in(snapshot: Snapshot, item: str) -> Head:
    """What an editor of an item begins from."""
    return Head(item, snapshot.version(item), text_of(snapshot.texts.get(item)))


def zone_of(visit: Visit) -> str:
    """The time zone of the province."""
    return visit.desk.reception.guide.catalogue.pack.timezone


def common(visit: Visit, snapshot: Snapshot, intent: str, item: str, tab: str) -> dict[str, Any]:
    """What every page of one subject shows: its title, the page one is on, and who drafted it when."""
    draft, planned = snapshot.drafts.get(item), snapshot.plans.get(item)
    return {
        "intent": intent, "title": title_of(snapshot, intent), "tab": tab, "item": item,
        "draft": draft_line(draft, zone_of(visit)) if draft else "",
        "state": state_of(draft, planned) if draft else "published",
        "planned": planned, "planned_at": visit.local(planned.at) if planned else "",
        "states": STATES, "may_edit": visit.may("editor"),
        "released": item in snapshot.released,
    }  # fmt: skip


def draft_line(draft: Draft, zone: str) -> str:
    """Who wrote a draft and when."""
    return f"{draft.version.author}, {moment_text(draft.version.at, zone)}"


def text_of(body: bytes | None) -> str:
    """A text as it is edited."""
    return (body or b"").decode("utf-8-sig", "replace").replace("\r\n", "\n")


def field(form: FormData, name: str) -> str:
    """A field of a form, "" where it is missing; lines end as in files."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") if isinstance(value, str) else ""


def note_of(form: FormData) -> str:
    """What an officer notes about an edit, on one line."""
    return " ".join(field(form, "ghi_chu").split())[:_LONGEST_NOTE]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a text: with a conflict nothing was written, and `theirs` is what somebody else wrote.

    `version` is the draft now; `mine` the version whose text is that of this officer. `text` is what the draft holds.
    """

    state: Literal["saved", "unchanged", "merged", "conflict"]
    version: Version | None
    mine: Version | None
    text: str
    theirs: str = ""
    author: str = ""

    @property
    def number(self) -> int:
        """The number of the draft now; 0 where there is none."""
        return self.version.id if self.version else 0

    @property
    def notice(self) -> str:
        """The sentence that a page shows afterwards."""
        return {"saved": "luu", "unchanged": "khong-doi", "merged": "gop", "conflict": ""}[self.state]


def based_on(versions: Versions, item: str, number: int) -> Head:
    """The version that an officer began from; an item that is new where the number is none of this item's."""
    try:
        version = versions.version(number) if 0 < number < 2**31 else None
    except KeyError:
        version = None
    if version is None or version.item != item:
        return Head(item, None, "")
    return Head(item, version, text_of(versions.body(version.id)))


def keep(
    versions: Versions, workspace: Workspace, base: Head, text: str, author: str, at: datetime, note: str
) -> Kept:  # fmt: skip
    """Save a text as the draft, beside what others wrote since `base`; on the store thread."""
    snapshot = workspace.look(versions)
    head = snapshot.version(base.item)
    same = head is not None and text == text_of(versions.body(head.id))
    if head and same and note and base.item in snapshot.drafts and head.author == author and head.note != note:
        # A note that was written only once the text was kept.
        base = Head(base.item, head, text)
    elif text == base.text or same:
        # Also where it was saved and only the answer was lost on the way.
        known = base.version if text == base.text else head
        return Kept("unchanged", known, known, text)
    try:
        saved = save(versions, base, text, author, at, note)
    except MergeConflict as conflict:
        now = workspace.look(versions).version(base.item)
        return Kept("conflict", now, None, text, conflict.theirs, conflict.author)
    return Kept("merged" if saved.merged else "saved", saved.version, saved.mine, saved.text or "")


async def write(visit: Visit, base: Head, text: str, note: str) -> Kept:
    """Save a text, and note it in the trail where it begins a new row of edits."""
    versions = visit.desk.store.store.versions
    kept = await visit.store(keep, versions, workspace_of(visit), base, text, visit.officer, visit.now, note)
    if kept.state in ("saved", "merged") and not _goes_on(base.version, visit):
        await visit.note("draft_saved", base.item, note)
    return kept


def _goes_on(before: Version | None, visit: Visit) -> bool:
    return before is not None and before.author == visit.officer and visit.now - before.at < ONE_GO


async def base_of(visit: Visit, item: str, form: FormData) -> Head:
    """What a form was begun from."""
    number = field(form, "base")
    versions = visit.desk.store.store.versions
    return await visit.store(based_on, versions, item, int(number) if number.isdecimal() and len(number) < 10 else 0)


def names_of(snapshot: Snapshot) -> Names:
    """What officers call the facts of the content."""
    return names_in(snapshot.texts)


def typed_body(form: FormData, snapshot: Snapshot) -> str:
    """The body that an officer typed, as files hold it."""
    return written(field(form, "body"), names_of(snapshot))


def seen_body(text: str, snapshot: Snapshot) -> str:
    """The body of a response as officers read it."""
    return shown(body_of(text), names_of(snapshot))


def conflict_of(kept: Kept, names: Names | None = None) -> dict[str, Any]:
    """Both sides of a conflict for a page: from theirs to mine, word by word, as officers read them."""
    theirs, mine = (shown(text, names) if names else text for text in (kept.theirs, kept.text))
    return {"author": kept.author, "runs": shortened(diff(theirs, mine), _AROUND)}


def for_script(visit: Visit, kept: Kept, body: str, names: Names | None = None) -> JSONResponse:
    """What the script of a page needs to go on; of a conflict also how to."""
    conflict = ""
    if kept.state == "conflict":
        page = visit.page("answer_conflict.html", conflict=conflict_of(kept, names))
        conflict = bytes(page.body).decode()
    return JSONResponse({
        "state": kept.state, "base": kept.number, "mine": kept.mine.id if kept.mine else 0,
        "body": body, "author": kept.author, "conflict": conflict,
    })  # fmt: skip


def sentence(refused: FileRefused) -> str:
    """What was refused and how to mend it, as a sentence."""
    return f"{first_large(refused.what)}: {refused.mend}."


def refusal(refused: FileRefused) -> JSONResponse:
    """The same for the script of a page."""
    return JSONResponse({"problem": sentence(refused)}, 422)
