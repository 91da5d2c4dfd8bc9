"""Officers: who may do what, links to sign in, Telegram, sessions. For admins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from fastapi.responses import Response

from ...core.capitals import first_large
from ...errors import LastAdmin, NameRefused, OfficerUnknown
from ...officers import LINK_LASTS, ROLE_WORDS, ROLES, add, give_roles, make_link
from ...store.records import Officer, Role
from .access import HOME, SIGN_IN, Admin, Visit
from .session_list import end, open_sessions

PEOPLE = f"{HOME}/nguoi"
SESSIONS = f"{PEOPLE}/phien"
ONE = f"{PEOPLE}/ho-so"
ROLE_MEANS: dict[Role, str] = {
    "editor": "sửa câu trả lời, câu mẫu, dữ kiện, lời của Loa; lưu thành bản nháp",
    "approver": "xem lại bản nháp của người khác, duyệt và công bố; tạm dừng Loa",
    "duty": "đọc tin báo của bà con, trả lời câu hỏi chưa đáp; tạm dừng Loa",
    "admin": "thêm cán bộ, đổi quyền, xem nhật ký, và làm được mọi việc ở trên",
}
_MINUTES = round(LINK_LASTS.total_seconds() / 60)

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class ShownOfficer:
    """An officer as pages show him."""

    name: str
    path: str
    roles: tuple[Role, ...]
    tied: bool
    since: str
    sessions: int = 0

    @property
    def words(self) -> str:
        """His roles in words."""
        return ", ".join(ROLE_WORDS[role] for role in ROLES if role in self.roles) or "không còn quyền"


def path_of(name: str) -> str:
    """The address of an officer's page."""
    return f"{ONE}/{quote(name, safe='')}"


def _shown(visit: Visit, officer: Officer, sessions: int = 0) -> ShownOfficer:
    since = visit.local(officer.made_at)
    return ShownOfficer(officer.name, path_of(officer.name), officer.roles, bool(officer.ref), since, sessions)


def _wanted(given: list[str]) -> list[Role]:
    return [role for role in ROLES if role in given]


@router.get(PEOPLE)
async def everybody(visit: Admin) -> Response:
    """All officers, and a form for a new one."""
    return await _list(visit)


@router.post(PEOPLE)
async def added(visit: Admin, name: Annotated[str, Form()] = "", role: Annotated[list[str], Form()] = []) -> Response:  # noqa: B006 (FastAPI reads the default, nothing changes it)
    """Add an officer."""
    roles = _wanted(role)
    if not roles:
        return await _list(visit, name, roles, "Anh/chị chọn ít nhất một quyền.")
    try:
        kept = await visit.store(add, visit.desk.store.store.people, name, roles, visit.officer, visit.now)
    except NameRefused as error:
        return await _list(visit, name, roles, f"{first_large(str(error))}.")
    return visit.to(path_of(kept), "can-bo-moi")


async def _list(visit: Visit, name: str = "", roles: list[Role] | None = None, problem: str = "") -> Response:
    found = await visit.store(visit.desk.store.store.people.officers)
    counts = Counter(each.officer for each in await open_sessions(visit))
    officers = [_shown(visit, each, counts[each.name]) for each in found]
    return visit.page(
        "people.html", 422 if problem else 200, officers=officers, name=name, roles=roles or ["editor"],
        role_words=ROLE_WORDS, role_means=ROLE_MEANS, problem=problem,
    )  # fmt: skip


# One officer


@router.get(f"{ONE}/{{name}}")
async def one(visit: Admin, name: str) -> Response:
    """One officer's roles, Telegram and sessions."""
    return await _one(visit, name)


async def _one(visit: Visit, name: str, problem: str = "", link: str = "", status: int = 200) -> Response:
    officer = await _officer(visit, name)
    return visit.page(
        "person.html", status, officer=_shown(visit, officer), sessions=await open_sessions(visit, name), link=link,
        minutes=_MINUTES, role_words=ROLE_WORDS, role_means=ROLE_MEANS, problem=problem,
    )  # fmt: skip


async def _officer(visit: Visit, name: str) -> Officer:
    """An officer by the name in an address, where anything may stand. Raises Instead where there is none."""
    found = await visit.store(visit.desk.store.store.people.officer, name) if name.isprintable() else None
    if found is None:
        raise visit.missing("Không có cán bộ này.", PEOPLE, "Về danh sách cán bộ")
    return found


@router.post(f"{ONE}/{{name}}/quyen")
async def roles_given(
    visit: Admin, name: str, role: Annotated[list[str], Form()] = [], confirmed: Annotated[str, Form()] = ""  # noqa: B006
) -> Response:  # fmt: skip
    """Give an officer exactly these roles; what shuts somebody out is asked about first."""
    people, roles = visit.desk.store.store.people, _wanted(role)
    officer = await _officer(visit, name)
    if set(roles) == set(officer.roles):
        return visit.to(path_of(name), "khong-doi")
    warning = _warning(visit, name, roles)
    if warning and not confirmed:
        return visit.page("person_confirm.html", officer=_shown(visit, officer), roles=roles, warning=warning)
    try:
        await visit.store(give_roles, people, name, roles, visit.officer, visit.now)
    except LastAdmin:
        problem = f"{name} là quản trị cuối cùng. Anh/chị cho người khác quyền quản trị trước, rồi đổi quyền ở đây."
        return await _one(visit, name, problem, status=409)
    return visit.to(HOME if name == visit.officer and "admin" not in roles else path_of(name), "quyen")


def _warning(visit: Visit, name: str, roles: list[Role]) -> str:
    own = name == visit.officer
    if own and not roles:
        return "Anh/chị sắp bỏ hết quyền của chính mình: anh/chị ra ngay và không tự vào lại được."
    if own and "admin" not in roles:
        return "Anh/chị sắp bỏ quyền quản trị của chính mình: chỉ quản trị khác mới trả lại được."
    return "" if roles else f"{name} sẽ không còn quyền nào, ra khỏi mọi máy ngay và không vào lại được."


@router.post(f"{ONE}/{{name}}/link")
async def linked(visit: Admin, name: str) -> Response:
    """Make a link that signs the officer in; it is shown on this page only."""
    await _officer(visit, name)
    try:
        token = await visit.store(make_link, visit.desk.store.store.people, name, visit.now)
    except OfficerUnknown:
        problem = "Người này chưa có quyền nào. Anh/chị cho quyền trước, rồi tạo link."
        return await _one(visit, name, problem, status=409)
    await visit.note("link_made", name)
    return await _one(visit, name, link=f"{visit.desk.settings.address}{SIGN_IN}/{token}")


@router.post(f"{ONE}/{{name}}/go-telegram")
async def untied(visit: Admin, name: str) -> Response:
    """Untie an officer's Telegram."""
    await _officer(visit, name)
    await visit.store(visit.desk.store.store.people.tie, name, "")
    await visit.note("chat_untied", name)
    return visit.to(path_of(name), "go-telegram")


# Sessions


@router.get(SESSIONS)
async def sessions(visit: Admin) -> Response:
    """Everybody who is signed in."""
    return visit.page("sessions.html", sessions=await open_sessions(visit))


@router.post(f"{SESSIONS}/{{session}}/ra")
async def session_ended(visit: Admin, session: str) -> Response:
    """Sign somebody out."""
    found = next((each for each in await open_sessions(visit) if each.id == session), None)
    if found:
        await end(visit, found)
    return visit.to(SESSIONS, "phien" if found else "khong-doi")
