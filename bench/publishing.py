"""An edit through a real store: from the call that publishes it until another process answers from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.content.releasing import candidate, roll_back
from bot.content.starting import first_release
from bot.content.tree import Texts, release_name
from bot.opening import open_store
from bot.settings import load_settings
from bot.store.protocols import Store
from bot.store.versions import Edit
from tests.engines import postgres_server

from .exam import NOW
from .impacts import Publish

_AUTHOR = "bench"


class Answering:
    """The other process."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.answering"], env=environment, stdout=subprocess.PIPE, text=True
        )

    def since(self, release: str) -> float:
        """When it first answered from a release, by the monotonic clock, which all processes of a machine share."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said = json.loads(line)
            if said["release"] == release:
                return float(said["at"])
        raise RuntimeError(f"the process that answers has ended before it answered from {release}")

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.communicate()


class Publisher:
    """Puts texts in place of others in a store that another process answers from; that begins with the first texts."""

    def __init__(self, store: Store, environment: dict[str, str]) -> None:
        self._store = store
        self._environment = environment
        self._other: Answering | None = None

    def __call__(self, before: Texts, after: Texts) -> float:
        """Seconds from the call that publishes to the answer; the content was checked before."""
        other = self._answering_from(before)
        versions = self._store.versions
        current = versions.current()
        known = versions.contents(current.number) if current else {}
        edited = [item for item in before.keys() | after.keys() if before.get(item) != after.get(item)]
        bases = {item: known[item].id if item in known else None for item in edited}
        versions.save([Edit(item, after.get(item), bases[item], _AUTHOR) for item in edited], NOW)
        made = candidate(versions)
        began = time.monotonic()
        release = versions.publish(release_name(made.texts), made.contents, made.after, _AUTHOR, NOW)
        return other.since(release.name) - began

    def _answering_from(self, texts: Texts) -> Answering:
        versions = self._store.versions
        if self._other is None:
            first_release(versions, texts, NOW)
            self._other = Answering(self._environment)
            self._other.since(release_name(texts))
        else:
            self._other.since(roll_back(versions, 1, _AUTHOR, NOW).name)
        return self._other

    def close(self) -> None:
        """End the other process, then the store."""
        if self._other:
            self._other.stop()
        self._store.close()


@contextmanager
def publisher(folder: Path, database: str = "") -> Iterator[Publisher]:
    """Over a database by its address, by default a SQLite file in the folder."""
    settings = {"var_dir": str(folder), **({"database_url": database} if database else {})}
    environment = {f"LOA_{name.upper()}": value for name, value in settings.items()}
    made = Publisher(open_store(load_settings(**settings)), {**_bare(), **environment})
    try:
        yield made
    finally:
        made.close()


def _bare() -> dict[str, str]:
    """What a process needs of the environment, without any settings of a bot."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LOA_")}


@contextmanager
def publishers() -> Iterator[dict[str, Publish]]:
    """One for each engine, by its name; PostgreSQL is as safe as it comes, with fsync."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="loa-bench-"))) for _ in range(2)]
        server = stack.enter_context(postgres_server())
        server.run("ALTER SYSTEM SET fsync = on")
        server.run("SELECT pg_reload_conf()")
        database = stack.enter_context(server.fresh()).url
        yield {
            "sqlite": stack.enter_context(publisher(folders[0])),
            "postgres": stack.enter_context(publisher(folders[1], database)),
        }
