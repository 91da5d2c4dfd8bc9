from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.console.api import MAX_LETTERS
from bot.console.desk import Desk
from tests.fakes import FixedClock, rows

WEDDING = "đám cưới có được tổ chức không"


async def ask(web: httpx.AsyncClient, **body: Any) -> httpx.Response:
    return await web.post("/api/ask", json=body)


async def test_an_answer_has_the_agreed_shape(web: httpx.AsyncClient) -> None:
    found = (await ask(web, text=WEDDING, lang="vi")).json()
    assert set(found) == {"outcome", "answered", "intents", "text", "markdown", "citations", "buttons"}
    assert found["outcome"] == "answered"
    assert found["answered"] == ["weddings_funerals"]
    assert found["intents"][0]["intent"] == "weddings_funerals"
    quoted = found["citations"][0]
    assert set(quoted) == {"directive", "number", "date", "clause", "quote"}
    assert (quoted["directive"], quoted["clause"], quoted["number"]) == ("UBND@2021", "2", None)
    assert quoted["quote"] in found["text"]
    assert {"label", "action", "intent"} == set(found["buttons"][0])


async def test_a_session_understands_follow_ups_for_ten_minutes(web: httpx.AsyncClient, clock: FixedClock) -> None:
    session = "phong-tho-01"
    await ask(web, text=WEDDING, session=session)
    follow = (await ask(web, text="thế còn đám tang?", session=session)).json()
    assert follow["answered"] == ["weddings_funerals"]
    await ask(web, text="5K là gì", session=session)
    clock.go_on(minutes=11)
    late = (await ask(web, text="ở đâu?", session=session)).json()
    assert late["outcome"] != "answered"


async def test_without_a_session_nothing_is_remembered(web: httpx.AsyncClient, desk: Desk) -> None:
    await ask(web, text=WEDDING)
    assert (await ask(web, text="ở đâu?")).json()["outcome"] != "answered"
    assert await rows(desk.store, "SELECT count(*) FROM conversations") == [(0,)]


async def test_deleting_without_a_session_deletes_nothing_of_others(web: httpx.AsyncClient, desk: Desk) -> None:
    await ask(web, text=WEDDING)
    assert (await ask(web, text="/xoadulieu")).status_code == 200
    assert await rows(desk.store, "SELECT count(*) FROM questions") == [(1,)]


async def test_the_log_holds_the_masked_text_sealed(web: httpx.AsyncClient, desk: Desk) -> None:
    await ask(web, text="số tôi là 0912345678, không đeo khẩu trang phạt bao nhiêu")
    (row,) = await rows(desk.store, "SELECT sealed, outcome, release FROM questions")
    text = desk.sealer.open(row[0], "question")
    assert "0912345678" not in text
    assert "khẩu trang" in text
    assert row[2] == desk.reception.guide.catalogue.release


BAD: dict[str, tuple[bytes, str, int]] = {
    "no JSON": (b"{", "application/json", 400),
    "nothing": (b"", "application/json", 422),
    "a list": (b"[]", "application/json", 422),
    "a string": (b'"a"', "application/json", 422),
    "null": (b"null", "application/json", 422),
    "no text": (b"{}", "application/json", 422),
    "empty text": (b'{"text": ""}', "application/json", 422),
    "a number": (b'{"text": 5}', "application/json", 422),
    "null text": (b'{"text": null}', "application/json", 422),
    "an unknown field": (b'{"text": "a", "x": 1}', "application/json", 422),
    "a bad session": (b'{"text": "a", "session": ""}', "application/json", 422),
    "a bad language": (b'{"text": "a", "lang": "tieng viet"}', "application/json", 422),
    "a form": (b"text=a", "application/x-www-form-urlencoded", 422),
    "too long": (b'{"text": "' + b"a" * (MAX_LETTERS + 1) + b'"}', "application/json", 422),
    "too large": (b'{"text": "' + b"a" * 300_000 + b'"}', "application/json", 413),
    "not UTF-8": (b'{"text": "\xff\xfe"}', "application/json", 400),
    "half a character": (b'{"text": "\\ud83d"}', "application/json", 422),
    "nested deeply": (b"[" * 60_000, "application/json", 400),
}


@pytest.mark.parametrize(("body", "kind", "status"), BAD.values(), ids=BAD.keys())
async def test_a_bad_body_gets_a_clear_4xx(web: httpx.AsyncClient, body: bytes, kind: str, status: int) -> None:
    found = await web.post("/api/ask", content=body, headers={"Content-Type": kind})
    assert found.status_code == status, found.text
    fault = found.json()
    assert set(fault) == {"error", "where", "mend"}
    assert fault["error"]
    assert fault["mend"]


async def test_a_body_that_announces_no_length_is_bounded_too(web: httpx.AsyncClient) -> None:
    async def drip() -> Any:
        for _ in range(400):
            yield b"a" * 1000

    found = await web.post("/api/ask", content=drip(), headers={"Content-Type": "application/json"})
    assert found.status_code == 413


@pytest.mark.parametrize("text", ["\x00", "😷", "{{7*7}}", "<script>", "a" * 9999, "\u202e", " "])
async def test_any_text_gets_an_answer(web: httpx.AsyncClient, text: str) -> None:
    body = json.dumps({"text": text}).encode()
    found = await web.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert found.status_code == 200, found.text
    assert found.json()["text"]


async def test_a_client_that_asks_too_often_is_told_when_to_come_back(web: httpx.AsyncClient) -> None:
    answers = [await ask(web, text="5K là gì") for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


async def test_wrong_methods_and_addresses_get_json(web: httpx.AsyncClient) -> None:
    assert (await web.get("/api/ask")).status_code == 405
    assert (await web.get("/api/nothing")).json()["error"] == "not found"


async def test_health_readiness_and_figures(web: httpx.AsyncClient) -> None:
    assert (await web.get("/healthz")).json() == {"status": "ok"}
    assert (await web.get("/readyz")).json()["status"] == "ok"
    await ask(web, text="5K là gì")
    figures = (await web.get("/metrics")).text
    assert 'loa_questions_total{channel="api",outcome="answered"} 1.0' in figures
    assert "loa_queue_oldest_seconds" in figures


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _addresses(each)
    elif isinstance(value, list):
        for each in value:
            yield from _addresses(each)
    elif isinstance(value, str):
        yield from re.findall(r"https?://[^\s\"'<>]+", value)


async def test_the_description_needs_no_other_host(web: httpx.AsyncClient) -> None:
    described = (await web.get("/api/openapi.json")).json()
    assert "/api/ask" in described["paths"]
    assert not list(_addresses(described))
    page = await web.get("/api/docs")
    assert page.status_code == 200
    assert "POST /api/ask" in page.text
    assert not re.findall(r"(?:src|href)=\"https?://", page.text)
    assert (await web.get("/docs")).status_code == 404


@pytest.mark.parametrize("path", ["/", "/api/docs", "/healthz", "/static/chat.css", "/nothing"])
async def test_every_answer_carries_the_protective_headers(web: httpx.AsyncClient, path: str) -> None:
    headers = (await web.get(path)).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


async def test_an_error_of_ours_is_polite_and_tells_nothing(web: httpx.AsyncClient, desk: Desk) -> None:
    await desk.store.run(desk.store.store.close)
    page = await web.post("/chat", data={"text": "5K là gì"})
    assert page.status_code == 500
    assert "1900 9095" in page.text
    assert "Traceback" not in page.text
    assert "sqlite" not in page.text.lower()
    assert page.headers["content-security-policy"]


async def test_a_question_is_answered_though_the_store_takes_nothing(web: httpx.AsyncClient, desk: Desk) -> None:
    await desk.store.run(desk.store.store.close)
    assert (await ask(web, text="5K là gì")).json()["answered"] == ["five_k"]
