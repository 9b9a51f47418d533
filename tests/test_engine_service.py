"""No query leaves this machine: SERVICE is refused, however it is written, and FROM fetches nothing."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_fixtures import JSON, engines, filled_store

from graph.engine import Query, embedded
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.engine.results import ask
from graph.engine.tokens import calls_service
from graph.errors import QueryRefused


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_store(tmp_path_factory.mktemp("engine"))


@pytest.fixture(scope="module")
def engine(store: Path) -> Iterator[EmbeddedEngine]:
    with engines(store) as start:
        yield start(Budget(seconds=5, executors=4))


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server on this machine that counts as the rest of the world: nothing may ever connect to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server
        with pytest.raises(TimeoutError):
            server.accept()


SERVICE_TEXTS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "select * { service silent <URL> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE#\n<URL>{ ?s ?p ?o } } }",
    "SELECT * { ?s ?p 1SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x'SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { VALUES ?g { <URL> } SERVICE ?g { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<URL> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)#>'''\n SERVICE SILENT <URL> { ?s ?p ?o } #'''\n}",
    "SELECT * { FILTER(1<2#>'''\n) SERVICE SILENT <URL> { ?s ?p ?o } #'''\n}",
    "SELECT * { FILTER('' <'>')SERVICE SILENT <URL>{FILTER('' = '')} }",
]


@pytest.mark.parametrize("text", SERVICE_TEXTS)
def test_service_is_refused(engine: EmbeddedEngine, listener: socket.socket, text: str) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    assert calls_service(text), "seen before an executor is lost over it"
    with pytest.raises(QueryRefused, match="SERVICE is not answered"):
        engine.evaluate(Query(text.replace("URL", url)), JSON)


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_the_kernel_ends_an_executor_that_reaches_for_the_network(
    engine: EmbeddedEngine, listener: socket.socket, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "calls_service", lambda _: False)
    text = f"SELECT * {{ SERVICE {silent} <http://127.0.0.1:{listener.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
    with pytest.raises(QueryRefused, match="SERVICE is not answered"):
        engine.evaluate(Query(text), JSON)


def test_from_names_a_graph_and_fetches_nothing(engine: EmbeddedEngine, listener: socket.socket) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    for query in (Query(f"ASK FROM <{url}> {{ ?s ?p ?o }}"), Query("ASK { ?s ?p ?o }", default_graphs=(url,))):
        assert not ask(engine.evaluate(query, JSON))


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service ?p 'SERVICE <x>', \"service\"@service . } # SERVICE",
        "PREFIX service: <http://www.w3.org/ns/sparql-service-description#> ASK { ?s a service:Service }",
        "ASK { ?s a <http://www.w3.org/ns/sparql-service-description#Service> }",
    ],
)
def test_the_word_service_is_no_service(engine: EmbeddedEngine, text: str) -> None:
    assert not ask(engine.evaluate(Query(text), JSON))
