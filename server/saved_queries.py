"""``{base}graph/queries`` where the snapshot in force has no such graph: the saved questions that this server knows."""

from flask import Response, request
from pyoxigraph import serialize

from graph import executables
from graph.engine.prefixes import PREFIXES
from graph.iris import QUERIES_GRAPH
from server.holdings import holdings
from server.negotiation import DOCUMENTS, choice_of
from server.syntaxes import SYNTAX

USED = {"sh": "http://www.w3.org/ns/shacl#", **{name: PREFIXES[name] for name in ("dcterms", "rdfs", "schema", "xsd")}}


def is_named(name: str) -> bool:
    """Whether this IRI is that graph's, with an extension or without."""
    return name == QUERIES_GRAPH or name.startswith(f"{QUERIES_GRAPH}.")


def document(wanted: str | None) -> Response:
    """The questions as SHACL SPARQL executables; ``wanted`` is the value of ``format=`` or the extension."""
    choice = choice_of(DOCUMENTS, request.headers.get("Accept"), wanted)
    body = serialize(executables.triples(holdings().catalogue), format=SYNTAX[choice.format], prefixes=USED)
    return Response(body, content_type=choice.content_type)
