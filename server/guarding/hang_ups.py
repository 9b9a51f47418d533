"""A client that hangs up frees its executor, though WSGI has no word for it.

Granian closes a connection as soon as its client does, also while the request is being answered, and does not tell
the application, nor which connection a request came by. But the kernel knows the connections of this process. That of
a request under way is to the request's address, has brought its last data before the evaluation began, and has taken
none since. While there is any such connection the client may be there; when there is none, nobody waits.

So nobody who waits is cut off (but one who sends a second request before the first is answered, which no client in use
does), and somebody who hung up is found unless the same address has another request of the same moment. When others
wait for their turn, they cannot wait for such doubts: each connection then counts for one request only, the last.
"""

import threading
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.engine.interest import Interest, interest
from server.guarding.connections import Connection, connections, plain

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask

EXTENSION = "samizdat-hang-ups"
Request = tuple[Interest, tuple[str, float]]
"""A request: whose it is, its address, and for how many seconds it may have waited for a thread."""
EVERY = 0.25
"""Seconds between two looks; shorter queries are never looked at."""
QUEUED = 5.0
"""Seconds that a request may have waited for a thread, on a busy machine, if one was free."""
BLUR = 0.02
"""Seconds by which the kernel's times, which are kept in steps, may be wrong."""


class HangUps:
    """A WSGI application around another, with ``threads`` to answer in."""

    def __init__(self, inner: "WSGIApplication", threads: int) -> None:
        self._inner = inner
        self._threads = threads
        self._waiting: dict[Interest, tuple[str, float]] = {}
        self._seen = False

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Pass the request on; its queries are ended when its client is gone."""
        with self.waiting(environ):
            return self._inner(environ, start_response)

    @contextmanager
    def waiting(self, environ: "WSGIEnvironment") -> Iterator[None]:
        """What is evaluated in the block is evaluated for the client of this request, and ended when it is gone."""
        if environ.get("SERVER_PROTOCOL") not in ("HTTP/1.0", "HTTP/1.1"):
            yield  # one connection carries many requests
            return
        patience = QUEUED if len(self._waiting) < self._threads - 1 else float("inf")
        with interest() as mine:
            own = environ.get("werkzeug.proxy_fix.orig", environ)  # a proxy's connection, not its client's
            self._waiting[mine] = plain(own.get("REMOTE_ADDR") or ""), patience
            try:
                yield
            finally:
                del self._waiting[mine]

    def watch(self) -> None:
        """Begin to look who is gone: for a real server, whose connections are this process's."""
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            time.sleep(EVERY)
            began = time.monotonic() - EVERY
            long = [each for each in list(self._waiting.items()) if each[0].since and each[0].since < began]
            if long:
                self._look(long, list(connections()))

    def _look(self, requests: Collection[Request], open_: Collection[Connection]) -> None:
        maybe = possible(requests, open_)
        self._seen = self._seen or bool(maybe)
        lost = {asking for asking, _ in requests} - maybe
        if len(self._waiting) >= self._threads - 1 or not all(asking.under_way for asking, _ in requests):
            # Somebody waits for a thread or an executor. Who waits stays: with an executor, it may soon be answered.
            lost |= {asking for asking in maybe - matched(requests, open_) if asking.under_way}
        for asking in lost:
            if self._seen and not asking.lost:  # if none was ever seen, they may be another process's
                asking.lose()


def possible(requests: Iterable[Request], open_: Collection[Connection]) -> set[Interest]:
    """The requests that any connection may belong to."""
    return {asking for asking, told in requests if any(may_wait(one, told[0], asking.since, told[1]) for one in open_)}


def matched(requests: Iterable[Request], open_: Iterable[Connection]) -> set[Interest]:
    """The requests that are left if each connection belongs to one only, the last that it may belong to."""
    last_first = sorted(requests, key=lambda request: -(request[0].since or 0))
    kept: set[Interest] = set()
    # The latest first, which fewest requests may have come by: so each that has one to itself gets it.
    for connection in sorted(open_, key=lambda connection: -connection.received):
        possible_ones = (
            asking
            for asking, (address, patience) in last_first
            if asking not in kept and may_wait(connection, address, asking.since, patience)
        )
        kept.update([*possible_ones][:1])
    return kept


def may_wait(connection: Connection, address: str, since: float | None, patience: float) -> bool:
    """Whether a request of this address, evaluated since then, may have come by this connection."""
    return (
        since is not None
        and connection.address == address
        and since - patience <= connection.received + BLUR
        and connection.received - BLUR <= since
        and connection.sent - BLUR <= connection.received
    )


def end_abandoned(app: "Flask", threads: int) -> None:
    """Have the application's queries end with their clients, once ``hang_ups_of(app).watch()`` has begun."""
    app.extensions[EXTENSION] = app.wsgi_app = HangUps(app.wsgi_app, threads)  # type: ignore[method-assign]


def hang_ups_of(app: "Flask") -> HangUps:
    """What was installed."""
    found: HangUps = app.extensions[EXTENSION]
    return found
