from __future__ import annotations

import json
import logging

from bot.logs import JsonLines


def line(message: str, **extra: object) -> dict[str, object]:
    record = logging.getLogger("loa.test").makeRecord(
        "loa.test", logging.INFO, "f", 1, message, (), None, extra=dict(extra)
    )
    found: dict[str, object] = json.loads(JsonLines().format(record))
    return found


def test_a_line_is_one_json_object_with_its_fields() -> None:
    found = line("updates kept", received=3, new=2)
    assert (found["what"], found["received"], found["new"], found["log"]) == ("updates kept", 3, 2, "loa.test")


def test_a_token_is_struck_out_wherever_it_stands() -> None:
    token = "123456789:" + "A" * 35
    found = JsonLines().format(
        logging.makeLogRecord({"msg": f"POST /bot{token}/getMe", "url": f"https://x/bot{token}"})
    )
    assert token not in found
    assert found.count("[token]") == 2


def test_of_an_exception_only_its_kind_is_said() -> None:
    try:
        raise ValueError("what a resident wrote")
    except ValueError as error:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": (ValueError, error, error.__traceback__)})
    found = JsonLines().format(record)
    assert "ValueError" in found
    assert "resident" not in found
