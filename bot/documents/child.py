"""The process that reads a file: bytes on standard input, one JSON object on standard output.

It bounds its own memory before it looks at the file, so that a file made to exhaust the machine ends only this process.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from ..errors import DocumentError
from .bounds import MAX_MEMORY, MAX_SECONDS


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bounds; the time limit of the parent stays
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS + 1, MAX_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has nothing to write


def main() -> None:
    """Read the file on standard input; its name is the only argument."""
    _bound()
    from .kinds import parse

    try:
        answer: dict[str, Any] = {"document": parse(sys.stdin.buffer.read(), sys.argv[1]).dump()}
    except DocumentError as error:
        answer = {"refused": error.reason, "limit": error.limit}
    except (MemoryError, RecursionError):
        answer = {"refused": "too_heavy", "limit": None}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
