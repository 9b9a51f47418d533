"""From an IRI to a page on whatever host is serving, and addresses of the endpoint for a query."""

from typing import Any

from flask import url_for

from graph.engine import Query
from graph.executables import RULES
from graph.iris import ID, ONTOLOGY
from ontology.base import BASE

ELSEWHERE = ("http://", "https://")


def page_of(iri: str) -> str | None:
    """The address that tells of an IRI: ours on this host, others as they are, None for what no browser should open."""
    stem, _, fragment = iri.partition("#")
    anchor = fragment or None
    if stem == ONTOLOGY or stem.startswith(f"{ONTOLOGY}/"):
        return url_for("ontology.document", _anchor=anchor)
    if stem.startswith(ID) and len(stem) > len(ID):
        return url_for("linked_data.document", path=stem.removeprefix(ID), _anchor=anchor)
    if stem.startswith(RULES):
        return url_for("rules.rule", name=stem.removeprefix(RULES), _anchor=anchor)
    if stem.startswith(f"{BASE}graph/"):
        content = f"SELECT * WHERE {{ GRAPH <{iri}> {{ ?subject ?property ?value }} }} LIMIT 100"
        return query_page(f"DESCRIBE <{iri}>" if fragment else content)
    return iri if iri.startswith(ELSEWHERE) and not iri.startswith(BASE) else None


def query_page(sparql: str) -> str:
    """The query page with this query in its form, answered."""
    return url_for("pages.query", query=sparql)


def endpoint(query: Query, name: str) -> str:
    """The endpoint's answer to the query, of the same dataset, in the format of that name."""
    dataset = {"default-graph-uri": query.default_graphs or (), "named-graph-uri": query.named_graphs or ()}
    given: dict[str, Any] = {key: list(values) for key, values in dataset.items() if values}
    return url_for("protocol.sparql", query=query.text, format=name, **given)
