"""The W3C's SPARQL tests of `../shared/w3c`, read from their manifests; tests skip where they are not at hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from repository import SHARED

W3C = SHARED / "w3c"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
HT = Namespace("http://www.w3.org/2011/http#")
HTS = Namespace("http://www.w3.org/2011/http-statusCodes#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")

needed = pytest.mark.skipif(not W3C.is_dir(), reason="the W3C's tests (../shared/w3c) are not at hand")

STATUSES = {
    "StatusCode2xx": range(200, 300),
    "StatusCode3xx": range(300, 400),
    "StatusCode4xx": range(400, 500),
    "OK": [200],
    "Created": [201],
    "NoContent": [204],
    "NotFound": [404],
}


@dataclass(frozen=True)
class Sent:
    """One request of a test and what is expected of its response."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    statuses: frozenset[int]
    boolean: bool | None
    form: str | None
    answer_headers: dict[str, str]
    answer_body: bytes


@dataclass(frozen=True)
class Exchange:
    """One test of a manifest: its name there, its title, the graphs it needs by name, and its requests in order."""

    name: str
    title: str
    graphs: dict[str, Path]
    requests: tuple[Sent, ...]


@dataclass(frozen=True)
class Evaluation:
    """One test of a query's results: data, query, and the answer as the file it stands in."""

    name: str
    query: Path
    data: Path
    result: Path


def exchanges(manifest: str) -> list[Exchange]:
    """The tests of requests and responses in a manifest, in its order; none if it is not at hand."""
    return [_exchange(*entry) for entry in _entries(manifest)]


def evaluations(manifest: str) -> list[Evaluation]:
    """The tests of results in a manifest, in its order; none if it is not at hand."""
    return [_evaluation(*entry) for entry in _entries(manifest)]


def names(manifest: str) -> list[str]:
    """The names of the tests of a manifest."""
    return [_name(test) for _, test in _entries(manifest)]


def loaded(files: dict[str, Path]) -> Iterator[Quad]:
    """The triples of each file, in the graph of its name."""
    for name, file in files.items():
        yield from in_graph(parse(path=file), name)


def in_graph(quads: Iterator[Quad], name: str) -> Iterator[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object, NamedNode(name)) for quad in quads)


def turtle_of(text: bytes) -> Store:
    """A Turtle document as a store."""
    found = Store()
    found.load(text, format=RdfFormat.TURTLE, base_iri="http://www.example/")
    return found


def _entries(manifest: str) -> list[tuple[Graph, Node]]:
    file = W3C / manifest
    if not file.exists():
        return []
    read = Graph().parse(file, format="turtle", publicID=file.as_uri())
    head = read.value(predicate=RDF.type, object=MF.Manifest)
    listed = read.value(head, MF.entries) if head else None
    tests = list(Collection(read, listed)) if listed else []
    # The manifest of direct identification defines a test more than it lists.
    tests += sorted(set(read.subjects(RDF.type, MF.GraphStoreProtocolTest)) - set(tests), key=str)
    return [(read, test) for test in tests]


def _name(test: Node) -> str:
    return str(test).rpartition("#")[2]


def _exchange(read: Graph, test: Node) -> Exchange:
    graphs = {}
    for data in read.objects(test, UT.graphData):
        graphs[_text(read, data, RDFS.label)] = _path(read.value(data, UT.graph))
    action = read.value(test, MF.action)
    asked = read.value(action, HT.requests) if action else None
    requests = tuple(_sent(read, request) for request in Collection(read, asked)) if asked else ()
    return Exchange(_name(test), _text(read, test, MF.name), graphs, requests)


def _sent(read: Graph, request: Node) -> Sent:
    response = read.value(request, HT.resp)
    assert response is not None
    statuses = (STATUSES[str(status).removeprefix(str(HTS))] for status in read.objects(response, MF.expectedStatus))
    boolean = read.value(response, MF.expectedBoolean)
    return Sent(
        method=_text(read, request, HT.methodName),
        path=_text(read, request, HT.absolutePath),
        headers=_headers(read, request),
        body=_body(read, request),
        statuses=frozenset(code for codes in statuses for code in codes),
        boolean=boolean.toPython() if isinstance(boolean, Literal) else None,
        form=_text(read, response, MF.expectedFormat) or None,
        answer_headers=_headers(read, response),
        answer_body=_body(read, response),
    )


def _headers(read: Graph, message: Node) -> dict[str, str]:
    listed = read.value(message, HT.headers)
    found = Collection(read, listed) if listed else ()
    return {_text(read, item, HT.fieldName): _text(read, item, HT.fieldValue) for item in found}


def _body(read: Graph, message: Node) -> bytes:
    content = read.value(message, HT.body)
    if content is None:
        return b""
    return _text(read, content, CNT.chars).encode(_text(read, content, CNT.characterEncoding))


def _evaluation(read: Graph, test: Node) -> Evaluation:
    action = read.value(test, MF.action)
    assert action is not None
    query, data = (_path(read.value(action, term)) for term in (QT.query, QT.data))
    return Evaluation(_name(test), query, data, _path(read.value(test, MF.result)))


def _path(iri: Node | None) -> Path:
    assert isinstance(iri, URIRef)
    return Path(iri.removeprefix("file://"))


def _text(read: Graph, subject: Node, predicate: URIRef) -> str:
    return str(read.value(subject, predicate) or "")
