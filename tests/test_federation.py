"""SERVICE asks the endpoints that a setting allows, and no others; executors never leave the machine."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from engine_fixtures import JSON, E, engines, filled_store
from live_fixtures import live
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store
from server_fixtures import store as served_graph

from graph.engine import Query
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.engine.interest import interest
from graph.engine.results import Table, ask, table
from graph.engine.service_clauses import clauses, joined, prologue
from graph.errors import AnswerTooLarge, EngineUnavailable, QueryAbandoned, QueryRefused, QuerySyntaxError, QueryTimeout
from graph.snapshot import Snapshots

Respond = Callable[[BaseHTTPRequestHandler, str], None]


def other_store() -> Store:
    """What another endpoint knows: ages of two of our things, and words that are awkward to write."""
    known = Store()
    for number, age in ((1, 10), (2, 20), (5000, 30)):
        known.add(Quad(NamedNode(f"{E}n{number}"), NamedNode(f"{E}age"), Literal(age)))
    known.update(f'INSERT DATA {{ <{E}n1> <{E}says> "a \\"quote\\" }} service \\n?x"@en ; <{E}by> [] }}')
    return known


def answered(handler: BaseHTTPRequestHandler, text: str) -> None:
    found = other_store().query(text)
    assert isinstance(found, QuerySolutions)
    body = found.serialize(format=QueryResultsFormat.JSON) or b""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/sparql-results+json")
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def endpoint(respond: Respond = answered) -> Iterator[tuple[str, list[str]]]:
    """An endpoint on this machine, and the queries that it has been asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append(parse_qs(body)["query"][0])
            respond(self, asked[-1])

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/sparql", asked
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_store(tmp_path_factory.mktemp("engine"))


@contextmanager
def federated(store: Path, *allowed: str, seconds: float = 20) -> Iterator[EmbeddedEngine]:
    with engines(store) as start:
        yield start(Budget(seconds=seconds, executors=2, services=allowed))


def select(engine: EmbeddedEngine, text: str) -> Table:
    return table(engine.evaluate(Query(f"PREFIX : <{E}>\n{text}"), JSON))


def test_rows_of_another_endpoint_are_joined_with_ours(store: Path) -> None:
    with endpoint() as (url, asked), federated(store, url) as engine:
        found = select(
            engine, f"SELECT ?label ?age {{ ?n :label ?label . SERVICE <{url}> {{ ?n :age ?age }} }} ORDER BY ?age"
        )
        assert [(row["label"].value, row["age"].value) for row in found.rows] == [("label 1", "10"), ("label 2", "20")]
        assert len(asked) == 1
        optional = f"SELECT * {{ VALUES ?n {{ :n2 :n3 }} OPTIONAL {{ SERVICE <{url}> {{ ?n :age ?a }} }} }} ORDER BY ?n"
        assert [len(row) for row in select(engine, optional).rows] == [2, 1]


def test_terms_come_over_as_they_are(store: Path) -> None:
    with endpoint() as (url, _), federated(store, url) as engine:
        [row] = select(
            engine, f"SELECT * {{ SERVICE <{url}> {{ ?n :says ?words ; :by ?who OPTIONAL {{ ?n :no ?none }} }} }}"
        ).rows
        assert (row["words"].value, row["words"].language) == ('a "quote" } service \n?x', "en")
        assert "/.well-known/genid/" in row["who"].value
        assert "none" not in row
        assert ask(engine.evaluate(Query(f"ASK {{ SERVICE <{url}> {{ <{E}n1> <{E}age> 10 }} }}"), JSON))
        assert not ask(engine.evaluate(Query(f"ASK {{ SERVICE <{url}> {{ <{E}n1> <{E}age> 11 }} }}"), JSON))


def test_two_endpoints_and_a_prefix(store: Path) -> None:
    with endpoint() as (one, _), endpoint() as (two, asked), federated(store, one, two) as engine:
        host = two.removesuffix("sparql")
        text = (
            f"PREFIX e: <{host}> SELECT ?age {{ SERVICE <{one}> {{ ?n :age 20 }} service e:sparql {{ ?n :age ?age }} }}"
        )
        assert [row["age"].value for row in select(engine, text).rows] == ["20"]
        assert len(asked) == 1


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_others_are_refused_before_anybody_is_asked(store: Path, silent: str) -> None:
    with endpoint() as (url, asked), endpoint() as (other, never), federated(store, url) as engine:
        for address in (other, f"{url}/", f"{url}?x", url.replace("127.0.0.1", "localhost")):
            text = f"SELECT * {{ SERVICE <{url}> {{ ?n :age ?a }} SERVICE {silent}<{address}> {{ ?n :age ?b }} }}"
            with pytest.raises(QueryRefused, match="not answered here") as refused:
                select(engine, text)
            assert url in refused.value.hint
    assert not asked + never


@pytest.mark.parametrize(
    "clause",
    [
        "VALUES ?g { <URL> } SERVICE ?g { ?s ?p ?o }",
        "SERVICE <URL> { SERVICE <URL> { ?s ?p ?o } }",
        "SERVICE <URL> { { ?s ?p ?o",
        "SERVICE <URL>",
        "SERVICE",
        "SERVICE SILENT",
        "SERVICE none:such { ?s ?p ?o }",
        "FILTER(?a<?b#>'''\n) SERVICE <URL> { ?s ?p ?o } #'''\n",
    ],
)
def test_what_cannot_be_told_for_certain_is_refused(store: Path, clause: str) -> None:
    with endpoint() as (url, asked), federated(store, url) as engine, pytest.raises(QueryRefused):
        select(engine, f"SELECT * {{ {clause.replace('URL', url)} }}")
    assert not asked


def test_an_executor_has_no_network_even_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with endpoint() as (url, asked), federated(store, url) as engine:
        monkeypatch.setattr("graph.engine.embedded.calls_service", lambda _: False)
        with pytest.raises(QueryRefused):
            select(engine, f"SELECT * {{ SERVICE <{url}> {{ ?n :age ?a }} }}")
        assert not ask(engine.evaluate(Query(f"ASK FROM <{url}> {{ ?s ?p ?o }}"), JSON)), "a graph's name, no address"
    assert not asked


def status(code: int, **headers: str) -> Respond:
    def respond(handler: BaseHTTPRequestHandler, text: str) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(b"{")

    return respond


@pytest.mark.parametrize(
    "respond", [status(500), status(200), status(302, Location="/elsewhere")], ids=["500", "cut", "302"]
)
def test_one_that_does_not_answer(store: Path, respond: Respond) -> None:
    with endpoint(respond) as (url, asked), federated(store, url) as engine:
        with pytest.raises(EngineUnavailable, match="did not answer"):
            select(engine, f"SELECT * {{ SERVICE <{url}> {{ ?n :age ?a }} }}")
        text = f"SELECT ?label {{ :n1 :label ?label . SERVICE SILENT <{url}> {{ ?n :age ?a }} }}"
        assert [row["label"].value for row in select(engine, text).rows] == ["label 1"]
        assert len(asked) == 2, "redirections are not followed"


def dripping(handler: BaseHTTPRequestHandler, text: str) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        try:
            handler.wfile.write(b" ")
        except OSError:
            return
        time.sleep(0.05)


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_one_that_is_slow_is_waited_for_until_the_deadline(store: Path, silent: str) -> None:
    with endpoint(dripping) as (url, _), federated(store, url, seconds=0.5) as engine:
        began = time.monotonic()
        with pytest.raises(QueryTimeout):
            select(engine, f"SELECT * {{ SERVICE {silent} <{url}> {{ ?n :age ?a }} }}")
        assert 0.5 <= time.monotonic() - began < 1.5


def test_nobody_waits_for_a_slow_one_on_nobodys_behalf(store: Path) -> None:
    with endpoint(dripping) as (url, _), federated(store, url) as engine, interest() as mine:
        threading.Timer(0.3, mine.lose).start()
        with pytest.raises(QueryAbandoned):
            select(engine, f"SELECT * {{ SERVICE SILENT <{url}> {{ ?n :age ?a }} }}")


def test_one_that_sends_too_much(store: Path) -> None:
    def flood(handler: BaseHTTPRequestHandler, text: str) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(20):
                handler.wfile.write(b" " * (1 << 20))
        except OSError:
            pass

    with endpoint(flood) as (url, _), federated(store, url) as engine, pytest.raises(AnswerTooLarge):
        select(engine, f"SELECT * {{ SERVICE <{url}> {{ ?n :age ?a }} }}")


def test_a_mistake_after_a_clause_keeps_its_place(store: Path) -> None:
    with endpoint() as (url, _), federated(store, url) as engine:
        with pytest.raises(QuerySyntaxError) as wrong:
            select(engine, f"SELECT * {{ SERVICE <{url}> {{\n ?n :age\n ?a }} .\n ?n $ ?x }}")
        assert wrong.value.line == 5


def test_clauses_and_what_stands_around_them() -> None:
    text = "BASE <http://a/> PREFIX p: <b> ASK { SERVICE <http://x/y> { ?s ?p '}' } SERVICE SILENT p:c {{}} }"
    first, second = clauses(text)
    assert (first.endpoint, first.silent, first.pattern) == ("http://x/y", False, "{ ?s ?p '}' }")
    assert (second.endpoint, second.silent, second.pattern) == ("bc", True, "{{}}")
    assert prologue(text) == "BASE <http://a/> PREFIX p: <b> "
    assert joined(text, [(first, "1"), (second, "2")]) == "BASE <http://a/> PREFIX p: <b> ASK { 1 2 }"


def test_over_http_between_two_servers(tmp_path: Path) -> None:
    """The answer is not kept: what the other server says may change."""
    Snapshots(tmp_path / "snapshots").publish(list(served_graph()), {"counts": {}})
    text = 'SELECT ?n { SERVICE <URL> { ?n a <http://xmlns.com/foaf/0.1/Person> } FILTER(CONTAINS(STR(?n), "asya")) }'
    with live(tmp_path) as other:
        url = f"http://127.0.0.1:{other.port}/sparql"
        with live(tmp_path, SERVICES=url) as server:
            for _ in range(2):
                reply = server.ask(text.replace("URL", url))
                assert (reply.status, len(json.loads(reply.body)["results"]["bindings"])) == (200, 1)
                assert "no-store" in reply.headers["Cache-Control"]
            described = server.send("/sparql", Accept="text/turtle").body
            assert b"BasicFederatedQuery" in described
            with socket.create_server(("127.0.0.1", 0)) as nobody:
                nobody.settimeout(0.1)
                refused = server.ask(text.replace("URL", f"http://127.0.0.1:{nobody.getsockname()[1]}/"))
                assert (refused.status, url in json.loads(refused.body)["hint"]) == (403, True)
                with pytest.raises(TimeoutError):
                    nobody.accept()
        assert other.ask(text.replace("URL", url)).status == 403, "nobody is allowed where nothing is set"
