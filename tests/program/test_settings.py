from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.errors import SettingsError
from bot.settings import PREFIX, Settings, load_settings, settings_table

ROOT = Path(__file__).parent.parent.parent
BAD = {
    "LOA_PORT": "eighty",
    "LOA_STALE_DAYS": "-1",
    "LOA_RETENTION_DAYS": "0",
    "LOA_TELEGRAM_TOKEN": "secret-but-no-token",
    "LOA_TELEGRAM_API": "telegram.org",
    "LOA_PUBLIC_URL": "loa.vn",
    "LOA_DATABASE_URL": "mysql://secret@x",
    "LOA_LOG_LEVEL": "LOUD",
    "LOA_POLL_SECONDS": "99",
    "LOA_ATTEMPTS": "0",
}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "value"), BAD.items())
def test_a_bad_value_is_one_clear_line_without_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.name == name
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("LOA_PORT=1234\nLOA_HOST=0.0.0.0\nLOA_TELEGRAM_TOKEN=\n")
    monkeypatch.setenv("LOA_PORT", "4321")
    settings = load_settings()
    assert (settings.port, settings.host, settings.telegram_token) == (4321, "0.0.0.0", None)  # noqa: S104


def test_a_misspelt_name_in_the_file_is_refused_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOA_TELEGRAM_TOKN=1\n")
    with pytest.raises(SettingsError, match=r"LOA_TELEGRAM_TOKN: .*LOA_TELEGRAM_TOKEN"):
        load_settings()


def test_a_misspelt_variable_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_PROT", "1")
    with pytest.raises(SettingsError, match="LOA_PORT"):
        load_settings()


def test_settings_are_frozen_and_hide_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    token = "123456789:" + "A" * 35
    monkeypatch.setenv("LOA_TELEGRAM_TOKEN", token)
    settings = load_settings()
    assert token not in repr(settings)
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_the_address_of_a_database_server_is_taken_and_its_password_hidden(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    url = f"{scheme}://loa:bi-mat@db.example/loa"
    monkeypatch.setenv("LOA_DATABASE_URL", url)
    settings = load_settings()
    assert (settings.postgres_url, settings.database_path) == (url, None)
    assert "bi-mat" not in repr(settings)


def test_a_database_is_a_file_of_the_var_folder_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (load_settings().database_path, load_settings().postgres_url) == (Path("var/loa.db"), None)
    monkeypatch.setenv("LOA_DATABASE_URL", "sqlite:////srv/loa.db")
    assert (load_settings().database_path, load_settings().postgres_url) == (Path("/srv/loa.db"), None)


def test_every_setting_has_help_and_stands_in_the_docs() -> None:
    documented = (ROOT / "docs/operating.md").read_text(encoding="utf8")
    assert settings_table() in documented
    for name, info in Settings.model_fields.items():
        assert info.description, name


def test_every_setting_that_the_docs_name_exists() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {"LOA_REQUIRE_BROWSER"}
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]
    named: set[Any] = {name for page in pages for name in re.findall(r"LOA_[A-Z_]+", page.read_text(encoding="utf8"))}
    assert len(named) > 5
    assert named <= known
