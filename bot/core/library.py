"""The directives to read in a chat: the list, one of them, its clauses, and words looked up in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from .actions import Action
from .capitals import first_large
from .catalogue import Catalogue
from .directives import Clause, Directive
from .old_answers import OldAnswers, readable
from .reply import Block, Button, Outcome, Reply, Rows, Span
from .saying import Sentences
from .searching import Search
from .vietnamese import strip_marks

_MOST_HITS = 5
_LONGEST = 200  # letters of what is looked up; all of it is said again in the reply
_IN_A_ROW = {True: 4, False: 2}  # numbered clauses have short labels, the others have words
# What people write before the number of a document ("công văn số 58").
_KINDS = re.compile(r"^(?:(?:cong van|cong dien|thong bao|van ban|so|cv)\s+)+(?=\d)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that directives mention and the pack does not hold, with the clauses that name it."""

    number: str
    date: str
    issuer: str
    what: str
    clauses: tuple[Clause, ...]


class Library:
    """Pages over the directives of one catalogue; `say` makes blocks of the bot's own sentences.

    `today` is a day in the province: what is no longer in force says so.
    """

    def __init__(self, catalogue: Catalogue, say: Sentences, old: OldAnswers) -> None:
        self._catalogue = catalogue
        self._say = say
        self._old = old
        self._search = Search(clause for each in catalogue.directives.values() for clause in each.clauses)
        self.mentions = tuple(_mentions(catalogue.directives))

    # Pages

    def asked(self, words: str, today: date) -> Reply:
        """The reply to /vanban: the list, the document of that number, or the clauses with those words."""
        if not any(letter.isalnum() for letter in words):
            return self.shelf(today)
        held, mentioned = self._held(words), self._mentioned(words)
        if held:
            return self.directive(held, today)
        return self._not_held(mentioned) if mentioned else self._found(words, today)

    def shelf(self, today: date, before: tuple[Block, ...] = ()) -> Reply:
        """The directives, and the documents that they mention but the pack does not hold."""
        directives = self._catalogue.directives.values()
        blocks = (*before, *self._say("library"), *(self._item(each, today) for each in directives))
        if self.mentions:
            missing = (Block("item", (Span(self._named(each)),)) for each in self.mentions)
            blocks = (*blocks, *self._say("library_not_held"), *missing)
        rows = tuple((Button(each.title, str(Action("doc", each.id))),) for each in directives)
        return Reply(Outcome.ANSWERED, blocks, buttons=(*rows, self._menu()))

    def directive(self, directive: Directive, today: date) -> Reply:
        """What is known of a directive, what its source leaves blank, and a button for each clause."""
        blank = self._say.text("doc_blank")
        blocks = self._say(
            "doc", title=directive.title, number=directive.number or blank, date=self._day(directive),
            issuer=directive.issuer or blank, signer=directive.signer or blank, subject=directive.subject or blank,
            addressees="; ".join(directive.addressees) or blank, effective=readable(directive.effective) or blank,
            expires=readable(directive.expires) or blank,
        )  # fmt: skip
        blocks = (*blocks, *self._old.of_directive(directive, today))
        notes = (self._say.button("button_notes", Action("notes", directive.id)),) if directive.source_notes else ()
        rows = (*_clause_rows(directive), notes, self._shelf_row())
        return Reply(Outcome.ANSWERED, blocks, buttons=tuple(row for row in rows if row))

    def notes(self, directive: Directive) -> Reply:
        """Where the source is silent or mistyped, as those who entered it noted it."""
        items = (Block("item", (Span(note),)) for note in directive.source_notes)
        blocks = (*self._say("doc_notes", title=directive.title), *items)
        return Reply(Outcome.ANSWERED, blocks, buttons=((self._back(directive),),))

    def rests(self, clause: Clause) -> Reply:
        """The subjects whose answers cite a clause."""
        intents = [self._catalogue.intents[name] for name in self._citing(clause)]
        name = "rests" if intents else "rests_none"
        rows = tuple((Button(intent.title, str(Action("topic", intent.id))),) for intent in intents)
        back = (Button(_label(clause), str(Action("clause", clause.id))),)
        blocks = self._say(name, clause=self.where(clause))
        return Reply(Outcome.ANSWERED, blocks, buttons=(*rows, back, self._menu()))

    def ways_on(self, clause: Clause) -> Rows:
        """The buttons under a clause: the one before and after it, what rests on it, its directive."""
        directive = self._catalogue.directives[clause.directive]
        at = directive.clauses.index(clause)
        turns = []
        if at:
            turns.append(self._turn("button_before", directive.clauses[at - 1]))
        if at + 1 < len(directive.clauses):
            turns.append(self._turn("button_after", directive.clauses[at + 1]))
        rests = (self._say.button("button_rests", Action("rests", clause.id)),)
        return tuple(row for row in (tuple(turns), rests, (self._back(directive),)) if row)

    # Finding

    def _held(self, words: str) -> Directive | None:
        key = _number(words)
        for directive in self._catalogue.directives.values():
            if _means(key, directive.number) or key == _number(directive.id):
                return directive
        return None

    def _mentioned(self, words: str) -> Mention | None:
        return next((each for each in self.mentions if _means(_number(words), each.number)), None)

    def _not_held(self, mention: Mention) -> Reply:
        blocks = self._say("doc_not_held", document=self._named(mention))
        rows = tuple((self._clause_button(clause),) for clause in mention.clauses)
        return Reply(Outcome.ANSWERED, blocks, buttons=(*rows, self._shelf_row()))

    def _found(self, words: str, today: date) -> Reply:
        words = words[:_LONGEST]
        hits = self._search.find(words)
        if not hits:
            return self.shelf(today, self._say("search_none", words=words))
        shown = hits[:_MOST_HITS]
        items = (Block("item", (Span(f"{self._now(hit.clause, today)}: "), *hit.snippet)) for hit in shown)
        more = self._say("search_more", "note", count=str(len(hits) - len(shown))) if len(hits) > len(shown) else ()
        blocks = (*self._say("search_found", words=words), *items, *more)
        rows = tuple((self._clause_button(hit.clause),) for hit in shown)
        return Reply(Outcome.ANSWERED, blocks, buttons=(*rows, self._shelf_row()))

    def _citing(self, clause: Clause) -> tuple[str, ...]:
        topics = self._catalogue.topics()
        cited = {
            answer.intent
            for answer in self._catalogue.answers.values()
            for citation in answer.citations
            if (citation.directive, citation.clause) == (clause.directive, clause.path)
        }
        return tuple(intent.id for intent in topics if intent.id in cited)

    # Words

    def _item(self, directive: Directive, today: date) -> Block:
        blank = self._say.text("doc_blank")
        values = {
            "number": directive.number or blank, "date": self._day(directive), "signer": directive.signer or blank,
        }  # fmt: skip
        said = self._say.text("library_item", **values)
        ended = self._old.why(directive.id, today)
        state = f" ({ended})" if ended else ""
        return Block("item", (Span(directive.title, "bold"), Span(f"{state}: {said}")))

    def _day(self, directive: Directive) -> str:
        if directive.date is None and directive.year:
            return self._say.text("doc_year_only", year=str(directive.year))
        return readable(directive.date) or self._say.text("doc_blank")

    def _named(self, mention: Mention) -> str:
        name = mention.number or self._say.text("doc_unnumbered", what=mention.what)
        dated = self._say.text("doc_dated", document=name, date=readable(mention.date)) if mention.date else name
        issued = self._say.text("doc_issued", document=dated, issuer=mention.issuer) if mention.issuer else dated
        about = mention.number and mention.what
        whole = self._say.text("doc_about", document=issued, what=mention.what) if about else issued
        where = ", ".join(self.where(clause) for clause in mention.clauses)
        return self._say.text("doc_mentioned", document=whole, where=where) if where else whole

    def where(self, clause: Clause) -> str:
        """A clause and its directive, briefly, as people name them."""
        directive = self._catalogue.directives[clause.directive]
        return f"{clause.label} ({directive.brief})"

    def _now(self, clause: Clause, today: date) -> str:
        """Where a clause stands, and that it is no longer in force where it is not."""
        ended = self._old.why(clause.id, today)
        return f"{self.where(clause)}, {ended}" if ended else self.where(clause)

    def _turn(self, name: str, clause: Clause) -> Button:
        return self._say.button(name, Action("clause", clause.id), clause=clause.label)

    def _clause_button(self, clause: Clause) -> Button:
        return Button(first_large(self.where(clause)), str(Action("clause", clause.id)))

    def _back(self, directive: Directive) -> Button:
        title = directive.brief
        return self._say.button("button_doc", Action("doc", directive.id), title=title)

    def _shelf_row(self) -> tuple[Button, ...]:
        return (self._say.button("button_library", Action("library")),)

    def _menu(self) -> tuple[Button, ...]:
        return (self._say.button("button_topics", Action("menu")),)


def _mentions(directives: Mapping[str, Directive]) -> Iterator[Mention]:
    held = {_number(each.number) for each in directives.values() if each.number}
    seen: set[str] = set()
    for cited in (cited for each in directives.values() for cited in each.cites):
        number, what = cited.get("number") or "", cited.get("what") or ""
        name = number or what
        if name and name not in seen and _number(number) not in held:
            seen.add(name)
            clauses = tuple(c for each in directives.values() for c in each.clauses if name in c.text)
            yield Mention(number, cited.get("date") or "", cited.get("issuer") or "", what, clauses)


def _number(text: str) -> str:
    """A document's number as a key: no diacritics, signs or spaces."""
    return re.sub(r"[^a-z0-9]", "", _KINDS.sub("", strip_marks(text)))


def _means(key: str, number: str | None) -> bool:
    """Whether a typed key is a document's number, or only the digits that it begins with."""
    whole = _number(number or "")
    digits = re.match(r"\d*", number or "")
    return bool(whole and key) and (
        key == whole or (digits is not None and key == digits[0]) or key.startswith(f"{whole}ngay")
    )


def _label(clause: Clause) -> str:
    return first_large(clause.label)


def _clause_rows(directive: Directive) -> Rows:
    rows: list[tuple[Button, ...]] = []
    for numbered, group in groupby(directive.clauses, key=lambda clause: clause.path[0].isdigit()):
        buttons = [Button(_label(clause), str(Action("clause", clause.id))) for clause in group]
        rows += _rows_of(buttons, _IN_A_ROW[numbered])
    return tuple(rows)


def _rows_of(buttons: Sequence[Button], size: int) -> list[tuple[Button, ...]]:
    return [tuple(buttons[at : at + size]) for at in range(0, len(buttons), size)]
