"""`loa content`: versions, drafts and releases of the answers, and the folder beside them."""

from __future__ import annotations

import click

from . import drafts, facts, releases, sheets


@click.group()
def content() -> None:
    """Versions, drafts and releases of the answers, and the folder beside them."""


for _command in (
    drafts.status,
    drafts.history,
    drafts.diff,
    drafts.edit,
    drafts.discard,
    drafts.take,
    drafts.export,
    drafts.check_drafts,
    releases.publish,
    releases.impact,
    releases.submit,
    releases.releases,
    releases.rollback,
    releases.at,
    releases.schedule,
    releases.plans,
    releases.cancel,
    sheets.sheet,
    facts.facts_command,
    facts.confirm_command,
):
    content.add_command(_command)
