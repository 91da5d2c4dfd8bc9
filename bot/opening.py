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


def open_store(settings: Settings) -> tuple[Store, Sealer]:
    """The store and the key that belongs to it."""
    sealer = load_key(settings.key_path)
    return SqliteStore(settings.database_path, sealer), sealer
