"""What every way of running Loa opens: the guide over the content, and the store with its key."""

from __future__ import annotations

from .content.loading import load
from .core.guide import Guide
from .settings import Settings
from .store.protocols import Store
from .store.sealing import Sealer, load_key
from .store.sqlite import SqliteStore


def make_guide(settings: Settings) -> Guide:
    """The guide over the content folder; raises ContentError with every problem."""
    return Guide(load(settings.content_dir), settings.stale_after, settings.retention)


def open_store(settings: Settings, sealer: Sealer | None = None) -> Store:
    """The store, with the key that belongs to it; for the thread that opens it."""
    return SqliteStore(settings.database_path, sealer or load_key(settings.key_path))
