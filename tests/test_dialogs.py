"""Plays the conversations of `tests/dialogs/` and sees to it that nothing is left untried."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.actions import MAX_BYTES, Action
from bot.core.catalogue import Catalogue
from bot.core.context import Context
from bot.core.guide import Guide
from bot.core.vietnamese import readings
from tests.dialogs.playing import Played, actions, complaint, marks, play, wrong_answer
from tests.dialogs.reading import HERE, BrokenDialogs, Dialog, Talk, Turn, read, read_all
from tests.fakes import NOON

WITHOUT_INTENT = {"_out_of_scope", "_danger"}
SUBJECTS, SMALL_TALK = 8, 6
FEWEST_ON_A_SUBJECT, FEWEST_OF_SMALL_TALK = 6, 3
TONELESS = "without diacritics"
SOON, LATE = "9 minutes", "11 minutes"
DIALOGS = read_all()


def _toneless(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in apart if not unicodedata.combining(char))


OTHERWISE_TYPED: dict[str, Callable[[str], str]] = {
    TONELESS: _toneless,
    "in capitals": str.upper,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}


def _typed_otherwise(dialog: Dialog) -> Iterator[tuple[str, Dialog]]:
    """A dialog up to its first question, typed in each of the other ways, where it has to be answered."""
    turns = dialog.talk.turns
    first = next((at for at, turn in enumerate(turns) if turn.say), None)
    if first is None or not turns[first].answered or turns[first].say not in dialog.said:
        return
    for way, typed in OTHERWISE_TYPED.items():
        text = typed(dialog.said[0])
        if text != dialog.said[0] and not (way == TONELESS and dialog.talk.accents_matter):
            asked = (*turns[:first], turns[first].model_copy(update={"say": text}))
            yield way, _changed(dialog, f"{dialog.talk.name}, {way}", asked)


def _changed(dialog: Dialog, name: str, turns: tuple[Turn, ...]) -> Dialog:
    return replace(dialog, talk=dialog.talk.model_copy(update={"name": name, "turns": turns}))


VARIANTS = [variant for dialog in DIALOGS for variant in _typed_otherwise(dialog)]


@pytest.fixture(scope="session")
def played(guide: Guide) -> list[Played]:
    return [one for dialog in DIALOGS for one in play(guide, dialog)]


@pytest.mark.parametrize("dialog", DIALOGS, ids=[dialog.name for dialog in DIALOGS])
def test_dialog(guide: Guide, dialog: Dialog) -> None:
    _judge(guide, dialog)


@pytest.mark.parametrize("dialog", [dialog for _, dialog in VARIANTS], ids=[dialog.name for _, dialog in VARIANTS])
def test_first_question_typed_otherwise(guide: Guide, dialog: Dialog) -> None:
    _judge(guide, dialog)


def _judge(guide: Guide, dialog: Dialog) -> None:
    wrong = complaint(guide, play(guide, dialog))
    if wrong:
        pytest.fail(wrong, pytrace=False)


def test_no_subject_steals_another_ones_question(played: list[Played]) -> None:
    stolen = sorted(filter(None, map(wrong_answer, played)))
    if stolen:
        pytest.fail(f"{len(stolen)} questions answered with another subject:\n" + "\n".join(stolen), pytrace=False)


def test_a_follow_up_that_comes_too_late_is_read_by_itself(guide: Guide) -> None:
    late = [dialog for dialog in DIALOGS if any(turn.wait == LATE for turn in dialog.talk.turns)]
    assert len(late) >= SUBJECTS
    for dialog in late:
        alone = guide.answer(dialog.said[-1], Context(), NOON).reply
        hurried = [turn.model_copy(update={"wait": SOON}) if turn.wait else turn for turn in dialog.talk.turns]
        soon = play(guide, _changed(dialog, dialog.talk.name, tuple(hurried)))[-1].reply
        assert play(guide, dialog)[-1].reply == alone, dialog.place
        assert soon.intents != alone.intents, dialog.place


# Nothing is left out


def test_there_are_dialogs_enough() -> None:
    fewest = FEWEST_ON_A_SUBJECT * SUBJECTS + FEWEST_OF_SMALL_TALK * SMALL_TALK
    assert len({dialog.file for dialog in DIALOGS}) >= SUBJECTS + SMALL_TALK + len(WITHOUT_INTENT)
    assert len(DIALOGS) >= fewest
    for way in OTHERWISE_TYPED:
        assert sum(1 for each, _ in VARIANTS if each == way) >= fewest // 2, way


def test_every_intent_has_its_file_and_every_file_its_intent(catalogue: Catalogue) -> None:
    assert len(catalogue.intents) >= SUBJECTS + SMALL_TALK
    assert {dialog.subject for dialog in DIALOGS} == set(catalogue.intents) | WITHOUT_INTENT


def test_every_intent_is_asked_about_often_enough(catalogue: Catalogue) -> None:
    for intent in catalogue.intents.values():
        fewest = FEWEST_OF_SMALL_TALK if intent.small_talk else FEWEST_ON_A_SUBJECT
        assert len(_about(intent.id)) >= fewest, intent.id


# What every subject has to be tried with. A near miss is a question that belongs elsewhere.
KINDS: dict[str, Callable[[str, Dialog], bool]] = {
    "typed with diacritics": lambda _, dialog: _has_marks(dialog.said[:1]),
    "typed without": lambda _, dialog: bool(dialog.said) and not _has_marks(dialog.said[:1]),
    "a follow-up": lambda _, dialog: len(dialog.said) > 1,
    "a near miss": lambda subject, dialog: bool(dialog.said) and subject not in (dialog.talk.turns[0].answered or ()),
    "a button": lambda _, dialog: any(turn.press for turn in dialog.talk.turns),
    "a follow-up that comes too late": lambda _, dialog: any(turn.wait == LATE for turn in dialog.talk.turns),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_subject_is_tried_with(kind: str, catalogue: Catalogue) -> None:
    without = [
        topic.id for topic in catalogue.topics() if not any(KINDS[kind](topic.id, each) for each in _about(topic.id))
    ]
    assert not without


def test_every_answer_is_given_at_least_once(catalogue: Catalogue, played: list[Played]) -> None:
    given = {name for one in played for name in one.reply.answered}
    assert len(catalogue.answers) >= SUBJECTS + SMALL_TALK
    assert set(catalogue.answers) - given == set()


def test_every_button_shown_leads_somewhere(guide: Guide, played: list[Played]) -> None:
    shown = {(action, one.after) for one in played for action in actions(one.reply)}
    kinds = {Action.read(action).kind for action, _ in shown}
    assert {"topic", "clause", "menu", "hotline", "up", "down"} <= kinds
    nowhere = guide.press(Action("unknown"), played[0].after, NOON).reply.blocks
    for action, context in shown:
        assert len(action.encode()) <= MAX_BYTES
        read = Action.read(action)
        if read.kind in ("up", "down"):  # votes are counted before the guide is asked
            assert set(read.value.split("+")) <= set(guide.catalogue.intents), action
        else:
            assert guide.press(read, context, NOON).reply.blocks != nowhere, action


# The files themselves


def test_names_in_dialogs_exist(catalogue: Catalogue) -> None:
    for dialog in DIALOGS:
        for turn in dialog.talk.turns:
            named = {*(turn.answered or ()), *turn.not_answered, *turn.offers}
            assert named <= set(catalogue.intents), dialog.place
            unknown = [clause for clause in turn.cites if not catalogue.clause(clause)]
            assert not unknown, f"{dialog.place}: {unknown}"


def test_sentences_are_not_copied_from_what_the_matcher_learns(catalogue: Catalogue) -> None:
    learned = {_key(text): where for where, text in _learned(catalogue)}
    assert len(learned) >= 1000
    copies = [
        f"{dialog.place}: “{text}” also stands in intents/{learned[_key(text)]}; say it in other words here"
        for dialog in DIALOGS
        for text in dialog.said
        if _key(text) and _key(text) in learned
    ]
    if copies:
        pytest.fail("\n".join(copies), pytrace=False)


def test_no_conversation_begins_like_another() -> None:
    openings = [_key(dialog.said[0]) for dialog in DIALOGS if dialog.said]
    assert len(openings) >= FEWEST_ON_A_SUBJECT * SUBJECTS
    assert sorted(set(openings)) == sorted(openings)


def test_files_are_composed_unicode() -> None:
    files = sorted(HERE.glob("*.yaml"))
    assert len(files) >= SUBJECTS + SMALL_TALK + len(WITHOUT_INTENT)
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), file.name


BROKEN = {
    "an unknown key": ("- name: a\n  turns:\n  - say: chào\n    anwsered: [greet]", "anwsered"),
    "an unknown outcome": ("- name: a\n  turns:\n  - say: chào\n    outcome: asked", "outcome"),
    "nothing expected": ("- name: a\n  turns:\n  - say: chào", "expect something"),
    "two acts in a turn": ("- name: a\n  turns:\n  - say: chào\n    press: menu\n    outcome: answered", "exactly one"),
    "no act": ("- name: a\n  turns:\n  - outcome: answered", "exactly one"),
    "an endless wait": ("- name: a\n  turns:\n  - wait: long", "11 minutes"),
    "an end in waiting": ("- name: a\n  turns:\n  - wait: 11 minutes", "end in waiting"),
    "no turns": ("- name: a\n  turns: []", "turns"),
    "a name twice": ("- {name: a, turns: [{say: b, danger: false}]}\n" * 2, "twice"),
    "no dialogs": ("[]", "no dialogs"),
    "nothing": ("", "valid list"),
    "no YAML": ("- name: [", "broken.yaml"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_refused(tmp_path: Path, fault: str) -> None:
    text, told = BROKEN[fault]
    file = tmp_path / "broken.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenDialogs, match=told) as refused:
        read(file)
    assert "broken.yaml" in str(refused.value)


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(BROKEN["an unknown key"][0], encoding="utf-8")
    with pytest.raises(BrokenDialogs, match=r"broken\.yaml:4 .*anwsered"):
        read(file)


def test_accents_that_matter_spare_only_the_question_without_them() -> None:
    turns = (Turn(say="Họp bản ạ?", answered=("mask",)),)
    plain = Dialog("mask.yaml", 1, Talk(name="a", turns=turns))
    spared = Dialog("mask.yaml", 1, Talk(name="a", turns=turns, accents_matter="“hop” cũng là “hộp”"))
    assert [way for way, _ in _typed_otherwise(plain)] == list(OTHERWISE_TYPED)
    assert [way for way, _ in _typed_otherwise(spared)] == [way for way in OTHERWISE_TYPED if way != TONELESS]


# The failure message


def test_a_failure_names_place_sentence_intents_and_scores(guide: Guide) -> None:
    text = "không đeo khẩu trang phạt bao nhiêu tiền"
    turn = Turn(say=text, answered=("five_k",), cites=("UBND@2021#7",))
    told = complaint(guide, play(guide, Dialog("five_k.yaml", 12, Talk(name="sai", turns=(turn,)))))
    for part in ("tests/dialogs/five_k.yaml:12", "“sai”", text, "five_k", "UBND@2021#7", "^^^"):
        assert part in told
    assert re.search(r"scores .*mask_fine \d\.\d\d", told)


def test_a_button_that_was_never_shown_is_told(guide: Guide) -> None:
    turns = (Turn(say="/duongday", outcome="answered"), Turn(press="topic:mask", answered=("mask",)))
    told = complaint(guide, play(guide, Dialog("mask.yaml", 1, Talk(name="a", turns=turns))))
    assert "topic:mask" in told
    assert "a reply before" in told


def test_marks_stand_under_what_differs() -> None:
    assert marks("mask, five_k", "mask_fine, mask") == "      ^^^^^^"
    assert marks("mask", "mask, five_k") == ""


def _about(subject: str) -> list[Dialog]:
    return [dialog for dialog in DIALOGS if dialog.subject == subject]


def _has_marks(texts: Sequence[str]) -> bool:
    return any(_toneless(text) != text for text in texts)


def _key(text: str) -> tuple[str, ...]:
    return readings(text)[0].toneless


def _learned(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every phrase that the matcher learns, and every check; the signs of danger are words, not sentences."""
    for intent in catalogue.intents.values():
        yield from ((f"{intent.id}.yaml", text) for text in (*intent.examples, *intent.checks))
    outside = [text for texts in catalogue.out_of_scope.values() for text in texts]
    yield from (("_out_of_scope.yaml", text) for text in (*outside, *catalogue.out_of_scope_checks))
    yield from (("_danger.yaml", text) for text in catalogue.danger.checks)
