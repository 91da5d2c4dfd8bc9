"""Whose fault it is, found by leaving drafts out."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.apart import faults_of_others, sift, without
from bot.content.releasing import check_texts
from bot.content.tree import Texts, read_folder
from tests.content import broken
from tests.program.test_cli import MESSAGES

ANSWER, OTHER, FACTS = "responses/vi/mask.md", "responses/vi/distance.md", "data/facts.yaml"


@pytest.fixture
def base(tmp_path: Path) -> dict[str, bytes]:
    return read_folder(broken.make(tmp_path / "pack", MESSAGES))


def changed(texts: Texts, item: str, before: str, after: str) -> dict[str, bytes]:
    assert before in texts[item].decode()
    return {**texts, item: texts[item].decode().replace(before, after).encode()}


def test_what_passes_is_checked_once(base: dict[str, bytes]) -> None:
    rounds: list[Texts] = []
    sifted = sift(base, base, [ANSWER, OTHER], lambda texts: rounds.append(texts) or check_texts(texts))  # type: ignore[func-returns-value]
    assert sifted.report.problems == ()
    assert (sifted.left_out, sifted.apart) == (frozenset(), ())
    assert len(rounds) == 1


def test_a_fault_is_left_with_the_draft_it_lies_in(base: dict[str, bytes]) -> None:
    texts = changed(base, ANSWER, "khi ra ngoài", "khi đi ngủ nhé")
    texts = changed(texts, OTHER, "giữ khoảng cách", "giữ khoảng cách nhé")
    sifted = sift(texts, base, [ANSWER, OTHER], check_texts)
    assert sifted.left_out == {ANSWER}
    assert {problem.file for problem in sifted.apart} == {ANSWER}
    assert sifted.report.problems == ()


def test_a_fault_of_what_goes_out_stays_its_own(base: dict[str, bytes]) -> None:
    texts = changed(base, ANSWER, "khi ra ngoài", "khi đi ngủ nhé")
    texts = changed(texts, OTHER, "Giữ khoảng cách khi tiếp xúc", "Giữ khoảng cách khi ăn cơm")
    sifted = sift(texts, base, [ANSWER], check_texts)
    assert {problem.file for problem in sifted.report.problems} == {OTHER}
    assert sifted.left_out == {ANSWER}


def test_a_draft_that_spoils_something_elsewhere_is_left_out_too(base: dict[str, bytes]) -> None:
    texts = changed(base, FACTS, "hotline:", "hot_line:")
    sifted = sift(texts, base, [FACTS], check_texts)
    assert sifted.left_out == {FACTS}
    assert ANSWER in {problem.file for problem in sifted.apart}
    assert sifted.report.problems == ()


def test_a_new_item_is_missing_where_it_is_left_out(base: dict[str, bytes]) -> None:
    texts = {**base, "intents/new.yaml": b"title: ["}
    assert without(texts, base, ["intents/new.yaml"]) == base
    assert without({}, base, [ANSWER]) == {ANSWER: base[ANSWER]}


def test_what_others_lack_is_found_without_a_whole_check(base: dict[str, bytes]) -> None:
    wrong = changed(base, ANSWER, "khi ra ngoài", "khi đi ngủ nhé")[ANSWER]
    assert {problem.file for problem in faults_of_others(base, {ANSWER: wrong}, ())} == {ANSWER}
    assert faults_of_others(base, {}, ()) == ()
    assert {problem.file for problem in faults_of_others(base, {}, [ANSWER])} == {ANSWER}, "an answer that is deleted"
