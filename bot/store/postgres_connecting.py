"""How a connection to PostgreSQL is made, and what may be said when that fails: never a password."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from ..errors import SettingsError, StoreError
from .connections import Row

_SHAPE = "is not a PostgreSQL address; it looks like postgresql://USER:PASSWORD@HOST:5432/DATABASE"
# Nothing may hang for ever: neither a statement, nor a connection whose other end is gone.
_SERVER = {
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_CLIENT = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    "client_encoding": "utf8",
}


def connect(url: str, session: str) -> psycopg.Connection[Row]:
    """A connection that commits every statement by itself and is known to the server as `session`.

    What the address sets goes before our time-outs. Raises SettingsError for an address that cannot be read,
    StoreError where the server cannot be reached.
    """
    given = _read(url)
    options = " ".join(f"-c {name}={value}" for name, value in _SERVER.items())
    chosen = {**_CLIENT, **given, "options": f"{options} {given.get('options', '')}", "application_name": session}
    try:
        return psycopg.connect("", autocommit=True, **chosen)
    except psycopg.Error as error:
        raise StoreError(f"{place_of(url)} cannot be reached: {why(error)}") from None


def place_of(url: str) -> str:
    """Where the database is, for people."""
    given = _read(url)
    return f"PostgreSQL {given.get('host', '')}/{given.get('dbname', '')}"


def why(error: psycopg.Error) -> str:
    """What went wrong, in one line and without the values that the server adds as details."""
    return error.diag.message_primary or (str(error).splitlines() or [type(error).__name__])[0]


def _read(url: str) -> dict[str, Any]:
    try:
        return conninfo_to_dict(url)
    except psycopg.Error:  # its message may repeat the address
        raise SettingsError("LOA_DATABASE_URL", _SHAPE) from None
