"""The remote engine, against servers on this machine that behave, and that misbehave."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, cast
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from graph.engine import Answer, Formats, Query
from graph.engine.remote import RemoteEngine
from graph.engine.results import ask, table
from graph.errors import (
    AnswerTooLarge,
    EngineUnavailable,
    FormNotAcceptable,
    InvalidQuery,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    SamizdatError,
)

RESULTS = "application/sparql-results+json"
JSON = Formats(RESULTS, "text/turtle")
EMPTY = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
DATA = b"<a:s> <a:p> 1, 'x'@en . <a:g> { <a:s> <a:p> 2 }"


class Endpoint(BaseHTTPRequestHandler):
    """Plays the part that the path names; ``/sparql`` is a real endpoint. Remembers what it was asked."""

    asked: ClassVar[list[tuple[dict[str, list[str]], str]]] = []
    store: ClassVar[ox.Store]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((parse_qs(body.decode(), keep_blank_values=True), self.headers["Accept"]))
        part, _, argument = self.path[1:].partition("/")
        getattr(self, f"play_{part}")(argument)

    def log_message(self, format: str, *arguments: object) -> None: ...

    def answer(self, status: int, media_type: str, body: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def play_sparql(self, _: str) -> None:
        form, accept = self.asked[-1]
        graphs = [ox.NamedNode(iri) for iri in form.get("default-graph-uri", [])]
        try:
            results = self.store.query(form["query"][0], **({"default_graph": graphs} if graphs else {}))  # type: ignore[arg-type]
        except SyntaxError as error:
            return self.answer(400, "text/plain", str(error).encode())
        if isinstance(results, ox.QueryTriples):
            written = results.serialize(format=cast(ox.RdfFormat, ox.RdfFormat.from_media_type(accept)))
        else:
            written = results.serialize(format=ox.QueryResultsFormat.from_media_type(accept))
        self.answer(200, f"{accept}; charset=utf-8", written or b"")

    def play_status(self, argument: str) -> None:
        status, _, message = argument.partition("/")
        self.answer(int(status), "text/html", f"<html><style>p {{}}</style><p>{message}</p> said so</html>".encode())

    def play_speechless(self, status: str) -> None:
        self.answer(int(status), "text/plain", b"")

    def play_complaint(self, status: str) -> None:
        """A complaint that never ends."""
        self.answer(int(status), "text/plain", b"", length=1000)
        while not self.server.stopping.wait(0.05):  # type: ignore[attr-defined]
            self.wfile.write(b"x")

    def play_problem(self, _: str) -> None:
        self.answer(400, "application/problem+json", b'{"title": "t", "detail": "no such thing at line 3, column 7"}')

    def play_rubbish(self, _: str) -> None:
        self.answer(200, RESULTS, b"this is no JSON")

    def play_xml(self, _: str) -> None:
        self.answer(200, "application/xml", b"<?xml version='1.0'?><sparql><head>")

    def play_page(self, _: str) -> None:
        self.answer(200, "text/html", b"<html>Welcome</html>")

    def play_other(self, _: str) -> None:
        self.answer(200, "application/json", EMPTY)

    def play_accepted(self, _: str) -> None:
        self.answer(206, RESULTS, EMPTY)

    def play_short(self, _: str) -> None:
        self.answer(200, RESULTS, EMPTY, length=1000)

    def play_big(self, _: str) -> None:
        self.answer(200, "text/turtle", b"#" * 300_000)

    def play_nothing(self, _: str) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def play_chunk(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n" % RESULTS.encode())
        self.wfile.write(b"Transfer-Encoding: chunked\r\n\r\n10\r\n0123")

    def play_slow(self, _: str) -> None:
        self.server.stopping.wait(5)  # type: ignore[attr-defined]

    def play_drip(self, where: str) -> None:
        """One byte at a time, so that no single wait is long: in the head or in the body."""
        if where == "body":
            self.answer(200, RESULTS, b"", length=1000)
        while not self.server.stopping.wait(0.05):  # type: ignore[attr-defined]
            self.wfile.write(b" ")


class Server(ThreadingHTTPServer):
    """Ends its slow parts when it is closed; says nothing of clients that have gone."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Endpoint)
        self.stopping = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None: ...


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    Endpoint.store = ox.Store()
    Endpoint.store.load(DATA, format=ox.RdfFormat.TRIG)
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.stopping.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def engine(url: str) -> RemoteEngine:
    return RemoteEngine(f"{url}/sparql", seconds=5)


Failing = Callable[..., SamizdatError]


@pytest.fixture
def failing(url: str) -> Failing:
    """The error of asking the part that a path names."""

    def ask_part(path: str, formats: Formats = JSON, text: str = "SELECT * {}", **bounds: float) -> SamizdatError:
        with pytest.raises(SamizdatError) as caught:
            RemoteEngine(f"{url}/{path}", **{"seconds": 5, **bounds}).evaluate(Query(text), formats)  # type: ignore[arg-type]
        assert len(str(caught.value)) < 500
        return caught.value

    return ask_part


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?o { <a:s> <a:p> ?o FILTER(isNumeric(?o)) }",
        "# DELETE this\nPREFIX a: <a:> # INSERT\n#\nselect ?o { a:s a:p ?o FILTER(isNumeric(?o)) }",
        "PREFIX insert: <a:>\nPREFIX drop: <http://drop/#load> SELECT ?o { insert:s insert:p ?o . FILTER(?o = 1) }",
        "BASE <a:ask> SELECT ?o { <a:s> <a:p> ?o FILTER(isNumeric(?o)) } # CONSTRUCT",
    ],
)
def test_a_table_whatever_stands_before_its_keyword(engine: RemoteEngine, text: str) -> None:
    answer = engine.evaluate(Query(text), JSON)
    assert answer.media_type == RESULTS
    assert [row["o"].value for row in table(answer).rows] == ["1"]
    form, accept = Endpoint.asked[-1]
    assert form == {"query": [text]}
    assert accept == RESULTS


def test_a_truth_value(engine: RemoteEngine) -> None:
    assert ask(engine.evaluate(Query("#\nASK { <a:s> ?p 1 }"), JSON))
    assert engine.evaluate(Query("ASK { <a:s> ?p 9 }"), Formats("text/csv", None)).body == b"false"


@pytest.mark.parametrize("text", ["CONSTRUCT WHERE { ?s ?p ?o }", "PREFIX ask: <a:> DESCRIBE ask:s"])
@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_a_graph(engine: RemoteEngine, text: str, media_type: str) -> None:
    answer = engine.evaluate(Query(text), Formats(RESULTS, media_type))
    assert (answer.kind, answer.media_type) == ("graph", media_type)
    read = ox.parse(answer.body, format=cast(ox.RdfFormat, ox.RdfFormat.from_media_type(media_type)))
    assert len(list(read)) == 2
    assert Endpoint.asked[-1][1] == media_type


def test_the_dataset_and_the_base_are_passed_on(engine: RemoteEngine) -> None:
    query = Query("ASK { <s> ?p 2 }", base="a:", default_graphs=("a:g",), named_graphs=("a:g", "a:h"))
    assert ask(engine.evaluate(query, JSON))
    form = Endpoint.asked[-1][0]
    assert (form["default-graph-uri"], form["named-graph-uri"]) == (["a:g"], ["a:g", "a:h"])
    assert form["query"] == ["BASE <a:> ASK { <s> ?p 2 }"]
    assert not ask(engine.evaluate(Query("ASK { <s> ?p 2 }", base="a:"), JSON))


@pytest.mark.parametrize("iri", ["relative", "a:b> } CLEAR ALL #", ""])
def test_what_is_no_iri_is_not_passed_on(engine: RemoteEngine, iri: str) -> None:
    before = len(Endpoint.asked)
    for query in (Query("ASK {}", base=iri), Query("ASK {}", named_graphs=(iri,))):
        with pytest.raises(InvalidQuery, match="absolute IRI"):
            engine.evaluate(query, JSON)
    assert len(Endpoint.asked) == before


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }", QuerySyntaxError),
        ("# SELECT\nPREFIX select: <a:>\ndelete where { ?s ?p ?o }", QuerySyntaxError),
        ("selct * {}", QuerySyntaxError),
        ("", QuerySyntaxError),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused),
    ],
)
def test_what_is_refused_is_not_passed_on(engine: RemoteEngine, text: str, error: type[SamizdatError]) -> None:
    before = len(Endpoint.asked)
    with pytest.raises(error):
        engine.evaluate(Query(text), JSON)
    assert len(Endpoint.asked) == before


def test_federation_can_be_allowed(url: str) -> None:
    engine = RemoteEngine(f"{url}/other", federation=True)
    assert engine.evaluate(Query("SELECT * { SERVICE <a:b> {} }"), JSON) == Answer("bindings", RESULTS, EMPTY)


def test_a_form_the_client_does_not_take(engine: RemoteEngine) -> None:
    for text, formats, kind in (
        ("ASK {}", Formats(None, "text/turtle"), "boolean"),
        ("DESCRIBE <a:s>", Formats(RESULTS, None), "graph"),
    ):
        with pytest.raises(FormNotAcceptable) as caught:
            engine.evaluate(Query(text), formats)
        assert caught.value.kind == kind


def test_a_syntax_error_has_the_endpoints_message_and_place(engine: RemoteEngine) -> None:
    with pytest.raises(QuerySyntaxError, match="error at 2:") as caught:
        engine.evaluate(Query("SELECT *\n{ ?s ?p }"), JSON)
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [
        ("problem", QuerySyntaxError, "no such thing at line 3, column 7"),
        ("status/400/bad", InvalidQuery, "bad said so"),
        (f"status/400/{'long' * 1000}", InvalidQuery, "..."),
        ("status/401/no", EngineUnavailable, "401: no said so"),
        ("status/404/gone", EngineUnavailable, "404: gone"),
        ("status/406/none", FormNotAcceptable, "format"),
        ("speechless/403", EngineUnavailable, "403"),
        ("speechless/400", InvalidQuery, "cannot read"),
        ("status/429/enough", EngineUnavailable, "429: enough"),
        ("status/500/broken", EngineUnavailable, "500: broken"),
        ("status/500/transaction-timed-out", QueryTimeout, "5 s"),
        ("status/503/busy", EngineUnavailable, "503: busy"),
        ("status/503/query-timeout", QueryTimeout, "5 s"),
        ("status/504/gateway", QueryTimeout, "5 s"),
        ("accepted", EngineUnavailable, "206"),
        ("rubbish", EngineUnavailable, "no application/sparql-results+json"),
        ("page", EngineUnavailable, "text/html"),
        ("short", EngineUnavailable, "does not answer"),
        ("nothing", EngineUnavailable, "does not answer"),
        ("chunk", EngineUnavailable, "does not answer"),
    ],
)
def test_what_the_endpoint_does_wrong(failing: Failing, path: str, error: type[SamizdatError], said: str) -> None:
    caught = failing(path)
    assert type(caught) is error
    assert said in str(caught)
    assert "<" not in str(caught)


def test_xml_that_breaks_off(failing: Failing) -> None:
    for formats, text in (
        (Formats("application/sparql-results+xml", None), "ASK {}"),
        (Formats(None, "application/rdf+xml"), "DESCRIBE <a:s>"),
    ):
        assert isinstance(failing("xml", formats, text), EngineUnavailable)


def test_the_size_of_an_answer_is_bounded(failing: Failing) -> None:
    assert isinstance(failing("big", text="DESCRIBE <a:s>", answer_bytes=200_000), AnswerTooLarge)


@pytest.mark.parametrize("path", ["slow", "drip/head", "drip/body", "complaint/403", "complaint/500"])
def test_the_deadline_is_kept(failing: Failing, path: str) -> None:
    began = time.monotonic()
    assert isinstance(failing(path, seconds=0.4), QueryTimeout)
    assert 0.4 <= time.monotonic() - began < 0.6


def test_a_timeout_lowers_the_bound_and_never_raises_it(url: str) -> None:
    for seconds, timeout in ((0.3, 60), (60, 0.3)):
        began = time.monotonic()
        with pytest.raises(QueryTimeout, match=r"0\.3 s"):
            RemoteEngine(f"{url}/slow", seconds=seconds).evaluate(Query("ASK {}"), JSON, timeout=timeout)
        assert time.monotonic() - began < 0.5


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(EngineUnavailable, match="refused"):
        RemoteEngine(f"http://127.0.0.1:{port}/").evaluate(Query("ASK {}"), JSON)
    with pytest.raises(ValueError, match="URL"):
        RemoteEngine("file:///etc/passwd")


def test_a_closed_engine_asks_nothing_more(engine: RemoteEngine) -> None:
    engine.close()
    with pytest.raises(EngineUnavailable, match="closed"):
        engine.evaluate(Query("ASK {}"), JSON)


def test_text_that_is_no_unicode(engine: RemoteEngine) -> None:
    with pytest.raises(InvalidQuery, match="Unicode"):
        engine.evaluate(Query("ASK { ?s ?p '\ud800' }"), JSON)
