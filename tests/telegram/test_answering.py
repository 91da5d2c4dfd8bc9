"""What a resident sees on Telegram, over real HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.botapi import updates
from tests.fakes import rows
from tests.telegram.conftest import Running

LAN = 4242


async def test_a_question_is_answered_with_its_source_and_buttons(loa: Running) -> None:
    (answer,) = await loa.say(updates.text(LAN, "khong deo khau trang phat bao nhieu"), LAN)
    assert "Nguồn" in answer.text
    actions = [button["callback_data"] for button in answer.buttons]
    assert "clause:UBND@2021#2" in actions
    assert {"up:mask_fine", "down:mask_fine"} <= set(actions)
    assert not loa.double.refused


async def test_start_shows_the_menu_and_commands_are_registered_in_two_languages(loa: Running) -> None:
    (answer,) = await loa.say(updates.command(LAN, "/start"), LAN)
    assert "group:0" in [button["callback_data"] for button in answer.buttons]
    loa.double.press(LAN, "group:0")
    await loa.double.until(lambda: len(loa.double.messages(LAN)) == 2)
    subjects = [button["callback_data"] for button in loa.double.messages(LAN)[-1].buttons]
    assert "topic:mask_fine" in subjects
    assert subjects[-1] == "menu"
    languages = [call.params.get("language_code") for call in loa.double.calls("setMyCommands")]
    assert set(languages) == {None, "vi", "en"}
    names = {command["command"] for call in loa.double.calls("setMyCommands") for command in call.params["commands"]}
    assert names == {
        "start", "chude", "vanban", "noihoi", "duongday", "huongdan", "quyenriengtu", "xoadulieu", "gopy",
    }  # fmt: skip


@pytest.mark.parametrize(
    "command", ["/chude", "/vanban", "/noihoi", "/duongday", "/huongdan", "/quyenriengtu", "/chude@loa_test_bot"]
)
async def test_every_command_answers(loa: Running, command: str) -> None:
    (answer,) = await loa.say(updates.command(LAN, command), LAN)
    assert answer.text


async def test_a_deep_link_answers_its_subject_and_a_forged_one_gets_the_menu(loa: Running) -> None:
    (answer,) = await loa.say(updates.command(LAN, "/start mask_fine"), LAN)
    assert "up:mask_fine" in [button["callback_data"] for button in answer.buttons]
    (menu,) = await loa.say(updates.command(LAN, "/start ../../etc/passwd"), LAN)
    assert "group:0" in [button["callback_data"] for button in menu.buttons]


async def test_buttons_lead_on(loa: Running) -> None:
    await loa.say(updates.text(LAN, "đám cưới có được tổ chức không"), LAN)
    loa.double.press(LAN, "clause:UBND@2021#2")
    await loa.double.until(lambda: len(loa.double.messages(LAN)) == 2)
    clause = loa.double.messages(LAN)[-1]
    assert "Hạn chế tối đa các hoạt động có tập trung đông người" in clause.text
    assert any(entity["type"] == "bold" for entity in clause.entities)


async def more_than(loa: Running, count: int) -> None:
    """Wait until the chat has more messages of the bot than so many."""
    await loa.double.until(lambda: len(loa.double.messages(LAN)) > count)


async def test_the_directives_are_read_and_searched_and_places_asked_for(loa: Running) -> None:
    (shelf,) = await loa.say(updates.command(LAN, "/vanban"), LAN)
    assert "doc:58-CV/TU@2020-12-08" in [button["callback_data"] for button in shelf.buttons]
    (hits,) = await loa.say(updates.command(LAN, "/vanban dam cuoi"), LAN)
    assert any(entity["type"] == "bold" for entity in hits.entities)
    for count, data in enumerate(("library", "doc:UBND@2021", "clause:UBND@2021#2", "rests:UBND@2021#2"), 3):
        loa.double.press(LAN, data)
        await more_than(loa, count - 1)
    (place,) = await loa.say(updates.command(LAN, "/noihoi sin ho"), LAN)
    clause, rests = loa.double.messages(LAN)[-3:-1]
    assert not any(entity["type"] == "bold" for entity in clause.entities if entity["offset"] > 60)
    assert "topic:weddings_funerals" in [button["callback_data"] for button in rests.buttons]
    assert "trạm y tế" in place.text
    assert not loa.double.refused


async def test_the_notes_on_a_source_fit_into_messages(loa: Running) -> None:
    for data in ("notes:UBND@2021", "notes:58-CV/TU@2020-12-08"):
        before = len(loa.double.messages(LAN))
        (shelf, *_) = await loa.say(updates.command(LAN, "/vanban"), LAN)
        loa.double.push(updates.callback(LAN, data, shelf))
        await more_than(loa, before + 1)
    assert not loa.double.refused


async def test_a_vote_is_thanked_and_counted_once_a_message(loa: Running) -> None:
    await loa.say(updates.text(LAN, "đám cưới có được tổ chức không"), LAN)
    for data in ("up:weddings_funerals", "down:weddings_funerals", "down:weddings_funerals"):
        loa.double.press(LAN, data)
    await loa.double.until(lambda: len(loa.double.calls("answerCallbackQuery")) == 3)
    assert all(call.params["text"] for call in loa.double.calls("answerCallbackQuery"))
    votes = await rows(loa.store, "SELECT intents, up FROM votes")
    assert votes == [("weddings_funerals", 0)]


@pytest.mark.parametrize(
    "data",
    [
        "topic:no_such",
        "group:99",
        "doc:x",
        "rests:UBND@2021#99",
        "place:x",
        "clause:UBND@2021#99",
        "x",
        "up:",
        "up:no_such",
        ":",
        "topic:" + "a" * 50,
        "🙂",
        "v0|old",
    ],
)
async def test_old_or_forged_buttons_get_the_menu(loa: Running, data: str) -> None:
    (message,) = await loa.say(updates.command(LAN, "/chude"), LAN)
    loa.double.push(updates.callback(LAN, data, message))
    await loa.double.until(lambda: len(loa.double.messages(LAN)) == 2)
    assert "group:0" in [button["callback_data"] for button in loa.double.messages(LAN)[-1].buttons]
    assert len(loa.double.calls("answerCallbackQuery")) == 1


async def test_an_edited_question_is_answered_in_the_same_message(loa: Running) -> None:
    question = updates.text(LAN, "đám cưới có được tổ chức không")
    (first,) = await loa.say(question, LAN)
    edited = updates.text(LAN, "5K là gì", message_id=question["message"]["message_id"], edited=True)
    loa.double.push(edited)
    await loa.double.until(lambda: loa.double.messages(LAN)[0].text != first.text)
    (now,) = loa.double.messages(LAN)
    assert now.message_id == first.message_id
    assert "up:five_k" in [button["callback_data"] for button in now.buttons]


async def test_an_edit_that_overtakes_its_answer_changes_it_all_the_same(loa: Running) -> None:
    question = updates.text(LAN, "đám cưới có được tổ chức không")
    loa.double.push(question)
    loa.double.push(updates.text(LAN, "5K là gì", message_id=question["message"]["message_id"], edited=True))
    await loa.double.until(lambda: any("up:five_k" in str(each.buttons) for each in loa.double.messages(LAN)))
    assert len(loa.double.messages(LAN)) == 1


async def test_an_edit_of_something_never_answered_gets_a_new_message(loa: Running) -> None:
    (answer,) = await loa.say(updates.text(LAN, "5K là gì", message_id=77, edited=True), LAN)
    assert "up:five_k" in [button["callback_data"] for button in answer.buttons]


Builder = Callable[[int], dict[str, Any]]
KINDS: dict[str, Builder] = {
    name: getattr(updates, name)
    for name in (
        "sticker",
        "photo",
        "voice",
        "contact",
        "poll",
        "location",
        "document",
        "video_note",
        "animation",
        "dice",
    )
}
TEXTS = {
    "emoji alone": "😷😷😷",
    "one sign": "?",
    "ten thousand letters": "khẩu trang " * 910,
    "zero width": "\u200b\u200d\u2060",
    "right to left": "\u202e5K là gì",
    "a bomb of marks": "k" + "\u0301" * 2000,
    "markup": "<b>5K</b> & <script>alert(1)</script> *_[x](y)`",
    "template": "{{ 7*7 }} {% raw %}",
    "a slash": "/",
    "an unknown command": "/khongco",
    "a command in capitals": "/CHUDE",
    "null": "a\u0000b",
}


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_not_text_gets_a_short_sentence(loa: Running, kind: str) -> None:
    (answer,) = await loa.say(KINDS[kind](LAN), LAN)
    assert 10 < len(answer.text) < 300


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
async def test_any_text_gets_an_answer(loa: Running, text: str) -> None:
    (answer,) = await loa.say(updates.text(LAN, text), LAN)
    assert answer.text
    assert not loa.double.refused


async def test_a_caption_is_read_as_a_question(loa: Running) -> None:
    photo = updates.photo(LAN)
    photo["message"]["caption"] = "5K là gì"
    (answer,) = await loa.say(photo, LAN)
    assert "up:five_k" in [button["callback_data"] for button in answer.buttons]


async def test_an_update_that_the_library_cannot_parse_jams_nothing(loa: Running) -> None:
    loa.double.push(updates.malformed(LAN))
    loa.double.push(updates.from_the_future(LAN), force=True)
    loa.double.push(updates.text(5151, "5K là gì"))
    await loa.double.until(lambda: loa.double.messages(5151))
    await loa.double.until(lambda: loa.double.messages(LAN), timeout=10)
    assert "1900 9095" in loa.double.messages(LAN)[0].text, "the apology names the hotline"
    aside = (
        await loa.store.run(
            loa.store.store.upkeep.health, __import__("datetime").datetime.now(__import__("datetime").UTC)
        )
    ).aside
    assert [row.queue for row in aside] == ["inbox"]


async def test_everything_about_a_chat_is_deleted_on_request(loa: Running) -> None:
    await loa.say(updates.text(LAN, "đám cưới có được tổ chức không"), LAN)
    (answer,) = await loa.say(updates.command(LAN, "/xoadulieu"), LAN)
    assert "1 câu hỏi" in answer.text
    tables = ("chats", "conversations", "questions", "votes", "outbox")
    counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in tables)

    async def gone() -> bool:
        return await rows(loa.store, f"SELECT {counts}") == [(0,)]

    for _ in range(100):
        if await gone():
            break
        await __import__("asyncio").sleep(0.02)
    assert await gone()
    assert await rows(loa.store, "SELECT count(*) FROM inbox WHERE ref != ''") == [(0,)]


async def test_groups_hear_answers_to_commands_only(loa: Running) -> None:
    loa.double.add_chat(-100_200, kind="group")
    loa.double.push(updates.text(-100_200, "đám cưới có được tổ chức không"))
    (answer,) = await loa.say(updates.command(-100_200, "/chude"), -100_200)
    assert answer.text
    assert len(loa.double.messages(-100_200)) == 1


async def test_a_command_for_another_bot_of_the_group_is_left_to_it(loa: Running) -> None:
    loa.double.add_chat(-100_200, kind="group")
    loa.double.push(updates.command(-100_200, "/start@some_other_bot"))
    await loa.say(updates.command(-100_200, "/chude@loa_test_bot"), -100_200)
    assert len(loa.double.messages(-100_200)) == 1


async def test_what_was_written_long_ago_is_no_follow_up_though_it_comes_now(loa: Running) -> None:
    for text, ago in (("đám cưới có được tổ chức không", 7200), ("ở đâu?", 3600)):
        late = updates.text(LAN, text)
        late["message"]["date"] -= ago
        await loa.say(late, LAN)
    assert "up:weddings_funerals" not in str(loa.double.messages(LAN)[-1].buttons)
