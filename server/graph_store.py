"""SPARQL 1.1 Graph Store HTTP Protocol, to read (https://www.w3.org/TR/sparql11-http-rdf-update/).

A graph is named indirectly, as ``/rdf-graph-store?graph=IRI`` or ``?default``, or directly: what is named
``{base}graph/...`` is at ``/graph/...``. A claim's graphs have a fragment in their names, which no request
carries, so they are named indirectly. Nothing is written (405): a published graph never changes.
"""

import re
from difflib import get_close_matches
from typing import NoReturn
from urllib.parse import quote

from flask import Blueprint, Response, request

from graph.engine import Formats, Query
from graph.engine.results import ask
from graph.errors import ParameterError, UnknownName
from graph.iris import QUERIES_GRAPH
from ontology.base import BASE
from server import query_page, saved_queries
from server.graph_counts import counts
from server.holdings import holdings
from server.negotiation import DOCUMENTS, HTML, Choice, choice_of
from server.protocol import parameters
from server.reading import FORBIDDEN, READABLE

blueprint = Blueprint("graph_store", __name__)

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:.+", re.DOTALL)
NEAR = 0.8
SHOWN = 100
"""Triples of a graph that a person is shown; the query page has the rest."""


@blueprint.get("/rdf-graph-store", strict_slashes=False)
@blueprint.get("/rdf-graph-store.<extension>")
def indirect(extension: str | None = None) -> Response:
    """The graph that the address names in a parameter: ``default``, or ``graph`` with an absolute IRI."""
    given = parameters(request)
    wanted = given.get("format") or extension
    names, default = given.getlist("graph"), "default" in given
    if len(names) + default != 1:
        raise ParameterError("the address does not name one graph", "give either ?default or ?graph= with one IRI")
    if default:
        return _answer("?s ?p ?o", wanted)
    name = names[0]
    if not IRI.fullmatch(name) or FORBIDDEN.search(name):
        raise ParameterError(f"{name!r} is no absolute IRI", "write the graph's name in full, percent-encoded")
    return _named(name, wanted) if _exists(name) else _unknown(name)


@blueprint.get("/graph/<path:path>")
def direct(path: str) -> Response:
    """The graph of this very name; one that does not exist may have an extension that names the format."""
    name, wanted = _name(path), request.args.get("format")
    if _exists(name):
        return _named(name, wanted)
    stem, _, extension = name.rpartition(".")
    if extension in {known for item in DOCUMENTS for known in item.names} and _exists(stem):
        return _named(stem, wanted or extension)
    if saved_queries.is_named(name):
        return saved_queries.document(wanted or name.removeprefix(QUERIES_GRAPH)[1:])
    return _unknown(name)


def _name(path: str) -> str:
    """The IRI that a path of a request identifies: what an IRI cannot hold stays percent-encoded."""
    return f"{BASE}graph/" + FORBIDDEN.sub(lambda found: quote(found[0]), path)


def _named(name: str, wanted: str | None) -> Response:
    return _answer(f"GRAPH <{name}> {{ ?s ?p ?o }}", wanted)


def _answer(pattern: str, wanted: str | None) -> Response:
    """The triples that fit the pattern: as a document for programs, in the query page for people."""
    choice = choice_of((*DOCUMENTS, HTML), request.headers.get("Accept"), wanted)
    if choice.format is HTML:
        return query_page.run(f"SELECT ?s ?p ?o WHERE {{ {pattern} }} LIMIT {SHOWN}")
    return _document(pattern, choice)


def _document(pattern: str, choice: Choice) -> Response:
    query = Query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", base=BASE)
    answer = holdings().engine.evaluate(query, Formats(bindings=None, graph=choice.format.written))
    return Response(answer.body, content_type=choice.content_type)


def _exists(name: str) -> bool:
    return ask(holdings().engine.evaluate(Query(f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}", base=BASE), READABLE))


def _unknown(name: str) -> NoReturn:
    near = get_close_matches(name, [known for known, _ in counts().named], n=1, cutoff=NEAR)
    hint = f"did you mean <{near[0]}>?" if near else "GET /sparql without a query lists the graphs there are"
    raise UnknownName(f"there is no graph <{name}>", hint)
