"""JSON-LD to quads, under the published context."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from ontology.vocabulary import context


def quads(named_graphs: Iterable[tuple[str, Iterable[dict[str, Any]]]]) -> list[Quad]:
    """The quads of nodes, each group in its named graph; all of it is parsed as one document."""
    nodes = json.dumps([{"id": name, "@graph": list(nodes)} for name, nodes in named_graphs], ensure_ascii=False)
    data = f'{{"@context": {_context()}, "@graph": {nodes}}}'.encode()
    return list(parse(data, RdfFormat.JSON_LD, base_iri=context()["@base"]))


@cache
def _context() -> str:
    return json.dumps(context())


def node(iri: str) -> NamedNode:
    """A named node; rdflib's terms are strings and may be given as they are."""
    return NamedNode(str(iri))


def graph_of(quad: Quad) -> str:
    """The name of a quad's graph; empty for the default graph."""
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
