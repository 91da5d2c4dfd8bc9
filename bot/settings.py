"""Settings: read once from the environment and `.env`, frozen, handed down."""

from __future__ import annotations

import os
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .errors import SettingsError

PREFIX = "LOA_"
# Read by the tests, not by the program.
_OTHERS = ("LOA_REQUIRE_BROWSER",)
_SQLITE, _POSTGRES = "sqlite:///", ("postgresql://", "postgres://")


class Settings(BaseSettings):
    """Every setting is an environment variable: `LOA_` and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
    )

    telegram_token: SecretStr | None = Field(
        None, description="Token from BotFather; without it only the web chat runs."
    )
    telegram_api: str = Field(
        "https://api.telegram.org", description="Base URL of the Bot API, for a local server or a double."
    )
    host: str = Field("127.0.0.1", description="Address that the web server listens on.")
    port: int = Field(8080, ge=0, le=65535, description="Port of the web server.")
    public_url: str | None = Field(None, description="Address under which residents and officers reach the web server.")
    var_dir: Path = Field(Path("var"), description="Folder for the database, the key and locks.")
    key_file: Path | None = Field(
        None, description="Key that seals what residents write; `loa.key` in the var folder if not set."
    )
    database_url: SecretStr | None = Field(
        None,
        description="sqlite:///PATH, or postgresql://USER:PASSWORD@HOST:PORT/DATABASE for several machines; "
        "`loa.db` in the var folder if not set.",
    )
    approvals: bool = Field(False, description="1: a second person has to approve a draft before it can be published.")
    content_dir: Path = Field(Path(), description="Folder that holds intents/, responses/ and data/.")
    stale_days: int = Field(
        90,
        ge=0,
        le=36_500,
        description="Age in days of the pack's as_of from which answers say that they are of that time.",
    )
    retention_days: int = Field(
        90, ge=1, le=3650, description="Days after which questions, votes and unused chats are deleted."
    )
    rate_per_minute: int = Field(
        30, ge=1, le=100_000, description="Questions a minute that one client of the web chat or the API may ask."
    )
    trusted_proxies: int = Field(
        0, ge=0, le=5, description="Proxies in front of the web server whose X-Forwarded-For is believed."
    )
    attempts: int = Field(
        5, ge=1, le=50, description="Tries after which an update or a message is put aside with its error."
    )
    retry_seconds: float = Field(
        1.0, gt=0, le=600, description="First wait after a failure; it doubles with every further one."
    )
    give_up_seconds: float = Field(
        3600.0, ge=0, le=604_800, description="How long a message must have failed before it is put aside."
    )
    poll_seconds: int = Field(30, ge=1, le=50, description="How long one request for updates waits at Telegram.")
    send_seconds: float = Field(20.0, gt=0, le=120, description="Time-out of one request to Telegram.")
    stop_seconds: float = Field(8.0, ge=0, le=60, description="Time to finish open work after SIGTERM.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        number, _, rest = value.get_secret_value().partition(":") if value else ("1", "", "x" * 20)
        if not (number.isdigit() and len(rest) >= 20):
            raise ValueError("is not a bot token; it looks like 123456789:AA… (see BotFather)")
        return value

    @field_validator("telegram_api", "public_url")
    @classmethod
    def _url(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("has to begin with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith((_SQLITE, *_POSTGRES)):
            raise ValueError("has to be sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("has to be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @property
    def database_path(self) -> Path | None:
        """The SQLite file, None if the database is on a PostgreSQL server."""
        if self.database_url is None:
            return self.var_dir / "loa.db"
        return None if self.postgres_url else Path(self.database_url.get_secret_value().removeprefix(_SQLITE))

    @property
    def postgres_url(self) -> str | None:
        """The address of the PostgreSQL database, with its password; None if there is none."""
        url = self.database_url.get_secret_value() if self.database_url else ""
        return url if url.startswith(_POSTGRES) else None

    @property
    def address(self) -> str:
        """Where the web server is reached."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def key_path(self) -> Path:
        """The key file."""
        return self.key_file or self.var_dir / "loa.key"

    @property
    def stale_after(self) -> timedelta:
        """`stale_days` as a span."""
        return timedelta(days=self.stale_days)

    @property
    def retention(self) -> timedelta:
        """`retention_days` as a span."""
        return timedelta(days=self.retention_days)


def load_settings(**overrides: Any) -> Settings:
    """The settings of this process.

    Raises SettingsError, one line that names the variable and what is wrong, never its value.
    """
    _refuse_unknown()
    try:
        return Settings(**overrides)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        name = PREFIX + str(fault["loc"][0]).upper()
        raise SettingsError(name, fault["msg"].removeprefix("Value error, ")) from None


def _refuse_unknown() -> None:
    """A misspelt name would otherwise be passed over in silence."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | set(_OTHERS)
    try:
        named = [*os.environ, *dotenv_values(".env")]
    except (OSError, UnicodeError):
        raise SettingsError(".env", "cannot be read; it has to be a text file in UTF-8") from None
    for name in named:
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, sorted(known), n=1)
            raise SettingsError(name, f"is not a setting; did you mean {near[0]}?" if near else "is not a setting")


def settings_table() -> str:
    """The settings as a Markdown table for the documentation."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, info in Settings.model_fields.items():
        default = "" if info.default in (None, Path()) else str(info.default)
        rows.append(f"| `{PREFIX}{name.upper()}` | {f'`{default}`' if default else '–'} | {info.description} |")
    return "\n".join(rows)
