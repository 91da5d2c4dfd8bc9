"""`make bench-content` in a short form: edits are real, figures come from what was measured, musts are judged."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.building import build
from bench.content import DEMANDS, Options, Results, figures, measure, write_results
from bench.exam import NOW
from bench.impacts import edits, varied_questions
from bench.packs import scaled_texts
from bench.speed import Size, Spread
from bot.content.impact import Group, Label, impact
from bot.content.loading import load_texts
from bot.content.tree import Texts, read_folder
from bot.core.catalogue import Catalogue
from bot.core.reply import Outcome

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent.parent
OPTIONS = Options(seed=1, rounds=1, questions=30, size=Size(46, 20))


@pytest.fixture(scope="module")
def own() -> Texts:
    return read_folder(ROOT)


@pytest.fixture(scope="module")
def results(own: Texts) -> Results:
    published: list[set[str]] = []

    def publish(before: Texts, after: Texts) -> float:
        published.append({name for name in before.keys() | after.keys() if before.get(name) != after.get(name)})
        return 0.25

    found = measure(own, OPTIONS, {"sqlite": publish})
    assert [len(each) for each in published] == [1, 1, 2, 2, 1]
    return found


def test_made_up_content_is_read_as_files_with_as_many_subjects_and_phrases(own: Texts, catalogue: Catalogue) -> None:
    made = load_texts(scaled_texts(own, Size(80, 7), 1)).catalogue
    assert len(made.intents) == 80
    assert {len(intent.examples) for intent in made.intents.values()} == {7}
    assert made.intents["mask_1"].checks != catalogue.intents["mask"].checks
    assert made.answers["mask_1"].blocks == catalogue.answers["mask"].blocks


def test_every_edit_changes_the_catalogue(own: Texts) -> None:
    texts = scaled_texts(own, OPTIONS.size, 1)
    before = load_texts(texts).catalogue
    for edit in edits(texts, before, 1):
        after = load_texts(edit.texts).catalogue
        same = (before.intents, before.concepts, before.answers) == (after.intents, after.concepts, after.answers)
        assert not same, edit.name


def test_questions_are_different_and_not_among_the_phrases(catalogue: Catalogue) -> None:
    found = varied_questions(catalogue, Size(80, 50), 500, 1)
    learned = {text for intent in catalogue.intents.values() for text in intent.examples[:50]}
    assert len(found) == len({question.text for question in found}) == 500
    assert not learned & {question.text for question in found}
    assert varied_questions(catalogue, Size(80, 50), 500, 1) == found


def test_more_questions_are_wanted_than_there_are_phrases(catalogue: Catalogue) -> None:
    held = sum(len(intent.examples[100:]) for intent in catalogue.intents.values())
    assert len(varied_questions(catalogue, Size(38, 100), held + 100, 1)) == held + 100


def test_the_guide_of_every_edit_knows_it_and_every_figure_was_measured(results: Results) -> None:
    assert all(each.known == each.edits == 1 for each in results.live.values())
    seen = figures(results)
    assert (seen["sqlite"], seen["postgres"]) == (0.25, None)
    assert all(seen[demand.key] is not None for demand in DEMANDS if not demand.key.startswith("missed"))
    assert {name for name, each in results.impact.items() if each.full.every} == set(results.live)
    assert all(0 <= each.missed <= each.changed for each in results.impact.values())
    assert all(each.answers_changed <= each.changed for each in results.impact.values())


def test_what_the_short_way_misses_is_counted_over_all_edits(results: Results) -> None:
    (name, found), *_ = results.impact.items()
    label = Label(Outcome.ANSWERED, ("mask",))
    groups = (
        Group("a", "newly_answered", Label(Outcome.NOT_UNDERSTOOD), label, 6, 6, ()),
        Group("b", "asked_back_differently", label, label, 4, 4, ()),
    )
    lost = replace(found, full=replace(found.full, groups=groups), short=replace(found.short, groups=groups[:1]))
    seen = figures(replace(results, impact={name: lost}))
    assert (seen["missed"], seen["missed_answers"]) == (40.0, 0.0)


def test_an_edit_that_the_new_guide_does_not_know_was_not_live(results: Results) -> None:
    lost = {name: replace(each, known=0) for name, each in results.live.items()}
    assert figures(replace(results, live=lost))["live"] is None


def test_the_page_and_the_figures_are_written_and_a_missed_must_is_told(results: Results, tmp_path: Path) -> None:
    write_results(results, OPTIONS, tmp_path)
    record = json.loads((tmp_path / "content.json").read_text(encoding="utf8"))
    assert record["met"] in (True, False), "how fast this machine is, no test judges"
    assert record["figures"]["all"]["sqlite"] == 0.25
    page = (tmp_path / "content.md").read_text(encoding="utf8")
    assert "a subject taken out" in page
    assert "missed by the short way" in page
    write_results(replace(results, check=Spread(9.0, 9.0, 9.0)), OPTIONS, tmp_path)
    assert json.loads((tmp_path / "content.json").read_text(encoding="utf8"))["met"] is False


def test_the_short_way_on_made_up_content_is_part_of_the_full_run(own: Texts, catalogue: Catalogue) -> None:
    texts = scaled_texts(own, OPTIONS.size, 1)
    guide = build(load_texts(texts).catalogue)
    questions = varied_questions(catalogue, OPTIONS.size, 60, 1)
    edit = next(each for each in edits(texts, guide.catalogue, 1) if each.name == "ten phrases to another subject")
    after = guide.successor(load_texts(edit.texts).catalogue)

    short, full = (impact(guide, after, questions, NOW, every=every) for every in (False, True))
    assert {group.key for group in short.groups} <= {group.key for group in full.groups}
