"""What the routes share: the reception, the store thread, clock, limiter and figures."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, Protocol, TypeVar

from ..clock import Clock
from ..core.reply import Reply
from ..errors import StoreError
from ..metrics import Metrics
from ..reception import Handled, Reception
from ..settings import Settings
from ..store.records import Effects
from ..store.sealing import Sealer
from ..store.thread import StoreThread
from .clients import Limiter

log = logging.getLogger("loa.web")


class _Turn(Protocol):
    @property
    def reply(self) -> Reply | None: ...


P = ParamSpec("P")
T = TypeVar("T", bound=_Turn)


@dataclass(frozen=True, slots=True)
class Desk:
    """Made once, in `create_app`, and handed to the routes."""

    settings: Settings
    reception: Reception
    store: StoreThread
    sealer: Sealer
    clock: Clock
    limiter: Limiter
    metrics: Metrics
    telegram_name: Callable[[], str | None]

    async def conversation(self, ref: str) -> str | None:
        """What is kept of a conversation."""
        return await self.store.run(self.store.store.residents.conversation, ref)

    async def turn(self, channel: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a whole turn (read, answer, write) on the store thread: two turns of a chat cannot interleave."""
        with self.metrics.seconds.time():
            turn = await self.store.run(work, *args, **kwargs)
        if turn.reply:
            self.metrics.questions.labels(channel, turn.reply.outcome.value).inc()
        return turn

    def keep(self, ref: str, handled: Handled, conversation: str | None, channel: str) -> bool:
        """Write what a turn led to, on the store thread; False where the store did not take it.

        An answer is given even so: a full disk may not keep "call 115" from anybody. Raises StoreError where the
        resident would be told of something that did not happen, such as a deletion or a vote.
        """
        effects = Effects(
            ref, self.clock(), channel=channel, conversation=conversation, question=handled.question, vote=handled.vote,
            suggestion=handled.suggestion, forget=handled.forget,
        )  # fmt: skip
        try:
            self.store.store.residents.apply(effects)
        except StoreError as error:
            if handled.forget or handled.vote or handled.suggestion:
                raise
            log.error("a turn was not kept", extra={"error": str(error)})
            return False
        return True
