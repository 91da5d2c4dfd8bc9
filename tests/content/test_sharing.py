"""Work that a child takes part in: every piece once, whatever becomes of the child."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from bot.content.sharing import can_share, shared

PIECES = 40


def slow_square(piece: int) -> tuple[int, int]:
    time.sleep(0.005)
    return piece * piece, os.getpid()


@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize("pieces", [0, 1, PIECES])
def test_the_results_stand_in_order(split: bool, pieces: int) -> None:
    with shared(slow_square, pieces, split=split) as begun:
        assert [square for square, _ in begun.results()] == [piece * piece for piece in range(pieces)]


def test_both_take_part() -> None:
    with shared(slow_square, PIECES, split=True) as begun:
        deadline = time.monotonic() + 10
        while begun.taken < 2 and time.monotonic() < deadline:
            time.sleep(0.001)
        done_by = {who for _, who in begun.results()}
    assert len(done_by) == 2
    assert os.getpid() in done_by


def test_results_larger_than_a_pipe_holds_arrive() -> None:
    with shared(lambda piece: str(piece) * 100_000, PIECES, split=True) as begun:
        assert [len(text) for text in begun.results()] == [len(str(piece)) * 100_000 for piece in range(PIECES)]


def test_what_a_child_took_that_was_killed_is_done_again() -> None:
    here = os.getpid()

    def deadly(piece: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return piece

    with shared(deadly, PIECES, split=True) as begun:
        assert begun.results() == list(range(PIECES))


def test_an_error_is_raised_here_whoever_met_it() -> None:
    def faulty(piece: int) -> int:
        if piece == 0:
            raise KeyError(piece)
        return piece

    with pytest.raises(KeyError), shared(faulty, PIECES, split=True) as begun:
        begun.results()


def test_a_child_does_not_outlive_the_work_it_was_for() -> None:
    with shared(slow_square, 100_000, split=True) as begun:
        child = begun.child
    assert child is not None
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_program_with_threads_is_never_split() -> None:
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.append(can_share()))
    thread.start()
    thread.join()
    assert found == [False]
