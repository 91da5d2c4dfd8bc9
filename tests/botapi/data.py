"""The records the double keeps and hands out, and the one exception it answers with."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """An answer with ``ok: false``; `description` is the whole sentence, prefix included."""

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """Give the JSON the Bot API sends with this error."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str) -> Refusal:
    """Make the 400 that Telegram sends for `reason`."""
    return Refusal(400, f"Bad Request: {reason}")


@dataclass(frozen=True)
class Call:
    """One request of the bot.

    `at` is `time.monotonic()`. `processed` says whether the double carried it out, which with a fault is not
    what the bot was told: `status` is 0 where the connection was cut or left hanging.
    """

    method: str
    params: Json
    at: float
    status: int
    result: Any = None
    error: str | None = None
    fault: str | None = None
    processed: bool = True

    @property
    def effective(self) -> bool:
        """Whether the call changed what the resident sees, whatever the bot was told."""
        return self.processed and self.error is None


@dataclass(frozen=True)
class ChatMessage:
    """A message as it now stands in a chat, edits applied.

    `raw` is the Message as the Bot API gives it; `reply_markup` what the bot sent, reply keyboards included,
    which the API does not give back; `reply_to` the id of the message it answers.
    """

    message_id: int
    chat_id: int
    from_bot: bool
    text: str
    raw: Json
    entities: tuple[Json, ...] = ()
    parse_mode: str | None = None
    reply_markup: Json | None = None
    reply_to: int | None = None
    edited: bool = False

    @property
    def buttons(self) -> list[Json]:
        """Give the buttons under the message, row after row."""
        markup = self.reply_markup or {}
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        return [{"text": b} if isinstance(b, str) else b for row in rows for b in row]


@dataclass(frozen=True)
class Delivery:
    """One POST to the webhook; `status` is 0 where no answer came."""

    update_id: int
    at: float
    status: int
    error: str | None = None


@dataclass(frozen=True)
class Webhook:
    """What setWebhook left behind; an empty `url` means polling."""

    url: str = ""
    secret_token: str | None = None
    max_connections: int = 40
    ip_address: str | None = None
