"""kill -9 at random moments while updates keep coming: who was answered, how often, and what was written.

The short form runs in the suite, the long one is `make chaos`.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.botapi import BotApiDouble, Fault, updates
from tests.engines import Base, SqliteBase

ROOT = Path(__file__).parent.parent
# One chat asks these in this order; each answer can be told by its 👍 button.
ASKED = ("five_k", "mask", "mask_fine", "tet_travel")
QUESTION, QUESTIONED = "đám cưới có được tổ chức không", "weddings_funerals"
PER_CHAT = len(ASKED) + 1


@dataclass(frozen=True)
class Outcome:
    """What became of one run."""

    updates: int
    kills: int
    unanswered: int
    repeated: int
    out_of_order: int
    questions: int
    questions_expected: int
    open_rows: int
    aside: int
    seconds: float


@contextmanager
def _process(double: BotApiDouble, folder: Path, base: Base) -> Iterator[subprocess.Popen[bytes]]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("LOA_")}
    env |= {
        "LOA_TELEGRAM_TOKEN": double.token, "LOA_TELEGRAM_API": double.base_url, "LOA_VAR_DIR": str(folder),
        "LOA_DATABASE_URL": base.url, "LOA_PORT": "0", "LOA_RETRY_SECONDS": "0.1",
        "LOA_POLL_SECONDS": "1", "LOA_SEND_SECONDS": "3",
    }  # fmt: skip
    with (folder / "loa.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def run(seed: int, total: int, kills: int, folder: Path, patience: float = 60.0, base: Base | None = None) -> Outcome:
    """Push `total` updates, kill the process `kills` times in between, then let it finish.

    Over a file in the folder, if no database is given.
    """
    base = base or SqliteBase(folder / "loa.db")
    began = time.monotonic()
    chance = random.Random(seed)
    chats = total // PER_CHAT
    coming = [(chat, step) for step in range(PER_CHAT) for chat in range(1, chats + 1)]
    folder.mkdir(parents=True, exist_ok=True)
    with BotApiDouble(seed=seed) as double:
        double.faults.add(
            Fault("cut_after", "sendMessage", times=3, probability=0.05),
            Fault("server_error", "sendMessage", times=6, probability=0.05),
            Fault("duplicate_updates", "getUpdates", times=4, probability=0.3),
        )
        cuts = [len(coming) * index // (kills + 1) for index in range(kills + 2)]
        for begin, end in pairwise(cuts):
            with _process(double, folder, base) as process:
                _push(double, coming[begin:end], chance)
                if end == len(coming):
                    _wait_for_all(double, chats, patience)
                    _wait_for_rest(base, patience)
                else:
                    _die_somewhere(double, chance, process)
        return _count(double, chats, kills, base, time.monotonic() - began)


def _push(double: BotApiDouble, pieces: list[tuple[int, int]], chance: random.Random) -> None:
    for chat, step in pieces:
        asks = updates.command(chat, f"/start {ASKED[step]}") if step < len(ASKED) else updates.text(chat, QUESTION)
        double.push(asks)
        if chance.random() < 0.1:
            time.sleep(chance.random() / 20)


def _die_somewhere(double: BotApiDouble, chance: random.Random, process: subprocess.Popen[bytes]) -> None:
    """Wait until the process is at work again, then kill it within the next half second."""
    sent = len(double.sent_messages)
    double.wait_for(lambda: len(double.sent_messages) > sent or process.poll() is not None, timeout=60)
    time.sleep(chance.random() / 2)
    process.kill()
    process.wait()


def _answers(double: BotApiDouble, chat: int) -> list[str]:
    """The intents of the answers of a chat, in order."""
    found = []
    for message in double.messages(chat):
        for button in message.buttons:
            action = button["callback_data"]
            if action.startswith("up:"):
                found.append(action.removeprefix("up:"))
    return found


def _wait_for_all(double: BotApiDouble, chats: int, patience: float) -> None:
    wanted = {*ASKED, QUESTIONED}
    end = time.monotonic() + patience
    waiting = set(range(1, chats + 1))
    while waiting and time.monotonic() < end:
        waiting = {chat for chat in waiting if wanted - set(_answers(double, chat))}
        time.sleep(0.1)


def _wait_for_rest(base: Base, patience: float) -> None:
    end = time.monotonic() + patience
    while base.number("SELECT count(*) FROM outbox WHERE state = 'open'") and time.monotonic() < end:
        time.sleep(0.1)


def _count(double: BotApiDouble, chats: int, kills: int, base: Base, seconds: float) -> Outcome:
    order = [*ASKED, QUESTIONED]
    found = {chat: _answers(double, chat) for chat in range(1, chats + 1)}
    counts = {chat: Counter(answers) for chat, answers in found.items()}
    firsts = {chat: list(dict.fromkeys(answers)) for chat, answers in found.items()}
    rows = "SELECT count(*) FROM {} WHERE state = '{}'"
    return Outcome(
        updates=chats * PER_CHAT,
        kills=kills,
        unanswered=sum(1 for count in counts.values() for intent in order if not count[intent]),
        repeated=sum(count[intent] - 1 for count in counts.values() for intent in order if count[intent] > 1),
        out_of_order=sum(1 for first in firsts.values() if first != [intent for intent in order if intent in first]),
        questions=base.number("SELECT count(*) FROM questions"),
        questions_expected=chats,
        open_rows=sum(base.number(rows.format(table, "open")) for table in ("inbox", "outbox")),
        aside=sum(base.number(rows.format(table, "aside")) for table in ("inbox", "outbox")),
        seconds=round(seconds, 1),
    )
