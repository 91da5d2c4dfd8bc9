"""The JSON API: ask, and whether the server is well."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ..core.context import Context
from ..core.reply import Reply
from ..reception import Handled, dump_context, load_context
from .clients import client_address
from .desk import Desk
from .render import markdown

MAX_LETTERS = 10_000


class Ask(BaseModel):
    """A question. With a `session`, a name that the client makes up and keeps to itself, follow-ups are understood.

    Who knows a session can follow it up and delete it: make it long and random.
    """

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_LETTERS)]
    lang: str = Field(
        "vi", pattern="^[a-z]{2}$", description="Answers are in a language of the pack; Vietnamese otherwise."
    )
    session: Annotated[str, StringConstraints(min_length=1, max_length=128)] | None = None


class ScoredIntent(BaseModel):
    """An intent and the probability that it is the one asked about."""

    intent: str
    score: float


class Cited(BaseModel):
    """A clause that the answer rests on; `quote` is empty where it is cited without its words."""

    directive: str
    number: str | None
    date: str | None
    clause: str
    quote: str


class Pressable(BaseModel):
    """A button; `intent` is set where it leads to a subject."""

    label: str
    action: str
    intent: str | None


class Answer(BaseModel):
    """The reply to a question."""

    outcome: str
    answered: list[str]
    intents: list[ScoredIntent]
    text: str
    markdown: str
    citations: list[Cited]
    buttons: list[Pressable]


class Fault(BaseModel):
    """Why a request was refused, and how to mend it."""

    error: str
    where: str = ""
    mend: str = ""


def to_answer(reply: Reply) -> Answer:
    """A Reply in the API's form."""
    return Answer(
        outcome=reply.outcome.value,
        answered=list(reply.answered),
        intents=[ScoredIntent(intent=each.intent, score=round(each.score, 4)) for each in reply.intents],
        text=reply.text,
        markdown=markdown(reply.blocks),
        citations=[
            Cited(directive=each.directive, number=each.number, date=each.date, clause=each.clause, quote=each.quote)
            for each in reply.citations
        ],
        buttons=[
            Pressable(
                label=each.label,
                action=each.action,
                intent=each.action.removeprefix("topic:") if each.action.startswith("topic:") else None,
            )
            for row in reply.buttons
            for each in row
        ],
    )


def _turn(desk: Desk, body: Ask) -> Handled:
    """One question, on the store thread. Without a session a name is used once, so nobody can be followed."""
    ref = desk.sealer.ref("api", body.session or secrets.token_hex(16))
    context = load_context(desk.store.store.residents.conversation(ref)) if body.session else Context()
    handled = desk.reception.message(ref, body.text, context, desk.clock())
    conversation = dump_context(handled.context) if handled.context and body.session else None
    desk.keep(ref, handled, conversation, "api")
    return handled


def routes(desk: Desk) -> APIRouter:
    """The routes of the API over one desk."""
    router = APIRouter()
    refused = {400: {"model": Fault}, 413: {"model": Fault}, 422: {"model": Fault}, 429: {"model": Fault}}

    @router.post("/api/ask", response_model=Answer, responses=refused, summary="Ask a question")  # type: ignore[arg-type]
    async def ask(body: Ask, request: Request) -> Response | Answer:
        """Answer from the directives, ask back, or say that the question was not understood."""
        wait = desk.limiter.wait(client_address(request, desk.settings.trusted_proxies))
        if wait:
            fault = Fault(error="too many questions", mend=f"try again in {wait} seconds")
            return JSONResponse(fault.model_dump(), 429, headers={"Retry-After": str(wait)})
        handled = await desk.turn("api", _turn, desk, body)
        return to_answer(handled.reply or desk.reception.guide.notice("topics"))

    return router


def health_routes(desk: Desk) -> APIRouter:
    """Whether the process lives and can answer, and its figures."""
    router = APIRouter()

    @router.get("/healthz", summary="The process is alive")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz", summary="The process can answer")
    async def readyz() -> dict[str, str]:
        await desk.store.run(desk.store.store.upkeep.health, desk.clock())
        return {"status": "ok", "release": desk.reception.guide.catalogue.release}

    @router.get("/metrics", summary="Figures in Prometheus' text format")
    async def metrics() -> Response:
        health = await desk.store.run(desk.store.store.upkeep.health, desk.clock())
        return Response(desk.metrics.text(health), media_type="text/plain; version=0.0.4")

    return router
