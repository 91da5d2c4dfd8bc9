"""Phrases that are tried out before they are saved."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from ...content.impact_words import group_line, label_words, scope_line
from ...content.phrase_drafts import add_phrases, take_phrases_back
from ...content.trying import titles_of
from ...store.records import Settlement
from .access import Editor, Visit
from .unanswered_board import Trial, board_of
from .unanswered_steps import LIST, REFRESH, TRIALS, detail, settle, words

router = APIRouter(include_in_schema=False)


@router.get(f"{TRIALS}/{{trial}}")
async def show_trial(visit: Editor, trial: str) -> Response:
    """How far a trial is, or what it found; the page comes again by itself while it is under way."""
    found = board_of(visit.request).trials.get(trial)
    if found is None:
        return visit.to(LIST, "thu-het")
    titles = titles_of(visit.desk.reception.guide)
    kinds = visit.desk.reception.guide.catalogue.out_of_scope_titles
    done = found.tried
    impact = done.impact if done else None
    lines = [group_line(group, titles) for group in impact.groups] if impact else []
    response = visit.page(
        "unanswered_trial.html", trial=found, lines=lines, scope=scope_line(impact) if impact else "",
        said=lambda label: label_words(label, titles), kinds=kinds, back=f"{LIST}/{found.group.id}?lan={found.id}",
        **words(visit),
    )  # fmt: skip
    if done is None:
        response.headers["Refresh"] = REFRESH
    return response


@router.post(f"{TRIALS}/{{trial}}/luu")
async def keep(visit: Editor, trial: str) -> Response:
    """Save what was tried out as a draft, and settle the questions."""
    board = board_of(visit.request)
    found = board.trials.get(trial)
    if found is None:
        return visit.to(LIST, "thu-het")
    if found.tried is None or found.tried.problems:
        return visit.to(f"{TRIALS}/{trial}")
    settled = await visit.store(_keep, visit, found)
    board.trials.pop(trial, None)
    if settled is None:
        return visit.to(LIST, "nguoi-khac")
    await visit.note("unanswered_settled", found.place.item, detail(settled))
    return visit.to(LIST, "luu-mau")


def _keep(visit: Visit, trial: Trial) -> Settlement | None:
    """On the store thread. Phrases first: who dies in between finds them in the draft and the questions still open."""
    store, place = visit.desk.store.store, trial.place
    added = add_phrases(store.versions, place, trial.phrases, visit.officer, visit.now)
    settled = settle(visit, trial.group, "outside" if place.outside else "example", place.name, trial.phrases)
    if settled is None and added:
        take_phrases_back(store.versions, place, trial.phrases, visit.officer, visit.now)
    return settled
