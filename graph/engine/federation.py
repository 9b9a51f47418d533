"""SERVICE, for the endpoints that a setting allows; executors stay without any network.

This process asks the endpoint for what the clause describes, and puts the rows into the query as VALUES, which
means the same (SPARQL 1.1 Federated Query, section 4). An executor then evaluates a query without SERVICE. So what
may be asked is decided here alone, by whole addresses; no redirection is followed, and no proxy is asked.
"""

import http.client
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox

from graph.engine import Query, outcomes
from graph.engine.interest import declared
from graph.engine.service_clauses import Clause, clauses, joined, prologue
from graph.errors import AnswerTooLarge, EngineUnavailable, QueryRefused, SamizdatError

LARGEST = 8 * 1024**2
"""Bytes that an endpoint may answer with: they are read in this process, and become a part of the query."""
AT_ONCE = 4
"""Endpoints asked at once: a slow one must not hold every thread."""
RESULTS = "application/sparql-results+json"


class Federation:
    """The endpoints that queries may ask. Threads may share it."""

    def __init__(self, allowed: Iterable[str]) -> None:
        """``allowed`` are the addresses of endpoints, as queries write them."""
        self._allowed = tuple(allowed)
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def resolved(self, query: Query, deadline: float, seconds: float) -> Query:
        """The query without its SERVICE clauses, their rows in their places; ``deadline`` by time.monotonic.

        QueryRefused for an endpoint that is not allowed, before any is asked; EngineUnavailable for one that does
        not answer, unless the clause is SILENT.
        """
        if not self._allowed:
            raise outcomes.service_refused()
        found = clauses(query.text)
        for clause in found:
            if clause.endpoint not in self._allowed:
                hint = f"this server asks {', '.join(self._allowed)}; ask others yourself, and join the answers"
                raise QueryRefused(f"SERVICE <{clause.endpoint}> is not answered here", hint)
        begun = f"BASE <{query.base}>\n" if query.base else ""
        begun += prologue(query.text)
        rows = [(clause, self._rows(clause, begun, deadline, seconds)) for clause in found]
        return replace(query, text=joined(query.text, rows))

    def _rows(self, clause: Clause, begun: str, deadline: float, seconds: float) -> str:
        if not self._places.acquire(timeout=max(deadline - time.monotonic(), 0)):
            raise EngineUnavailable("too many queries wait for other endpoints", "ask again in some seconds")
        try:
            answered = _ask(clause.endpoint, f"{begun}SELECT * WHERE {clause.pattern}", deadline)
            return values(answered, clause.endpoint)
        except (OSError, http.client.HTTPException, ValueError, SyntaxError, SamizdatError) as error:
            if declared().lost:
                raise outcomes.abandoned() from None
            if time.monotonic() >= deadline:
                raise outcomes.timed_out(seconds) from None
            if clause.silent:
                return "{}"
            if isinstance(error, SamizdatError):
                raise
            what = f"the endpoint {clause.endpoint} did not answer: {error or type(error).__name__}"
            raise EngineUnavailable(what, "ask again later, or with SERVICE SILENT to go without it") from None
        finally:
            self._places.release()


def values(answered: bytes, endpoint: str) -> str:
    """SPARQL results in JSON as a group of VALUES. ValueError for what VALUES cannot hold.

    A blank node becomes an IRI of the endpoint's, as RDF 1.1 (section 3.5) describes.
    """
    read = ox.parse_query_results(answered, format=ox.QueryResultsFormat.JSON)
    if not isinstance(read, ox.QuerySolutions):
        raise ValueError("it sent no table")
    names = read.variables
    rows = (" ".join(_term(row[name], endpoint) for name in names) for row in read)
    return f"{{ VALUES ({' '.join(map(str, names))}) {{ {' '.join(f'({row})' for row in rows)} }} }}"


def _term(term: object, endpoint: str) -> str:
    if term is None:
        return "UNDEF"
    if isinstance(term, ox.BlankNode):
        place = urlsplit(endpoint)
        return f"<{place.scheme}://{place.netloc}/.well-known/genid/{quote(term.value, safe='')}>"
    if not isinstance(term, ox.NamedNode | ox.Literal):
        raise ValueError("a triple stands in its answer")
    return str(term)


def _ask(endpoint: str, text: str, deadline: float) -> bytes:
    place = urlsplit(endpoint)
    kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}.get(place.scheme)
    if not kind or not place.hostname:
        raise ValueError("its address is none of HTTP")
    headers = {"Accept": RESULTS, "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "samizdat"}
    target = (place.path or "/") + (f"?{place.query}" if place.query else "")
    left = deadline - time.monotonic()
    with closing(kind(place.hostname, place.port, timeout=max(left, 0.001))) as connection:
        connection.connect()
        with _ending(connection.sock, deadline):
            connection.request("POST", target, urlencode({"query": text}), headers)
            answer = connection.getresponse()
            if answer.status != 200:
                raise ValueError(f"it sent status {answer.status}")
            return b"".join(_parts(answer))


def _parts(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    size = 0
    while part := answer.read1(1 << 16):
        size += len(part)
        if size > LARGEST:
            raise AnswerTooLarge("another endpoint sent more than a query may ask of it", "ask it for less")
        yield part


@contextmanager
def _ending(connection: socket.socket, deadline: float) -> Iterator[None]:
    """Within the block, the connection ends at the deadline, and when nobody waits for us any longer.

    A time-out of the socket's would begin anew with every byte that comes.
    """

    def end() -> None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(deadline - time.monotonic(), 0), end)
    timer.daemon = True
    timer.start()
    try:
        with declared().ending(end, under_way=True):
            yield
    finally:
        timer.cancel()
