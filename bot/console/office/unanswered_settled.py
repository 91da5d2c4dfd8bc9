"""What officers made of unanswered questions, and taking it back."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from ...content.phrase_drafts import Place, take_phrases_back
from ...store.records import Settlement
from .access import Editor
from .paging import number_of
from .unanswered_steps import SETTLED, noted, words

_PAGE = 20

router = APIRouter(include_in_schema=False)


@router.get(SETTLED)
async def show_settled(visit: Editor, trang: str = "1") -> Response:
    """What officers made of questions, newest first, to be taken back."""
    await noted(visit)
    page = min(max(1, number_of(trang)), 10_000)
    made = await visit.store(visit.desk.store.store.questions.settlements, _PAGE + 1, (page - 1) * _PAGE)
    kinds = visit.desk.reception.guide.catalogue.out_of_scope_titles
    return visit.page(
        "unanswered_settled.html", made=made[:_PAGE], page=page, more=len(made) > _PAGE, kinds=kinds, **words(visit)
    )


@router.post(f"{SETTLED}/{{settlement}}/mo-lai")
async def reopen(visit: Editor, settlement: str) -> Response:
    """Open the questions again, and take phrases that are not published yet out of the draft."""
    store = visit.desk.store.store
    known = int(settlement) if settlement.isdecimal() and len(settlement) < 16 else 0
    made = await visit.store(store.questions.reopen, known, visit.now)
    if made is None:
        return visit.to(SETTLED, "nhom-het")
    place = _place_of(made)
    taken = False
    if place and made.phrases:
        taken = await visit.store(take_phrases_back, store.versions, place, made.phrases, visit.officer, visit.now)
    await visit.note("unanswered_reopened", made.subject, f"{made.questions} câu")
    return visit.to(SETTLED, "mo-lai-nhom" if taken or not made.phrases else "mo-lai-nhom-giu")


def _place_of(made: Settlement) -> Place | None:
    return Place(made.subject, made.kind == "outside") if made.kind in ("example", "outside") else None
