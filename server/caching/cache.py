"""The response cache, in front of the application: what has been answered once is sent again without running it.

A request is looked up by its very address and headers (``_known``) to what it asks for (``server/caching/keys.py``),
and by that, the snapshot and the content coding to the bytes to send. The snapshot is the one in force, or an old one
that the request names (``server/history/time_travel.py``). Only whole answers of status 200 are kept. Every response
bears ``Samizdat-Snapshot``, the name of the snapshot it was made from.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from server.caching.direct import Direct
from server.caching.flights import Flights
from server.caching.keys import Asked, Wanted, asked
from server.caching.known import Known
from server.caching.store import Counters, Entry, Headers, Store
from server.caching.variants import SNAPSHOT, Outcome, plain, prepared, variant
from server.guarding.hang_ups import hang_ups_of
from server.holdings import KEY, Holdings
from server.switching import Switch
from server.watching.noting import CACHE, NOTE, NOTHING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask

EXTENSION = "samizdat-cache"
USUAL = ((), ("br", "zstd", "gzip"), ("br", "gzip"), ("gzip",))
"""What most clients accept: programs without compression, Chrome and Firefox, Safari, most libraries."""
EDITION = "samizdat.edition"
"""In the environment of a request that is answered from the whole history: what is another when that changes."""
SOURCE = "samizdat.source"
"""In the environment of a request about an old snapshot: where its holdings are had from, as from a Switch."""
STREAMED = ("/dump/",)
"""Paths of files."""
MOST_DRAINED = 8 << 20
"""Bytes of a body too long for an answer that are read, and thrown away."""
PATIENCE = 15.0
"""Seconds, beyond the longest query, that a request waits for another's answer before it asks for itself."""


class Source(Protocol):
    """Where the holdings of one snapshot are had from; ``name`` is the snapshot's."""

    @property
    def name(self) -> str:
        """The snapshot's id."""

    def lease(self) -> AbstractContextManager[Holdings]:
        """Its holdings, kept open until the block ends."""

    def has_left(self, snapshot: str) -> bool:
        """Whether another snapshot than this is answered from now."""


class Cache:
    """A WSGI application around another."""

    def __init__(
        self,
        application: "WSGIApplication",
        switch: Switch,
        direct: Direct,
        *,
        bound: int,
        longest: int,
        seconds: float,
    ) -> None:
        """``bound`` on all that is kept, and the ``longest`` request body read, in bytes; ``seconds`` of a query."""
        self._application = application
        self._direct = direct
        self._switch = switch
        self._longest = longest
        self._patience = seconds + PATIENCE
        self._known: Known[Asked] = Known(bound // 8)
        self._store = Store(bound - bound // 8)
        self._flights: Flights[Outcome] = Flights()

    @property
    def counters(self) -> Counters:
        """What ``/metrics`` tells."""
        return self._store.counters

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from what is kept, or by the application."""
        method = environ["REQUEST_METHOD"]
        if method in ("GET", "HEAD"):
            body = None
        elif method == "POST" and environ["PATH_INFO"].startswith("/sparql"):
            body = self._body(environ)
            if body is None:
                return self._pass(environ, start_response)
        else:
            return self._pass(environ, start_response)
        get = environ.get
        address = (
            environ["PATH_INFO"], environ["QUERY_STRING"], get("HTTP_ACCEPT"), get("HTTP_ACCEPT_ENCODING"),
            get("HTTP_HOST"), get("wsgi.url_scheme"), get("SCRIPT_NAME"), get("HTTP_ACCEPT_LANGUAGE"),
            *((body, get("CONTENT_TYPE"), get("HTTP_CONTENT_ENCODING")) if body is not None else ()),
        )  # fmt: skip
        wanted = self._known.get(address)
        if wanted is None:
            wanted = asked(environ, body)
            if wanted is None:
                return self._pass(environ, start_response)
            self._known.put(address, wanted, wanted.size + sum(len(part or "") for part in address))
        source: Source = get(SOURCE, self._switch)
        entry = self._store.get((source.name + get(EDITION, ""), wanted.key, wanted.codings))
        environ[CACHE] = "miss" if entry is None else "hit"
        if entry is None:
            return self._missed(environ, source, wanted, body, start_response)
        return self._send(entry, environ, start_response)

    def _send(self, entry: Entry, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        environ[NOTE] = entry.note
        method = environ["REQUEST_METHOD"]
        if method != "POST":
            condition = environ.get("HTTP_IF_NONE_MATCH")
            if condition is not None and (entry.etag in condition or condition.strip() == "*"):
                self._store.count("not_modified")
                start_response("304 NOT MODIFIED", entry.short_headers)
                return []
        start_response("200 OK", entry.headers)
        return [] if method == "HEAD" else entry.parts

    def _missed(
        self,
        environ: "WSGIEnvironment",
        source: Source,
        wanted: Asked,
        body: bytes | None,
        start_response: "StartResponse",
    ) -> list[bytes]:
        edition = environ.get(EDITION, "")
        name = source.name + edition
        entry = self._prepared(source, wanted) or self._sibling(name, wanted)
        if entry:
            return self._send(entry, environ, start_response)
        outcome = self._outcome(environ, source, wanted, body)
        if not outcome.is_kept:
            environ[NOTE] = outcome.note
            return _sent(outcome, environ, start_response)
        key = (outcome.snapshot + edition, wanted.key, wanted.codings)
        entry = self._store.peek(key)
        if entry is None:
            entry = variant(outcome.headers, outcome.body, wanted.codings, outcome.note)
            self._store.put(key, entry, wanted.size)
        return self._send(entry, environ, start_response)

    def _outcome(self, environ: "WSGIEnvironment", source: Source, wanted: Asked, body: bytes | None) -> Outcome:
        """What the application answers to this request, or to another that asks the same at this moment."""
        key = (source.name, wanted.flight, environ.get("SCRIPT_NAME"))
        until = monotonic() + self._patience
        while (left := until - monotonic()) > 0:
            flight, first = self._flights.join(key)
            if first:
                try:
                    outcome = self._run(environ, source, wanted, body)
                    flight.result = None if outcome.is_given_up or outcome.is_private else outcome
                finally:
                    self._flights.land(key, flight)
                return outcome
            found = flight.wait(left)
            if found is not None:
                self._store.count("joined")
                return found
        return self._run(environ, source, wanted, body)

    def _run(self, environ: "WSGIEnvironment", source: Source, wanted: Asked, body: bytes | None) -> Outcome:
        """What the application answers; a fault while the snapshot was switched is asked of the new one again."""
        outcome = self._once(environ, source, wanted.wanted, body)
        if outcome.status[0] == "5" and source.has_left(outcome.snapshot):
            outcome = self._once(environ, source, wanted.wanted, body)
        return outcome

    def _once(self, environ: "WSGIEnvironment", source: Source, wanted: Wanted | None, body: bytes | None) -> Outcome:
        with source.lease() as held:
            given = {**environ, KEY: held}
            answered = self._direct.ask(given, held, wanted) if wanted else None
            if answered:
                headers, whole, note = answered
                return Outcome("200 OK", [*headers, (SNAPSHOT, held.snapshot.id)], whole, note, held.snapshot.id)
            if environ["REQUEST_METHOD"] == "HEAD":
                given["REQUEST_METHOD"] = "GET"
            if body is not None:
                given["wsgi.input"] = BytesIO(body)
            status, headers, whole = _collected(self._application, given)
        name = held.snapshot.id
        return Outcome(status, [*headers, (SNAPSHOT, name)], whole, given.get(NOTE, NOTHING), name)

    def _prepared(self, source: Source, wanted: Asked) -> Entry | None:
        """The variant made of what was prepared when the snapshot was published."""
        if wanted.wanted is None:
            return None
        with source.lease() as held:
            entry = prepared(held, wanted)
        if entry:
            self._store.count("prepared")
            self._store.put((held.snapshot.id, wanted.key, wanted.codings), entry, wanted.size)
        return entry

    def _sibling(self, name: str, wanted: Asked) -> Entry | None:
        """The variant made of one in another coding that is kept."""
        for codings in USUAL:
            kept = self._store.peek((name, wanted.key, codings)) if codings != wanted.codings else None
            if kept:
                entry = variant(kept.headers, plain(kept), wanted.codings, kept.note)
                self._store.put((name, wanted.key, wanted.codings), entry, wanted.size)
                return entry
        return None

    def _body(self, environ: "WSGIEnvironment") -> bytes | None:
        """The whole body of a POST, put back for the application; None if it is left alone."""
        length = environ.get("CONTENT_LENGTH", "")
        if not length.isdecimal():
            return None
        if int(length) > self._longest:
            # Read to its end, or who sends it finds the connection closed before the refusal can be read.
            left = min(int(length), MOST_DRAINED)
            while left > 0 and (read := len(environ["wsgi.input"].read(min(left, 64 << 10)))):
                left -= read
            return None
        body: bytes = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = BytesIO(body)
        return body

    def _pass(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Let the application answer for itself.

        Whole, so that the snapshot is released here: a server need not close what its client did not wait for. Only
        files are streamed, which are of no snapshot, or of any.
        """
        if environ["PATH_INFO"].startswith(STREAMED):
            environ[KEY] = self._switch.current
            return self._application(environ, start_response)
        outcome = self._once(environ, environ.get(SOURCE, self._switch), None, None)
        environ[NOTE] = outcome.note
        return _sent(outcome, environ, start_response)


def _sent(outcome: Outcome, environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
    start_response(outcome.status, outcome.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [outcome.body]


def _collected(application: "WSGIApplication", environ: "WSGIEnvironment") -> tuple[str, Headers, bytes]:
    """The status, headers and whole body of an answer."""
    status, headers = "", []

    def started(now: str, given: Headers, *rest: Any) -> Any:
        nonlocal status, headers
        status, headers = now, given

    parts = application(environ, started)
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", int)()
    return status, headers, body


def install(app: "Flask", switch: Switch, *, bound: int, longest: int, seconds: float) -> None:
    """Put a cache in front of the application."""
    direct = Direct(hang_ups_of(app))
    cache = Cache(app.wsgi_app, switch, direct, bound=bound, longest=longest, seconds=seconds)
    app.extensions[EXTENSION] = cache
    app.wsgi_app = cache  # type: ignore[method-assign]


def counters(app: "Flask") -> Counters:
    """What the application's cache has done, for ``/metrics``."""
    cache: Cache = app.extensions[EXTENSION]
    return cache.counters
