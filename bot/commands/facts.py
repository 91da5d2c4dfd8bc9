"""`loa content facts` and `confirm`: what Loa may say beside the directives, and who looked at it when."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import click

from ..clock import system_clock
from ..content.confirming import FACTS, confirmed
from ..content.drafting import head, save
from ..content.fact_list import fact_lines, fact_list, is_old
from ..content.loading import load_texts
from ..content.releasing import candidate
from .office import BY, Office, named_one, with_office


@click.command("facts")
@click.option("--missing", is_flag=True, help="Only those that still have to be found out.")
@click.option(
    "--old", "days", type=click.IntRange(0, 36_500), help="Only those that nobody has looked at for so many days."
)
@with_office
def facts_command(office: Office, *, missing: bool, days: int | None) -> None:
    """Print the facts, drafts included: state, value, who confirmed them when and where, which answers use them.

    With both options those that either lists. Days count back from today in the province.
    """
    loaded = load_texts(candidate(office.versions).texts)
    today = _today(office)
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


@click.command("confirm")
@click.argument("fact")
@click.option("--where", required=True, help="Where it was seen or heard: a document, a call.")
@click.option("--value", help="The value, where it is new or has changed.")
@BY
@with_office
def confirm_command(office: Office, fact: str, where: str, value: str | None, author: str) -> None:
    """Note as a draft that FACT was confirmed today, by whom and where it was seen; every answer then uses it."""
    before = head(office.versions, FACTS)
    known = load_texts(candidate(office.versions).texts).catalogue.facts
    name = named_one(fact, known, "không có dữ kiện nào tên")
    text = confirmed(before.text, name, by=author, on=_today(office), where=where, value=value)
    save(office.versions, before, text, author, system_clock(), f"xác nhận {name}")
    click.echo(f"đã lưu bản nháp: {known[name].title}; công bố bằng “loa content publish {FACTS}”")


def _today(office: Office) -> date:
    return system_clock().astimezone(ZoneInfo(office.zone)).date()
