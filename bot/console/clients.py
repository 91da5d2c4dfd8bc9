"""Who is asking: the client's address, its session, and how often it may ask."""

from __future__ import annotations

import re
import secrets
import time
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "loa_session"
_SESSION = re.compile(r"[0-9a-f]{32}")
_SESSION_SECONDS = 24 * 60 * 60
_NAME_LETTERS = 64


def client_address(request: Request, trusted_proxies: int) -> str:
    """The client's address; `X-Forwarded-For` counts only as far as our own proxies wrote it.

    Of an IPv6 address the half that a provider gives to one household: the other half a client may choose anew.
    """
    peer = request.client.host if request.client else "unknown"
    lines = ",".join(request.headers.getlist("x-forwarded-for"))
    forwarded = [part.strip() for part in lines.split(",") if part.strip()]
    if trusted_proxies and forwarded:
        peer = forwarded[-trusted_proxies] if len(forwarded) >= trusted_proxies else forwarded[0]
    return _household(peer)


def _household(address: str) -> str:
    """One name for what one client can have: without a port, an IPv6 address as its network of 64 bits."""
    try:
        found = ip_address(_without_port(address))
    except ValueError:
        return address[:_NAME_LETTERS]
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(found) if found.version == 4 else str(ip_network((int(found), 64), strict=False))


def _without_port(address: str) -> str:
    """Some proxies write 203.0.113.7:51234 or [2001:db8::7]:51234, where every connection has another port."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def session_of(request: Request) -> str | None:
    """The web chat's session, None if there is none of the right shape."""
    value = request.cookies.get(COOKIE, "")
    return value if _SESSION.fullmatch(value) else None


def new_session() -> str:
    """A session name that nobody can guess."""
    return secrets.token_hex(16)


def keep_session(response: Response, session: str, *, secure: bool) -> None:
    """Set the cookie; Lax, since links from Telegram should find the conversation again."""
    response.set_cookie(COOKIE, session, max_age=_SESSION_SECONDS, httponly=True, samesite="lax", secure=secure)


def same_origin(request: Request, public_url: str | None) -> bool:
    """Whether a form was posted from one of our own pages (browsers say so; programs say nothing).

    Behind a proxy that does not pass the Host on, our address is `public_url`.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    own = {request.headers.get("host"), (public_url or "").split("://")[-1]}
    return origin is None or origin.split("://")[-1] in own


class Limiter:
    """So many questions a minute and client, in memory, per process."""

    def __init__(self, per_minute: int) -> None:
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, client: str) -> int:
        """0 if the client may ask now, else the seconds until it may."""
        if self._limiter.hit(self._item, client):
            return 0
        window = self._limiter.get_window_stats(self._item, client)
        return max(1, round(window.reset_time - time.time()))
