"""So many requests a client, each by a token of its bucket: 429 without one.

A bucket holds as many tokens as a client has requests in its time, and fills up evenly, so a burst is answered and a
flood is not. Answers say what is left in the fields of the IETF's draft (draft-ietf-httpapi-ratelimit-headers-10).
One worker answers everything, so its memory is all that has to be asked; a bucket that was full is forgotten.

A client is its address; in IPv6 the network of 64 bits, which one household or server has. Behind a proxy it is the
address that the proxy names: see ``behind_proxies``.
"""

import ipaddress
import math
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.middleware.proxy_fix import ProxyFix

from graph.errors import TooManyRequests
from server.errors import of_samizdat
from server.guarding.connections import plain
from server.settings import ServerSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask

PUBLIC = "600/60"
"""The limit where none is set and others than this machine may ask."""
FREE = ("/healthz", "/readyz", "/metrics", "/static/")
"""What is asked by machines that watch over the server, or comes with a page."""
CLIENTS = 100_000
"""Buckets kept; then the one longest unused is forgotten."""
_PORT = re.compile(r"(?:([\d.]+)|\[(.*)\])(?::\d+)?")
"""An address as some proxies write it, with a port that is another for each connection."""


@dataclass(frozen=True)
class Limit:
    """``requests`` in ``seconds``."""

    requests: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Left:
    """Whole tokens left, -1 where there was none to take; seconds until the next is there, and until all are."""

    tokens: int
    next: float
    all: float


class Buckets:
    """The bucket of each client. Threads may share them."""

    def __init__(self, limit: Limit, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._each = limit.seconds / limit.requests
        self._clock = clock
        self._lock = threading.Lock()
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._full_at)

    def take(self, client: str) -> Left:
        """Take a token of this client's bucket, if it has one."""
        with self._lock:
            now = self._clock()
            full_at = max(self._full_at.pop(client, now), now)
            taken = full_at + self._each - now <= self._limit.seconds + 1e-6
            self._full_at[client] = full_at = full_at + self._each if taken else full_at
            while len(self._full_at) > CLIENTS or next(iter(self._full_at.values())) <= now:
                self._full_at.popitem(last=False)
        until_full = full_at - now
        tokens = math.floor(self._limit.requests - until_full / self._each + 1e-6) if taken else -1
        return Left(tokens, max(until_full + self._each - self._limit.seconds, 0), until_full)


class RateLimits:
    """A WSGI application around another."""

    def __init__(self, inner: "WSGIApplication", app: "Flask", limit: Limit) -> None:
        """``app`` writes the refusals."""
        self._inner = inner
        self._app = app
        self._buckets = Buckets(limit)
        self._policy = ("RateLimit-Policy", f'"client";q={limit.requests};w={limit.seconds}')

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Pass the request on if its client has a token left."""
        if environ.get("PATH_INFO", "").startswith(FREE):
            return self._inner(environ, start_response)
        left = self._buckets.take(client(environ.get("REMOTE_ADDR", "")))
        told = [self._policy, ("RateLimit", f'"client";r={max(left.tokens, 0)};t={math.ceil(left.all)}')]

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, *told], *rest)

        if left.tokens < 0:
            return self._refuse(environ, started, max(math.ceil(left.next), 1))
        return self._inner(environ, started)

    def _refuse(self, environ: "WSGIEnvironment", started: "StartResponse", seconds: int) -> Iterable[bytes]:
        with self._app.request_context(environ):
            error = TooManyRequests("you have asked more often than one client may", f"ask again in {seconds} s")
            response = self._app.process_response(of_samizdat(error))
            response.headers["Retry-After"] = str(seconds)
            return response(environ, started)


def client(address: str) -> str:
    """Whose bucket a request of this address takes from."""
    with_port = _PORT.fullmatch(address)
    whole = plain(with_port[1] or with_port[2] if with_port else address)
    if ":" not in whole:
        return whole
    try:
        return str(ipaddress.ip_network((whole, 64), strict=False))
    except ValueError:
        return whole


def limit_of(settings: ServerSettings) -> Limit | None:
    """The limit in force, None for none: where it is left to us, none if only this machine may ask."""
    told = settings.rate
    if told == "auto":
        told = "off" if _is_private(settings.host) and not settings.proxies else PUBLIC
    if told == "off":
        return None
    requests, _, seconds = told.partition("/")
    return Limit(int(requests), int(seconds))


def _is_private(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def limited(inner: "WSGIApplication", app: "Flask", settings: ServerSettings) -> "WSGIApplication":
    """The application with its limit, if there is one."""
    limit = limit_of(settings)
    return RateLimits(inner, app, limit) if limit else inner


def behind_proxies(inner: "WSGIApplication", settings: ServerSettings) -> "WSGIApplication":
    """The application as clients see it through so many proxies of ours.

    Each adds the address that it was asked by to the end of X-Forwarded-For. The last so many are ours and true; what
    stands before them may be anything, and with no proxy of ours nothing in it is believed.
    """
    count = settings.proxies
    return ProxyFix(inner, x_for=count, x_proto=count, x_host=0) if count else inner
