"""What Telegram refuses, as functions that raise `Refusal`.

Sentences are Telegram's where they are known. Those that end in "(strictness of the double)" are not: there
Telegram keeps silent, picks one, or says something this project has not seen.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.botapi import utf16
from tests.botapi.data import Json, bad_request
from tests.botapi.formatting import parse_html, parse_markdown

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_BUTTONS = 100
STRICT = "(strictness of the double)"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ACTIONS = _words(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
)
ENTITY_TYPES = _words(
    "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler "
    "blockquote expandable_blockquote code pre text_link text_mention custom_emoji"
)
_ENTITY_FIELDS = {"type", "offset", "length", "url", "user", "language", "custom_emoji_id"}
_INLINE_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_INLINE_FIELDS = {"text", "icon_custom_emoji_id", "style", *_INLINE_ACTIONS}
_KEY_FIELDS = {
    "text",
    "icon_custom_emoji_id",
    "style",
    "request_users",
    "request_chat",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
    "request_managed_bot",
}
_MARKUPS = {
    "inline_keyboard": set(),
    "keyboard": {
        "is_persistent",
        "resize_keyboard",
        "one_time_keyboard",
        "input_field_placeholder",
        "selective",
    },
    "remove_keyboard": {"selective"},
    "force_reply": {"input_field_placeholder", "selective"},
}
_REPLY_FIELDS = {
    "message_id",
    "chat_id",
    "allow_sending_without_reply",
    "quote",
    "quote_parse_mode",
    "quote_entities",
    "quote_position",
    "checklist_task_id",
    "poll_option_id",
}
_RESULTS = _words("article audio contact game document gif location mpeg4_gif photo sticker venue video voice")
_ARTICLE_FIELDS = _words(
    "type id title input_message_content reply_markup url description thumbnail_url thumbnail_width thumbnail_height"
)
_TEXT_FIELDS = _words("message_text parse_mode entities link_preview_options")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


@dataclass(frozen=True)
class Formatted:
    """Text as it will be shown, with its entities."""

    text: str
    entities: tuple[Json, ...]


def formatted(text: str, parse_mode: str | None, entities: list[Json] | None, *, limit: int = MAX_TEXT) -> Formatted:
    """Work out what will be shown, the white space at both ends cut off.

    Raise `Refusal` for an empty text, broken markup, an entity out of bounds, or over `limit` UTF-16 units.
    """
    if not text:
        raise bad_request("message text is empty")
    plain, marks = _parsed(text, parse_mode, entities)
    shown = _trimmed(plain, marks)
    if not shown.text:
        raise bad_request("text must be non-empty")
    if utf16.length(shown.text) > limit:
        raise bad_request("message is too long" if limit == MAX_TEXT else "message caption is too long")
    return shown


def _parsed(text: str, parse_mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    mode = (parse_mode or "").lower()
    if mode == "html":
        return parse_html(text)
    if mode == "markdownv2":
        return parse_markdown(text)
    if mode == "markdown":
        raise bad_request(f"legacy Markdown is not simulated {STRICT}")
    if mode:
        raise bad_request("unsupported parse_mode")
    check_entities(text, entities or [])
    return text, sorted(entities or [], key=lambda e: (e["offset"], -e["length"]))


def _trimmed(text: str, entities: list[Json]) -> Formatted:
    text = text.replace("\r", "")
    lead = len(text) - len(text.lstrip())
    if entities:
        lead = min(lead, entities[0]["offset"])
    shown = text[lead:].rstrip()
    size, kept = utf16.length(shown), []
    for entity in entities:
        begin = entity["offset"] - lead
        end = min(begin + entity["length"], size)
        if end > begin:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return Formatted(shown, tuple(kept))


def check_entities(text: str, entities: list[Json]) -> None:
    """Raise `Refusal` for an entity of unknown kind, outside `text`, or through the middle of a character."""
    edges, size = utf16.boundaries(text), utf16.length(text)
    for entity in entities:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= set(entity) <= _ENTITY_FIELDS:
            raise bad_request(f"can't parse MessageEntity {STRICT}")
        if entity["type"] not in ENTITY_TYPES:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        _check_span(entity["offset"], entity["length"], size, edges)
        if entity["type"] == "text_link":
            _check_entity_url(entity)


def _check_span(begin: int, count: int, size: int, edges: set[int]) -> None:
    if begin < 0:
        raise bad_request(f"receive an entity with incorrect offset {begin}")
    if count < 0:
        raise bad_request(f"receive an entity with incorrect length {count}")
    if begin > size:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {begin}")
    place = f"entity beginning at UTF-16 offset {begin}"
    if begin + count > size:
        raise bad_request(f"{place} ends after the end of the text at UTF-16 offset {begin + count}")
    if begin not in edges or begin + count not in edges:
        raise bad_request(f"{place} cuts a UTF-16 symbol in two {STRICT}")


def _check_entity_url(entity: Json) -> None:
    if "url" not in entity:
        raise bad_request("can't parse MessageEntity: Can't find field \"url\"")
    if fault := _link_fault(entity["url"]):
        raise bad_request(f"entity URL '{entity['url']}' is invalid: {fault}")


def check_link_preview(options: Json | None) -> None:
    """Raise `Refusal` for unknown options and for switches that are not booleans."""
    fields = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
    for name, value in (options or {}).items():
        if name not in fields:
            raise bad_request(f'link preview options have no field "{name}" {STRICT}')
        if name != "url" and not isinstance(value, bool):
            raise bad_request(f'field "{name}" must be of type Boolean')


def check_markup(markup: Json | None, *, private: bool, inline_only: bool = False) -> None:
    """Raise `Refusal` for a keyboard Telegram would not show."""
    if not markup:
        return
    kind = next((k for k in _MARKUPS if k in markup), None)
    if kind is None:
        raise bad_request("object expected as reply markup")
    if inline_only and kind != "inline_keyboard":
        raise bad_request("inline keyboard expected")
    if unknown := sorted(set(markup) - {kind} - _MARKUPS[kind]):
        raise bad_request(f'reply markup has no field "{unknown[0]}" {STRICT}')
    if not 1 <= utf16.length(markup.get("input_field_placeholder", "?")) <= 64:
        raise bad_request(f"input_field_placeholder must have 1 to 64 characters {STRICT}")
    for name, value in markup.items():
        if name not in ("inline_keyboard", "keyboard", "input_field_placeholder") and not isinstance(value, bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if kind in ("inline_keyboard", "keyboard"):
        _check_rows(kind, markup[kind], private=private)


def _check_rows(kind: str, rows: Any, *, private: bool) -> None:
    if not isinstance(rows, list):
        raise bad_request(f'field "{kind}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{kind}" must be an Array of Arrays')
    buttons = [button for row in rows for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    if not buttons and kind == "keyboard":
        raise bad_request(f"a reply keyboard needs a button {STRICT}")
    for button in buttons:
        if kind == "inline_keyboard":
            _check_inline_button(button, private=private)
        else:
            _check_key(button)


def _check_inline_button(button: Any, *, private: bool) -> None:
    lead = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{lead}InlineKeyboardButton must be an Object")
    if unknown := sorted(set(button) - _INLINE_FIELDS):
        raise bad_request(f'{lead}no field "{unknown[0]}" {STRICT}')
    if not button.get("text"):
        raise bad_request(f'{lead}Can\'t find field "text"')
    actions = [name for name in _INLINE_ACTIONS if name in button]
    if not actions or button.get("callback_data") == "":
        raise bad_request(f"{lead}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{lead}{' and '.join(actions)} exclude each other {STRICT}")
    _check_action(actions[0], button[actions[0]], private=private)


def _check_action(action: str, value: Any, *, private: bool) -> None:
    if action == "callback_data" and len(str(value).encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url" and (fault := _link_fault(str(value))):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: {fault}")
    if action == "copy_text" and not 1 <= utf16.length(value.get("text", "")) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action == "web_app":
        _check_web_app(str(value.get("url", "")))
    if action in ("pay", "callback_game") or (action == "web_app" and not private):
        raise bad_request("BUTTON_TYPE_INVALID")


def _check_web_app(url: str) -> None:
    if not url.startswith("https://"):
        fault = "Only HTTPS links are allowed"
        raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: {fault}")


def _link_fault(url: str) -> str | None:
    """Say what Telegram has against a link; None for nothing."""
    if url.startswith("tg://"):
        return None
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in ("http", "https", "ton", "tonsite"):
        return "Unsupported URL protocol"
    if not parts.netloc:
        return "URL host is empty"
    return None if "." in parts.netloc and not re.search(r"\s", url) else "Wrong HTTP URL"


def _check_key(button: Any) -> None:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if unknown := sorted(set(button) - _KEY_FIELDS):
        raise bad_request(f'can\'t parse keyboard button: no field "{unknown[0]}" {STRICT}')


def check_reply_parameters(reply: Json | None) -> None:
    """Raise `Refusal` for unknown fields, or none that says what is answered."""
    if reply is None:
        return
    if unknown := sorted(set(reply) - _REPLY_FIELDS):
        raise bad_request(f'reply parameters have no field "{unknown[0]}" {STRICT}')
    if not isinstance(reply.get("message_id"), int):
        raise bad_request('can\'t find field "message_id"')


def check_commands(commands: list[Any]) -> None:
    """Raise `Refusal` for a list of commands outside the documented limits."""
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for entry in commands:
        if not isinstance(entry, dict) or set(entry) != {"command", "description"}:
            raise bad_request("can't parse BotCommand")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", entry["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not entry["description"].strip():
            raise bad_request("command description must be non-empty")
        if len(entry["description"]) > 256:
            raise bad_request("command description length must not exceed 256")


def scope_key(scope: Json | None) -> tuple[Any, ...]:
    """Name a scope; raise `Refusal` for one that is not documented."""
    scope = scope or {"type": "default"}
    needed = _SCOPES.get(str(scope.get("type")))
    if needed is None:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if set(scope) != {"type", *needed}:
        raise bad_request(f"can't parse BotCommandScope: expected type {' '.join(needed)}".rstrip())
    return (scope["type"], *(scope[name] for name in needed))


def check_language(code: str | None) -> str:
    """Give the language or "" for none; raise `Refusal` unless it is a two-letter code."""
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code or ""


def check_length(value: str, limit: int, what: str) -> str:
    """Give `value`; raise `Refusal` if it is longer than `limit` characters."""
    if len(value) > limit:
        raise bad_request(f"{what} must not exceed {limit} characters {STRICT}")
    return value


def check_webhook(url: str, secret_token: str | None, max_connections: int) -> None:
    """Raise `Refusal` for what setWebhook does not take.

    Plain HTTP is let through to loopback only; Telegram itself wants HTTPS on port 443, 80, 88 or 8443.
    """
    parts = urlsplit(url)
    loopback = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if url and parts.scheme != "https" and not loopback:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if url and not loopback and parts.port not in (None, 443, 80, 88, 8443):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if secret_token is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret_token):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= max_connections <= 100:
        raise bad_request(f"max_connections must be 1 to 100 {STRICT}")


def check_inline_results(results: list[Any]) -> None:
    """Raise `Refusal` for more than 50 results, a repeated id, or an article without its parts."""
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    if not all(isinstance(result, dict) for result in results):
        raise bad_request("can't parse inline query result: InlineQueryResult must be an Object")
    ids = [result.get("id") for result in results]
    if not all(isinstance(i, str) and 1 <= len(i.encode()) <= 64 for i in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        if result.get("type") not in _RESULTS:
            raise bad_request("can't parse inline query result: type of InlineQueryResult is not known")
        if result["type"] == "article":
            _check_article(result)
        # A card may be put into any chat, so that buttons for private chats alone are not accepted.
        check_markup(result.get("reply_markup"), private=False, inline_only=True)


def _check_article(result: Json) -> None:
    if unknown := sorted(set(result) - _ARTICLE_FIELDS):
        raise bad_request(f'an article has no field "{unknown[0]}" {STRICT}')
    content = result.get("input_message_content")
    if not result.get("title") or not isinstance(content, dict):
        raise bad_request("can't parse InlineQueryResult: an article needs title and input_message_content")
    if "message_text" not in content:
        if not set(content) & {"latitude", "phone_number", "payload"}:
            raise bad_request("message text is empty")
        return
    if unknown := sorted(set(content) - _TEXT_FIELDS):
        raise bad_request(f'InputTextMessageContent has no field "{unknown[0]}" {STRICT}')
    formatted(content["message_text"], content.get("parse_mode"), content.get("entities"))
    check_link_preview(content.get("link_preview_options"))


def check_inline_button(button: Json | None) -> None:
    """Raise `Refusal` for a button above the results that leads to nothing, or to two places."""
    if button is None:
        return
    if not button.get("text") or ("web_app" in button) == ("start_parameter" in button):
        raise bad_request(f"a button above the results needs text and one of web_app and start_parameter {STRICT}")
    start = button.get("start_parameter")
    if start is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start):
        raise bad_request("START_PARAM_INVALID")
