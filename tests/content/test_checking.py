"""`loa check`: the real pack is clean, and every way to break a pack is caught with file, line and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content.checking import Report, check_pack
from bot.core.catalogue import Catalogue
from tests.content import broken

ROOT = Path(__file__).parent.parent.parent
MESSAGES = ROOT / "responses/vi/_messages.yaml"


def changed(name: str, old: str, new: str) -> dict[str, str | None]:
    assert old in broken.FILES[name], "the change has to change something"
    return {name: broken.FILES[name].replace(old, new)}


@pytest.fixture(scope="module")
def real() -> Report:
    return check_pack(ROOT)


def test_the_real_pack_is_clean_and_there_was_something_to_check(real: Report, catalogue: Catalogue) -> None:
    assert [str(problem) for problem in real.problems] == []
    assert real.checked > 3000
    assert len(catalogue.topics()) == 33
    assert len(catalogue.directives) == 2
    assert sum(len(directive.clauses) for directive in catalogue.directives.values()) == 18


def test_every_subject_of_the_real_pack_has_sixty_phrases_of_its_own(real: Report) -> None:
    assert [str(warning) for warning in real.warnings if warning.rule in ("few", "long", "review")] == []


def test_every_clause_is_used_by_an_answer_or_says_why_not(real: Report) -> None:
    assert len(real.coverage) == 18
    assert all(each.intents or each.reason for each in real.coverage)
    assert "UBND@2021#2" in {each.clause for each in real.coverage if "mask_fine" in each.intents}


def test_the_small_pack_is_clean(tmp_path: Path) -> None:
    assert check_pack(broken.make(tmp_path, MESSAGES)).problems == ()


MASK, DISTANCE, FACTS = "intents/mask.yaml", "intents/distance.yaml", "data/facts.yaml"
PLACES, CONCEPTS = "data/places.yaml", "intents/_concepts.yaml"
ANSWER, DIRECTIVE = "responses/vi/mask.md", "data/directives/a.md"
DEAD_LINK = "site: {title: Trang, value: 'htp:/x', kind: link, state: sourced, source: {title: x}}\n"
LONG = "a_subject_with_a_name_that_no_button_of_telegram_could_hold"


def concepts(*lines: str) -> dict[str, str | None]:
    """A file of concepts: one of masks, then these lines."""
    return {CONCEPTS: "\n".join(["concepts:", "  mask:", "    title: Khẩu trang", *lines]) + "\n"}


def answer(line: str) -> dict[str, str | None]:
    """The response with one more line at its end, the fourth."""
    return {ANSWER: broken.FILES[ANSWER] + line + "\n"}


# what is broken: the change, then file, line and a word of what is said
FAULTS: dict[str, tuple[dict[str, str | None], str, int, str]] = {
    "broken YAML": (changed(MASK, "group: Phòng", 'group: "Phòng'), MASK, 10, "YAML"),
    "not a mapping": ({MASK: "- a\n- b\n"}, MASK, 1, "các mục"),
    "no title": (changed(MASK, "title: Khẩu trang\n", ""), MASK, 1, "title"),
    "an unknown key": (changed(MASK, "related:", "relatd:"), MASK, 9, "relatd"),
    "examples are one text": (
        changed(DISTANCE, "checks:\n  - khoảng cách mấy mét", "checks: a"),
        DISTANCE,
        7,
        "checks",
    ),
    "no examples": ({DISTANCE: "title: x\ngroup: y\nexamples: []\n"}, DISTANCE, 3, "câu mẫu"),
    "no group": (changed(MASK, "group: Phòng bệnh\n", ""), MASK, 1, "nhóm"),
    "a group that the pack has not": (changed(MASK, "group: Phòng bệnh", "group: Khác"), MASK, 2, "Khác"),
    "a related subject that is not there": (changed(MASK, "[distance]", "[distanc]"), MASK, 9, "distanc"),
    "a check that is an example": (
        changed(MASK, "  - phải đeo khẩu trang không", "  - khẩu trang đeo ở đâu"),
        MASK,
        8,
        "câu mẫu",
    ),
    "a check that misses": (
        changed(MASK, "  - phải đeo khẩu trang không", "  - khoảng cách bao xa"),
        MASK,
        8,
        "câu kiểm",
    ),
    "the same example twice": (
        changed(DISTANCE, "  - đứng cách", "  - KHAU TRANG deo o dau\n  - đứng cách"),
        MASK,
        6,
        "cũng có",
    ),
    "out of scope answered": (
        changed("intents/_out_of_scope.yaml", "[trời mưa hôm nay]", "[ra chợ đeo khẩu trang]"),
        "intents/_out_of_scope.yaml",
        5,
        "ngoài phạm vi",
    ),
    "no sign of danger": ({"intents/_danger.yaml": "signs: []\n"}, "intents/_danger.yaml", 1, "dấu hiệu"),
    "danger that is not seen": (
        changed("intents/_danger.yaml", "mẹ tôi không thở được", "mẹ tôi ngất rồi"),
        "intents/_danger.yaml",
        2,
        "không được nhận",
    ),
    "no response": ({ANSWER: None}, ANSWER, 1, "chưa có mẫu trả lời"),
    "a response to nothing": ({"responses/vi/maks.md": "x\n"}, "responses/vi/maks.md", 1, "không thuộc"),
    "an empty response": ({ANSWER: "\n"}, ANSWER, 1, "trống"),
    "no quotation": ({ANSWER: "Anh/chị đeo khẩu trang.\n"}, ANSWER, 1, "không trích"),
    "a quotation off by a word": (changed(ANSWER, "khi ra ngoài", "khi ra đường"), ANSWER, 2, "không có nguyên văn"),
    "a swapped clause": (changed(ANSWER, "A@2021#1", "A@2021#2"), ANSWER, 2, "không có nguyên văn"),
    "an unknown fact": (changed(ANSWER, 'fact("hotline")', 'fact("hotlin")'), ANSWER, 3, "hotlin"),
    "a missing fact": (changed(ANSWER, 'fact("hotline")', 'fact("local")'), ANSWER, 3, "chưa có nguồn"),
    "a loop": (changed(ANSWER, '{{ fact("hotline") }}', "{% for x in y %}{% endfor %}"), ANSWER, 3, "For"),
    "front matter shifts no line": (
        {ANSWER: '---\nreview_by: 2021-05-05\n---\nx\n\n{{ fact("hotlin") }}\n'},
        ANSWER,
        6,
        "hotlin",
    ),
    "an unknown key in front matter": ({ANSWER: "---\nreviewby: 2021-05-05\n---\nx\n"}, ANSWER, 2, "reviewby"),
    "a fact without a source": (changed(FACTS, "  source: {title: Thông báo}\n", ""), FACTS, 5, "không có nguồn"),
    "a missing fact with a value": (
        changed(FACTS, "  state: missing", '  value: "0213"\n  state: missing'),
        FACTS,
        16,
        "còn thiếu",
    ),
    "a day that is no day": (
        changed(FACTS, "{title: Thông báo}", '{title: Thông báo, date: "1/8/2020"}'),
        FACTS,
        6,
        "source.date",
    ),
    "a fact of no kind": (
        changed(FACTS, "kind: phone\n  state: missing", "kind: fax\n  state: missing"),
        FACTS,
        15,
        "kind",
    ),
    "a number of a place without a source": (
        changed(PLACES, "      source: Công văn thử\n", ""),
        PLACES,
        7,
        "không có nguồn",
    ),
    "a number without digits": (changed(PLACES, "0213 000 001", "chưa rõ"), PLACES, 7, "không có chữ số"),
    "a number of a day that is none": (changed(PLACES, "2021-02-01", "2021-02-31"), PLACES, 10, "phones.0.date"),
    "a gate in no district": (changed(PLACES, "district: north", "district: south"), PLACES, 14, "south"),
    "a gate in a gate": (changed(PLACES, "district: north", "district: gate"), PLACES, 14, "gate"),
    "a gate without district": (changed(PLACES, "  district: north\n", ""), PLACES, 11, "thuộc huyện nào"),
    "two places of one name": (changed(PLACES, "cửa khẩu Thử", "BẮC"), PLACES, 11, "cũng là tên"),
    "a name without letters": (changed(PLACES, "cửa khẩu Thử", "'?'"), PLACES, 11, "trống"),
    "a place of no kind": (changed(PLACES, "border_gate", "bridge"), PLACES, 13, "kind"),
    "an id too long for a button": (changed(PLACES, "gate:\n", "g" * 60 + ":\n"), PLACES, 1, "64"),
    "a clause too long for a button": (
        changed(DIRECTIVE, "## 2", "## " + "3" * 60 + "\nThêm.\n## 2"),
        "data/directives",
        1,
        "64",
    ),
    "a directive without clauses": (
        {DIRECTIVE: broken.FILES[DIRECTIVE].replace("## ", "# ")},
        DIRECTIVE,
        11,
        "không có mục nào",
    ),
    "a clause twice": (changed(DIRECTIVE, "## 2", "## 1"), DIRECTIVE, 11, "trùng"),
    "a hotline that is no fact": (changed("data/pack.yaml", "[hotline]", "[hotlin]"), "data/pack.yaml", 9, "hotlin"),
    "no pack": ({"data/pack.yaml": None}, "data/pack.yaml", 1, "không đọc được"),
    "a day that is none": (changed("data/pack.yaml", "2021-02-05", "2021-02-30"), "data/pack.yaml", 1, "ngày"),
    "a control character": (changed(MASK, "Khẩu trang", "Khẩu\x07trang"), MASK, 1, "ký tự lạ"),
    "a key that is a number": ({FACTS: broken.FILES[FACTS] + "7: {title: x}\n"}, FACTS, 17, "phải là chữ"),
    "a key twice": (changed(MASK, "group:", "title: x\ngroup:"), MASK, 2, "hai lần"),
    "an alias": (changed(MASK, "related: [distance]", "related: &a [*a]"), MASK, 9, "không dùng được"),
    "five thousand brackets": ({MASK: "title: " + "[" * 5000}, MASK, 2, "YAML"),
    "a figure in digits": (answer("Đứng cách nhau 2 mét."), ANSWER, 4, "“2 mét”"),
    "a figure spelled out": (answer("Đứng cách nhau hai mét."), ANSWER, 4, "“hai mét”"),
    "a range spelled out": (answer("Phạt tiền một đến ba triệu."), ANSWER, 4, "“một"),
    "a telephone number typed by hand": (answer("Gọi 1900 1234."), ANSWER, 4, "1900 1234"),
    "a clause number that is not cited": (answer("Xem mục 2."), ANSWER, 4, "mục"),
    "a ban that no clause holds": (answer("Tỉnh cấm ra chợ."), ANSWER, 4, "cấm"),
    "a duty that no clause holds": (answer("Anh/chị phải ở nhà."), ANSWER, 4, "phải"),
    "a compulsion that no clause holds": (answer("Việc này là bắt buộc."), ANSWER, 4, "bắt buộc"),
    "a permission that no clause refuses": (answer("Bà con không được ra chợ."), ANSWER, 4, "không được"),
    "a prohibition for everybody": (answer("Không ai được ra khỏi nhà."), ANSWER, 4, "không ai được"),
    "an obligation that no clause holds": (answer("Việc này là nghĩa vụ của bà con."), ANSWER, 4, "nghĩa vụ"),
    "a few metres": (answer("Đứng cách nhau vài mét."), ANSWER, 4, "vài mét"),
    "a cost that no clause promises": (answer("Chi phí do nhà nước trả."), ANSWER, 4, "nhà nước trả"),
    "a punishment that no clause holds": (answer("Ai sai bị phạt nặng."), ANSWER, 4, "phạt"),
    "a promise that no clause holds": (answer("Gọi số này miễn phí."), ANSWER, 4, "miễn phí"),
    "a claim without its words": (answer("Văn bản nêu rõ giờ mở chợ."), ANSWER, 4, "nêu rõ"),
    "an address typed by hand": (answer("Xem trang laichau.gov.vn."), ANSWER, 4, "laichau.gov.vn"),
    "a citation of the wrong clause": (
        answer('Anh/chị giữ khoảng cách khi tiếp xúc. {% cite "A@2021#1" %}'),
        ANSWER,
        4,
        "mục 2",
    ),
    "a directive not yet in force": (
        changed(DIRECTIVE, "signer:", "signer:\neffective: 2021-03-01"),
        ANSWER,
        2,
        "chưa có",
    ),
    "a clause that no answer uses": (
        {DIRECTIVE: broken.FILES[DIRECTIVE] + "## 3\nSở Y tế báo cáo.\n"},
        DIRECTIVE,
        2,
        "không câu trả lời nào",
    ),
    "a reason for a clause that is used": (
        changed(DIRECTIVE, "signer:", "signer:\nagency_only: {'1': giao cơ quan}"),
        DIRECTIVE,
        9,
        "chỉ giao cơ quan",
    ),
    "a reason for a clause that is not there": (
        changed(DIRECTIVE, "signer:", "signer:\nagency_only: {'7': giao cơ quan}"),
        DIRECTIVE,
        9,
        "“7”",
    ),
    "a recording that is not there": (
        {ANSWER: "---\naudio: audio/mask.ogg\n---\n" + broken.FILES[ANSWER]},
        ANSWER,
        2,
        "bản ghi âm",
    ),
    "a recording outside the folder": (
        {ANSWER: "---\naudio: ../../data/pack.yaml\n---\n" + broken.FILES[ANSWER]},
        ANSWER,
        2,
        "bản ghi âm",
    ),
    "a link that leads nowhere": (
        {FACTS: broken.FILES[FACTS] + DEAD_LINK},
        FACTS,
        17,
        "không mở được",
    ),
    "a button to itself": (changed(MASK, "[distance]", "[distance, mask]"), MASK, 9, "chính nó"),
    "an answer too long for Telegram": (answer("Anh/chị đeo khẩu trang nhé. " * 160), ANSWER, 1, "4096"),
    "a button too long for Telegram": (
        {
            "intents/" + LONG + ".yaml": broken.FILES[DISTANCE].replace("mét", "gang").replace("bao xa", "gần"),
            "responses/vi/" + LONG + ".md": broken.FILES["responses/vi/distance.md"],
        },
        "intents/" + LONG + ".yaml",
        1,
        "64 byte",
    ),
    "a day of the year that is written as words": (
        changed(DIRECTIVE, "signer:", "signer:\nexpires: cuối năm"),
        DIRECTIVE,
        9,
        "expires",
    ),
    "a concept without words": (concepts("    forms: []"), CONCEPTS, 4, "chưa có từ nào"),
    "a concept without a list of words": (concepts("    forms: khẩu trang"), CONCEPTS, 4, "concepts.mask.forms"),
    "a concept without a title": (
        {CONCEPTS: "concepts:\n  mask:\n    forms: [khẩu trang]\n"},
        CONCEPTS,
        2,
        "concepts.mask.title",
    ),
    "a concept with an unknown key": (
        concepts("    forms: [khẩu trang]", "    form: [x]"),
        CONCEPTS,
        5,
        "concepts.mask.form",
    ),
    "a word of two concepts": (
        concepts(
            "    forms: [khẩu trang]",
            "  cover:",
            "    title: Đồ che",
            "    forms:",
            "      - mạng",
            "      - KHẨU TRANG",
        ),
        CONCEPTS,
        9,
        "đã có ở khái niệm “Khẩu trang”",
    ),
    "a word of a concept without letters": (
        concepts("    forms:", "      - khẩu trang", "      - '?!'"),
        CONCEPTS,
        6,
        "không phải là từ",
    ),
    "an empty word of a concept": (concepts("    forms: ['']"), CONCEPTS, 4, "không phải là từ"),
    "a concept twice": (
        concepts("    forms: [khẩu trang]", "  mask:", "    title: x", "    forms: [y]"),
        CONCEPTS,
        5,
        "hai lần",
    ),
    "no list of concepts": ({CONCEPTS: "mask: [khẩu trang]\n"}, CONCEPTS, 1, "concepts"),
    "a time zone that is none": (
        changed("data/pack.yaml", "Asia/Ho_Chi_Minh", "Asia/Lai_Chau"),
        "data/pack.yaml",
        7,
        "Lai_Chau",
    ),
}


@pytest.mark.parametrize(("change", "file", "line", "word"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_caught_with_place_and_remedy(
    tmp_path: Path, change: dict[str, str | None], file: str, line: int, word: str
) -> None:
    report = check_pack(broken.make(tmp_path, MESSAGES, **change))
    said = [problem for problem in report.problems if problem.file == file and word in problem.what]
    assert said, [str(problem) for problem in report.problems]
    assert line in {problem.line for problem in said}, [str(problem) for problem in said]
    assert all(problem.mend for problem in said)


@pytest.mark.parametrize("key", ["not_understood", "error", "button_clause", "hotline_missing"])
def test_a_message_that_is_missing_or_wrong_is_caught(tmp_path: Path, key: str) -> None:
    pack = broken.make(tmp_path, MESSAGES)
    messages = pack / "responses/vi/_messages.yaml"
    whole = messages.read_text(encoding="utf8")
    messages.write_text(whole.replace(f"\n{key}:", f"\n{key}_x:"), encoding="utf8")
    said = [problem.what for problem in check_pack(pack).problems]
    assert any("thiếu" in what and f"“{key}”" in what for what in said)
    assert any("không có câu nào" in what and f"{key}_x" in what for what in said)
    messages.write_text(
        re.sub(rf"^{key}:.*$", f'{key}: "{{{{ hotlin }}}}"\nguide_x: |', whole, flags=re.MULTILINE), "utf8"
    )
    assert any(f"{key}: " in problem.what and "hotlin" in problem.what for problem in check_pack(pack).problems)


@pytest.mark.parametrize(
    ("line", "word"),
    [('button_up: ""', "trống"), (f"about_short: {'a' * 121}", "120"), (f"command_start: {'a' * 257}", "256")],
)
def test_what_telegram_would_refuse_is_caught(tmp_path: Path, line: str, word: str) -> None:
    pack = broken.make(tmp_path, MESSAGES)
    messages = pack / "responses/vi/_messages.yaml"
    key = line.partition(":")[0]
    messages.write_text(re.sub(rf"^{key}:.*$", line, messages.read_text(encoding="utf8"), flags=re.MULTILINE), "utf8")
    assert any(key in problem.what and word in problem.what for problem in check_pack(pack).problems)


def test_a_pack_with_concepts_is_clean_and_one_without_too(tmp_path: Path) -> None:
    whole = concepts("    forms: [khẩu trang, đồ che mặt]", "  far:", "    title: Khoảng cách", "    forms: [cách xa]")
    assert check_pack(broken.make(tmp_path / "with", MESSAGES, **whole)).problems == ()
    assert check_pack(broken.make(tmp_path / "without", MESSAGES)).problems == ()


def test_an_empty_folder_is_not_fine(tmp_path: Path) -> None:
    assert len(check_pack(tmp_path).problems) >= 4


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    pack = broken.make(tmp_path, MESSAGES)
    (pack / MASK).write_bytes(b"title: \xff\xfe")
    assert any(problem.file == MASK and "UTF-8" in problem.what for problem in check_pack(pack).problems)


WARNINGS: dict[str, tuple[dict[str, str | None], str, int, str]] = {
    "few": ({}, MASK, 3, "câu mẫu"),
    "long": (answer("Anh/chị đeo khẩu trang nhé. " * 40), ANSWER, 1, "khó đọc hết"),
    "reading": (answer("Anh/chị đeo khẩu trang " + "và giữ gìn sức khoẻ cho cả nhà " * 5), ANSWER, 4, "khó đọc"),
    "pull": (
        changed(DISTANCE, "  - đứng cách", "  - có phải đeo khẩu trang khong a\n  - đứng cách"),
        DISTANCE,
        4,
        "gần như trùng",
    ),
    "alike": (
        changed(MASK, "  - có phải", "  - có phải đeo khẩu trang không hả\n  - có phải"),
        MASK,
        3,
        "giống nhau quá",
    ),
    "review": ({ANSWER: "---\nreview_by: 2021-01-05\n---\n" + broken.FILES[ANSWER]}, ANSWER, 2, "quá hạn"),
}


@pytest.mark.parametrize(("rule", "case"), WARNINGS.items(), ids=WARNINGS.keys())
def test_a_weakness_is_a_warning_and_no_error(
    tmp_path: Path, rule: str, case: tuple[dict[str, str | None], str, int, str]
) -> None:
    change, file, line, word = case
    report = check_pack(broken.make(tmp_path, MESSAGES, **change))
    assert report.problems == (), [str(problem) for problem in report.problems]
    said = [each for each in report.warnings if each.rule == rule and each.file == file and word in each.what]
    assert line in {each.line for each in said}, [str(each) for each in report.warnings]
    assert all(each.mend and "cảnh báo" in str(each) for each in said)


def test_a_telephone_number_in_one_of_loas_own_sentences_is_caught(tmp_path: Path) -> None:
    pack = broken.make(tmp_path, MESSAGES)
    messages = pack / "responses/vi/_messages.yaml"
    whole = messages.read_text(encoding="utf8")
    messages.write_text(
        re.sub(r"^voted_up: \|$", "voted_up: |\n  Gọi 0213 387 8436.", whole, flags=re.MULTILINE), "utf8"
    )
    assert any("0213 387 8436" in problem.what for problem in check_pack(pack).problems)
