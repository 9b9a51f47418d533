"""What the tests of enrichment share: an endpoint on this machine that plays Wikidata's part, and every bad part.

Its data are written by hand in Wikidata's shape. What is asked of it stands in its log, with the time.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, cast
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

from graph.enriching.pacing import Clock

RESULTS = "application/sparql-results+json"
DATA = """
PREFIX wd: <http://www.wikidata.org/entity/> PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <http://schema.org/>
wd:Q100 wdt:P31 wd:Q6256 ; wdt:P297 "KZ" ; wdt:P298 "KAZ" ; wdt:P214 "900100" ;
    rdfs:label "Kazakhstan"@en, "Қазақстан"@kk, "Казахстан"@ru, "ყაზახეთი"@ka, "قازاقستان"@kk-arab ;
    skos:altLabel "Republic of Kazakhstan"@en, "Қазақ елі"@kk ; schema:description "country in Central Asia"@en .
wd:Q200 wdt:P31 wd:Q7278 ; rdfs:label "Nur Otan"@en, "Нұр Отан"@kk, "ნურ ოთანი"@ka, "Нур Отан"@ru ;
    schema:description "political party"@en, "партия"@ru .
wd:Q201 wdt:P31 wd:Q201000 ; rdfs:label "Nur Otan"@en . wd:Q201000 wdt:P279 wd:Q7278 .
wd:Q300 wdt:P31 wd:Q5 ; rdfs:label "Nur Otan"@en .
wd:Q400 wdt:P31 wd:Q5 ; rdfs:label "Nursultan Nazarbayev"@en ; skos:altLabel "Елбасы"@kk, "Elbasy\\u202egnp"@en .
"""
EMPTY = b'{"head":{"vars":["item","kind","name","property","value"]},"results":{"bindings":[]}}'


class Part(BaseHTTPRequestHandler):
    """Plays the part that the path names; ``/sparql`` is a real endpoint."""

    protocol_version = "HTTP/1.0"
    server: "Endpoint"
    said: ClassVar[dict[str, bytes]] = {
        "rubbish": b"this is no JSON",
        "cut": EMPTY[:-10],
        "list": b"[]",
        "deep": b"[" * 200_000,
        "null": b'{"head":{"vars":null},"results":{"bindings":[]}}',
        "others": b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}',
        "numbers": b'{"head":{"vars":["item","kind","name","property","value"]},"results":{"bindings":'
        b'[{"item":{"type":"uri","value":7}}]}}',
        "latin": EMPTY.replace(b"kind", b"kind\xe9"),
        "utf-16": EMPTY.decode().encode("utf-16"),
    }

    def do_GET(self) -> None:
        self.play(parse_qs(urlsplit(self.path).query))

    def do_POST(self) -> None:
        self.play(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

    def play(self, form: dict[str, list[str]]) -> None:
        self.query = form.get("query", [""])[0]
        self.server.log.append(Asked(time.monotonic(), self.command, self.query, dict(self.headers.items())))
        part, _, argument = urlsplit(self.path).path[1:].partition("/")
        if part in self.said:
            return self.answer(200, RESULTS, self.said[part])
        getattr(self, f"play_{part}")(argument)

    def log_message(self, format: str, *arguments: object) -> None: ...

    def answer(
        self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:  # fmt: skip
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def play_sparql(self, _: str) -> None:
        if self.server.refusals:
            status, after = self.server.refusals.pop(0)
            return self.answer(status, "text/plain", b"not now", {"Retry-After": after} if after else None)
        etag = f'"{len(self.server.store)}"'
        if self.headers["If-None-Match"] == etag:
            return self.answer(304, RESULTS, b"")
        found = cast(ox.QuerySolutions, self.server.store.query(self.query))
        written = found.serialize(format=ox.QueryResultsFormat.JSON)
        self.answer(200, f"{RESULTS};charset=utf-8", written or b"", {"ETag": etag})

    def play_status(self, status: str) -> None:
        self.answer(int(status), "text/html", b"<html><p>no</p></html>")

    def play_page(self, _: str) -> None:
        self.answer(200, "text/html", b"<html>Please log in to this network</html>")

    def play_xml(self, _: str) -> None:
        bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><sparql>&b;</sparql>"
        self.answer(200, "application/sparql-results+xml", bomb)

    def play_big(self, _: str) -> None:
        self.answer(200, RESULTS, EMPTY[:-3] + b" " * 3_000_000 + EMPTY[-3:])

    def play_short(self, _: str) -> None:
        self.answer(200, RESULTS, EMPTY, length=10_000)

    def play_gone(self, _: str) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def play_silent(self, _: str) -> None:
        self.server.stopping.wait(5)

    def play_drip(self, status: str) -> None:
        """A byte now and then, so that no single wait is long: of an answer, or of a complaint."""
        self.answer(int(status), RESULTS, b"", length=10_000)
        while not self.server.stopping.wait(0.05):
            self.wfile.write(b" ")

    def play_loop(self, _: str) -> None:
        self.answer(302, "text/plain", b"", {"Location": self.path})

    def play_chain(self, number: str) -> None:
        self.answer(307, "text/plain", b"", {"Location": f"/chain/{int(number) + 1}?{urlsplit(self.path).query}"})

    def play_to(self, place: str) -> None:
        """A redirection to what stands behind the path, with the question."""
        self.answer(302, "text/plain", b"", {"Location": f"{place}?{urlsplit(self.path).query}"})


@dataclass(frozen=True)
class Asked:
    """One question in the endpoint's log; ``at`` in seconds of the monotonic clock."""

    at: float
    method: str
    query: str
    headers: dict[str, str]


class Endpoint(ThreadingHTTPServer):
    """An endpoint on loopback; ``refusals`` are statuses with Retry-After that it gives before it answers."""

    daemon_threads = True

    def __init__(self, data: str = DATA) -> None:
        super().__init__(("127.0.0.1", 0), Part)
        self.stopping = threading.Event()
        self.log: list[Asked] = []
        self.refusals: list[tuple[int, str]] = []
        self.store = ox.Store()
        self.store.load(data.encode(), format=ox.RdfFormat.TURTLE)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql"

    def part(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"

    def handle_error(self, request: object, client_address: object) -> None: ...


@contextmanager
def playing(data: str = DATA) -> Iterator[Endpoint]:
    """An endpoint for as long as the block runs."""
    with Endpoint(data) as endpoint:
        thread = threading.Thread(target=endpoint.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield endpoint
        finally:
            endpoint.stopping.set()
            endpoint.shutdown()
            thread.join()


@dataclass
class Still(Clock):
    """A clock that nobody waits for: who sleeps is told that the time has passed."""

    time: float = 0.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.time

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(seconds=self.time)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
