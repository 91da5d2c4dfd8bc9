"""How much a file may be and cost before it is refused. All are far above what a directive needs."""

from __future__ import annotations

MAX_BYTES = 20_000_000  # as large as Telegram lets a bot fetch
MAX_LETTERS = 2_000_000
MAX_PAGES = 400
MAX_SECONDS = 20
MAX_NAME = 200  # bytes of a file name that are looked at
MAX_MEMORY = 1_000_000_000  # bytes of address space of the reading process
