from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.questions import OUTSIDE, QuestionsError, cross_validation, has_marks, read_questions
from bot.core.catalogue import Catalogue

KNOWN = frozenset({"roads", "ferries", "prices"})


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        "clean",
        '{"id": "1", "text": "Đường lên đèo thông chưa", "intent": "roads", "also": ["prices"]}',
        "",
        '{"id": "2", "text": "Trâu nhà ai lạc ngoài suối", "intent": "buffaloes", "also": []}',
    )
    write(tmp_path, "short", '{"text": "đò mấy giờ", "intent": "ferries", "kind": "accented", "ask_back": true}')
    write(tmp_path, "multi", '{"text": "đò chạy chưa, vé bao tiền", "intents": ["ferries", "prices"]}')
    turns = (
        '{"text": "đò chạy chưa", "intent": "ferries"}, {"text": "thế vé?", "intent": "prices", "also": ["ferries"]}'
    )
    write(tmp_path, "dialogs", f'{{"id": "d", "turns": [{turns}]}}')
    read = read_questions(tmp_path, KNOWN)
    assert [each.accepted for each in read.single["clean"]] == [("roads", "prices"), (OUTSIDE,)]
    assert [each.outside for each in read.single["clean"]] == [False, True]
    assert read.single["short"][0].ask_back
    assert read.single["short"][0].kind == "accented"
    assert read.multi[0].accepted == ("ferries", "prices")
    assert [each.accepted for each in read.dialogs[0]] == [("ferries",), ("prices", "ferries")]
    assert set(read.single) == {"clean", "short"}


def test_what_a_question_is_about_decides_and_what_else_would_serve_is_kept(tmp_path: Path) -> None:
    write(
        tmp_path,
        "oos",
        '{"text": "Đường sắt đi Hà Nội mấy giờ", "intent": "out_of_scope", "also": ["roads", "trains"]}',
        '{"text": "Đường có ai sửa chưa", "intent": "roads", "also": ["out_of_scope"]}',
    )
    trains, roads = read_questions(tmp_path, KNOWN).single["oos"]
    assert (trains.outside, trains.accepted) == (True, (OUTSIDE, "roads"))
    assert (roads.outside, roads.accepted) == (False, ("roads", OUTSIDE))


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing to ask", encoding="utf8")
    write(tmp_path, "clean", "")
    with pytest.raises(QuestionsError, match=r"no questions here; name a folder with at least one of clean\.jsonl"):
        read_questions(tmp_path, KNOWN)


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("clean", '{"intent": "roads"}', r'clean\.jsonl:2: no text; add "text"'),
        ("clean", '{"text": "  ", "intent": "roads"}', r'clean\.jsonl:2: no text; add "text"'),
        ("noisy", '{"text": "duong nao"}', r'noisy\.jsonl:2: no intent; add "intent"'),
        ("oos", "{text}", r"oos\.jsonl:2: not JSON .* write one object a line"),
        ("short", '["đường"]', r"short\.jsonl:2: not an object; write "),
        ("dialogs", '{"id": "d"}', r'dialogs\.jsonl:2: no turns; add "turns"'),
        ("dialogs", '{"turns": [{"text": "đò", "intent": "ferries"}, {}]}', r"dialogs\.jsonl:2, turn 2: no text; add"),
    ],
)
def test_a_line_that_is_no_question_is_named_with_the_remedy(tmp_path: Path, name: str, line: str, said: str) -> None:
    write(tmp_path, name, "", line)
    with pytest.raises(QuestionsError, match=said):
        read_questions(tmp_path, KNOWN)


def test_cross_validation_asks_every_phrase_once_of_content_that_has_not_seen_it(catalogue: Catalogue) -> None:
    names = list(catalogue.intents)[:3]
    tiny = replace(
        catalogue,
        intents={
            name: replace(catalogue.intents[name], examples=catalogue.intents[name].examples[:10]) for name in names
        },
        out_of_scope={"far": ("đá bóng ở đâu", "truyện cười đi"), "near": ("mua khau trang cho cho",)},
    )
    asked: list[str] = []
    for part, questions in cross_validation(tiny, seed=3):
        held = [each for file in questions.single.values() for each in file]
        asked += [each.text for each in held]
        left = {text for intent in part.intents.values() for text in intent.examples}
        left |= {text for texts in part.out_of_scope.values() for text in texts}
        assert left.isdisjoint(each.text for each in held)
        assert all(has_marks(each.text) and not each.outside for each in questions.single["clean"])
        assert {each.kind for each in held if each.outside} <= {"far", "near"}
    assert len(asked) == len(set(asked)) == 33


def test_marks_are_seen_in_any_spelling() -> None:
    assert has_marks("đi")
    assert has_marks("ve\u0300")
    assert not has_marks("ve que 5K?")
