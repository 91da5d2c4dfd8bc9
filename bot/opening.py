"""What every way of running Loa opens: the guide over the content, and the store with its key."""

from __future__ import annotations

from .content.loading import load_texts
from .content.syncing import working_texts
from .content.tree import Texts, read_folder
from .core.guide import Guide
from .settings import Settings
from .store.protocols import Store
from .store.sealing import Sealer, load_key
from .store.sqlite import SqliteStore


def make_guide(settings: Settings) -> Guide:
    """The guide over the content as it is worked on; raises ContentError with every problem."""
    return Guide(load_texts(working_content(settings)).catalogue, settings.stale_after, settings.retention)


def working_content(settings: Settings) -> Texts:
    """The content folder, and where only the store changed since both agreed, what was published there.

    So a file that was edited can be tried out before it is published, and nothing published is passed over.
    """
    texts = read_folder(settings.content_dir)
    if not has_store(settings):
        return texts
    store = open_store(settings)
    try:
        return working_texts(texts, store.versions) if store.versions.current() else texts
    finally:
        store.close()


def has_store(settings: Settings) -> bool:
    """Whether there is a database to look into, so that to look makes no file; a server's is always there."""
    return settings.database_path is None or settings.database_path.exists()


def open_store(settings: Settings, sealer: Sealer | None = None) -> Store:
    """The store of the engine that is set, with the key that belongs to it; for the thread that opens it.

    Raises StoreError where it cannot be opened, KeyFileError where the key does not fit.
    """
    sealer = sealer or load_key(settings.key_path)
    if settings.database_path:
        return SqliteStore(settings.database_path, sealer)
    from .store.postgres import PostgresStore  # a tenth of a second, and most have no server

    return PostgresStore(settings.postgres_url or "", sealer)
