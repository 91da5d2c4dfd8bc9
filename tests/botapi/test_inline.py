"""Answers to inline queries: what the Bot API's documentation lets through, and what not."""

from __future__ import annotations

from typing import Any

import pytest
import telegram

from tests.botapi import BotApiDouble, updates
from tests.botapi.conftest import LAN
from tests.botapi.test_double import call, refused

QUERY = "77"
TEXT = {"message_text": "<b>1–3 triệu</b>", "parse_mode": "HTML"}


def article(**changes: Any) -> dict[str, Any]:
    made = {"type": "article", "id": "a", "title": "Phạt", "input_message_content": TEXT, **changes}
    return {name: value for name, value in made.items() if value is not None}


@pytest.fixture(autouse=True)
def asked(double: BotApiDouble) -> None:
    double.push(updates.inline_query(LAN, "phạt", query_id=QUERY))


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Hỏi Loa", **button}]]}


TAKEN = {
    "none": [],
    "fifty": [article(id=str(n)) for n in range(50)],
    "an id of 64 bytes": [article(id="x" * 64)],
    "4,096 letters": [article(input_message_content=TEXT | {"message_text": f"<b>{'x' * 4096}</b>"})],
    "a link": [article(reply_markup=keyboard(url="https://t.me/loa_test_bot?start=mask"), description="Một dòng")],
}  # fmt: skip


@pytest.mark.parametrize("results", TAKEN.values(), ids=TAKEN.keys())
def test_taken(double: BotApiDouble, results: list[dict[str, Any]]) -> None:
    assert call(double, "answerInlineQuery", inline_query_id=QUERY, results=results, cache_time=60)["ok"]


REFUSED = {
    "fifty-one": ([article(id=str(n)) for n in range(51)], "RESULTS_TOO_MUCH"),
    "no id": ([article(id=None)], "RESULT_ID_INVALID"),
    "an empty id": ([article(id="")], "RESULT_ID_INVALID"),
    "a number as id": ([article(id=5)], "RESULT_ID_INVALID"),
    "an id of 65 bytes": ([article(id="x" * 65)], "RESULT_ID_INVALID"),
    "an id of 66 bytes in 33 letters": ([article(id="đ" * 33)], "RESULT_ID_INVALID"),
    "an id twice": ([article(), article()], "RESULT_ID_DUPLICATE"),
    "no title": ([article(title=None)], "needs title"),
    "an empty title": ([article(title="")], "needs title"),
    "no content": ([article(input_message_content=None)], "input_message_content"),
    "no text": ([article(input_message_content={})], "message text is empty"),
    "an empty text": ([article(input_message_content={"message_text": ""})], "message text is empty"),
    "a long text": ([article(input_message_content={"message_text": "x" * 4097})], "too long"),
    "an open tag": ([article(input_message_content=TEXT | {"message_text": "<b>x"})], "can't parse entities"),
    "the text's name of sendMessage": ([article(input_message_content=TEXT | {"text": "x"})], 'no field "text"'),
    "no type": ([article(type=None)], "type"),
    "a button without action": ([article(reply_markup=keyboard())], "Text buttons are unallowed"),
    "no object": (["x"], "must be an Object"),
}  # fmt: skip


@pytest.mark.parametrize(("results", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(double: BotApiDouble, results: list[Any], sentence: str) -> None:
    assert sentence in refused(double, "answerInlineQuery", inline_query_id=QUERY, results=results)


def test_the_button_above_the_results(double: BotApiDouble) -> None:
    about = {"inline_query_id": QUERY, "results": []}
    assert call(double, "answerInlineQuery", **about, button={"text": "Hỏi", "start_parameter": "mask"})["ok"]
    for button in ({"text": "Hỏi"}, {"start_parameter": "x"}, {"text": "Hỏi", "start_parameter": "khẩu trang"}):
        refused(double, "answerInlineQuery", **about, button=button)


def test_an_unknown_or_old_query_and_one_without_its_id(double: BotApiDouble) -> None:
    assert "too old" in refused(double, "answerInlineQuery", inline_query_id="1", results=[])
    refused(double, "answerInlineQuery", results=[])
    double.expire_queries()
    assert "too old" in refused(double, "answerInlineQuery", inline_query_id=QUERY, results=[])


def test_queries_come_only_to_who_allows_them(double: BotApiDouble) -> None:
    call(double, "getUpdates", allowed_updates=["message"])
    double.push(updates.inline_query(LAN, "x"))
    assert [list(update)[1] for update in double.dropped] == ["inline_query"]


async def test_the_library_answers(double: BotApiDouble, bot: telegram.Bot) -> None:
    content = telegram.InputTextMessageContent("<b>x</b>", parse_mode="HTML")
    assert await bot.answer_inline_query(QUERY, [telegram.InlineQueryResultArticle("a", "Phạt", content)])
    assert double.refused == []
