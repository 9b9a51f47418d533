"""SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/): what this endpoint is.

Of the five features only ``sd:BasicFederatedQuery`` can be true of it, where a setting allows other endpoints: it
dereferences no URIs, its default graph is not the union of the named ones, no graph is empty, and a query needs no
dataset of its own.
"""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from server.extension_functions import extension_functions
from server.federated import federates
from server.graph_counts import Counts, counts
from server.negotiation import DOCUMENTS, TABLES, Format
from server.syntaxes import SYNTAX

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}
"""The names of the result formats at https://www.w3.org/ns/formats/."""


def document(written_in: Format, endpoint: str) -> bytes:
    """The description of the service at this address, in one of the DOCUMENTS formats."""
    prefixes = {"sd": SD, "void": VOID, "format": FORMATS}
    return serialize(_triples(NamedNode(endpoint)), format=SYNTAX[written_in], prefixes=prefixes) or b""


def _triples(endpoint: NamedNode) -> Iterator[Triple]:
    service, dataset = BlankNode("service"), BlankNode("dataset")
    yield Triple(service, RDF_TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), endpoint)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if federates():
        yield Triple(service, _sd("feature"), _sd("BasicFederatedQuery"))
    for item in (*TABLES, *DOCUMENTS):
        yield Triple(service, _sd("resultFormat"), NamedNode(FORMATS + NAMES[item.media_type]))
    for function in extension_functions():
        yield Triple(service, _sd("extensionFunction"), NamedNode(function))
        yield Triple(NamedNode(function), RDF_TYPE, _sd("Function"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, RDF_TYPE, _sd("Dataset"))
    yield from _graphs(dataset, counts())


def _graphs(dataset: BlankNode, counted: Counts) -> Iterator[Triple]:
    """The default graph and the named ones, with their numbers of triples where they are known."""
    default = BlankNode("default")
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield from _graph(default, counted.default)
    for number, (name, triples) in enumerate(counted.named):
        named, content = BlankNode(f"named{number}"), BlankNode(f"content{number}")
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, RDF_TYPE, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), NamedNode(name))
        yield Triple(named, _sd("graph"), content)
        yield from _graph(content, triples)


def _graph(content: BlankNode, triples: int | None) -> Iterator[Triple]:
    yield Triple(content, RDF_TYPE, _sd("Graph"))
    if triples is not None:
        yield Triple(content, NamedNode(f"{VOID}triples"), Literal(str(triples), datatype=XSD_INTEGER))


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
