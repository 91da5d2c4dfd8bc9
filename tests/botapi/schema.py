"""The parameters of every method the double knows, and how each is read from a request.

Telegram ignores parameters it does not know. The double refuses them: there they are misspelt.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.botapi.data import Json, bad_request

_TO_CHAT = "message_thread_id:int business_connection_id:str"
_SENDING = (
    f"{_TO_CHAT} direct_messages_topic_id:int parse_mode:str disable_notification:bool "
    "protect_content:bool allow_paid_broadcast:bool message_effect_id:str "
    "suggested_post_parameters:object reply_parameters:object reply_markup:object"
)
_ONE_MESSAGE = "business_connection_id:str chat_id:chat message_id:int inline_message_id:str"
_SCOPED = "scope:object language_code:str"


@dataclass(frozen=True)
class Spec:
    """Names and kinds of a method's parameters."""

    required: Mapping[str, str]
    optional: Mapping[str, str]


def _kinds(text: str) -> dict[str, str]:
    return dict(word.split(":", 1) for word in text.split())


def _spec(required: str = "", optional: str = "") -> Spec:
    return Spec(_kinds(required), _kinds(optional))


SPECS: Mapping[str, Spec] = {
    "getMe": _spec(),
    "logOut": _spec(),
    "close": _spec(),
    "getUpdates": _spec("", "offset:int limit:int timeout:int allowed_updates:list"),
    "setWebhook": _spec(
        "url:str",
        "certificate:file ip_address:str max_connections:int allowed_updates:list drop_pending_updates:bool "
        "secret_token:str",
    ),
    "deleteWebhook": _spec("", "drop_pending_updates:bool"),
    "getWebhookInfo": _spec(),
    "sendMessage": _spec("chat_id:chat text:str", f"{_SENDING} entities:list link_preview_options:object"),
    "sendVoice": _spec("chat_id:chat voice:file", f"{_SENDING} caption:str caption_entities:list duration:int"),
    "editMessageText": _spec(
        "text:str",
        f"{_ONE_MESSAGE} parse_mode:str entities:list link_preview_options:object reply_markup:object",
    ),
    "editMessageReplyMarkup": _spec("", f"{_ONE_MESSAGE} reply_markup:object"),
    "deleteMessage": _spec("chat_id:chat message_id:int"),
    "answerCallbackQuery": _spec("callback_query_id:str", "text:str show_alert:bool url:str cache_time:int"),
    "answerInlineQuery": _spec(
        "inline_query_id:str results:list", "cache_time:int is_personal:bool next_offset:str button:object"
    ),
    "sendChatAction": _spec("chat_id:chat action:str", _TO_CHAT),
    "getChat": _spec("chat_id:chat"),
    "leaveChat": _spec("chat_id:chat"),
    "setMyCommands": _spec("commands:list", _SCOPED),
    "getMyCommands": _spec("", _SCOPED),
    "deleteMyCommands": _spec("", _SCOPED),
    "setMyName": _spec("", "name:str language_code:str"),
    "getMyName": _spec("", "language_code:str"),
    "setMyDescription": _spec("", "description:str language_code:str"),
    "getMyDescription": _spec("", "language_code:str"),
    "setMyShortDescription": _spec("", "short_description:str language_code:str"),
    "getMyShortDescription": _spec("", "language_code:str"),
}
_CANONICAL = {name.lower(): name for name in SPECS}
_EMPTY_ALLOWED = {("setWebhook", "url"), ("sendMessage", "text"), ("editMessageText", "text")}


def canonical(method: str) -> str | None:
    """Give the documented spelling of `method`, which Telegram reads without regard to case."""
    return _CANONICAL.get(method.lower())


def decode(method: str, given: Mapping[str, Any]) -> Json:
    """Read the parameters by their documented kinds.

    Raise `Refusal` (400) for one that is unknown, missing or not of its kind. A missing text is left to the
    rules, since Telegram treats it as an empty one.
    """
    spec = SPECS[method]
    kinds = {**spec.required, **spec.optional}
    if unknown := sorted(set(given) - set(kinds)):
        raise bad_request(f'{method} has no parameter "{unknown[0]}" (strictness of the double)')
    params = {name: _read(kinds[name], name, value) for name, value in given.items() if value is not None}
    for name in spec.required:
        if params.get(name, "") == "" and (method, name) not in _EMPTY_ALLOWED:
            raise bad_request(_missing(name))
    return params


def _missing(name: str) -> str:
    sentences = {
        "chat_id": "chat_id is empty",
        "message_id": "message identifier is not specified",
        "voice": "there is no voice in the request",
        "action": "wrong parameter action in request",
    }
    return sentences.get(name, f'parameter "{name}" is required')


def _read(kind: str, name: str, value: Any) -> Any:
    readers = {"int": _integer, "bool": _boolean, "chat": _chat, "object": _nested, "list": _nested}
    if kind in ("object", "list"):
        found = _nested(name, value)
        if not isinstance(found, dict if kind == "object" else list):
            raise bad_request(f"{name} must be a JSON {'object' if kind == 'object' else 'array'}")
        return found
    if kind in readers:
        return readers[kind](name, value)
    return value if isinstance(value, str | dict) else json.dumps(value)


def _integer(name: str, value: Any) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise bad_request(f'parameter "{name}" must be an integer') from None


def _boolean(name: str, value: Any) -> bool:
    word = str(value).lower()
    if word not in ("true", "false", "1", "0", "yes", "no"):
        raise bad_request(f'parameter "{name}" must be a boolean')
    return word in ("true", "1", "yes")


def _chat(name: str, value: Any) -> int | str:
    text = str(value)
    if text.startswith("@"):
        return text
    try:
        return int(text)
    except ValueError:
        raise bad_request("chat not found" if text else f"{name} is empty") from None


def _nested(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
