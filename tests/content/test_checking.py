"""`loa check`: the real pack is clean, and every way to break a pack is caught with file, line and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content.checking import check_catalogue, check_pack
from bot.core.catalogue import Catalogue
from tests.content import broken

ROOT = Path(__file__).parent.parent.parent
MESSAGES = ROOT / "responses/vi/_messages.yaml"


def changed(name: str, old: str, new: str) -> dict[str, str | None]:
    assert old in broken.FILES[name], "the change has to change something"
    return {name: broken.FILES[name].replace(old, new)}


def test_the_real_pack_is_clean_and_there_was_something_to_check(catalogue: Catalogue) -> None:
    report = check_catalogue(catalogue)
    assert report.problems == ()
    assert report.checked > 1000
    assert len(catalogue.topics()) >= 8
    assert len(catalogue.directives) == 2
    assert sum(len(directive.clauses) for directive in catalogue.directives.values()) == 18


def test_the_small_pack_is_clean(tmp_path: Path) -> None:
    assert check_pack(broken.make(tmp_path, MESSAGES)).problems == ()


MASK, DISTANCE, FACTS = "intents/mask.yaml", "intents/distance.yaml", "data/facts.yaml"
PLACES = "data/places.yaml"
ANSWER, DIRECTIVE = "responses/vi/mask.md", "data/directives/a.md"
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
    "a related subject that is not there": (changed(MASK, "[distance]", "[distanc]"), MASK, 1, "distanc"),
    "a check that is an example": (
        changed(MASK, "  - phải đeo khẩu trang không", "  - khẩu trang đeo ở đâu"),
        MASK,
        8,
        "câu mẫu",
    ),
    "a check that misses": (
        changed(MASK, "  - phải đeo khẩu trang không", "  - khoảng cách bao xa"),
        MASK,
        1,
        "câu kiểm",
    ),
    "the same example twice": (
        changed(DISTANCE, "  - đứng cách", "  - KHAU TRANG deo o dau\n  - đứng cách"),
        MASK,
        1,
        "cũng có",
    ),
    "out of scope answered": (
        changed("intents/_out_of_scope.yaml", "[trời mưa hôm nay]", "[ra chợ đeo khẩu trang]"),
        "intents/_out_of_scope.yaml",
        1,
        "ngoài phạm vi",
    ),
    "no sign of danger": ({"intents/_danger.yaml": "signs: []\n"}, "intents/_danger.yaml", 1, "dấu hiệu"),
    "danger that is not seen": (
        changed("intents/_danger.yaml", "mẹ tôi không thở được", "mẹ tôi ngất rồi"),
        "intents/_danger.yaml",
        1,
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
    "five thousand brackets": ({MASK: "title: " + "[" * 5000}, MASK, 1, "YAML"),
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


def test_an_empty_folder_is_not_fine(tmp_path: Path) -> None:
    assert len(check_pack(tmp_path).problems) >= 4


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    pack = broken.make(tmp_path, MESSAGES)
    (pack / MASK).write_bytes(b"title: \xff\xfe")
    assert any(problem.file == MASK and "UTF-8" in problem.what for problem in check_pack(pack).problems)
