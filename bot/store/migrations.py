"""Schema of the SQLite store, one short step each; a step that has shipped is never changed."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from ..errors import StoreTooNew

migrations = Migrations("loa")


@migrations()
def queues(db: Database) -> None:
    """Inbox and outbox. Times are seconds since 1970; states are open, done (sent), refused, aside."""
    db.execute(
        """CREATE TABLE inbox (update_id INTEGER PRIMARY KEY, ref TEXT NOT NULL, sealed BLOB,
        state TEXT NOT NULL DEFAULT 'open', attempts INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0,
        received_at REAL NOT NULL, done_at REAL, error TEXT)"""
    )
    db.execute("CREATE INDEX inbox_open ON inbox (ref, update_id) WHERE state = 'open'")
    db.execute(
        """CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, update_id INTEGER, position INTEGER NOT NULL,
        ref TEXT NOT NULL, method TEXT NOT NULL, sealed BLOB, answers_to INTEGER, edits INTEGER, message_id INTEGER,
        state TEXT NOT NULL DEFAULT 'open', passing INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
        next_at REAL NOT NULL DEFAULT 0, first_failed REAL NOT NULL DEFAULT 0, made_at REAL NOT NULL, done_at REAL,
        error TEXT, UNIQUE (update_id, position))"""
    )
    db.execute("CREATE INDEX outbox_open ON outbox (ref, id) WHERE state = 'open'")
    db.execute("CREATE INDEX outbox_answers ON outbox (ref, answers_to)")


@migrations()
def residents(db: Database) -> None:
    """Chats and what belongs to them, all under `ref`."""
    db.execute(
        """CREATE TABLE chats (ref TEXT PRIMARY KEY, sealed_id BLOB NOT NULL, made_at REAL NOT NULL,
        seen_at REAL NOT NULL)"""
    )
    db.execute("CREATE TABLE conversations (ref TEXT PRIMARY KEY, sealed BLOB NOT NULL, changed_at REAL NOT NULL)")
    db.execute(
        """CREATE TABLE questions (id INTEGER PRIMARY KEY AUTOINCREMENT, ref TEXT NOT NULL, channel TEXT NOT NULL,
        at REAL NOT NULL, sealed BLOB NOT NULL, outcome TEXT NOT NULL, answered TEXT NOT NULL, intents TEXT NOT NULL,
        release TEXT NOT NULL)"""
    )
    db.execute("CREATE INDEX questions_ref ON questions (ref)")
    db.execute("CREATE INDEX questions_at ON questions (at)")
    db.execute(
        """CREATE TABLE votes (ref TEXT NOT NULL, message TEXT NOT NULL, intents TEXT NOT NULL, up INTEGER NOT NULL,
        at REAL NOT NULL, PRIMARY KEY (ref, message))"""
    )
    db.execute("CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL)")


@migrations()
def feedback(db: Database) -> None:
    """Why an answer was found wanting, the release that it was of, and suggestions.

    `message` is the message that a suggestion came in, so that its corrected version replaces it.
    """
    db.execute("ALTER TABLE votes ADD COLUMN release TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE votes ADD COLUMN reason TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE votes ADD COLUMN sealed_words BLOB")
    db.execute(
        """CREATE TABLE suggestions (id INTEGER PRIMARY KEY AUTOINCREMENT, ref TEXT NOT NULL, message TEXT,
        channel TEXT NOT NULL, at REAL NOT NULL, sealed BLOB NOT NULL, release TEXT NOT NULL, UNIQUE (ref, message))"""
    )
    db.execute("CREATE INDEX suggestions_at ON suggestions (at)")
    db.execute("CREATE INDEX votes_at ON votes (at)")


@migrations()
def versions(db: Database) -> None:
    """Texts by digest, versions of items, drafts, releases, plans, and where folder and store last agreed."""
    db.execute("CREATE TABLE bodies (digest TEXT PRIMARY KEY, body BLOB NOT NULL)")
    db.execute(
        """CREATE TABLE versions (id INTEGER PRIMARY KEY AUTOINCREMENT, item TEXT NOT NULL, digest TEXT, base INTEGER,
        author TEXT NOT NULL, at REAL NOT NULL, note TEXT NOT NULL)"""
    )
    db.execute("CREATE INDEX versions_item ON versions (item, id)")
    db.execute(
        """CREATE TABLE drafts (item TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL,
        approver TEXT NOT NULL DEFAULT '')"""
    )
    db.execute(
        """CREATE TABLE releases (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at REAL NOT NULL,
        author TEXT NOT NULL, note TEXT NOT NULL, restores INTEGER)"""
    )
    db.execute(
        """CREATE TABLE release_items (number INTEGER NOT NULL, item TEXT NOT NULL, version INTEGER NOT NULL,
        PRIMARY KEY (number, item)) WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TABLE plans (id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, versions TEXT NOT NULL,
        author TEXT NOT NULL, note TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open',
        reasons TEXT NOT NULL DEFAULT '')"""
    )
    db.execute("CREATE TABLE files (item TEXT PRIMARY KEY, digest TEXT NOT NULL)")


def migrate(db: Database, path: str) -> None:
    """Bring the schema up to date; raises StoreTooNew where the database is ahead of this program."""
    known = {each.name for each in migrations.applied(db)} | {each.name for each in migrations.pending(db)}
    ours = {"queues", "residents", "feedback", "versions"}
    if known - ours:
        raise StoreTooNew(path, sorted(known - ours))
    migrations.apply(db)
