"""The `loa` command.

Telegram, the web and the store are imported by the commands that need them: they take half a second, and whoever checks
the content after an edit needs none of them.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import IO, Any, ClassVar

import click

from . import __version__, logs
from .clock import system_clock
from .content.checking import check_pack
from .core.actions import Action
from .core.context import Context
from .core.guide import Guide
from .core.reply import Reply
from .core.turn import Turn
from .errors import ContentError, LoaError
from .explained import explained_lines, explained_record
from .feedback import feedback_lines
from .memory import collect_seldom
from .remedies import remedy
from .settings import Settings, load_settings, settings_table


class _Group(click.Group):
    """Every error of Loa ends in one clear line, not in a stack trace. What is seldom used is imported when it is."""

    later: ClassVar = {
        "content": ("bot.commands.content", "content"),
        "officers": ("bot.commands.officers", "officers"),
        "pause": ("bot.commands.pause", "pause_command"),
        "resume": ("bot.commands.pause", "resume_command"),
        "directive": ("bot.commands.directives", "directive"),
        "report": ("bot.commands.figures", "report_command"),
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self.later])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.later:
            return super().get_command(ctx, cmd_name)
        module, name = self.later[cmd_name]
        found: click.Command = getattr(import_module(module), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ContentError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            click.echo(f"loa: nội dung có {len(error.problems)} lỗi, chưa chạy được", err=True)
        except LoaError as error:
            mend = remedy(error)
            click.echo(f"loa: {error}" + (f". Cách sửa: {mend}." if mend else ""), err=True)
        except BrokenPipeError:
            sys.stderr.close()
        except (OSError, sqlite3.Error) as error:
            click.echo(f"loa: {error}", err=True)
        sys.exit(1)


@click.group(cls=_Group)
@click.version_option(__version__)
def main() -> None:
    """Loa answers residents from the directives of their province."""
    collect_seldom()


_WATCH = click.option("--watch", is_flag=True, help="Publish files as they are edited, if they pass the check.")


@main.command()
@_WATCH
def run(*, watch: bool) -> None:
    """Start everything: the web chat, and Telegram if there is a token."""
    settings = load_settings()
    logs.set_up(settings.log_level)
    _serve(settings, with_telegram=settings.telegram_token is not None, watch=watch)


@main.command("serve")
@_WATCH
def serve_command(*, watch: bool) -> None:
    """Start the web chat and the API alone, without Telegram."""
    settings = load_settings()
    logs.set_up(settings.log_level)
    _serve(settings, with_telegram=False, watch=watch)


@main.command()
def console() -> None:
    """Start the officers' pages alone, beside a bot that runs elsewhere over the same database."""
    settings = load_settings()
    logs.set_up(settings.log_level)
    click.echo(f"Loa: trang cán bộ tại {settings.address}/can-bo")
    import asyncio

    from .running import serve

    asyncio.run(serve(settings, with_telegram=False, office_only=True, tell=click.echo))


def _serve(settings: Settings, *, with_telegram: bool, watch: bool) -> None:
    _announce(settings, with_telegram=with_telegram)
    import asyncio

    from .running import serve

    asyncio.run(serve(settings, with_telegram=with_telegram, watch=watch, tell=click.echo))


def _announce(settings: Settings, *, with_telegram: bool) -> None:
    address = settings.address
    click.echo(f"Loa: trò chuyện trên trang web tại {address}")
    if with_telegram:
        click.echo("Loa: đang trả lời trên Telegram")
    else:
        click.echo(f"Loa: chưa nối Telegram; cách nối (BotFather) có ở đầu trang {address}")
    click.echo("Loa: dừng bằng Ctrl+C")


@main.command()
def chat() -> None:
    """Talk with Loa in the terminal. A number presses a button, an empty line or Ctrl+D ends."""
    guide, context = _guide(load_settings()), Context()
    reply = guide.command("start", "", _now())
    _print(reply)
    for line in _lines():
        turn = _turn(guide, line, reply, context)
        reply, context = turn.reply, turn.context
        _print(reply)


def _lines() -> Iterator[str]:
    while True:
        click.echo("\n> ", nl=False)
        line = sys.stdin.buffer.readline().decode(errors="replace").strip()
        if not line:
            return
        yield line


def _turn(guide: Guide, line: str, before: Reply, context: Context) -> Turn:
    buttons = [button for row in before.buttons for button in row]
    if line.isdigit() and 1 <= int(line) <= len(buttons):
        return guide.press(Action.read(buttons[int(line) - 1].action), context, _now())
    return guide.answer(line, context, _now())


def _print(reply: Reply) -> None:
    for block in reply.blocks:
        click.echo(("  – " if block.kind == "item" else "") + block.text)
    for number, button in enumerate((button for row in reply.buttons for button in row), 1):
        click.echo(f"  [{number}] {button.label}")


@main.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--explain", is_flag=True, help="Say why: how it was read, concepts, nearest phrases, words.")
@click.option("--jsonl", type=click.Path(allow_dash=True), help="Answer every line of a file ('-': standard input).")
def ask(text: str | None, *, as_json: bool, explain: bool, jsonl: str | None) -> None:
    """Ask one question, or many with --jsonl."""
    if (text is None) == (jsonl is None):
        raise click.UsageError("give either TEXT or --jsonl FILE")
    guide = _guide(load_settings())
    if jsonl is not None:
        with click.open_file(jsonl, encoding="utf-8-sig", errors="replace") as file:
            _ask_lines(guide, file)
        return
    turn = guide.answer(text or "", Context(), _now())
    if as_json:
        record = _record(turn) | ({"explain": explained_record(guide, text or "", turn)} if explain else {})
        click.echo(json.dumps(record, ensure_ascii=False))
        return
    _print(turn.reply)
    if explain:
        click.echo()
        for line in explained_lines(guide, text or "", turn):
            click.echo(line)


def _ask_lines(guide: Guide, file: IO[str]) -> None:
    """Answer every line; a line that cannot be used is named, and the others are answered all the same."""
    broken = 0
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            record = {"id": row.get("id"), **_record(_conversation(guide, _turns_of(row)))}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            broken += 1
            expected = '{"id", "text"} or {"id", "turns": […]}'
            click.echo(f"loa: line {number} is not usable: expected {expected} ({type(error).__name__})", err=True)
            continue
        click.echo(json.dumps(record))
    if broken:
        raise LoaError(f"{broken} lines were not usable")


def _turns_of(row: dict[str, Any]) -> list[str]:
    turns = row["turns"] if "turns" in row else [row["text"]]
    if not (isinstance(turns, list) and turns and all(isinstance(each, str) for each in turns)):
        raise ValueError("turns and text have to be strings")
    return turns


def _conversation(guide: Guide, turns: Iterable[str]) -> Turn:
    context, now = Context(), _now()
    for text in turns:
        turn = guide.answer(text, context, now)
        context = turn.context
    return turn


def _record(turn: Turn) -> dict[str, Any]:
    """The shape that measurements rely on (DESIGN, section 9)."""
    reply = turn.reply
    pressed = [button.action for row in reply.buttons for button in row]
    return {
        "outcome": reply.outcome.value,
        "answered": list(reply.answered),
        "buttons": [action.removeprefix("topic:") for action in pressed if action.startswith("topic:")],
        "intents": [{"intent": each.intent, "score": round(each.score, 4)} for each in reply.intents],
    }


@main.command()
@click.option("--coverage", "show_coverage", is_flag=True, help="Print which answers rest on which clause, and end.")
@click.option(
    "--phrases", is_flag=True, help="Leave out every phrase (takes seconds), and print how each subject does."
)
@click.option("--no-warnings", is_flag=True, help="Print errors only.")
def check(*, show_coverage: bool, phrases: bool, no_warnings: bool) -> None:
    """Check the content: every problem with file, line and how to mend it."""
    report = check_pack(load_settings().content_dir, every_phrase=phrases)
    for each in (*(report.coverage if show_coverage else ()), *(report.surveys if phrases else ())):
        click.echo(str(each))
    for problem in (*report.problems, *(() if no_warnings or show_coverage else report.warnings)):
        click.echo(str(problem))
    click.echo(report.summary)
    sys.exit(1 if report.problems else 0)


@main.command()
@click.option("--retry", is_flag=True, help="Try again what was put aside.")
@click.option("--settings", "show_settings", is_flag=True, help="Print the table of settings and end.")
def doctor(*, retry: bool, show_settings: bool) -> None:
    """Say how Loa is: settings, content, key, database, queues, what was put aside and why."""
    if show_settings:
        click.echo(settings_table())
        return
    from .doctor import examine
    from .opening import open_store

    settings = load_settings()
    if retry:
        store = open_store(settings)
        click.echo(f"mở lại {store.upkeep.reopen_aside(_now())} dòng")
        store.close()
    findings = examine(settings, _now())
    for finding in findings:
        click.echo(str(finding))
    sys.exit(0 if all(finding.well for finding in findings) else 1)


@main.command()
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="How far to look back.")
def feedback(*, days: int) -> None:
    """Print for officers what residents think: votes per subject, reasons, suggestions, newest first."""
    from .opening import has_store, open_store

    settings = load_settings()
    guide = _guide(settings)
    since = _now() - timedelta(days=days)
    if not has_store(settings):
        raise LoaError("chưa có kho dữ liệu, nên chưa có ý kiến nào")
    store = open_store(settings)
    try:
        votes, suggestions = store.feedback.votes(since), store.feedback.suggestions(since)
    finally:
        store.close()
    for line in feedback_lines(guide, votes, suggestions, since):
        click.echo(line)


def _guide(settings: Settings) -> Guide:
    from .opening import make_guide

    return make_guide(settings)


def _now() -> datetime:
    return system_clock()
