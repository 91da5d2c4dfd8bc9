"""Files made to harm are refused in words or read for what they show; none reaches out of its reader."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from bot.documents.bounds import MAX_SECONDS
from bot.documents.reading import read_document
from bot.errors import DocumentError
from tests.documents.attacks import ATTACKS, READ

CASES = [pytest.param(*attack, id=name) for name, attack in ATTACKS.items()]
# Runs the reader as its child process does, and names whatever it does beyond reading its own modules.
_WATCHED = r"""
import os, sys
roots = tuple(os.path.realpath(path) for path in (*sys.path, sys.prefix, sys.base_prefix) if path)
import bot.documents.docx, bot.documents.pdf, bot.documents.text
from bot.documents.kinds import answer_for
def watch(event, values):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename")):
        print("DID", event, values)
    if event == "open" and isinstance(values[0], str) and not os.path.realpath(values[0]).startswith(roots):
        print("DID", event, values)
sys.addaudithook(watch)
answer_for(b"x\0" + sys.stdin.buffer.read())
open(os.devnull).close()
"""


def _outcome(data: bytes) -> tuple[str, str]:
    try:
        return READ if read_document(data, "van-ban.docx").clauses else "nothing", ""
    except DocumentError as error:
        return error.reason, str(error)


@pytest.mark.parametrize(("make", "allowed"), CASES)
def test_is_refused_in_words_or_read(make: Callable[[], bytes], allowed: Collection[str]) -> None:
    data = make()
    begun = time.monotonic()
    ended, said = _outcome(data)
    assert ended in allowed
    assert ended == READ or "→" in said  # what is wrong, and how to mend it
    assert time.monotonic() - begun < MAX_SECONDS + 15  # the limit of its process, and a busy machine


@pytest.mark.parametrize(
    "name", ["pdf with a script", "pdf whose content is a file outside", "docx with links outside"]
)
def test_reaches_no_file_and_no_network(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED], input=ATTACKS[name][0](), capture_output=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    # The watch itself works: it sees the one file that is opened on purpose.
    assert [line.split()[:2] for line in done.stdout.decode().splitlines()] == [["DID", "open"]]


def test_there_are_enough_attacks() -> None:
    assert len(ATTACKS) >= 36
