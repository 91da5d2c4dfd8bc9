"""Work in pieces that a second process takes part in, where that is safe and pays."""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

T = TypeVar("T")


def can_share() -> bool:
    """Whether a process may be split: on Linux, with a core to spare, and by a program of one thread.

    A lock that another thread holds at that moment stays locked in the child for ever; so a running bot, which has
    threads, never splits.
    """
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


class Shared(Generic[T]):
    """Pieces of work by number, each done once, here or in a child that begins at once."""

    def __init__(self, work: Callable[[int], T], pieces: int, *, split: bool) -> None:
        self._work = work
        self._pieces = pieces
        context: Any = get_context("fork") if split else None
        self._next = context.Value("i", 0) if split else None
        self._here: Connection | None = None
        if split:
            self._here, there = context.Pipe(duplex=False)
            self._child = context.Process(target=self._help, args=(there,), daemon=True)
            with warnings.catch_warnings():
                # The threads that are warned of are those of the library for matrices, which sees to forks itself.
                warnings.simplefilter("ignore", DeprecationWarning)
                self._child.start()
            there.close()

    @property
    def child(self) -> int | None:
        """The process that takes part."""
        return self._child.pid if self._here else None

    @property
    def taken(self) -> int:
        """How many pieces somebody has begun so far; 0 until the results are asked for, if there is no child."""
        return min(self._next.value, self._pieces) if self._next is not None else 0

    def results(self) -> Sequence[T]:
        """What came of every piece, in order; takes part until all are done. To be called once."""
        found = self._done_here()
        if self._here:
            with suppress(EOFError):  # the child was killed: what it took is done again
                found |= self._here.recv()
        return [found[piece] if piece in found else self._work(piece) for piece in range(self._pieces)]

    def stop(self) -> None:
        """Leave no child behind."""
        if self._here:
            self._here.close()
            self._child.terminate()
            self._child.join()

    def _help(self, there: Connection) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and stops this child
        there.send(self._done_here())

    def _done_here(self) -> dict[int, T]:
        return {piece: self._work(piece) for piece in self._taken()}

    def _taken(self) -> Iterator[int]:
        if self._next is None:
            yield from range(self._pieces)
            return
        while True:
            with self._next.get_lock():
                piece = self._next.value
                self._next.value += 1
            if piece >= self._pieces:
                return
            yield piece


@contextmanager
def shared(work: Callable[[int], T], pieces: int, *, split: bool) -> Iterator[Shared[T]]:
    """Begin the work; with `split` in a child, else only when the results are asked for."""
    begun = Shared(work, pieces, split=split)
    try:
        yield begun
    finally:
        begun.stop()
