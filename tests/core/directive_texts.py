"""Directives made up for tests."""

from __future__ import annotations

from bot.core.directives import Clause, Directive


def directive(
    *texts: str,
    name: str = "12/CT-UBND@2021-03-10",
    number: str | None = "12/CT-UBND",
    date: str | None = "2021-03-10",
    issuer: str = "UBND tỉnh Lai Châu",
    paths: tuple[str, ...] = (),
) -> Directive:
    """A directive with these clauses, numbered from 1 unless `paths` are given."""
    paths = paths or tuple(str(number) for number in range(1, len(texts) + 1))
    clauses = tuple(Clause(name, path, text) for path, text in zip(paths, texts, strict=True))
    year = int(date[:4]) if date else 2021
    return Directive(name, f"Văn bản {name}", number, date, year, issuer, None, None, clauses)
