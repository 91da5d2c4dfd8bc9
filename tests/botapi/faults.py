"""What can go wrong between the bot and Telegram, as a plan a test writes down beforehand.

Faults are drawn in the order they were added; the first that fits a call strikes. Chance comes from one
seeded generator, so a run can be repeated.
"""

import random
import threading
import time
from dataclasses import dataclass
from typing import Literal

from tests.botapi.data import Json

Kind = Literal[
    "too_many",  # 429 with retry_after
    "server_error",  # `status` 500 or 502, as JSON
    "conflict",  # 409, as if a second poller had taken over
    "hang",  # no answer until the client gives up
    "slow_body",  # carried out; the answer drips, `delay` seconds between pieces
    "cut_before",  # connection closed, nothing carried out
    "cut_after",  # carried out, then cut in the middle of the answer: the uncertain send
    "bad_json",  # 200 with half a JSON document
    "html_error_page",  # 502 and an HTML page, as from a proxy
    "duplicate_updates",  # getUpdates gives the batch before this one again, confirmed or not
    "duplicate_in_batch",  # every update twice in one batch
    "reorder",  # the batch shuffled
    "deliver_twice",  # an update the webhook accepted is posted once more
]
WEBHOOK = "webhook"
SHAPING: frozenset[Kind] = frozenset({"duplicate_updates", "duplicate_in_batch", "reorder"})


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    `method` may be "*" (every method). `times` is how often it strikes, None without end; `after` calls that
    fit are let through first; `probability` is the chance at each. With `processed` the call is carried out
    and only the answer spoilt ("slow_body" and "cut_after" always are so).
    """

    kind: Kind
    method: str = "*"
    times: int | None = 1
    probability: float = 1.0
    after: int = 0
    retry_after: int = 1
    status: int = 500
    delay: float = 0.05
    processed: bool = False

    @property
    def carries_out(self) -> bool:
        """Whether the call takes effect all the same."""
        return self.processed or self.kind in ("slow_body", "cut_after")

    def fits(self, method: str) -> bool:
        """Whether it may strike `method`: shaping belongs to getUpdates, "deliver_twice" to the webhook."""
        if self.kind in SHAPING:
            return method == "getUpdates"
        if self.kind == "deliver_twice" or method == WEBHOOK:
            return self.kind == "deliver_twice" and method == WEBHOOK
        return self.method in ("*", method)


@dataclass(frozen=True)
class Struck:
    """A fault that happened; `at` is `time.monotonic()`."""

    fault: Fault
    method: str
    at: float


class Faults:
    """The plan: add faults, read which have struck. Thread-safe."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self._plan: list[list[int]] = []
        self._faults: list[Fault] = []
        self._struck: list[Struck] = []

    def add(self, *faults: Fault) -> None:
        """Append to the plan."""
        with self._lock:
            for fault in faults:
                self._faults.append(fault)
                self._plan.append([-1 if fault.times is None else fault.times, fault.after])

    def clear(self) -> None:
        """Forget the plan; what has struck stays on record."""
        with self._lock:
            self._faults.clear()
            self._plan.clear()

    @property
    def struck(self) -> list[Struck]:
        """Every fault that happened, in order."""
        with self._lock:
            return list(self._struck)

    def take(self, method: str) -> Fault | None:
        """Draw the fault that strikes this call, if any (never a shaping one)."""
        with self._lock:
            return self._draw(method, frozenset())

    def shape(self, batch: list[Json], before: list[Json]) -> list[Json]:
        """Spoil a batch of getUpdates; `before` is the batch given before it.

        A fault waits until there is something to spoil: two updates to reorder, one to double.
        """
        possible: set[Kind] = {"duplicate_updates"} if before else set()
        possible |= {"duplicate_in_batch"} if batch else set()
        possible |= {"reorder"} if len(batch) > 1 else set()
        with self._lock:
            fault = self._draw("getUpdates", frozenset(possible)) if possible else None
            if fault is None:
                return batch
            if fault.kind == "duplicate_updates":
                return [*before, *batch]
            if fault.kind == "duplicate_in_batch":
                return [update for update in batch for _ in range(2)]
            return self._random.sample(batch, len(batch))

    def _draw(self, method: str, shapes: frozenset[Kind]) -> Fault | None:
        for fault, left in zip(self._faults, self._plan, strict=True):
            wrong_kind = fault.kind not in shapes if shapes else fault.kind in SHAPING
            if wrong_kind or left[0] == 0 or not fault.fits(method):
                continue
            if left[1] > 0:
                left[1] -= 1
                continue
            if self._random.random() >= fault.probability:
                continue
            left[0] -= left[0] > 0
            self._struck.append(Struck(fault, method, time.monotonic()))
            return fault
        return None
