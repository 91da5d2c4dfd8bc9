"""Chats and what belongs to them."""

from __future__ import annotations

import json

from ..core.reply import Outcome
from .claims import Claims
from .connections import Connection
from .queues import enqueue
from .records import Effects, Held, Question, Suggestion, Vote
from .sealing import Sealer
from .tallies import tally_question

# The calls that bring an answer to whoever asked.
_ANSWERING = ("sendMessage", "editMessageText")


class SqlResidents:
    """Writes all effects of one update in one transaction, and deletes all of a chat."""

    def __init__(self, db: Connection, sealer: Sealer, claims: Claims) -> None:
        self._db = db
        self._claims = claims
        self._sealer = sealer

    def apply(self, effects: Effects, update_id: int | None = None) -> None:
        """Write all effects of one update and mark it done; nothing if it is done already."""
        with self._db.transaction():
            if update_id is not None and not self._finish(update_id, effects):
                return
            if effects.forget:
                self._forget(effects.ref)
            else:
                self._remember(effects)
            enqueue(
                self._db, self._sealer, effects.ref, effects.sends, effects.at, update_id,
                passing=effects.forget or effects.fleeting, asked=self._asked(effects, update_id),
            )  # fmt: skip

    def _finish(self, update_id: int, effects: Effects) -> bool:
        """Mark the update done and empty it, or put it aside; False if somebody did so before."""
        change, args = "state = 'done', sealed = NULL, error = NULL", []
        if effects.aside:
            change, args = "state = 'aside', attempts = attempts + 1, error = ?", [effects.aside]
        done = self._db.run(
            f"UPDATE inbox SET {change}, done_at = ? WHERE update_id = ? AND state = 'open'",  # noqa: S608 (two constants)
            [*args, effects.at.timestamp(), update_id],
        )
        self._claims.drop("inbox", update_id)
        return done == 1

    def _remember(self, effects: Effects) -> None:
        at = effects.at.timestamp()
        if effects.chat_id is not None:
            sealed = self._sealer.seal(str(effects.chat_id), "chat")
            self._db.run(
                """INSERT INTO chats (ref, sealed_id, made_at, seen_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (ref) DO UPDATE SET seen_at = excluded.seen_at, blocked_at = NULL""",
                [effects.ref, sealed, at, at],
            )
        if effects.conversation is not None:
            self._db.run(
                """INSERT INTO conversations (ref, sealed, changed_at) VALUES (?, ?, ?)
                ON CONFLICT (ref) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at""",
                [effects.ref, self._sealer.seal(effects.conversation, "conversation"), at],
            )
        for subject in effects.shown:
            self._helped(effects.ref, subject)
        if effects.question is not None:
            self._log(effects, effects.question)
        if effects.vote is not None:
            self._vote(effects.owner, effects.vote, at)
        if effects.suggestion is not None:
            self._suggest(effects, effects.suggestion)

    def _log(self, effects: Effects, question: Question) -> None:
        intents = json.dumps([[each.intent, round(each.score, 4)] for each in question.intents])
        waits = effects.chat_id is not None and question.outcome is not Outcome.ANSWERED
        self._db.run(
            """INSERT INTO questions (ref, channel, at, sealed, outcome, answered, intents, release, later, tallied)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)""",
            [
                effects.owner, effects.channel, effects.at.timestamp(), self._sealer.seal(question.text, "question"),
                question.outcome.value, json.dumps(question.answered), intents, question.release,
                "waiting" if waits else "",
            ],
        )  # fmt: skip
        likeliest = question.intents[0].intent if question.intents else None
        tally_question(self._db, effects.at, effects.channel, question.outcome, question.answered, likeliest)

    def _helped(self, ref: str, subject: str) -> None:
        """Who was asked back and then opened the subject need not be told of it later."""
        self._db.run(
            """UPDATE questions SET later = 'helped' WHERE ref = ? AND later = 'waiting' AND outcome = 'asked_back'
            AND intents LIKE ?""",
            [ref, f'%["{subject}", %'],
        )

    def _vote(self, ref: str, vote: Vote, at: float) -> None:
        words = self._sealer.seal(vote.words, "reason") if vote.words else None
        self._db.run(
            """INSERT INTO votes (ref, message, intents, up, at, release, reason, sealed_words)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ref, message) DO UPDATE SET
            reason = CASE WHEN excluded.up = 1 THEN '' WHEN excluded.reason = '' THEN votes.reason
            ELSE excluded.reason END, sealed_words = CASE WHEN excluded.up = 1 THEN NULL
            ELSE coalesce(excluded.sealed_words, votes.sealed_words) END,
            up = excluded.up, intents = excluded.intents, at = excluded.at""",
            [ref, vote.message, vote.intents, int(vote.up), at, vote.release, vote.reason, words],
        )

    def _suggest(self, effects: Effects, suggestion: Suggestion) -> None:
        self._db.run(
            """INSERT INTO suggestions (ref, message, channel, at, sealed, release) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (ref, message) DO UPDATE SET sealed = excluded.sealed, at = excluded.at""",
            [
                effects.owner, suggestion.message, effects.channel, effects.at.timestamp(),
                self._sealer.seal(suggestion.text, "suggestion"), suggestion.release,
            ],
        )  # fmt: skip

    def _asked(self, effects: Effects, update_id: int | None) -> tuple[int, float] | None:
        """Which of the sends is the answer to a question (of several messages, the first), and when that came."""
        sends = enumerate(effects.sends) if effects.question else ()
        answer = next((at for at, send in sends if send.method in _ANSWERING), None)
        row = self._db.one("SELECT received_at FROM inbox WHERE update_id = ?", [update_id])
        return (answer, float(row[0])) if row and answer is not None else None

    def _forget(self, ref: str) -> None:
        """Delete all of a chat. Answers that are still to be sent go out first and then vanish too."""
        for table in ("chats", "conversations", "questions", "votes", "suggestions"):
            self._db.run(f"DELETE FROM {table} WHERE ref = ?", [ref])  # noqa: S608 (names from the line above)
        # In this order: a row that is noted as sent at the same moment is met by one of the two.
        self._db.run("UPDATE outbox SET passing = 1 WHERE ref = ?", [ref])
        self._db.run("DELETE FROM outbox WHERE ref = ? AND state != 'open'", [ref])
        self._db.run(
            "UPDATE inbox SET ref = '', sealed = NULL, error = NULL, state = 'done' WHERE ref = ? AND state != 'open'",
            [ref],
        )

    def conversation(self, ref: str) -> str | None:
        """The state of a conversation, or None."""
        row = self._db.one("SELECT sealed FROM conversations WHERE ref = ?", [ref])
        return self._sealer.open(row[0], "conversation") if row else None

    def held(self, ref: str) -> Held:
        """How much is kept about a chat."""
        return Held(
            questions=self._count("SELECT count(*) FROM questions WHERE ref = ?", ref),
            votes=self._count("SELECT count(*) FROM votes WHERE ref = ?", ref),
            messages=self._count("SELECT count(*) FROM outbox WHERE ref = ?", ref)
            + self._count("SELECT count(*) FROM inbox WHERE ref = ?", ref)
            + self._count("SELECT count(*) FROM conversations WHERE ref = ?", ref),
            suggestions=self._count("SELECT count(*) FROM suggestions WHERE ref = ?", ref),
        )

    def _count(self, query: str, ref: str) -> int:
        row = self._db.one(query, [ref])
        return int(row[0]) if row else 0

    def reply_to(self, ref: str, message_id: int) -> int | None:
        """The outbox row that answered a resident's message, or None."""
        row = self._db.one(
            """SELECT id FROM outbox WHERE ref = ? AND answers_to = ? AND method = 'sendMessage' AND edits IS NULL
            AND state IN ('open', 'done') ORDER BY id LIMIT 1""",
            [ref, message_id],
        )
        return row[0] if row else None

    def vote(self, ref: str, message: str) -> Vote | None:
        """The vote on a message, without its words; None if there is none."""
        row = self._db.one(
            "SELECT intents, up, release, reason FROM votes WHERE ref = ? AND message = ?", [ref, message]
        )
        return Vote(message, row[0], bool(row[1]), row[2], row[3]) if row else None

    def suggested(self, ref: str, message: str) -> bool:
        """Whether a message was kept as a suggestion."""
        query = "SELECT 1 FROM suggestions WHERE ref = ? AND message = ?"
        return self._db.one(query, [ref, message]) is not None
