"""What the routes share: the reception, the store thread, clock, limiter and figures."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ..clock import Clock
from ..core.guide import Context
from ..core.reply import Reply
from ..metrics import Metrics
from ..reception import Handled, Reception
from ..settings import Settings
from ..store.records import Effects
from ..store.sealing import Sealer
from ..store.thread import StoreThread
from .clients import Limiter


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

    async def ask(self, ref: str, text: str, context: Context, channel: str) -> Handled:
        """The reply to a typed message; matching runs on the store thread, off the event loop."""
        began = time.perf_counter()
        handled = await self.store.run(self.reception.message, ref, text, context, self.clock())
        self._count(channel, handled.reply, time.perf_counter() - began)
        return handled

    def _count(self, channel: str, reply: Reply | None, seconds: float) -> None:
        self.metrics.seconds.observe(seconds)
        if reply:
            self.metrics.questions.labels(channel, reply.outcome.value).inc()

    async def keep(self, ref: str, handled: Handled, conversation: str | None, channel: str) -> None:
        """Write what a message led to."""
        effects = Effects(
            ref, self.clock(), channel=channel, conversation=conversation, question=handled.question, vote=handled.vote,
            forget=handled.forget,
        )  # fmt: skip
        await self.store.run(self.store.store.residents.apply, effects)
