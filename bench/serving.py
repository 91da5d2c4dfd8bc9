"""A served process over a store, and how much of the processor it has used."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

_PATIENCE = 180.0


@dataclass(frozen=True, slots=True)
class Served:
    """The process, where it is reached, and how long it took until it answered (seconds)."""

    address: str
    process: subprocess.Popen[bytes]
    start: float

    def cpu(self) -> float | None:
        """Seconds of processor time of all its threads since it began; None where the system does not tell."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        if not tasks.is_dir():
            return None
        return sum(_nanoseconds(task / "schedstat") for task in tasks.iterdir()) / 1e9


def _nanoseconds(path: Path) -> int:
    try:
        return int(path.read_text().split()[0])
    except (OSError, IndexError, ValueError):  # the thread has ended meanwhile
        return 0


@contextmanager
def served(settings: Mapping[str, str], folder: Path) -> Iterator[Served]:
    """`loa serve` with these settings (without LOA_); its output goes to a file in the folder."""
    port, log = _free_port(), folder / "server.log"
    given = {"HOST": "127.0.0.1", "PORT": str(port), "TELEGRAM_TOKEN": "", "RATE_PER_MINUTE": "100000", **settings}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LOA_")}
    environment |= {f"LOA_{name}": value for name, value in given.items()}
    began = time.monotonic()
    with log.open("ab") as out, subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], env=environment, stdout=out, stderr=subprocess.STDOUT
    ) as process:  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process, log)
            yield Served(address, process, time.monotonic() - began)
        finally:
            process.terminate()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=2) as answer:  # noqa: S310 (our own server)
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not become ready:\n{log.read_text('utf8', 'replace')[-2000:]}")
