"""Whatever has the shape of a Bot API update is handled without raising."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.guide import Guide
from bot.metrics import Metrics
from bot.reception import Reception
from bot.store.records import Received
from bot.store.sealing import Sealer
from bot.store.sqlite import SqliteStore
from bot.telegram.door import Door
from bot.telegram.handling import Handling
from bot.telegram.updates import chat_of, read_update
from tests.botapi import updates
from tests.fakes import NOON

BUILDERS = (
    "sticker", "photo", "voice", "contact", "poll", "location", "document", "video_note", "animation", "dice",
)  # fmt: skip
SILENT: dict[str, dict[str, Any]] = {
    "a channel's post": updates.channel_post(-1001, "5K là gì"),
    "a resident blocks the bot": updates.my_chat_member(7, blocked=True),
    "a resident comes back": updates.my_chat_member(7, blocked=False),
    "new members of a group": updates.new_chat_members(-100),
}
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def handling(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handling]:
    store = SqliteStore(Path(tmp_path_factory.mktemp("shapes")) / "loa.db", Sealer(bytes(32)))
    yield Handling(
        Reception(guide, store.residents),
        store.residents,
        Metrics(),
        lambda: "loa_test_bot",
        str,
        Door(store.people, "https://loa.example"),
    )
    store.close()


def handle(handling: Handling, update: dict[str, Any]) -> int:
    raw = json.dumps({"update_id": 1, **update})
    return len(handling.effects(Received(1, "ref", raw), NOON).sends)


@QUICK
@given(text=st.text(st.characters(), min_size=1, max_size=300), edited=st.booleans())
def test_any_text(handling: Handling, text: str, edited: bool) -> None:
    assert handle(handling, updates.text(7, text, edited=edited)) >= 1


@QUICK
@given(data=st.text(max_size=70))
def test_any_callback_data(handling: Handling, data: str) -> None:
    message = updates.text(7, "x")["message"]
    query = {"id": "9", "from": message["from"], "chat_instance": "1", "data": data, "message": message}
    assert handle(handling, {"callback_query": query}) >= 1


def test_a_press_under_a_message_that_is_no_longer_accessible(handling: Handling) -> None:
    sender = updates.text(7, "x")["message"]["from"]
    old = {"chat": {"id": 7, "type": "private"}, "message_id": 3, "date": 0}
    for extra in ({"message": old}, {"inline_message_id": "abc"}):
        query = {"id": "9", "from": sender, "chat_instance": "1", "data": "menu", **extra}
        assert handle(handling, {"callback_query": query}) == 2


@pytest.mark.parametrize("name", BUILDERS)
def test_every_kind_of_message_is_answered(handling: Handling, name: str) -> None:
    assert handle(handling, getattr(updates, name)(7)) == 1


@pytest.mark.parametrize("update", SILENT.values(), ids=SILENT.keys())
def test_what_nobody_waits_for_is_left_alone(handling: Handling, update: dict[str, Any]) -> None:
    assert handle(handling, update) == 0


@QUICK
@given(data=st.data())
def test_a_message_that_lacks_any_optional_field(handling: Handling, data: st.DataObject) -> None:
    update = copy.deepcopy(getattr(updates, data.draw(st.sampled_from(BUILDERS)))(7))
    message = update["message"]
    optional = [key for key in message if key not in ("message_id", "date", "chat")]
    for key in data.draw(st.lists(st.sampled_from(optional), unique=True)):
        del message[key]
    handle(handling, update)


@QUICK
@given(
    raw=st.dictionaries(
        st.sampled_from(["message", "edited_message", "callback_query", "poll", "x"]),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=5),
            lambda inner: st.dictionaries(st.text(max_size=6), inner, max_size=3),
        ),
        max_size=3,
    )
)
def test_the_chat_of_any_json_is_found_or_none(raw: dict[str, Any]) -> None:
    assert chat_of(raw) is None or isinstance(chat_of(raw), int)


def test_messages_of_bots_and_channels_are_left_alone() -> None:
    update = updates.text(7, "5K là gì")
    update["message"]["from"]["is_bot"] = True
    assert read_update(json.dumps({"update_id": 1, **update})).kind == "ignore"
