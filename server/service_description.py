"""SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/): what this endpoint is."""

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from server.negotiation import DOCUMENTS, JSONLD, NTRIPLES, RDFXML, TABLES, TURTLE, Format
from server.reading import select, text_of

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
}
"""The names of the result formats at https://www.w3.org/ns/formats/."""
SYNTAX = {TURTLE: RdfFormat.TURTLE, NTRIPLES: RdfFormat.N_TRIPLES, RDFXML: RdfFormat.RDF_XML, JSONLD: RdfFormat.JSON_LD}


def document(written_in: Format, endpoint: str) -> bytes:
    """The description of the service at this address, in one of the DOCUMENTS formats."""
    prefixes = {"sd": SD, "void": VOID, "format": FORMATS}
    text = serialize(_triples(NamedNode(endpoint)), format=SYNTAX[written_in], prefixes=prefixes)
    return text or b""


def _triples(endpoint: NamedNode) -> list[Triple]:
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    formats = [NamedNode(FORMATS + NAMES[item.media_type]) for item in (*TABLES, *DOCUMENTS)]
    return [
        Triple(service, RDF_TYPE, NamedNode(f"{SD}Service")),
        Triple(service, NamedNode(f"{SD}endpoint"), endpoint),
        Triple(service, NamedNode(f"{SD}supportedLanguage"), NamedNode(f"{SD}SPARQL11Query")),
        *(Triple(service, NamedNode(f"{SD}resultFormat"), item) for item in formats),
        Triple(service, NamedNode(f"{SD}defaultDataset"), dataset),
        Triple(dataset, RDF_TYPE, NamedNode(f"{SD}Dataset")),
        Triple(dataset, NamedNode(f"{SD}defaultGraph"), default),
        Triple(default, RDF_TYPE, NamedNode(f"{SD}Graph")),
        Triple(default, NamedNode(f"{VOID}triples"), Literal(str(_count()), datatype=XSD_INTEGER)),
    ]


def _count() -> int:
    """How many triples the default graph holds."""
    return int(text_of(select("SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }")[0], "count"))
