"""The lists of work that new directives bring, with what officers decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from .connections import Connection, Row
from .records import TaskRow

_TASK = "SELECT directive, id, record, state, officer, decided_at FROM tasks"


class SqlTasks:
    """A task is known by its list, which is the id of the directive that brought it, and its own id."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def put(self, rows: Sequence[TaskRow]) -> None:
        """Keep tasks; of one that is there already the decision stays and the rest is replaced."""
        with self._db.transaction():
            for row in rows:
                self._db.run(
                    """INSERT INTO tasks (directive, id, record, state) VALUES (?, ?, ?, ?)
                    ON CONFLICT (directive, id) DO UPDATE SET record = excluded.record""",
                    [row.directive, row.id, json.dumps(row.record, ensure_ascii=False), row.state],
                )

    def tasks(self, directive: str = "") -> list[TaskRow]:
        """The tasks of one list, or of all, in the order in which they came."""
        where, args = ("WHERE directive = ?", [directive]) if directive else ("", [])
        return [_task(row) for row in self._db.all(f"{_TASK} {where} ORDER BY directive, position", args)]

    def counts(self) -> dict[str, tuple[int, int]]:
        """For each list how many tasks are decided, and how many there are."""
        rows = self._db.all(
            """SELECT directive, sum(CASE WHEN state = 'open' THEN 0 ELSE 1 END), count(*) FROM tasks
            GROUP BY directive"""
        )
        return {directive: (int(decided), int(total)) for directive, decided, total in rows}

    def decide(self, directive: str, task: str, state: str, officer: str, at: datetime) -> bool:
        """Note a decision; False where there is no such task."""
        with self._db.transaction():
            changed = self._db.run(
                "UPDATE tasks SET state = ?, officer = ?, decided_at = ? WHERE directive = ? AND id = ?",
                [state, officer, at.timestamp(), directive, task],
            )
        return changed == 1


def _task(row: Row) -> TaskRow:
    at = datetime.fromtimestamp(row[5], UTC) if row[5] is not None else None
    return TaskRow(row[0], row[1], json.loads(row[2]), row[3], row[4], at)
