"""`loa check` on what directives replace, how long they and answers hold, and facts: every rule on a broken pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.checking import check_pack
from tests.content import broken

ROOT = Path(__file__).parent.parent.parent
MESSAGES = ROOT / "responses/vi/_messages.yaml"
ANSWER, DIRECTIVE, NEW, FACTS = (
    "responses/vi/mask.md", "data/directives/a.md", "data/directives/b.md", "data/facts.yaml",
)  # fmt: skip
Change = dict[str, str | None]


def front(*lines: str) -> Change:
    """The answer about masks with these lines as its front matter."""
    return {ANSWER: "\n".join(["---", *lines, "---", broken.FILES[ANSWER]])}


def directive(*lines: str, old: str = "", new: str = "B@2021") -> Change:
    """A second directive with these lines in its front matter, from line 10; `old` is added to the first one's."""
    text = broken.FILES[DIRECTIVE]
    unused = "agency_only: {'1': x, '2': y}"
    return {
        DIRECTIVE: text.replace("signer:", f"signer:\n{old}") if old else text,
        NEW: text.replace("A@2021", new).replace("subject:\n", "\n".join(["subject:", *lines, unused, ""])),
    }


def fact(*lines: str) -> Change:
    """One more fact; it begins on line 17 of its file, these lines on line 21."""
    head = "more:\n  title: Trực ban\n  value: 0213 1\n  kind: phone\n"
    text = broken.FILES[FACTS] + head + "\n".join(f"  {line}" for line in lines) + "\n"
    return {FACTS: text}


ERRORS: dict[str, tuple[Change, str, int, str, str]] = {
    "supersedes names no directive": (directive("supersedes: [A@2020]"), NEW, 10, "“A@2020”", "có phải “A@2021”?"),
    "supersedes names no clause": (directive("supersedes: ['A@2021#22']"), NEW, 10, "mục “22”", "A@2021#2”?"),
    "supersedes names a part that is not apart": (
        directive("supersedes: ['A@2021#2.a']"), NEW, 10, "mục “2.a”", "có phải “A@2021#2”?",
    ),
    "supersedes names the directive itself": (directive("supersedes: [B@2021]"), NEW, 10, "chính văn bản này", "bỏ"),
    "supersedes has nothing alike": (directive("supersedes: [xyz]"), NEW, 10, "“xyz”", "các mã có"),
    "the second entry is wrong": (directive("supersedes:", "  - A@2021#1", "  - A@2021#9"), NEW, 12, "“9”", "A@2021#"),
    "two that replace each other": (
        directive("supersedes: [A@2021]", old="supersedes: [B@2021]"), NEW, 10, "lẫn nhau", "văn bản mới",
    ),
    "it would expire before it begins": (
        directive("effective: 2021-01-02", "expires: 2021-01-01"), NEW, 11, "01/01/2021", "hai ngày",
    ),
    "an answer that ends on no day": (front("expires: 2021-02-30"), ANSWER, 1, "YAML", "ngoặc"),
    "an answer that ends in words": (front("expires: cuối tháng"), ANSWER, 2, "expires", "2021-02-05"),
    "an answer that ends at no hour": (front("expires: 2021-02-05 25:00"), ANSWER, 2, "expires", "2021-02-05"),
    "an answer that does something else when old": (front("when_old: hide"), ANSWER, 2, "when_old", "README"),
    "an answer that is withdrawn perhaps": (front("withdrawn: maybe"), ANSWER, 2, "withdrawn", "true"),
    "a fact confirmed by nobody": (fact("state: confirmed"), FACTS, 21, "ai xác nhận", "confirmed: {by"),
    "a fact confirmed nowhere": (
        fact("state: confirmed", "confirmed: {by: A, on: 2021-02-01}"), FACTS, 22, "confirmed.where", "where",
    ),
    "a fact confirmed on no day": (
        fact("state: confirmed", "confirmed: {by: A, on: hôm qua, where: B}"), FACTS, 22, "confirmed.on", "ngày",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "file", "line", "word", "mend"), ERRORS.values(), ids=ERRORS.keys())
def test_a_fault_is_caught_with_place_and_remedy(
    tmp_path: Path, change: Change, file: str, line: int, word: str, mend: str
) -> None:
    problems = check_pack(broken.make(tmp_path, MESSAGES, **change)).problems
    said = [each for each in problems if each.file == file and word in each.what and mend in each.mend]
    assert line in {each.line for each in said} or (line == 1 and said), [str(each) for each in problems]


def test_a_number_that_two_directives_have_has_to_be_made_clear(tmp_path: Path) -> None:
    numbered = broken.FILES[DIRECTIVE].replace("number:", "number: 5/CT-UBND")
    unused = "signer:\nagency_only: {'1': x, '2': y}"
    change = directive("supersedes: [5/CT-UBND]") | {
        DIRECTIVE: numbered,
        "data/directives/c.md": numbered.replace("A@2021", "A@2020").replace("signer:", unused),
    }
    (problem,) = check_pack(broken.make(tmp_path, MESSAGES, **change)).problems
    assert (problem.file, problem.line) == (NEW, 10)
    assert "2 văn bản cùng số" in problem.what
    assert "A@2020" in problem.mend
    assert "A@2021" in problem.mend


WARNINGS: dict[str, tuple[Change, str, int, str, str]] = {
    "a directive that has expired": (
        {DIRECTIVE: broken.FILES[DIRECTIVE].replace("signer:", "signer:\nexpires: 2021-01-31")},
        ANSWER, 2, "expired", "hết hiệu lực từ 01/02/2021",
    ),
    "a directive that another replaces": (directive("supersedes: [A@2021]"), ANSWER, 2, "expired", "B@2021 thay thế"),
    "a clause that another replaces": (directive("supersedes: ['A@2021#1']"), ANSWER, 2, "expired", "A@2021#1"),
    "a directive that another will replace after as_of": (
        directive("effective: 2021-03-15", "supersedes: [A@2021]"), ANSWER, 2, "expired", "thay thế từ 15/03/2021",
    ),
    "an answer that has ended": (front("expires: 2021-02-04"), ANSWER, 2, "expired", "hết hạn (2021-02-04)"),
    "a fact that is missing": (
        {ANSWER: broken.FILES[ANSWER] + '{% if has_fact("local") %}{{ fact("local") }}{% endif %}\n'},
        FACTS, 13, "fact_missing", "Số của tỉnh",
    ),
    "a fact that nobody looked at": ({}, FACTS, 1, "fact_old", "không ghi ai xem"),
    "a fact seen long ago": (
        fact("state: sourced", "source: {title: x}", "seen: 2020-08-08"), FACTS, 17, "fact_old", "08/08/2020",
    ),
    "a fact confirmed long ago": (
        fact("state: confirmed", "confirmed: {by: A, on: 2020-08-08, where: B}"), FACTS, 17, "fact_old", "08/08/2020",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "file", "line", "rule", "word"), WARNINGS.values(), ids=WARNINGS.keys())
def test_what_is_old_is_a_warning_and_no_error(
    tmp_path: Path, change: Change, file: str, line: int, rule: str, word: str
) -> None:
    report = check_pack(broken.make(tmp_path, MESSAGES, **change))
    assert report.problems == (), [str(each) for each in report.problems]
    said = [each for each in report.warnings if each.file == file and each.rule == rule and word in each.what]
    assert line in {each.line for each in said}, [str(each) for each in report.warnings]
    assert all(each.mend for each in said)


FINE: dict[str, tuple[Change, str]] = {
    "another clause is replaced": (directive("supersedes: ['A@2021#2']"), ANSWER),
    "the new directive replaces nothing": (directive("effective: 2021-02-06", "supersedes: []"), ANSWER),
    "the last day is today": (front("expires: 2021-02-05"), ANSWER),
    "withdrawn by hand": (
        directive("supersedes: ['A@2021#1']") | front("withdrawn: true", "expires: 2021-01-01"), ANSWER,
    ),
    "a fact looked at within half a year": (
        fact("state: confirmed", "confirmed: {by: A, on: 2020-08-09, where: B}"), "data/facts.yaml:17",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "where"), FINE.values(), ids=FINE.keys())
def test_what_is_in_order_gets_no_warning_of_age(tmp_path: Path, change: Change, where: str) -> None:
    report = check_pack(broken.make(tmp_path, MESSAGES, **change))
    assert report.problems == (), [str(each) for each in report.problems]
    aged = [str(each) for each in report.warnings if each.rule in ("expired", "fact_old")]
    assert not [each for each in aged if each.startswith(where + ":")]


def test_the_warning_says_what_residents_see(tmp_path: Path) -> None:
    for at, (how, seen) in enumerate({"warn": "dòng cảnh báo", "withdraw": "không còn thấy"}.items()):
        change = directive("supersedes: [A@2021]") | front(f"when_old: {how}")
        report = check_pack(broken.make(tmp_path / str(at), MESSAGES, **change))
        (said,) = [each.what for each in report.warnings if each.rule == "expired" and each.file == ANSWER]
        assert seen in said


def test_the_real_pack_names_the_missing_facts_that_something_waits_for_and_nothing_old() -> None:
    report = check_pack(ROOT)
    rules = [each.rule for each in report.warnings]
    missing = (ROOT / "data/facts.yaml").read_text("utf8").count("state: missing\n")
    assert 1 <= rules.count("fact_missing") < missing
    assert not {"fact_old", "expired"} & set(rules)
