"""Hostile queries by the hundred, several at a time, while somebody else looks things up."""

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median, quantiles
from urllib.parse import quote

from hostile_queries import lookup
from live_fixtures import JSON, Live, Reply, unlike

AT_ONCE = 7
"""Hostile queries at a time: one executor of the eight is left to the others."""
PACE = 0.02
"""Seconds between two lookups of a client."""


@dataclass
class Lookups:
    """Seconds that each lookup took, and how many were not answered."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def p50(self) -> float:
        return median(self.seconds)

    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1]


@contextmanager
def lookups(server: Live, pace: float = PACE) -> Iterator[Lookups]:
    """A client that looks things up, every time another one, for as long as the block lasts."""
    found, over = Lookups(), threading.Event()
    client = threading.Thread(target=_look_up, args=(server, found, over, pace))
    client.start()
    try:
        yield found
    finally:
        over.set()
        client.join()


def _look_up(server: Live, found: Lookups, over: threading.Event, pace: float) -> None:
    with closing(HTTPConnection(server.host, server.port, timeout=60)) as connection:
        number = 0
        while not over.wait(pace):
            number += 1
            began = time.monotonic()
            connection.request("GET", f"/sparql?query={quote(lookup(number, str(began)))}", headers={"Accept": JSON})
            reply = connection.getresponse()
            whole = reply.read()
            found.seconds.append(time.monotonic() - began)
            if reply.status != 200 or f"thing {number}".encode() not in whole:
                found.failed.append(f"{reply.status} {whole[-200:]!r} after {found.seconds[-1]:.2f} s")


def storm(server: Live, queries: Iterable[tuple[str, str]], timeout: float) -> list[tuple[str, Reply]]:
    """The kind and the reply of each query of that kind, AT_ONCE of them always under way."""
    waiting = deque(queries)
    with ThreadPoolExecutor(AT_ONCE) as clients:
        replies = [(kind, clients.submit(server.ask, unlike(text), timeout)) for kind, text in waiting]
        return [(kind, reply.result()) for kind, reply in replies]


def complaint(reply: Reply, timeout: float, late: float) -> str | None:
    """What is wrong with the end of a hostile query; None if it is as it should be."""
    if reply.status not in (413, 503, 507):
        return f"status {reply.status}"
    if reply.headers["Content-Type"] != "application/problem+json":
        return f"a body of {reply.headers['Content-Type']}"
    if reply.status == 503 and not reply.headers["Retry-After"]:
        return "no Retry-After"
    return f"{reply.seconds - timeout:.3f} s past the deadline" if reply.seconds > timeout + late else None
