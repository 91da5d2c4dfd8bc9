"""Who counts as one client, behind proxies too."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from bot.console.clients import client_address


def request(peer: str, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    return Request({"type": "http", "headers": headers, "client": (peer, 1)})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::9"),
        ("203.0.113.7:51234", "203.0.113.7:51235"),
        ("[2001:db8:1:2::7]:51234", "2001:db8:1:2::8"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_a_client_does_not_become_another_by_what_it_may_choose(one: str, other: str) -> None:
    assert client_address(request("127.0.0.1", one), 1) == client_address(request("127.0.0.1", other), 1)
    assert client_address(request(one), 0) == client_address(request(other), 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [("203.0.113.7", "203.0.113.8"), ("2001:db8:1:2::7", "2001:db8:1:3::7"), ("unknown", "203.0.113.7")],
)
def test_two_clients_are_two(one: str, other: str) -> None:
    assert client_address(request(one), 0) != client_address(request(other), 0)


def test_what_is_no_address_is_one_name_of_bounded_length() -> None:
    assert len(client_address(request("127.0.0.1", "x" * 50_000), 1)) <= 64
    assert client_address(request("127.0.0.1", "[", ":"), 2)


def test_without_a_proxy_of_ours_nobody_chooses_his_address() -> None:
    assert client_address(request("203.0.113.7", "198.51.100.1"), 0) == "203.0.113.7"
    assert client_address(request("203.0.113.7", "6.6.6.6", "198.51.100.1"), 1) == "198.51.100.1"
