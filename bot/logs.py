"""Structured logs: one JSON object a line, without secrets and without what residents write."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
_TOKEN = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{20,}")
# These write whole addresses, which hold the token.
_CHATTY = ("httpx", "httpcore", "telegram", "uvicorn.access", "hpack")


class JsonLines(logging.Formatter):
    """Time, level, logger, message and the fields of `extra`; of an exception only kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; anything that looks like a bot token is struck out."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname, "log": record.name, "what": record.getMessage()}
        line.update((key, value) for key, value in vars(record).items() if key not in _STANDARD)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return _TOKEN.sub("[token]", json.dumps(line, ensure_ascii=False, default=str))


def set_up(level: str) -> None:
    """Send all logs of this process to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
    logging.getLogger("loa").setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
