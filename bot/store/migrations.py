"""Schema of the store, one short step each; a step that has shipped is never changed.

Written once, in SQLite's words for types; `postgres_migrations` knows the four that PostgreSQL calls otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from ..errors import StoreTooNew

migrations = Migrations("loa")


class Schema(Protocol):
    """What a step is written to; a sqlite-utils Database is one."""

    def execute(self, sql: str, /) -> object:
        """Change the schema."""


Step = Callable[[Schema], None]
STEPS: dict[str, Step] = {}


def step(function: Step) -> Step:
    """Make a function the next step of every engine, under its own name."""
    STEPS[function.__name__] = function
    migrations(name=function.__name__)(function)
    return function


@step
def queues(db: Schema) -> None:
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


@step
def residents(db: Schema) -> None:
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


@step
def feedback(db: Schema) -> None:
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


@step
def claims(db: Schema) -> None:
    """Which worker is at work on which chat (see claims.py); `item` is the row of the queue."""
    db.execute(
        """CREATE TABLE claims (queue TEXT NOT NULL, ref TEXT NOT NULL, item INTEGER NOT NULL, worker TEXT NOT NULL,
        until REAL NOT NULL, PRIMARY KEY (queue, ref))"""
    )


@step
def changes(db: Schema) -> None:
    """How often each topic was announced (see changes.py)."""
    db.execute("CREATE TABLE changes (topic TEXT PRIMARY KEY, count INTEGER NOT NULL)")


@step
def versions(db: Schema) -> None:
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
        PRIMARY KEY (number, item))"""
    )
    db.execute(
        """CREATE TABLE plans (id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, versions TEXT NOT NULL,
        author TEXT NOT NULL, note TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open',
        reasons TEXT NOT NULL DEFAULT '')"""
    )
    db.execute("CREATE TABLE files (item TEXT PRIMARY KEY, digest TEXT NOT NULL)")


@step
def people(db: Schema) -> None:
    """Officers, sign-in links and sessions (both by the hash of their token), and the trail of what was done."""
    db.execute(
        """CREATE TABLE officers (name TEXT PRIMARY KEY, roles TEXT NOT NULL, ref TEXT NOT NULL DEFAULT '',
        made_at REAL NOT NULL)"""
    )
    db.execute("CREATE TABLE office_links (id TEXT PRIMARY KEY, officer TEXT NOT NULL, until REAL NOT NULL)")
    db.execute(
        """CREATE TABLE office_sessions (token TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, officer TEXT NOT NULL,
        form_token TEXT NOT NULL, made_at REAL NOT NULL, seen_at REAL NOT NULL, agent TEXT NOT NULL)"""
    )
    db.execute(
        """CREATE TABLE trail (id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, officer TEXT NOT NULL,
        action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL)"""
    )


@step
def tasks(db: Schema) -> None:
    """Lists of work, each under the directive that brought it; `record` is JSON."""
    db.execute(
        """CREATE TABLE tasks (position INTEGER PRIMARY KEY AUTOINCREMENT, directive TEXT NOT NULL, id TEXT NOT NULL,
        record TEXT NOT NULL, state TEXT NOT NULL, officer TEXT NOT NULL DEFAULT '', decided_at REAL,
        UNIQUE (directive, id))"""
    )


@step
def pauses(db: Schema) -> None:
    """When Loa did not answer, by whose decision and why; `ended_at` is null while it lasts."""
    db.execute(
        """CREATE TABLE pauses (id INTEGER PRIMARY KEY AUTOINCREMENT, since REAL NOT NULL, officer TEXT NOT NULL,
        reason TEXT NOT NULL, notice TEXT NOT NULL, ended_at REAL, ended_by TEXT NOT NULL DEFAULT '')"""
    )
    db.execute("CREATE INDEX trail_at ON trail (at)")


@step
def uploads(db: Schema) -> None:
    """Files whose reading is corrected before it becomes a draft; `record` is JSON."""
    db.execute(
        """CREATE TABLE uploads (id TEXT PRIMARY KEY, officer TEXT NOT NULL, name TEXT NOT NULL, body BLOB NOT NULL,
        record TEXT NOT NULL, revision INTEGER NOT NULL, changed_at REAL NOT NULL)"""
    )


@step
def figures(db: Schema) -> None:
    """Numbers that outlive the questions they count (see tallies.py). `whole` rows are sums of a day that is over.

    `outbox.asked` is when the question came that a row answers, until it is sent. `questions.tallied` is 0 for those
    that were asked before this step.
    """
    db.execute(
        """CREATE TABLE tallies (day INTEGER NOT NULL, hour INTEGER NOT NULL, channel TEXT NOT NULL,
        outcome TEXT NOT NULL, subject TEXT NOT NULL, count INTEGER NOT NULL, whole INTEGER NOT NULL)"""
    )
    db.execute("CREATE INDEX tallies_questions ON tallies (day, channel, outcome, hour, count) WHERE subject = ''")
    db.execute("CREATE INDEX tallies_subjects ON tallies (day, subject, outcome, count) WHERE subject <> ''")
    db.execute("CREATE INDEX tallies_open ON tallies (day) WHERE whole = 0")
    db.execute(
        """CREATE TABLE vote_tallies (day INTEGER NOT NULL, subjects TEXT NOT NULL, up INTEGER NOT NULL,
        reason TEXT NOT NULL, count INTEGER NOT NULL)"""
    )
    db.execute("CREATE INDEX vote_tallies_day ON vote_tallies (day)")
    db.execute(
        """CREATE TABLE waits (day INTEGER NOT NULL, tenths INTEGER NOT NULL, count INTEGER NOT NULL,
        whole INTEGER NOT NULL)"""
    )
    db.execute("CREATE INDEX waits_day ON waits (day)")
    db.execute("ALTER TABLE outbox ADD COLUMN asked REAL")
    db.execute("ALTER TABLE questions ADD COLUMN tallied INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE INDEX questions_untallied ON questions (id) WHERE tallied = 0")


@step
def unanswered(db: Schema) -> None:
    """What officers made of questions that were not answered, and whom to tell once they can be.

    `later` is "waiting" where the asker is to be told, "told" once that is in the outbox, "off" where an officer
    settled that there is nothing to tell, "helped" where he found the answer himself. `asked_again` is the release
    that the question was last tried with. Chats that Telegram does not let the bot write to have `blocked_at`.
    """
    db.execute(
        """CREATE TABLE settlements (id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, officer TEXT NOT NULL,
        kind TEXT NOT NULL, subject TEXT NOT NULL, sealed BLOB NOT NULL, release INTEGER NOT NULL, undone_at REAL)"""
    )
    db.execute("ALTER TABLE questions ADD COLUMN settlement INTEGER")
    db.execute("ALTER TABLE questions ADD COLUMN later TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE questions ADD COLUMN later_at REAL")
    db.execute("ALTER TABLE questions ADD COLUMN asked_again INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE INDEX questions_open ON questions (id) WHERE outcome <> 'answered' AND settlement IS NULL")
    db.execute("CREATE INDEX questions_settlement ON questions (settlement) WHERE settlement IS NOT NULL")
    db.execute("CREATE INDEX questions_waiting ON questions (asked_again, id) WHERE later = 'waiting'")
    db.execute("ALTER TABLE chats ADD COLUMN blocked_at REAL")


@step
def approvals(db: Schema) -> None:
    """Whom officers asked to approve drafts by a link; `record` is JSON."""
    db.execute(
        """CREATE TABLE approvals (id TEXT PRIMARY KEY, approver TEXT NOT NULL, officer TEXT NOT NULL, at REAL NOT NULL,
        until REAL NOT NULL, record TEXT NOT NULL)"""
    )


def refuse_newer(applied: Iterable[str], place: str) -> None:
    """Raise StoreTooNew where the database is ahead of this program."""
    unknown = sorted(set(applied) - set(STEPS))
    if unknown:
        raise StoreTooNew(place, unknown)


def migrate_sqlite(db: Database, place: str) -> None:
    """Bring the schema up to date; raises StoreTooNew where the database is ahead of this program."""
    refuse_newer((each.name for each in migrations.applied(db)), place)
    migrations.apply(db)
