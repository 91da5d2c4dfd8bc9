"""`responses/<language>/<intent>.md` into an answer: rendered, with its source line and when it may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from ..core.catalogue import Answer, Fact, Intent
from ..core.directives import Clause
from ..core.reply import Block, Span
from ..core.templates import Grounds, Rendered
from ..errors import Problem, TemplateError
from .files import Source
from .rendering import Rendering
from .schemas import ResponseFront


def read_answer(intent: Intent, source: Source, rendering: Rendering, problems: list[Problem]) -> Answer | None:
    """The answer of a response that renders; where it does not, a problem says why."""
    try:
        rendered = rendering.body(source.body)
    except TemplateError as error:
        problems.append(template_problem(source, error))
        return None
    if not rendered.blocks:
        problems.append(Problem(source.name, source.body_line, "mẫu trả lời trống", "viết câu trả lời", "empty"))
    if not intent.small_talk and not any(citation.quote for citation in rendered.citations):
        mend = 'thêm {% quote "…" %}…{% endquote %}'
        problems.append(Problem(source.name, source.body_line, "câu trả lời không trích văn bản nào", mend, "quote"))
    return answer_of(intent.id, rendered, rendering.grounds)


def template_problem(source: Source, error: TemplateError) -> Problem:
    """What keeps a response from rendering, at its line of the whole file."""
    return Problem(source.name, source.body_line + error.line - 1, error.what, error.mend, "template")


def answer_of(intent: str, rendered: Rendered, grounds: Grounds) -> Answer:
    """A rendered response as an answer: its last line says where everything is from."""
    return Answer(intent, (*rendered.blocks, *source_line(rendered, grounds)), rendered.citations, rendered.facts)


def fronted(answer: Answer, front: ResponseFront, timezone: str) -> Answer:
    """The answer with what its front matter says of when it may be shown."""
    end = _end(front.expires, timezone)
    return replace(answer, when_old=front.when_old, expires=end, withdrawn=front.withdrawn)


def _end(expires: str | None, timezone: str) -> datetime | None:
    """The first moment at which an answer no longer holds; of a day, the beginning of the next."""
    if not expires:
        return None
    # A time zone that does not exist is a problem of the pack, which is not served then.
    zone = ZoneInfo(timezone if timezone in available_timezones() else "UTC")
    moment = datetime.fromisoformat(expires).replace(tzinfo=zone)
    return moment if " " in expires else moment + timedelta(days=1)


def source_line(rendered: Rendered, grounds: Grounds) -> tuple[Block, ...]:
    """The last line of an answer: directive, clauses and date, then where its facts are from."""
    clauses: dict[str, list[str]] = {}
    for citation in rendered.citations:
        labels = clauses.setdefault(citation.directive, [])
        label = Clause(citation.directive, citation.clause, "").label
        if label not in labels:
            labels.append(label)
    parts = [f"{grounds.directives[name].title}, {', '.join(labels)}" for name, labels in clauses.items()]
    parts += _origins([grounds.facts[name] for name in rendered.facts])
    return (Block("source", (Span("Nguồn: " + "; ".join(parts) + "."),)),) if parts else ()


def _origins(facts: Iterable[Fact]) -> list[str]:
    """Where facts are from; several articles of one law stand behind its name, which is said once."""
    laws: dict[str, tuple[Fact, list[str]]] = {}
    for fact in facts:
        law, _, article = fact.source_title.partition(", ")
        first, articles = laws.setdefault(law, (fact, []))
        if article and article not in articles:
            articles.append(article)
    found = []
    for law, (first, articles) in laws.items():
        whole = replace(first, source_title=law).origin if len(articles) != 1 else first.origin
        found.append(f"{whole}: {', '.join(articles)}" if len(articles) > 1 else whole)
    return [origin for origin in found if origin]
