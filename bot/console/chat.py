"""The web chat: a page like a Telegram chat that works by form posts and is livelier with its script."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from markupsafe import Markup, escape
from pydantic import TypeAdapter

from ..core.context import Context
from ..core.reply import Button, Reply
from ..reception import Handled, dump_context, load_context
from .clients import client_address, keep_session, new_session, same_origin, session_of
from .desk import Desk
from .render import html

MAX_LETTERS = 2000
_KEPT_TURNS = 40
_PART = "x-loa-part"
_REPLIES = TypeAdapter(Reply)


@dataclass(frozen=True, slots=True)
class ChatTurn:
    """One bubble of the page."""

    who: Literal["loa", "resident"]
    html: Markup
    rows: tuple[tuple[Button, ...], ...]
    id: str
    time: str


@dataclass(frozen=True, slots=True)
class Said:
    """One turn as it is kept: what a resident wrote or pressed, or what Loa replied."""

    at: str
    text: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class WebConversation:
    """All that is kept of a web chat, sealed, for a day. `count` numbers the turns."""

    context: Context
    said: tuple[Said, ...] = ()
    count: int = 0

    @classmethod
    def read(cls, kept: str | None) -> WebConversation:
        """The conversation as it was written; an empty one for nothing."""
        if not kept:
            return cls(Context())
        values = json.loads(kept)
        return cls(load_context(values["context"]), tuple(Said(**each) for each in values["said"]), values["count"])

    def dump(self) -> str:
        """The conversation as text for the store."""
        said = [{"at": each.at, "text": each.text, "reply": each.reply} for each in self.said]
        return json.dumps(
            {"context": dump_context(self.context), "said": said, "count": self.count}, ensure_ascii=False
        )

    def plus(self, *said: Said, context: Context | None) -> WebConversation:
        """The conversation with turns added; the oldest ones drop out."""
        kept = (*self.said, *said)[-_KEPT_TURNS:]
        return WebConversation(context or self.context, kept, self.count + len(said))


@dataclass(frozen=True, slots=True)
class WebTurn:
    """What a turn led to, and the conversation after it; whether the store has it, so that a later page can show it."""

    handled: Handled
    conversation: WebConversation
    kept: bool = True

    @property
    def reply(self) -> Reply | None:
        """What Loa said, None if only a notice."""
        return self.handled.reply


class Chat:
    """Pages of the web chat over one desk."""

    def __init__(self, desk: Desk, templates: Jinja2Templates) -> None:
        self._desk = desk
        self._templates = templates

    @property
    def _texts(self) -> Mapping[str, str]:
        """The words of the page, as the release has them that is answered from."""
        messages = self._desk.reception.guide.catalogue.messages
        return {key.removeprefix("page_"): text.strip() for key, text in messages.items() if key.startswith("page_")}

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._desk.reception.guide.catalogue.pack.timezone)

    def page(self, request: Request, conversation: WebConversation, toast: str = "") -> HTMLResponse:
        """The whole page, with a short notice on it if there is one."""
        values = {
            "turns": self._turns(conversation),
            # How to connect is for who runs Loa, not for every resident.
            "telegram": self._desk.settings.telegram_token is not None or not _from_here(request),
            "telegram_name": self._desk.telegram_name(),
            "t": self._texts,
            "toast": toast,
            "max_letters": MAX_LETTERS,
        }
        return self._templates.TemplateResponse(request, "chat.html", values)

    async def page_with(self, request: Request, session: str, text: str, reply: Reply, status: int) -> HTMLResponse:
        """The whole page with a last turn that is not kept."""
        kept = WebConversation.read(await self._desk.conversation(self._desk.sealer.ref("web", session)))
        page = self.page(request, kept.plus(*self._said(text, reply), context=None))
        page.status_code = status
        return page

    def part(self, request: Request, reply: Reply, number: int, status: int = 200) -> HTMLResponse:
        """Only the bubble of a new reply."""
        turn = self._loa(reply, number, self._desk.clock())
        return self._templates.TemplateResponse(
            request, "_turns.html", {"turns": [turn], "t": self._texts}, status_code=status
        )

    def _turns(self, conversation: WebConversation) -> Sequence[ChatTurn]:
        first = conversation.count - len(conversation.said)
        turns = [self._turn(said, first + index) for index, said in enumerate(conversation.said)]
        if first:
            return turns
        reception = self._desk.reception
        greeting = reception.paused() or reception.guide.command("start", "", self._desk.clock())
        began = datetime.fromisoformat(conversation.said[0].at) if turns else self._desk.clock()
        return [self._loa(greeting, -1, began), *turns]

    def _turn(self, said: Said, number: int) -> ChatTurn:
        at = datetime.fromisoformat(said.at)
        if said.reply:
            return self._loa(_REPLIES.validate_json(said.reply), number, at)
        return ChatTurn("resident", Markup("<p>{}</p>").format(escape(said.text)), (), f"t{number + 1}", self._time(at))

    def _loa(self, reply: Reply, number: int, at: datetime) -> ChatTurn:
        return ChatTurn("loa", html(reply.blocks), reply.buttons, f"t{number + 1}", self._time(at))

    def _time(self, at: datetime) -> str:
        return at.astimezone(self._zone).strftime("%H:%M")

    def turn(self, ref: str, text: str, action: str, message: str) -> WebTurn:
        """One turn of a chat, on the store thread: what a form post leads to, written to the store."""
        desk = self._desk
        before = WebConversation.read(desk.store.store.residents.conversation(ref))
        if action:
            handled = desk.reception.press(ref, action, message, before.context, desk.clock())
            text = self._label(before, action)
        else:
            handled = desk.reception.message(ref, text, before.context, desk.clock())
        voted = action.partition(":")[0] in ("up", "down")
        if handled.vote and voted and message not in self._ids(before):
            handled = desk.reception.notice("old_button")
        after = self._after(before, handled, text)
        kept = desk.keep(ref, handled, None if handled.forget else after.dump(), "web")
        return WebTurn(handled, after, kept and not handled.forget)

    def _after(self, before: WebConversation, handled: Handled, text: str) -> WebConversation:
        """The conversation with a turn added; a vote is seen on its button and adds only what Loa says to it."""
        if handled.reply is None:
            return replace(before, context=handled.context or before.context)
        said = self._said(text, handled.reply)
        return before.plus(*(said[1:] if handled.toast else said), context=handled.context)

    def _ids(self, conversation: WebConversation) -> set[str]:
        """The turns that can be voted on."""
        return {turn.id for turn in self._turns(conversation) if turn.who == "loa"}

    def _said(self, text: str, reply: Reply) -> tuple[Said, Said]:
        at = self._desk.clock().isoformat()
        return Said(at, text=text), Said(at, reply=_REPLIES.dump_json(reply).decode())

    def _label(self, conversation: WebConversation, action: str) -> str:
        """What stood on the button that was pressed; for a forged one nothing of what was sent."""
        for turn in reversed(self._turns(conversation)):
            for row in turn.rows:
                for button in row:
                    if button.action == action:
                        return button.label
        return "…"


def _from_here(request: Request) -> bool:
    """Whether the browser runs on this machine and no proxy stands between."""
    here = request.client is not None and request.client.host in ("127.0.0.1", "::1")
    return here and "x-forwarded-for" not in request.headers


def routes(desk: Desk, templates: Jinja2Templates) -> APIRouter:
    """The routes of the web chat over one desk."""
    router = APIRouter(include_in_schema=False)
    chat = Chat(desk, templates)
    secure = (desk.settings.public_url or "").startswith("https://")

    @router.get("/")
    async def page(request: Request) -> Response:
        session = session_of(request)
        kept = await desk.conversation(desk.sealer.ref("web", session)) if session else None
        response = chat.page(request, WebConversation.read(kept))
        keep_session(response, session or new_session(), secure=secure)
        return response

    @router.post("/chat")
    async def post(
        request: Request,
        text: Annotated[str, Form()] = "",
        action: Annotated[str, Form()] = "",
        message: Annotated[str, Form()] = "",
    ) -> Response:
        if not same_origin(request, desk.settings.public_url):
            return HTMLResponse("", 403)
        session = session_of(request) or new_session()
        response = await _answer(chat, desk, request, session, (text.strip()[:MAX_LETTERS], action, message))
        keep_session(response, session, secure=secure)
        return response

    return router


async def _answer(chat: Chat, desk: Desk, request: Request, session: str, form: tuple[str, str, str]) -> Response:
    text, action, message = form
    part = _PART in request.headers
    home = RedirectResponse("/#moi-nhat", 303)
    if not (text or action):
        return Response(status_code=204) if part else home
    if desk.limiter.wait(client_address(request, desk.settings.trusted_proxies)):
        reply = desk.reception.guide.notice("rate_limited")
        return chat.part(request, reply, 0, 429) if part else await chat.page_with(request, session, text, reply, 429)
    ref = desk.sealer.ref("web", session)
    turn = await desk.turn("web", chat.turn, ref, text, action, message)
    if turn.handled.toast and not part:
        return chat.page(request, turn.conversation, turn.handled.toast)
    if turn.reply is None:
        return Response(headers={"X-Loa-Toast": quote(turn.handled.toast)})
    if not (turn.kept or part):
        # Nothing is kept that a later page could show, so the last word stands on this one.
        return await chat.page_with(request, session, text, turn.reply, 200)
    if not part:
        return home
    response = chat.part(request, turn.reply, turn.conversation.count - 1)
    if turn.handled.toast:
        response.headers["X-Loa-Toast"] = quote(turn.handled.toast)
    return response
