"""Where to ask near by: the units of the province, and the numbers that officers have verified for them."""

from __future__ import annotations

import re
from datetime import date

from .actions import Action
from .capitals import first_large
from .catalogue import Catalogue, Phone, Place
from .places import Gazetteer
from .reply import Block, Button, Outcome, Reply, Rows, Span
from .saying import Sentences

_MOST_NAMED = 2
_LONGEST = 200
_LISTED = ("city", "district")


class Nearest:
    """Pages over the places of one catalogue; `say` makes blocks of the bot's own sentences."""

    def __init__(self, catalogue: Catalogue, say: Sentences) -> None:
        self._places = catalogue.places
        self._say = say
        self._gazetteer = Gazetteer(catalogue.places.values())

    def asked(self, words: str) -> Reply:
        """The reply to /noihoi: the place that is named, else the list."""
        named = self._gazetteer.found_in(words[:_LONGEST])
        if len(named) == 1:
            return self.place(named[0])
        if named:
            return self._page(self._say("places"), [*map(_button, named)])
        unknown = any(letter.isalnum() for letter in words)
        return self.all(self._say("place_unknown", words=words[:_LONGEST]) if unknown else ())

    def all(self, before: tuple[Block, ...] = ()) -> Reply:
        """The districts as buttons."""
        listed = [_button(place) for place in self._places.values() if place.kind in _LISTED]
        return self._page((*before, *self._say("places")), listed)

    def get(self, place_id: str) -> Reply | None:
        """A place's page, or None where there is no such place."""
        place = self._places.get(place_id)
        return self.place(place) if place else None

    def place(self, place: Place) -> Reply:
        """A place's verified numbers, or that there are none and where to ask; then what lies inside it."""
        inside = [_button(each) for each in self._places.values() if each.district == place.id]
        blocks = (Block("heading", (Span(_title(place)),)), *self._lines(place))
        return self._page(blocks, inside, list_too=True)

    def beside(self, text: str) -> tuple[Block, ...]:
        """What follows an answer to a question that names a place."""
        named = self._gazetteer.found_in(text)[:_MOST_NAMED]
        lines = (Block("note", block.spans) for place in named for block in self._lines(place))
        return tuple(dict.fromkeys(lines))

    def buttons(self) -> Rows:
        """The row that leads to the list, where there are places at all."""
        return ((self._list_button(),),) if self._places else ()

    def _page(self, blocks: tuple[Block, ...], places: list[Button], *, list_too: bool = False) -> Reply:
        pairs = tuple(tuple(places[at : at + 2]) for at in range(0, len(places), 2))
        hotline = self._say.button("button_hotline", Action("hotline"))
        last = (self._list_button(), hotline) if list_too else (hotline,)
        return Reply(Outcome.ANSWERED, blocks, buttons=(*pairs, last))

    def _lines(self, place: Place) -> tuple[Block, ...]:
        own = tuple(self._number(phone) for phone in place.phones)
        around = self._places.get(place.district)
        numbers = own or (*self._say("place_no_phone", place=place.name), *self._numbers_around(around))
        return (*numbers, *(self._say("place_border") if place.border else ()))

    def _numbers_around(self, district: Place | None) -> tuple[Block, ...]:
        """The numbers of the district that a place without its own lies in."""
        return tuple(self._number(phone) for phone in district.phones) if district else ()

    def _number(self, phone: Phone) -> Block:
        digits = re.sub(r"\D", "", phone.number)
        source = self._say.text("place_source", source=_origin(phone))
        number = Span(phone.number, "link", f"tel:{digits}")
        return Block("item", (Span(f"{phone.title}: "), number, Span(f" {source}")))

    def _list_button(self) -> Button:
        return self._say.button("button_places", Action("places"))


def _button(place: Place) -> Button:
    return Button(_title(place), str(Action("place", place.id)))


def _title(place: Place) -> str:
    return first_large(place.name)


def _origin(phone: Phone) -> str:
    day = f"{date.fromisoformat(phone.source_date):%d/%m/%Y}" if phone.source_date else ""
    return ", ".join(part for part in (phone.source, day) if part)
