"""The JSON API: ask, and whether the server is well."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ..core.reply import Reply
from ..reception import dump_context, load_context
from .clients import client_address
from .desk import Desk
from .render import markdown

MAX_LETTERS = 10_000


class Ask(BaseModel):
    """A question. With a `session` (a name that the client makes up and keeps), follow-ups are understood."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_LETTERS)]
    lang: str = Field(
        "vi", pattern="^[a-z]{2}$", description="Answers are in a language of the pack; Vietnamese otherwise."
    )
    session: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")] | None = None


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
        ref = desk.sealer.ref("api", body.session or secrets.token_hex(16))
        kept = await desk.conversation(ref) if body.session else None
        handled = await desk.ask(ref, body.text, load_context(kept), "api")
        remembered = dump_context(handled.context) if handled.context and body.session else None
        await desk.keep(ref, handled, remembered, "api")
        return to_answer(handled.reply or desk.reception.guide.notice("topics"))

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
