"""`loa officers`: who may work in the console, and one-time links to sign in."""

from __future__ import annotations

import click

from ..clock import system_clock
from ..errors import LoaError
from ..officers import LINK_LASTS, ROLE_WORDS, ROLES, give_roles, invite, name_of
from ..opening import open_store
from ..settings import load_settings
from ..store.records import Role
from .office import BY

_ROLE = click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, help="May be given several times.")


@click.group()
def officers() -> None:
    """Officers of the console: list them, give roles, make links to sign in."""


@officers.command("list")
def list_command() -> None:
    """Print the officers and their roles."""
    store = open_store(load_settings())
    try:
        found = store.people.officers()
    finally:
        store.close()
    for each in found:
        roles = ", ".join(ROLE_WORDS[role] for role in each.roles) or "không còn quyền"
        click.echo(f"{each.name}: {roles}" + ("; đã nối Telegram" if each.ref else ""))
    if not found:
        click.echo("chưa có cán bộ nào; thêm bằng “loa officers link TÊN”")


@officers.command("link")
@click.argument("name")
@_ROLE
def link_command(name: str, roles: tuple[Role, ...]) -> None:
    """Print a link that signs NAME in once, within ten minutes. Who is new is added, as admin without --role."""
    name = name_of(name)
    settings = load_settings()
    store = open_store(settings)
    try:
        token = invite(store.people, name, roles or ("admin",), system_clock())
    finally:
        store.close()
    minutes = round(LINK_LASTS.total_seconds() / 60)
    click.echo(f"Link cho {name}, dùng được một lần trong {minutes} phút:", err=True)
    click.echo(f"{settings.address}/can-bo/vao/{token}")


@officers.command("roles")
@click.argument("name")
@_ROLE
@BY
def roles_command(name: str, roles: tuple[Role, ...], author: str) -> None:
    """Give NAME exactly these roles; without --role NAME is signed out and may not come back."""
    store = open_store(load_settings())
    try:
        if store.people.officer(name) is None:
            raise LoaError(f"không có cán bộ “{name}”; xem “loa officers list”")
        give_roles(store.people, name, roles, author, system_clock())
    finally:
        store.close()
    click.echo(f"{name}: {', '.join(ROLE_WORDS[role] for role in roles) or 'không còn quyền'}")
