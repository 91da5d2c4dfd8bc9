"""A test double of the Telegram Bot API on loopback, written from the public documentation.

It refuses what the documentation says Telegram refuses, and is stricter where silence would hide a mistake
(unknown parameters, two actions on one button).
Nothing offline proves behaviour against Telegram itself: a bot that passes here has still to be tried there.
"""

from tests.botapi.data import Call, ChatMessage, Delivery, Refusal
from tests.botapi.double import BotApiDouble
from tests.botapi.faults import Fault, Faults

__all__ = ["BotApiDouble", "Call", "ChatMessage", "Delivery", "Fault", "Faults", "Refusal"]
