"""The one way to open a transaction on SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from ..errors import StoreError


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """One write transaction: BEGIN IMMEDIATE, then commit, or roll back on any error.

    Nothing else opens a transaction: a deferred one that reads before it writes fails beside
    another writer, and `with db.conn:` does not roll back sqlite-utils' inserts.
    """
    try:
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise
    except sqlite3.Error as error:
        raise StoreError(f"the database did not take a change: {error}") from error
