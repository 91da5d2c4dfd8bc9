"""What each method does to the world: pure functions of world and parameters, run under the double's lock.

getUpdates waits and so lives with the server.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.botapi import rules, updates
from tests.botapi.data import ChatMessage, Json, Refusal, Webhook, bad_request
from tests.botapi.world import Chat, World

Method = Callable[[World, Json], Any]
METHODS: dict[str, Method] = {}

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def _method(name: str) -> Callable[[Method], Method]:
    def register(function: Method) -> Method:
        METHODS[name] = function
        return function

    return register


@_method("getMe")
def _get_me(_world: World, _params: Json) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return updates.BOT | abilities


@_method("close")
def _close(_world: World, _params: Json) -> bool:
    return True


@_method("logOut")
def _log_out(world: World, _params: Json) -> bool:
    world.logged_out = True
    return True


def _replied(world: World, chat: Chat, reply: Json | None) -> ChatMessage | None:
    rules.check_reply_parameters(reply)
    if not reply:
        return None
    place: int = reply.get("chat_id") or chat.raw["id"]
    found = world.messages.get(place, {}).get(reply["message_id"])
    if found is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def _check_place(world: World, chat: Chat, params: Json) -> None:
    thread = params.get("message_thread_id")
    if thread and (chat.raw["id"], thread) not in world.threads:
        raise bad_request("message thread not found")
    if "business_connection_id" in params:
        raise bad_request("business connection not found")
    if params.get("allow_paid_broadcast"):
        raise bad_request("FLOODSKIP_NOT_ALLOWED")


def _send(world: World, params: Json, content: Json, shown: rules.Formatted) -> Json:
    chat = world.writable(params["chat_id"])
    markup = params.get("reply_markup")
    rules.check_markup(markup, private=chat.private)
    rules.check_link_preview(params.get("link_preview_options"))
    _check_place(world, chat, params)
    replied = _replied(world, chat, params.get("reply_parameters"))
    raw: Json = {
        "message_id": updates.next_message_id(),
        "from": updates.BOT,
        "chat": chat.raw,
        "date": int(time.time()),
        **content,
    }
    if replied:
        raw["reply_to_message"] = {k: v for k, v in replied.raw.items() if k != "reply_to_message"}
    if markup and markup.get("inline_keyboard"):
        raw["reply_markup"] = markup
    if thread := params.get("message_thread_id"):
        raw |= {"message_thread_id": thread, "is_topic_message": True}
    sent = ChatMessage(
        message_id=raw["message_id"],
        chat_id=chat.raw["id"],
        from_bot=True,
        text=shown.text,
        raw=raw,
        entities=shown.entities,
        parse_mode=params.get("parse_mode"),
        reply_markup=markup or None,
        reply_to=replied.message_id if replied else None,
    )
    world.add_message(sent)
    world.sent.append(sent)
    return raw


@_method("sendMessage")
def _send_message(world: World, params: Json) -> Json:
    shown = rules.formatted(params.get("text", ""), params.get("parse_mode"), params.get("entities"))
    return _send(world, params, _text_fields(shown), shown)


def _text_fields(shown: rules.Formatted) -> Json:
    fields: Json = {"text": shown.text}
    return fields | ({"entities": list(shown.entities)} if shown.entities else {})


@_method("sendVoice")
def _send_voice(world: World, params: Json) -> Json:
    voice, shown = params["voice"], rules.Formatted("", ())
    size = voice["size"] if isinstance(voice, dict) else 2048
    if not size:
        raise bad_request("file must be non-empty")
    if caption := params.get("caption"):
        mode, marks = params.get("parse_mode"), params.get("caption_entities")
        shown = rules.formatted(caption, mode, marks, limit=rules.MAX_CAPTION)
    file = {
        "file_id": "AwACAgUTEST",
        "file_unique_id": "AgADTEST",
        "duration": params.get("duration", 0),
        "mime_type": "audio/ogg",
        "file_size": size,
    }
    content: Json = {"voice": file}
    if shown.text:
        content |= {"caption": shown.text, "caption_entities": list(shown.entities)}
    return _send(world, params, content, shown)


def _editable(world: World, params: Json) -> ChatMessage:
    if "inline_message_id" in params:
        raise bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = world.writable(params["chat_id"])
    found = world.message(chat.raw["id"], params["message_id"], "message to edit not found")
    if not found.from_bot:
        raise bad_request("message can't be edited")
    rules.check_markup(params.get("reply_markup"), private=chat.private, inline_only=True)
    rules.check_link_preview(params.get("link_preview_options"))
    return found


def _inline(markup: Json | None) -> Json | None:
    return markup if markup and markup.get("inline_keyboard") else None


def _with_markup(raw: Json, markup: Json | None) -> Json:
    bare = {k: v for k, v in raw.items() if k != "reply_markup"}
    return bare | ({"reply_markup": markup} if markup else {})


@_method("editMessageText")
def _edit_text(world: World, params: Json) -> Json:
    shown = rules.formatted(params.get("text", ""), params.get("parse_mode"), params.get("entities"))
    old, markup = _editable(world, params), _inline(params.get("reply_markup"))
    if "text" not in old.raw:
        raise bad_request("there is no text in the message to edit")
    if (old.text, old.entities, _inline(old.reply_markup)) == (shown.text, shown.entities, markup):
        raise bad_request(NOT_MODIFIED)
    kept = {k: v for k, v in old.raw.items() if k not in ("text", "entities")}
    raw = _with_markup(kept | _text_fields(shown), markup)
    edited = world.mark_edited(
        replace(old, raw=raw),
        text=shown.text,
        entities=shown.entities,
        parse_mode=params.get("parse_mode"),
        reply_markup=markup,
    )
    return edited.raw


@_method("editMessageReplyMarkup")
def _edit_markup(world: World, params: Json) -> Json:
    old, markup = _editable(world, params), _inline(params.get("reply_markup"))
    if _inline(old.reply_markup) == markup:
        raise bad_request(NOT_MODIFIED)
    raw = _with_markup(old.raw, markup)
    return world.mark_edited(replace(old, raw=raw), reply_markup=markup).raw


@_method("deleteMessage")
def _delete_message(world: World, params: Json) -> bool:
    chat = world.writable(params["chat_id"])
    found = world.message(chat.raw["id"], params["message_id"], "message to delete not found")
    if not found.from_bot and not chat.private:
        raise bad_request("message can't be deleted")
    del world.messages[found.chat_id][found.message_id]
    return True


@_method("answerCallbackQuery")
def _answer_callback(world: World, params: Json) -> bool:
    if params["callback_query_id"] not in world.callbacks:
        raise bad_request(TOO_OLD)
    if len(params.get("text", "")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    return True


@_method("answerInlineQuery")
def _answer_inline(world: World, params: Json) -> bool:
    if params["inline_query_id"] not in world.inline_queries:
        raise bad_request(TOO_OLD)
    rules.check_inline_results(params["results"])
    rules.check_inline_button(params.get("button"))
    if len(params.get("next_offset", "").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    return True


@_method("sendChatAction")
def _chat_action(world: World, params: Json) -> bool:
    if params["action"] not in rules.ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.writable(params["chat_id"])
    return True


@_method("getChat")
def _get_chat(world: World, params: Json) -> Json:
    full: Json = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    return world.chat(params["chat_id"]).raw | full


@_method("leaveChat")
def _leave_chat(world: World, params: Json) -> bool:
    chat = world.writable(params["chat_id"])
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.closed = Refusal(403, f"Forbidden: bot is not a member of the {chat.raw['type']} chat")
    return True


def _command_key(params: Json) -> tuple[Any, ...]:
    return (*rules.scope_key(params.get("scope")), rules.check_language(params.get("language_code")))


@_method("setMyCommands")
def _set_commands(world: World, params: Json) -> bool:
    rules.check_commands(params["commands"])
    world.commands[_command_key(params)] = params["commands"]
    return True


@_method("getMyCommands")
def _get_commands(world: World, params: Json) -> list[Json]:
    return world.commands.get(_command_key(params), [])


@_method("deleteMyCommands")
def _delete_commands(world: World, params: Json) -> bool:
    world.commands.pop(_command_key(params), None)
    return True


def _profile(field: str, setter: str, limit: int) -> None:
    @_method(f"set{setter}")
    def write(world: World, params: Json) -> bool:
        language = rules.check_language(params.get("language_code"))
        world.profile[field, language] = rules.check_length(params.get(field, ""), limit, field)
        return True

    @_method(f"get{setter}")
    def read(world: World, params: Json) -> Json:
        language = rules.check_language(params.get("language_code"))
        fallback = world.profile.get((field, ""), "")
        return {field: world.profile.get((field, language)) or fallback}


_profile("name", "MyName", 64)
_profile("description", "MyDescription", 512)
_profile("short_description", "MyShortDescription", 120)


def allow_updates(world: World, params: Json) -> None:
    """Take over `allowed_updates`; without it the last setting stays."""
    if "allowed_updates" in params:
        world.queue.allowed = [str(kind) for kind in params["allowed_updates"]]


@_method("setWebhook")
def _set_webhook(world: World, params: Json) -> bool:
    connections = params.get("max_connections", 40)
    rules.check_webhook(params.get("url", ""), params.get("secret_token"), connections)
    allow_updates(world, params)
    if params.get("drop_pending_updates"):
        world.queue.clear()
    world.webhook = Webhook(params.get("url", ""), params.get("secret_token"), connections, params.get("ip_address"))
    world.webhook_error = None
    return True


@_method("deleteWebhook")
def _delete_webhook(world: World, params: Json) -> bool:
    if params.get("drop_pending_updates"):
        world.queue.clear()
    world.webhook = Webhook()
    world.webhook_error = None
    return True


@_method("getWebhookInfo")
def _webhook_info(world: World, _params: Json) -> Json:
    hook = world.webhook
    info: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.queue.pending),
    }
    if hook.url:
        info["max_connections"] = hook.max_connections
    if world.webhook_error:
        info["last_error_date"], info["last_error_message"] = world.webhook_error
    if world.queue.allowed:
        info["allowed_updates"] = world.queue.allowed
    return info
