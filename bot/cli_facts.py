"""`loa content facts`: what Loa may say beside the directives, who looked at it when, and what is still missing."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import click

from .clock import system_clock
from .content.fact_list import fact_lines, fact_list, is_old
from .content.loading import load_with_sources
from .settings import load_settings


@click.command("facts")
@click.option("--missing", is_flag=True, help="Only those that still have to be found out.")
@click.option(
    "--old", "days", type=click.IntRange(0, 36_500), help="Only those that nobody has looked at for so many days."
)
def facts_command(*, missing: bool, days: int | None) -> None:
    """Print the facts: state, value, who confirmed them when and where, and which answers use them.

    With both options those that either lists. Days count back from today in the province.
    """
    loaded = load_with_sources(load_settings().content_dir)
    today = system_clock().astimezone(ZoneInfo(loaded.catalogue.pack.timezone)).date()
    listed = fact_list(loaded)
    if missing or days is not None:
        listed = tuple(
            each
            for each in listed
            if (missing and each.fact.state == "missing")
            or (days is not None and is_old(each.fact, today, timedelta(days=days)))
        )
    for each in listed:
        for line in fact_lines(each):
            click.echo(line)
    click.echo(f"{len(listed)} trong {len(loaded.catalogue.facts)} dữ kiện")
