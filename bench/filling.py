"""A store as an office has it after a busy quarter: releases, drafts, questions, votes, people and their trail.

Everything is written by the store's own ways; many rows at a time are one transaction.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.content.releasing import candidate, roll_back
from bot.content.starting import first_release
from bot.content.tree import LANGUAGE, Texts, release_name
from bot.core.catalogue import Catalogue
from bot.core.reply import Outcome, Scored
from bot.store.areas import SqlStore
from bot.store.claims import NoClaims
from bot.store.connections import Connection, Row, Value
from bot.store.counts import day_number, local_day
from bot.store.people import SqlPeople
from bot.store.records import Deed, Effects, OfficerSession, Question, Role, Settlement, Suggestion, TaskRow, Vote
from bot.store.residents import SqlResidents
from bot.store.sealing import Sealer
from bot.store.versions import Edit, State

# The original of the directive that waits.
SOURCE = "data/directives/source/KH-900.txt"
_STATES: tuple[State, ...] = ("draft", "in_review", "approved")
_ROLES: tuple[tuple[Role, ...], ...] = (("editor",), ("approver",), ("duty",), ("editor", "approver"), ("admin",))
_ACTIONS = ("signed_in", "draft_saved", "drafts_checked", "published", "votes_viewed", "fact_confirmed")
_REASONS = ("unclear", "wrong", "missing", "")


@dataclass(frozen=True, slots=True)
class Amount:
    """How much the store holds besides the content, over so many days."""

    days: int
    questions: int
    releases: int
    versions: int
    drafts: int
    settlements: int
    officers: int
    deeds: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What residents type: to subjects, by subject, and what is not answered."""

    known: Sequence[tuple[str, str]]
    unknown: Sequence[str]


class Within:
    """A connection inside a transaction that is open already: what it is given takes part."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.place, self.lock_rows = db.place, db.lock_rows

    def all(self, sql: str, args: Sequence[Value] = ()) -> list[Row]:
        """As the connection does."""
        return self._db.all(sql, args)

    def one(self, sql: str, args: Sequence[Value] = ()) -> Row | None:
        """As the connection does."""
        return self._db.one(sql, args)

    def run(self, sql: str, args: Sequence[Value] = ()) -> int:
        """As the connection does."""
        return self._db.run(sql, args)

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:  # noqa: ARG002 (the outer one says so)
        """Nothing of its own."""
        yield

    def ring(self) -> None:
        """Nobody listens while a store is filled."""

    def close(self) -> None:
        """It is not this one's."""


def fill(
    store: SqlStore, sealer: Sealer, texts: Texts, catalogue: Catalogue, amount: Amount, now: datetime, seed: int
) -> None:  # fmt: skip
    """Fill an empty store; in the end residents are answered from these very texts."""
    chance = random.Random(seed)
    names = [intent.id for intent in catalogue.topics()]
    _releases(store, texts, names, amount, now, chance)
    _drafts(store, texts, names, amount, now)
    with store.db.transaction():
        within = Within(store.db)
        _people(SqlPeople(within), amount, now, chance)
        residents = SqlResidents(within, sealer, NoClaims())
        _questions(residents, asked_of(catalogue, seed), amount, now, chance)
        _waits(within, amount, now, chance)
    _settle(store, names, amount, now)
    store.upkeep.sweep(now, timedelta(days=amount.days))


# Content


def _answer(intent: str) -> str:
    return f"responses/{LANGUAGE}/{intent}.md"


def _releases(
    store: SqlStore, texts: Texts, names: Sequence[str], amount: Amount, now: datetime, chance: random.Random
) -> None:  # fmt: skip
    versions, begin = store.versions, now - timedelta(days=amount.days)
    first_release(versions, texts, begin)
    step = timedelta(days=amount.days) / (amount.releases + 1)
    for number in range(1, amount.releases):
        at = begin + step * number
        for name in chance.sample(names, min(3, len(names))):
            _save(store, _answer(name), texts[_answer(name)] + f"\nLần {number}.\n".encode(), at)
        made = candidate(versions)
        versions.publish(release_name(made.texts), made.contents, made.after, "Lan", at, f"đợt {number}")
    roll_back(versions, 1, "Lan", now - timedelta(hours=5))
    for number in range(amount.versions):
        _save(store, _answer(names[0]), texts[_answer(names[0])] + f"\nBản {number}.\n".encode(), now - timedelta(1))


def _save(store: SqlStore, item: str, body: bytes, at: datetime, author: str = "Lan") -> int:
    versions = store.versions
    draft = next((each.version.id for each in versions.drafts() if each.item == item), None)
    current = versions.current()
    released = versions.contents(current.number).get(item) if current else None
    base = draft or (released.id if released else None)
    return versions.save([Edit(item, body, base, author, "sửa lời")], at)[0].id


def _drafts(store: SqlStore, texts: Texts, names: Sequence[str], amount: Amount, now: datetime) -> None:
    for number, name in enumerate(names[1 : amount.drafts]):
        item = _answer(name)
        body = texts[item] + "\nAnh/chị đọc kỹ giúp.\n".encode()
        version = _save(store, item, body, now - timedelta(hours=number + 1), "Hoa")
        store.versions.mark(item, version, _STATES[number % len(_STATES)], "Lan" if number % 3 == 2 else "")
    for number in range(3):
        store.versions.plan(now + timedelta(days=number + 1), [version], "Lan", "đợt sau")


def add_directive(store: SqlStore, name: str, body: bytes, directive: str, tasks: int, names: Sequence[str],
                  now: datetime) -> None:  # fmt: skip
    """A directive that waits as a draft, with its original and its list of work on these subjects."""
    edits = [Edit(name, body, None, "Hoa", "văn bản mới"), Edit(SOURCE, body, None, "Hoa", "văn bản mới")]
    store.versions.save(edits, now)
    reason = {"why": "alike", "clause": "1", "old": "UBND@2021#2", "words": "", "share": 0.5, "note": ""}
    subjects = [names[number % len(names)] for number in range(min(tasks, len(names)))]
    store.tasks.put([
        TaskRow(directive, f"answer:{each}",
                {"kind": "answer", "subject": each, "reasons": [reason], "state": "open"})
        for each in subjects
    ])  # fmt: skip


# People


def _people(people: SqlPeople, amount: Amount, now: datetime, chance: random.Random) -> None:
    names = [f"Cán bộ {number}" for number in range(amount.officers)]
    for number, name in enumerate(names):
        people.put(name, _ROLES[number % len(_ROLES)], now)
        session = OfficerSession(
            f"{number:016x}", name, _ROLES[number % len(_ROLES)], f"{number}", now, now, "Mozilla/5.0 Windows Chrome/1"
        )
        people.open_session(session, f"{number:064x}")
    for number in range(amount.deeds):
        at = now - timedelta(days=amount.days) * (1 - number / amount.deeds)
        action = chance.choice(_ACTIONS)
        people.note(Deed(at, chance.choice(names), action, _answer("mask"), "một vài lời ghi lại việc đã làm"))


# Residents


def asked_of(catalogue: Catalogue, seed: int) -> Asked:
    """The phrases of subjects, and others that are none of theirs, as people type them."""
    chance = random.Random(seed)
    known = [(text, intent.id) for intent in catalogue.topics() for text in intent.examples]
    outside = [text for texts in catalogue.out_of_scope.values() for text in texts]
    heads = [text.split() for text, _ in known]
    mixed = [
        " ".join((*chance.choice(heads)[:3], *chance.choice(outside).split()[-4:])) for _ in range(4 * len(outside))
    ]
    return Asked(known, [*outside, *mixed])


def _questions(
    residents: SqlResidents, asked: Asked, amount: Amount, now: datetime, chance: random.Random
) -> None:  # fmt: skip
    """Some are asked far more often than others; a fifth is not answered, a tenth asked back."""
    names = sorted({name for _, name in asked.known})
    for number in range(amount.questions):
        at = now - timedelta(days=amount.days - 0.1) * (1 - number / amount.questions)
        draw = chance.random()
        text, name = asked.known[int(len(asked.known) * chance.random() ** 2)]
        outcome = Outcome.ANSWERED if draw < 0.7 else Outcome.ASKED_BACK if draw < 0.8 else Outcome.NOT_UNDERSTOOD
        if outcome is not Outcome.ANSWERED:
            text = asked.unknown[int(len(asked.unknown) * chance.random() ** 2)]
        likely = (name, *chance.sample(names, min(4, len(names))))
        scores = tuple(Scored(each, round(0.6 / place, 4)) for place, each in enumerate(likely, 1))
        answered = (name,) if outcome is Outcome.ANSWERED else ()
        question = Question(text, outcome, answered, scores, "0123456789ab")
        telegram, ref = chance.random() < 0.7, f"r{chance.randrange(amount.questions // 4 + 1)}"
        residents.apply(
            Effects(ref, at, "telegram" if telegram else "web", 1 + number if telegram else None, question=question,
                    vote=_vote(number, name, chance) if answered else None,
                    suggestion=Suggestion("nên nói rõ hơn", "0123456789ab") if number % 200 == 0 else None)
        )  # fmt: skip


def _vote(number: int, name: str, chance: random.Random) -> Vote | None:
    """One answer in ten is voted on."""
    if chance.random() > 0.1:
        return None
    up = chance.random() < 0.7
    words = "" if up or chance.random() < 0.5 else "chưa nói rõ là đến đâu, gặp ai và mang theo giấy tờ gì"
    return Vote(f"m{number}", name, up, "0123456789ab", "" if up else chance.choice(_REASONS), words)


def _waits(db: Connection, amount: Amount, now: datetime, chance: random.Random) -> None:
    """As many as Telegram had questions: most within seconds, one in ten of anything up to half a day."""
    counted: Counter[tuple[int, int]] = Counter()
    for number in range(amount.questions * 7 // 10):
        day = day_number(local_day(now - timedelta(days=amount.days) * (1 - number / amount.questions)))
        outlier = chance.random() < 0.1
        seconds = 10 ** chance.uniform(1, 4.6) if outlier else chance.lognormvariate(0, 0.6)
        counted[day, round(seconds * 10)] += 1
    for (day, tenths), count in counted.items():
        db.run("INSERT INTO waits (day, tenths, count, whole) VALUES (?, ?, ?, 1)", [day, tenths, count])


def _settle(store: SqlStore, names: Sequence[str], amount: Amount, now: datetime) -> None:
    """Of what was not answered at most a half, so that there is something left to do."""
    count, _ = store.questions.open_count()
    open_ones = store.questions.open(min(30 * amount.settlements, count // 2))
    for number in range(amount.settlements):
        some = open_ones[number :: amount.settlements]
        phrases = ("câu này hỏi về việc gì đó khá dài",) * 3
        made = Settlement(now, "Hoa", "example", names[number % len(names)], phrases, 1)
        store.questions.settle(some, made)
