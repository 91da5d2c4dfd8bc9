"""Subjects that are too close, phrases that pull questions away, phrases that teach nothing: caught, and only those."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from bot.content.checking import Report, check_pack
from bot.errors import Problem
from tests.content import broken

ROOT = Path(__file__).parent.parent.parent
MESSAGES = ROOT / "responses/vi/_messages.yaml"
MASK, DISTANCE = "intents/mask.yaml", "intents/distance.yaml"
RULES = ("close", "takes", "lost")
# Sixteen phrases each that help each other: who asks begins in one of four ways and ends in one of four.
HEALTHY = {
    MASK: [
        f"{begin} khẩu trang {end}"
        for begin, end in product(
            ["có phải đeo", "quên mang", "mua thêm", "giặt lại"], ["không", "ở đâu", "thế nào", "cho trẻ con"]
        )
    ],
    DISTANCE: [
        f"{begin} cách xa {end}"
        for begin, end in product(
            ["đứng xếp hàng", "ngồi ăn cỗ", "giữ khoảng", "nói chuyện"],
            ["mấy mét", "bao nhiêu bước", "là đủ", "nhau ra"],
        )
    ],
}
WEATHER = ["trâu bò ốm", "lúa nương cháy", "cầu treo gãy", "đường trơn ngã"]


def written(name: str, phrases: Sequence[str]) -> str:
    """An intent's file with these phrases, the first of them in line 4."""
    before, _, after = broken.FILES[name].partition("examples:\n")
    return (
        before
        + "examples:\n"
        + "".join(f"  - {each}\n" for each in phrases)
        + "checks:"
        + after.partition("checks:")[2]
    )


def checked(folder: Path, *, mask: Sequence[str] = (), distance: Sequence[str] = (), every: bool = False) -> Report:
    """The report on the healthy pack with these phrases on top."""
    changes = {name: written(name, [*HEALTHY[name], *more]) for name, more in ((MASK, mask), (DISTANCE, distance))}
    report = check_pack(broken.make(folder, MESSAGES, **changes), every_phrase=every)
    assert report.problems == (), [str(problem) for problem in report.problems]
    return report


def said(report: Report, rule: str) -> list[Problem]:
    return [each for each in report.warnings if each.rule == rule]


@pytest.mark.parametrize("every", [False, True], ids=["sample", "every phrase"])
def test_a_healthy_pack_has_no_such_warning(tmp_path: Path, every: bool) -> None:
    report = checked(tmp_path, every=every)
    assert [str(each) for each in report.warnings if each.rule in RULES] == []
    assert [(each.phrases, each.asked) for each in report.surveys] == [(16, 16), (16, 16)]
    assert all(each.right >= 14 for each in report.surveys)


@pytest.mark.parametrize("every", [False, True], ids=["sample", "every phrase"])
def test_two_subjects_that_take_each_others_phrases_are_named_with_the_phrases(tmp_path: Path, every: bool) -> None:
    other = [f"{each} {end}" for each, end in zip(WEATHER, ["rồi", "hết", "mất", "đau"], strict=True)]
    report = checked(tmp_path, mask=WEATHER, distance=other, every=every)
    (found,) = said(report, "close")
    assert found.warning
    assert "“Khoảng cách” và “Khẩu trang”" in found.what
    assert "8 trong 40 câu mẫu (20%)" in found.what
    places = {
        text: (name, 20 + at) for name, texts in ((MASK, WEATHER), (DISTANCE, other)) for at, text in enumerate(texts)
    }
    named = {text: place for text, place in places.items() if f"“{text}”" in found.what}
    assert len(named) == (8 if every else 5)
    assert ("và 3 câu nữa" in found.what) is not every
    assert (found.file, found.line) in named.values()
    for file, line in named.values():
        assert (f"dòng {line}" if file == found.file else f"{file}:{line}") in found.what
    assert found.mend


def test_one_phrase_that_was_lost_is_no_closeness(tmp_path: Path) -> None:
    report = checked(tmp_path, mask=WEATHER[:1], distance=[f"{WEATHER[0]} rồi"])
    assert said(report, "close") == []


def test_a_phrase_that_wins_several_questions_of_another_subject_is_named(tmp_path: Path) -> None:
    report = checked(tmp_path, mask=WEATHER[:2], distance=[f"{WEATHER[0]} thì {WEATHER[1]}"])
    (found,) = said(report, "takes")
    assert (found.file, found.line) == (DISTANCE, 20)
    assert f"“{WEATHER[0]} thì {WEATHER[1]}” kéo mất 2 câu của chủ đề “Khẩu trang”" in found.what
    assert f"“{WEATHER[0]}” ({MASK}:20)" in found.what
    assert f"“{WEATHER[1]}” ({MASK}:21)" in found.what
    assert "“Khoảng cách”" in found.mend


def test_a_phrase_that_wins_what_is_out_of_scope_is_named(tmp_path: Path) -> None:
    outside = "intents/_out_of_scope.yaml"
    apart = "".join(
        f"      - {each}\n"
        for each in [*WEATHER[:2], *(f"{a} {b}" for a, b in product(["giá", "bán", "xem"], ["lợn", "ngô", "vàng"]))]
    )
    pack = broken.make(
        tmp_path,
        MESSAGES,
        **{
            outside: f"groups:\n  far:\n    title: Chuyện khác\n    examples:\n{apart}",
            MASK: written(MASK, [*HEALTHY[MASK], f"{WEATHER[0]} thì {WEATHER[1]}"]),
            DISTANCE: written(DISTANCE, HEALTHY[DISTANCE]),
        },
    )
    report = check_pack(pack)
    (found,) = said(report, "takes")
    assert (found.file, found.line) == (MASK, 20)
    assert "ngoài phạm vi" in found.what
    assert f"“{WEATHER[0]}” ({outside}:5)" in found.what
    assert said(report, "close") == [], "what is out of scope is no subject"


def test_a_subject_whose_phrases_teach_nothing_is_thin(tmp_path: Path) -> None:
    alone = ["vịt", "mèo", "lúa", "nắng", "gió", "sách", "bút", "đèn", "chăn", "màn", "bếp", "chổi"]
    report = checked(tmp_path, distance=alone)
    (found,) = said(report, "lost")
    assert found.file == DISTANCE
    assert 20 <= found.line < 20 + len(alone)
    assert "16 trong 28 câu mẫu" in found.what
    assert "và 7 câu nữa" in found.what
    survey = report.surveys[0]
    assert (survey.title, survey.phrases, survey.asked, survey.right) == ("Khoảng cách", 28, 28, 16)


def test_a_few_phrases_are_not_judged(tmp_path: Path) -> None:
    report = check_pack(broken.make(tmp_path, MESSAGES))
    assert [str(each) for each in report.warnings if each.rule in RULES] == []


def test_the_survey_of_a_subject_is_a_line_for_officers(tmp_path: Path) -> None:
    report = checked(tmp_path, distance=["đứng cách xa", "đứng cách xa nhau"])
    assert str(report.surveys[1]).startswith("Khẩu trang: 16 câu mẫu, nhận ra ")
    assert report.surveys[0].alike > 0
    assert " % cặp câu giống nhau" in str(report.surveys[0])


def test_the_real_pack_gets_a_short_list() -> None:
    report = check_pack(ROOT, every_phrase=True)
    found = [each for each in report.warnings if each.rule in RULES]
    assert len(report.surveys) == 39
    assert all(each.asked == each.phrases for each in report.surveys)
    assert len(found) < 40, "\n".join(map(str, found))
    for each in found:
        assert each.line > 1
        assert each.mend
    for survey in report.surveys:
        assert survey.right / survey.asked > 0.6, str(survey)
