from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from bench import sections
from bench.building import build, edited
from bench.comparison import against_peers, without_parts
from bench.exam import Exam, follow, look, observe, some, together, understanding
from bench.measures import Bin
from bench.noise import MAKERS
from bench.peers import Nearest, Phrases, guesses, phrases_of, told_apart, top1
from bench.plots import calibration_plot
from bench.questions import OUTSIDE, Question, Questions
from bench.scaling import copies, scaled
from bench.speed import Size, as_typed, in_all_copies, latency, live, spread
from bot.core.catalogue import Catalogue
from bot.core.guide import Guide
from bot.core.parts import Parts

SUBJECTS = ("mask", "weddings_funerals", "hotline", "thanks")
QUESTIONS = Questions(
    {
        "clean": (
            Question("Ra chợ bán rau có bắt buộc đeo khẩu trang không", ("mask",)),
            Question("Nhà em sắp làm đám cưới thì mời được bao nhiêu người", ("weddings_funerals",)),
        ),
        "oos_long": (Question("Giá vàng hôm nay trên thị trường thế giới ra sao", (OUTSIDE,), "far"),),
    },
    (Question("đeo khẩu trang không? đám cưới mời bao nhiêu người?", ("mask", "weddings_funerals")),),
    (
        (
            Question("Đám cưới được mời mấy người", ("weddings_funerals",)),
            Question("thế còn đám tang", ("weddings_funerals",)),
        ),
    ),
)


@pytest.fixture(scope="module")
def small(catalogue: Catalogue) -> Catalogue:
    outside = {name: texts[:8] for name, texts in catalogue.out_of_scope.items()}
    return replace(catalogue, intents={name: catalogue.intents[name] for name in SUBJECTS}, out_of_scope=outside)


@pytest.fixture(scope="module")
def small_guide(small: Catalogue) -> Guide:
    return build(small)


def test_every_question_is_put_and_every_maker_heard(small_guide: Guide) -> None:
    seen = observe(small_guide, QUESTIONS, seed=1, draws=2)
    assert len(seen.every) == 3
    assert len(seen.multi) == len(seen.follow_ups) == 1
    assert {name: len(after) for name, after in (seen.noise or {}).items()} == dict.fromkeys(MAKERS, 4)
    assert all(each.question.accepted in {("mask",), ("weddings_funerals",)} for each in (seen.noise or {})["telex"])
    figures = understanding(together([seen, seen]))
    assert figures == understanding(seen)
    assert figures["accented_top1"] == 100
    assert figures["short_top1"] is None


def test_a_follow_up_is_heard_in_its_context(small_guide: Guide) -> None:
    first, then = QUESTIONS.dialogs[0]
    assert [seen.question for seen in follow(small_guide, (first, then))] == [then]
    assert follow(small_guide, (first, then))[0].on_subject


def test_a_command_and_silence_have_no_scope(small_guide: Guide) -> None:
    seen = look(small_guide, Question("???", ("mask",)))
    assert (seen.best, seen.score, seen.inside, seen.answered) == ("", 0.0, 0.0, False)


def test_some_questions_are_the_same_ones_every_time() -> None:
    asked = tuple(Question(f"câu {number}", ("mask",)) for number in range(20))
    many = Questions({"clean": asked, "short": asked[:2]})
    assert some(many, 5, seed=4) == some(many, 5, seed=4)
    assert len(some(many, 5, seed=4).single["clean"]) == 5
    assert some(many, 5, seed=4).single["short"] == asked[:2]


def test_a_peer_is_trained_on_the_same_phrases(small: Catalogue) -> None:
    from rapidfuzz import fuzz

    phrases = phrases_of(small)
    taught = sum(len(intent.examples) for intent in small.intents.values())
    taught += sum(map(len, small.out_of_scope.values()))
    assert len(phrases.texts) == len(phrases.classes) == taught
    known = Question(small.intents["mask"].examples[0], ("mask",))
    refused = Question(next(iter(small.out_of_scope.values()))[0], (OUTSIDE,))
    found = guesses(Nearest(phrases, fuzz.token_set_ratio), phrases, [known, refused])
    assert top1(found) == 100
    assert told_apart(found) == 1
    assert isinstance(phrases, Phrases)


def test_loa_stands_beside_scikit_learn(small: Catalogue, small_guide: Guide) -> None:
    pytest.importorskip("sklearn", reason="only `make bench-understanding` installs scikit-learn")
    exam = Exam(small, QUESTIONS)
    rows = against_peers([exam], observe(small_guide, QUESTIONS, 1, 1), 0.5, most=10, seed=1)
    assert len(rows) == 4
    assert all(set(row) == set(rows[sections.OWN]) for row in rows.values())
    assert rows["scikit-learn TF-IDF, LinearSVC"]["clean: top-1"] == 100
    assert sections.compared(rows).splitlines()[2].endswith("| 0.500 | 1.0 |")


def test_each_part_of_the_matcher_is_switched_off_in_turn(small: Catalogue) -> None:
    rows = without_parts([Exam(small, QUESTIONS)], most=10, seed=1)
    assert list(rows) == (["everything", *(f"without {part.name}" for part in fields(Parts))])


def test_the_plot_is_the_same_to_the_byte(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="only `make bench-understanding` installs matplotlib")
    bins = (Bin(10, 0.15, 0.1), Bin(40, 0.92, 0.9))
    for name in ("a.svg", "b.svg"):
        calibration_plot(bins, tmp_path / name)
    drawn = (tmp_path / "a.svg").read_text(encoding="utf8")
    assert drawn == (tmp_path / "b.svg").read_text(encoding="utf8")
    assert "<dc:date>" not in drawn
    assert str(tmp_path) not in drawn


def test_made_up_content_has_the_size_that_was_asked_for(small: Catalogue) -> None:
    large = scaled(small, 10, 150, seed=2)
    assert len(large.intents) == 10
    assert {len(set(intent.examples)) for intent in large.intents.values()} == {150}
    assert set(large.answers) == set(large.intents)
    assert all(name == intent.id == large.answers[name].intent for name, intent in large.intents.items())
    assert scaled(small, 10, 150, seed=2) == large
    assert scaled(small, 2, 5, seed=2).intents["mask"].examples == small.intents["mask"].examples[:5]


def test_a_copy_speaks_of_the_same_things_in_other_words(catalogue: Catalogue) -> None:
    own, other, _ = (copy for copy, _ in zip(copies(catalogue, seed=2), range(3), strict=False))
    phrase = "Có phải đeo khẩu trang không?"
    assert own.say(phrase) == phrase
    assert other.say(phrase) != phrase
    assert other.say(phrase).endswith("?")
    assert "không" in other.say(phrase)
    assert len(set(other.words.values())) == len(other.words)


def test_the_made_up_catalogue_answers_in_its_own_words(small: Catalogue) -> None:
    guide = build(scaled(small, 8, 20, seed=2))
    _, other = (copy for copy, _ in zip(copies(small, seed=2), range(2), strict=False))
    best = guide.matcher.match(other.say(small.intents["hotline"].examples[0])).best
    assert best is not None
    assert best.intent == "hotline_1"


def test_rounds_are_typed_in_different_ways(small: Catalogue) -> None:
    texts = ["Có phải đeo khẩu trang không"] * (len(MAKERS) + 1)
    rounds = as_typed(texts, 2, seed=1)
    assert rounds == as_typed(texts, 2, seed=1)
    assert len(set(rounds[0])) > len(MAKERS) - 2
    assert rounds[0][0] == texts[0] == rounds[1][-1]
    spoken = in_all_copies(small, texts, 8, seed=1)
    assert len(set(spoken)) == 2


def test_times_are_told_with_their_spread() -> None:
    heard: list[str] = []
    found = latency(heard.append, [["a", "b", "c"], ["d", "e", "f"]])
    assert heard == list("abcdef")
    assert 0 <= found.median.low <= found.median.median <= found.median.high
    assert spread([3.0, 1.0, 2.0]).median == 2.0
    assert (spread([3.0, 1.0]).low, spread([3.0, 1.0]).high) == (1.0, 3.0)
    assert str(Size(35, 100)) == "35x100"


def test_an_edited_phrase_is_asked_for(small_guide: Guide, small: Catalogue) -> None:
    found = live(small_guide, rounds=2, seed=1)
    assert (found.edits, found.known) == (2, 2)
    assert edited(small_guide, small).catalogue is small
