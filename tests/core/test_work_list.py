"""What an officer has to look at because of a new directive."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.core.catalogue import Catalogue
from bot.core.work_list import Task, proposed_supersedes, work_list
from bot.errors import RecordDamaged
from tests.core.directive_texts import directive

PEOPLE, PARTY = "UBND@2021", "58-CV/TU@2020-12-08"
NEW = directive(
    "Tạm dừng lễ hội; đám cưới, đám tang không quá 30 người tham dự.",
    "Bãi bỏ mục 4 Công văn số 58-CV/TU ngày 08/12/2020 của Tỉnh ủy. Tiếp tục thực hiện mục 1 Công văn số 58-CV/TU.",
    "Thay thế Nghị định số 117/2020/NĐ-CP ngày 28/9/2020.",
    "Thực hiện nghiêm 5K: khẩu trang, khử khuẩn, khoảng cách, không tụ tập, khai báo y tế.",
)


@pytest.fixture(scope="module")
def tasks(catalogue: Catalogue) -> dict[str, Task]:
    found = work_list(catalogue, NEW)
    assert len({task.id for task in found}) == len(found)
    return {task.id: task for task in found}


def whys(task: Task) -> set[str]:
    return {reason.why for reason in task.reasons}


def test_a_repealed_clause_is_listed_with_the_sentence_that_repeals_it(tasks: dict[str, Task]) -> None:
    (reason,) = [each for each in tasks[f"clause:{PARTY}#4"].reasons if each.why == "repeals"]
    assert reason.clause == f"{NEW.id}#2"
    assert reason.words == "Bãi bỏ mục 4 Công văn số 58-CV/TU ngày 08/12/2020 của Tỉnh ủy."
    assert reason.share is None


def test_a_clause_with_a_like_duty_is_listed_with_its_share(tasks: dict[str, Task]) -> None:
    alike = [each for each in tasks[f"clause:{PEOPLE}#2"].reasons if each.why == "alike"]
    assert {each.clause for each in alike} == {f"{NEW.id}#1", f"{NEW.id}#4"}
    assert all(each.share and 0.27 <= each.share <= 1 for each in alike)


def test_a_clause_that_goes_on_says_so(tasks: dict[str, Task]) -> None:
    assert whys(tasks[f"clause:{PARTY}#1"]) == {"alike", "continues"}


def test_a_document_that_is_not_held_is_listed_with_a_note(tasks: dict[str, Task]) -> None:
    (reason,) = tasks["document:117/2020/NĐ-CP (2020-09-28)"].reasons
    assert "kho không có" in reason.note


def test_every_answer_that_cites_a_listed_clause_is_listed(tasks: dict[str, Task], catalogue: Catalogue) -> None:
    clauses = {task.subject for task in tasks.values() if task.kind == "clause"}
    citing = {
        answer.intent: {bool(each.quote) for each in answer.citations if f"{each.directive}#{each.clause}" in clauses}
        for answer in catalogue.answers.values()
    }
    assert sum(map(bool, citing.values())) >= 15
    for intent, quoted in citing.items():
        if quoted:
            assert whys(tasks[f"answer:{intent}"]) >= {"quotes" if each else "cites" for each in quoted}, intent


def test_an_answer_that_only_resembles_a_listed_clause_is_listed(tasks: dict[str, Task]) -> None:
    reasons = tasks["answer:return_from_abroad"].reasons
    assert whys(tasks["answer:return_from_abroad"]) == {"resembles"}
    assert all(each.share and each.share >= 0.35 and each.words for each in reasons)


def test_an_answer_about_something_else_is_not_listed(tasks: dict[str, Task]) -> None:
    assert not {"answer:procurement", "answer:thanks", "answer:greet"} & tasks.keys()


def test_facts_of_a_replaced_document_and_the_answers_that_show_them_are_listed(
    tasks: dict[str, Task], catalogue: Catalogue
) -> None:
    facts = {task.subject for task in tasks.values() if task.kind == "fact"}
    told = {fact.id for fact in catalogue.facts.values() if "117/2020/NĐ-CP" in fact.source_title}
    assert facts == told
    assert len(facts) >= 10
    shown = [each.old for each in tasks["answer:mask_fine"].reasons if each.why == "shows"]
    assert set(shown) == facts & set(catalogue.answers["mask_fine"].facts)


def test_a_whole_directive_that_is_replaced_brings_all_that_cites_it(catalogue: Catalogue) -> None:
    new = directive("Chỉ thị này thay thế Công văn số 58-CV/TU ngày 08/12/2020.")
    tasks = {task.id: task for task in work_list(catalogue, new)}
    assert f"clause:{PARTY}" in tasks
    citing = {each.intent for each in catalogue.answers.values() if any(c.directive == PARTY for c in each.citations)}
    listed = {task.subject for task in tasks.values() if whys(task) & {"quotes", "cites"}}
    assert listed == citing
    assert len(citing) >= 5


def test_a_directive_that_is_held_already_is_not_compared_with_itself(catalogue: Catalogue) -> None:
    held = replace(catalogue, directives={**catalogue.directives, NEW.id: NEW})
    assert work_list(held, NEW) == work_list(catalogue, NEW)


def test_a_directive_about_something_else_touches_nothing(catalogue: Catalogue) -> None:
    assert work_list(catalogue, directive("Sở Nông nghiệp hướng dẫn bà con chống rét cho trâu bò.")) == ()


def test_what_the_text_itself_repeals_is_proposed_for_supersedes(catalogue: Catalogue) -> None:
    assert proposed_supersedes(catalogue, NEW) == (f"{PARTY}#4",)
    stopped = directive("Dừng thực hiện mục 4 Công văn số 58-CV/TU. Bãi bỏ khoản 3 mục 2 Công văn số 58-CV/TU.")
    assert proposed_supersedes(catalogue, stopped) == ()
    whole = directive("Thay thế Công văn số 58-CV/TU ngày 08/12/2020.")
    assert proposed_supersedes(catalogue, whole) == (PARTY,)


def test_tasks_survive_the_way_through_json(tasks: dict[str, Task]) -> None:
    for task in tasks.values():
        done = task.decided("edit")
        assert Task.from_record(json.loads(json.dumps(done.to_record()))) == done
        assert task.state == "open"


@pytest.mark.parametrize(
    "change",
    [
        {"state": "lost"}, {"kind": "thing"}, {"subject": 7}, {"reasons": None},
        {"reasons": [{"why": "because"}]}, {"reasons": [{"why": "alike", "colour": "red"}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_damaged_record_is_refused(change: dict[str, object]) -> None:
    record = {"kind": "answer", "subject": "mask", "reasons": [], "state": "open"}
    assert Task.from_record(record).id == "answer:mask"
    with pytest.raises(RecordDamaged, match="task"):
        Task.from_record({**record, **change})
