"""One process changes something, another one notices: on every engine."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

from bot.store.areas import SqlStore
from bot.store.sealing import Sealer
from tests.engines import Base, SqliteBase

ROOT = Path(__file__).parent.parent.parent
_OTHER = """
import sys, time
from pathlib import Path
from bot.store.postgres import PostgresStore
from bot.store.sealing import Sealer
from bot.store.sqlite import SqliteStore
kind, where = sys.argv[1:]
sealer = Sealer(bytes(range(32)))
store = SqliteStore(Path(where), sealer) if kind == "sqlite" else PostgresStore(where, sealer)
print("open", flush=True)
sys.stdin.readline()
store.changes.announce("release")
print(time.time(), flush=True)
store.close()
"""


def test_what_a_second_process_announces_is_heard_within_a_second(base: Base, store: SqlStore) -> None:
    kind, where = ("sqlite", str(base.path)) if isinstance(base, SqliteBase) else ("postgres", base.url)
    command = [sys.executable, "-c", _OTHER, kind, where]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        assert store.changes.wait(0.2) == frozenset(), "nothing was announced yet"
        heard: list[tuple[frozenset[str], float]] = []
        waiting = threading.Thread(target=lambda: heard.append((store.changes.wait(10), time.time())))
        waiting.start()
        other.stdin.write("now\n")
        other.stdin.flush()
        announced = float(other.stdout.readline())
        waiting.join()
    ((topics, at),) = heard
    assert topics == {"release"}
    assert at - announced < 1


def test_nothing_is_heard_before_the_commit_and_nothing_of_what_failed(
    base: Base, store: SqlStore, sealer: Sealer
) -> None:
    other = base.open(sealer)

    def announce(*, fail: bool) -> None:
        with other.db.transaction():
            other.changes.announce("release")
            assert store.changes.wait(0.3) == frozenset()
            if fail:
                raise ValueError

    for fail in (True, False):
        try:
            announce(fail=fail)
        except ValueError:
            assert store.changes.wait(0.3) == frozenset()
    assert store.changes.wait(1) == {"release"}
    assert store.changes.wait(0) == frozenset(), "each is told once"
    other.close()


def test_what_was_announced_while_nobody_waited_is_told_at_once(base: Base, store: SqlStore, sealer: Sealer) -> None:
    other = base.open(sealer)
    other.changes.announce("release")
    other.changes.announce("settings")
    store.changes.announce("release")
    assert store.changes.wait(5) == {"release", "settings"}
    other.close()
    late = base.open(sealer)
    assert late.changes.wait(0) == frozenset(), "what was before it opened is no news"
    late.close()
