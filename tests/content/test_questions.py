"""Questions to try a change on: those of the real pack, and of dialogs that are partly broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.questions import Question, questions_of_checks, questions_of_dialogs
from bot.core.catalogue import Catalogue

ROOT = Path(__file__).parent.parent.parent
GOOD = """- name: hỏi
  turns:
    - say: có phải đeo khẩu trang không
      outcome: answered
    - say: thế còn trẻ con
      outcome: answered
- name: bấm trước
  turns:
    - press: topic:mask
      outcome: answered
- name: lệnh
  turns:
    - say: /start mask
      outcome: answered
"""
BROKEN = {
    "- name: [a\n": 2,
    "name: hỏi\n": 1,
    "- name: hỏi\n  turns: []\n": 1,
    "- name: hỏi\n  turns:\n    - said: gì\n": 1,
    GOOD + "- name: số\n  turns:\n    - say: 5\n": 15,
    "- &a x\n- *a\n": 2,
}


def write(root: Path, **files: str) -> Path:
    folder = root / "tests/dialogs"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf8")
    return root


def test_all_checks_of_the_pack_are_questions_once(catalogue: Catalogue) -> None:
    found = questions_of_checks(catalogue)
    texts = [question.text for question in found]
    assert len(texts) == len(set(texts)) > 300
    assert {catalogue.intents["mask"].checks[0], catalogue.out_of_scope_checks[0]} <= set(texts)
    assert set(catalogue.danger.checks) <= set(texts)
    assert {question.source for question in found} == {"check"}


def test_the_dialogs_of_the_pack_are_read_without_a_problem() -> None:
    found, problems = questions_of_dialogs(ROOT)
    assert problems == ()
    assert len(found) > 300
    assert not any(question.text.startswith("/") for question in found)


def test_only_what_is_said_first_is_a_question_by_itself(tmp_path: Path) -> None:
    assert questions_of_dialogs(write(tmp_path, a=GOOD, b=GOOD)) == (
        (Question("có phải đeo khẩu trang không", "dialog"),), (),
    )  # fmt: skip


def test_a_folder_without_dialogs_has_none(tmp_path: Path) -> None:
    assert questions_of_dialogs(tmp_path) == ((), ())


@pytest.mark.parametrize(("text", "line"), BROKEN.items())
def test_a_broken_file_is_skipped_and_said_and_the_others_are_read(tmp_path: Path, text: str, line: int) -> None:
    found, problems = questions_of_dialogs(write(tmp_path, bad=text, good=GOOD))
    assert [question.text for question in found] == ["có phải đeo khẩu trang không"]
    assert [(problem.file, problem.line) for problem in problems] == [("tests/dialogs/bad.yaml", line)]
    assert all(problem.mend for problem in problems)


def test_a_file_that_is_not_utf8_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, good=GOOD)
    (tmp_path / "tests/dialogs/bad.yaml").write_bytes(b"- name: \xff\n")
    found, problems = questions_of_dialogs(tmp_path)
    assert len(found) == 1
    assert [problem.file for problem in problems] == ["tests/dialogs/bad.yaml"]
