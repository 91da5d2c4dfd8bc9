"""The double itself: what it takes and what it refuses. The Bot API's documentation tells what is right."""

from typing import Any

import httpx
import pytest
import telegram
from telegram.error import BadRequest, Forbidden, InvalidToken

from tests.botapi import BotApiDouble, updates
from tests.botapi.conftest import LAN
from tests.botapi.rules import formatted


def call(double: BotApiDouble, method: str, **params: Any) -> Any:
    """Call as a bare client would, in JSON; give the whole answer."""
    url = f"{double.base_url}/bot{double.token}/{method}"
    return httpx.post(url, json=params, timeout=10).json()


def refused(double: BotApiDouble, method: str, **params: Any) -> str:
    answer = call(double, method, **params)
    assert answer["ok"] is False, answer
    return str(answer["description"])


def said(double: BotApiDouble, **params: Any) -> str:
    """Send something to Lan that must be refused; give Telegram's sentence."""
    return refused(double, "sendMessage", chat_id=LAN, **({"text": "Chào"} | params))


# ---- python-telegram-bot talks to it


async def test_library_reads_and_answers(double: BotApiDouble, bot: telegram.Bot) -> None:
    assert bot.username == "loa_test_bot"
    update_id = double.push(updates.text(LAN, "khẩu trang?"))
    (update,) = await bot.get_updates(timeout=5)
    assert update.update_id == update_id
    assert update.message is not None
    sent = await update.message.reply_html("<b>Phạt</b> &amp; nhắc", do_quote=True)
    assert sent.text == "Phạt & nhắc"
    (answer,) = double.replies_to(LAN, update.message.message_id)
    assert answer.entities == ({"type": "bold", "offset": 0, "length": 4},)
    assert double.answers_by_update()[update_id] == [answer]


async def test_library_sends_a_voice_and_a_keyboard(double: BotApiDouble, bot: telegram.Bot) -> None:
    keys = telegram.ReplyKeyboardMarkup([["Có", "Không"]], resize_keyboard=True)
    sent = await bot.send_voice(LAN, b"OggS....", caption="Nghe", reply_markup=keys)
    assert sent.voice is not None
    assert sent.voice.file_size == 8
    assert [b["text"] for b in double.messages(LAN)[0].buttons] == ["Có", "Không"]


async def test_library_sets_up_its_profile(double: BotApiDouble, bot: telegram.Bot) -> None:
    scope = telegram.BotCommandScopeAllPrivateChats()
    assert await bot.set_my_commands([("start", "Bắt đầu")], scope=scope, language_code="vi")
    assert [c.command for c in await bot.get_my_commands(scope=scope, language_code="vi")] == ["start"]
    assert await bot.get_my_commands() == ()
    assert await bot.set_my_name("Loa")
    assert (await bot.get_my_name(language_code="en")).name == "Loa"
    assert await bot.set_my_description("Trả lời", language_code="vi")
    assert await bot.set_my_short_description("Loa phường")
    assert await bot.delete_my_commands(scope=scope)
    assert (await bot.get_chat(LAN)).type == "private"
    assert await bot.send_chat_action(LAN, "typing")
    assert double.refused == []


async def test_press_edit_and_delete(double: BotApiDouble, bot: telegram.Bot) -> None:
    button = telegram.InlineKeyboardButton("Mức phạt", callback_data="fine")
    await bot.send_message(LAN, "Hỏi gì?", reply_markup=telegram.InlineKeyboardMarkup([[button]]))
    double.press(LAN, "Mức phạt")
    (update,) = await bot.get_updates(timeout=5)
    query = update.callback_query
    assert query is not None
    assert await query.answer("Đây")
    await query.edit_message_text("1–3 triệu")
    (shown,) = double.messages(LAN)
    assert (shown.text, shown.edited, shown.buttons) == ("1–3 triệu", True, [])
    assert len(double.callback_answers(query.id)) == 1
    with pytest.raises(BadRequest, match="not modified"):
        await query.edit_message_text("1–3 triệu")
    assert await bot.delete_message(LAN, shown.message_id)
    assert double.messages(LAN) == []
    assert [m.text for m in double.sent_messages] == ["Hỏi gì?"]


BUILT = [
    *(updates.text(LAN, "x"), updates.text(LAN, "x", edited=True), updates.text(-5, "x", user_id=LAN)),
    *(updates.command(LAN, "/start mask"), updates.callback(LAN, "d"), updates.sticker(LAN)),
    *(updates.photo(LAN, "ảnh"), updates.voice(LAN), updates.video_note(LAN), updates.animation(LAN)),
    *(updates.document(LAN), updates.contact(LAN), updates.location(LAN), updates.dice(LAN)),
    *(updates.poll(LAN), updates.new_chat_members(-5), updates.my_chat_member(LAN, blocked=True)),
    *(updates.channel_post(-1001234567890, "x"), updates.inline_query(LAN, "phạt")),
    *updates.migration(-5, -1001234567890),
    updates.from_the_future(LAN),
    updates.text(LAN, "x", reply_to=updates.message(LAN, text="trước"), thread_id=3, language_code=None),
]


@pytest.mark.parametrize("raw", BUILT, ids=lambda raw: "+".join(next(iter(raw.values())))[:40])
def test_library_parses_what_the_builders_build(raw: dict[str, Any]) -> None:
    update = telegram.Update.de_json({"update_id": 1} | raw, None)
    for body in (update.message, update.callback_query, update.my_chat_member, update.inline_query):
        assert body is None or not body.api_kwargs, "fields the library does not know"
    assert update.to_dict().keys() - {"update_id"} == raw.keys() or "telepathic_message" in raw


def test_malformed_update_breaks_the_library() -> None:
    with pytest.raises(KeyError):
        telegram.Update.de_json({"update_id": 1} | updates.malformed(LAN), None)


# ---- what Telegram refuses


def test_unknown_methods_tokens_and_fields(double: BotApiDouble) -> None:
    url = f"{double.base_url}/bot{double.token[:-1]}x/getMe"
    assert httpx.get(url).json()["error_code"] == 401
    expected = {"ok": False, "error_code": 404, "description": "Not Found"}
    assert call(double, "sendMesage") == expected
    assert httpx.get(f"{double.base_url}/").json() == expected
    assert call(double, "GETME")["ok"] is True
    assert "no parameter" in said(double, parse_mod="HTML")
    assert "chat_id is empty" in refused(double, "sendMessage", text="x")
    assert "chat not found" in refused(double, "sendMessage", text="x", chat_id=99)
    assert len(double.refused) == 5


async def test_library_meets_a_wrong_token(double: BotApiDouble) -> None:
    with pytest.raises(InvalidToken):
        await telegram.Bot("123:ABC", base_url=f"{double.base_url}/bot").__aenter__()


TEXTS = [
    ({"text": ""}, "Bad Request: message text is empty"),
    ({"text": " \n"}, "Bad Request: text must be non-empty"),
    ({"text": "x" * 4097}, "Bad Request: message is too long"),
    ({"text": "🎺" * 2049}, "Bad Request: message is too long"),
    ({"text": "x", "parse_mode": "Telex"}, "Bad Request: unsupported parse_mode"),
    ({"entities": [{"type": "bold", "offset": 0, "length": 5}]}, "ends after the end of the text"),
    ({"text": "🎺", "entities": [{"type": "bold", "offset": 0, "length": 1}]}, "cuts a UTF-16 symbol"),
    ({"entities": [{"type": "loud", "offset": 0, "length": 1}]}, "Unsupported type specified"),
    ({"entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "x"}]}, "Wrong HTTP URL"),
    ({"reply_parameters": {"message_id": 1}}, "message to be replied not found"),
    ({"reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
    ({"message_thread_id": 9}, "message thread not found"),
    ({"entities": [{"type": "bold", "offset": -1, "length": 1}]}, "incorrect offset -1"),
    ({"entities": [{"type": "bold", "offset": 9, "length": 1}]}, "begins after the end of the text"),
    ({"entities": [{"type": "text_link", "offset": 0, "length": 1}]}, 'Can\'t find field "url"'),
    ({"entities": [{"type": "bold", "offset": "0", "length": 1}]}, "malformed"),
    ({"entities": {}}, "entities must be a JSON array"),
    ({"disable_notification": "perhaps"}, "must be a boolean"),
    ({"allow_paid_broadcast": True}, "FLOODSKIP_NOT_ALLOWED"),
    ({"business_connection_id": "x"}, "business connection not found"),
    ({"reply_markup": {"buttons": []}}, "object expected as reply markup"),
    ({"reply_markup": {"keyboard": "bad"}}, 'field "keyboard" must be of type Array'),
    ({"reply_markup": {"keyboard": ["x"]}}, "Array of Arrays"),
    ({"reply_markup": {"keyboard": [[{}]]}}, 'Can\'t find field "text"'),
    ({"reply_markup": {"keyboard": [[{"text": "x", "callback_data": "x"}]]}}, 'no field "callback_data"'),
    ({"reply_markup": {"keyboard": [["x"]], "resize_keyboard": "yes"}}, "must be of type Boolean"),
    ({"reply_markup": {"keyboard": [["x"]], "resize": True}}, 'no field "resize"'),
    ({"reply_markup": {"force_reply": True, "input_field_placeholder": "x" * 65}}, "1 to 64"),
    ({"reply_markup": {"keyboard": [["x"]] * 101}}, "reply markup is too long"),
    ({"link_preview_options": {"disabled": True}}, 'no field "disabled"'),
    ({"link_preview_options": {"is_disabled": "yes"}}, 'field "is_disabled" must be of type Boolean'),
    ({"reply_markup": "{"}, "can't parse reply markup JSON object"),
]


@pytest.mark.parametrize(("params", "sentence"), TEXTS)
def test_refused_text(double: BotApiDouble, params: dict[str, Any], sentence: str) -> None:
    assert sentence in said(double, **params)
    assert double.messages(LAN) == []


BUTTONS = [
    ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
    ({"text": "x", "callback_data": ""}, "Text buttons are unallowed in the inline keyboard"),
    ({"text": "x", "callback_data": "đ" * 33}, "Bad Request: BUTTON_DATA_INVALID"),
    ({"text": "x", "callback_data": "a", "url": "https://vi.du"}, "exclude each other"),
    ({"callback_data": "a"}, 'Can\'t find field "text"'),
    ({"text": "x", "url": "not-a-url"}, "'not-a-url' is invalid: Wrong HTTP URL"),
    ({"text": "x", "url": "ftp://vi.du"}, "Unsupported URL protocol"),
    ({"text": "x", "web_app": {"url": "http://vi.du"}}, "Only HTTPS links are allowed"),
    ({"text": "x", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "pay": True}, "BUTTON_TYPE_INVALID"),
    ({"text": "x", "callbackdata": "a"}, 'no field "callbackdata"'),
]


@pytest.mark.parametrize(("button", "sentence"), BUTTONS)
def test_refused_button(double: BotApiDouble, button: dict[str, Any], sentence: str) -> None:
    assert sentence in said(double, reply_markup={"inline_keyboard": [[button]]})


def test_longest_text_and_data_pass(double: BotApiDouble) -> None:
    keys = {"inline_keyboard": [[{"text": "x", "callback_data": "đ" * 32}]]}
    assert call(double, "sendMessage", chat_id=LAN, text="x" * 4096, reply_markup=keys)["ok"]
    marked = f"<b>{'x' * 4096}</b>"
    assert call(double, "sendMessage", chat_id=LAN, text=marked, parse_mode="HTML")["ok"]


OTHERS: list[tuple[str, dict[str, Any], str]] = [
    ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired"),
    ("editMessageText", {"chat_id": LAN, "message_id": 1, "text": "x"}, "message to edit not found"),
    ("editMessageReplyMarkup", {"chat_id": LAN}, "message identifier is not specified"),
    ("deleteMessage", {"chat_id": LAN, "message_id": 1}, "message to delete not found"),
    ("sendChatAction", {"chat_id": LAN, "action": "singing"}, "wrong parameter action in request"),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "must be non-empty"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x" * 257}]}, "must not exceed 256"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "TOO_MUCH"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "can't parse BotCommandScope"),
    ("setMyCommands", {"commands": ["start"]}, "can't parse BotCommand"),
    ("setMyCommands", {"commands": [], "scope": {"type": "me"}}, "Unsupported type specified"),
    ("setMyDescription", {"description": "x" * 513}, "must not exceed 512"),
    ("setMyName", {"name": "Loa", "language_code": "vie"}, "invalid language code"),
    ("setWebhook", {"url": "http://loa.example/hook"}, "An HTTPS URL must be provided"),
    ("setWebhook", {"url": "https://loa.example/", "secret_token": "a b"}, "unallowed characters"),
    ("setWebhook", {"url": "https://loa.example:9/"}, "only on ports 80, 88, 443 or 8443"),
    ("editMessageText", {"inline_message_id": "x", "text": "x"}, "MESSAGE_ID_INVALID"),
    ("sendMessage", {"chat_id": "lan", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@loa_khong_co", "text": "x"}, "chat not found"),
    ("getUpdates", {"timeout": "soon"}, "must be an integer"),
    ("leaveChat", {"chat_id": LAN}, "private chats"),
]


@pytest.mark.parametrize(("method", "params", "sentence"), OTHERS)
def test_refused_call(double: BotApiDouble, method: str, params: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(double, method, **params)


def test_edits_that_are_refused(double: BotApiDouble) -> None:
    theirs = updates.text(LAN, "x", message_id=7)
    double.push(theirs)
    assert "can't be edited" in refused(double, "editMessageText", chat_id=LAN, message_id=7, text="y")
    mine = call(double, "sendVoice", chat_id=LAN, voice="AwACAg")["result"]["message_id"]
    assert "no text in the message" in refused(double, "editMessageText", chat_id=LAN, message_id=mine, text="y")
    about = {"chat_id": LAN, "message_id": mine}
    assert "not modified" in refused(double, "editMessageReplyMarkup", **about)
    keys = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    assert call(double, "editMessageReplyMarkup", **about, reply_markup=keys)["result"]["reply_markup"] == keys
    other = {"force_reply": True}
    assert "inline keyboard expected" in refused(double, "editMessageReplyMarkup", **about, reply_markup=other)
    double.push(updates.callback(LAN, "x", double.messages(LAN)[0], query_id="8"))
    long = refused(double, "answerCallbackQuery", callback_query_id="8", text="x" * 201)
    assert long == "Bad Request: MESSAGE_TOO_LONG"
    with pytest.raises(LookupError):
        double.press(LAN, "Không có nút này")


def test_threads_leaving_and_logging_out(double: BotApiDouble) -> None:
    double.push(updates.text(-5, "x", thread_id=3))
    sent = call(double, "sendMessage", chat_id=-5, text="x", message_thread_id=3)
    assert sent["result"]["is_topic_message"] is True
    assert call(double, "leaveChat", chat_id=-5)["ok"]
    assert "not a member of the group chat" in refused(double, "sendMessage", chat_id=-5, text="x")
    double.block(LAN)
    assert said(double) == "Forbidden: bot was blocked by the user"
    double.unblock(LAN)
    assert call(double, "sendMessage", chat_id=LAN, text="x")["ok"]
    assert call(double, "close")["ok"]
    assert call(double, "logOut")["ok"]
    assert refused(double, "getMe") == "Logged out"


def test_unreadable_request(double: BotApiDouble) -> None:
    url, kind = f"{double.base_url}/bot{double.token}/sendMessage", {"Content-Type": "application/json"}
    assert httpx.post(url, content=b"{", headers=kind).json()["error_code"] == 400


def test_inline_answers(double: BotApiDouble) -> None:
    double.push(updates.inline_query(LAN, "phạt", query_id="77"))
    article = {
        "type": "article",
        "id": "1",
        "title": "Phạt",
        "input_message_content": {"message_text": "<b>"},
    }
    article["input_message_content"] |= {"parse_mode": "HTML"}  # type: ignore[operator]
    assert "can't parse entities" in refused(double, "answerInlineQuery", inline_query_id="77", results=[article])
    article["input_message_content"] = {"message_text": "1–3 triệu"}
    twice = refused(double, "answerInlineQuery", inline_query_id="77", results=[article, article])
    assert "RESULT_ID_DUPLICATE" in twice
    assert call(double, "answerInlineQuery", inline_query_id="77", results=[article])["ok"]
    double.expire_queries()
    assert "too old" in refused(double, "answerInlineQuery", inline_query_id="77", results=[article])


async def test_closed_chats(double: BotApiDouble, bot: telegram.Bot) -> None:
    double.push(updates.my_chat_member(LAN, blocked=True))
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(LAN, "x")
    double.push(updates.my_chat_member(LAN, blocked=False))
    assert await bot.send_message(LAN, "x")
    for update in updates.migration(-5, -1001234567890):
        double.push(update)
    with pytest.raises(telegram.error.ChatMigrated) as moved:
        await bot.send_message(-5, "x")
    assert moved.value.new_chat_id == -1001234567890
    double.block(-1001234567890)
    with pytest.raises(Forbidden, match="kicked from the supergroup chat"):
        await bot.send_message(-1001234567890, "x")


# ---- markup

HTML = [
    ("a & b &lt; c &#39;d&#x27; &copy;", "a & b < c 'd' &copy;", []),
    ("<i>🎺 a</i>b", "🎺 ab", [("italic", 0, 4)]),
    ("<b>x<u>y</u></b>", "xy", [("bold", 0, 2), ("underline", 1, 1)]),
    ('<a href="https://vi.du/?a=1&amp;b=2">x</a>', "x", [("text_link", 0, 1)]),
    ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
    ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
    ('<a href="nowhere">x</a>', "x", []),
    ("<code class='language-py'>x</code>", "x", [("code", 0, 1)]),
    ("<b></b>x", "x", []),
    ("  <b>x </b>  ", "x", [("bold", 0, 1)]),
]


@pytest.mark.parametrize(("source", "text", "marks"), HTML)
def test_html(source: str, text: str, marks: list[tuple[str, int, int]]) -> None:
    shown = formatted(source, "HTML", None)
    assert shown.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in shown.entities] == marks


BROKEN = [
    ("HTML", "<b>x</b", "Unclosed end tag at byte offset 4"),
    ("HTML", '<a ="x">x</a>', 'Empty attribute name in the tag "a"'),
    ("HTML", "<a href=x", "Unclosed start tag at byte offset 0"),
    ("MarkdownV2", "`x", "Can't find end of Code entity at byte offset 0"),
    ("MarkdownV2", "[x](y", "Can't find end of a URL at byte offset 0"),
    ("Markdown", "*x*", "legacy Markdown is not simulated"),
    ("HTML", "<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("HTML", "<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
    ("HTML", "đ < 3", 'Unsupported start tag "" at byte offset 3'),
    ("HTML", "<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ("HTML", "x</b>", "Unexpected end tag at byte offset 1"),
    ("HTML", "x <b", "Unclosed start tag at byte offset 2"),
    ("HTML", '<a href="x', "Unclosed start tag"),
    ("HTML", '<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler"'),
    ("MarkdownV2", "hello.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
    ("MarkdownV2", "*unclosed", "Can't find end of Bold entity at byte offset 0"),
    ("MarkdownV2", "*bold _italic\\_*", "Can't find end of Bold entity at byte offset 15"),
]


@pytest.mark.parametrize(("mode", "text", "sentence"), BROKEN)
def test_broken_markup(double: BotApiDouble, mode: str, text: str, sentence: str) -> None:
    assert sentence in said(double, text=text, parse_mode=mode)


def test_markdown() -> None:
    shown = formatted(r"*a _b_* ||c|| `d\.` [e](https://vi.du/\)) 1\.", "MarkdownV2", None)
    assert shown.text == "a b c d. e 1."
    kinds = ["bold", "italic", "spoiler", "code", "text_link"]
    assert [e["type"] for e in shown.entities] == kinds
    assert shown.entities[-1]["url"] == "https://vi.du/)"
