"""How many triples an engine holds in which of our graphs, asked in pages that no engine cuts short."""

import json

from graph.engine import Formats, Query
from graph.engine.datasets import KEPT
from graph.engine.remote import RemoteEngine
from graph.engine.results import RESULTS_JSON, ask, table
from graph.publishing.parts import DEFAULT
from ontology.base import BASE

PAGE = 5000
"""Rows asked for at once: Virtuoso sends 10,000 as it comes, and sorts no more."""

_FORMATS = Formats(RESULTS_JSON, None)
_PAGE = """SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }}
FILTER(STRSTARTS(STR(?g), {base}) && STR(?g) > {last}) }} GROUP BY ?g ORDER BY STR(?g) LIMIT {page}"""


def counts(remote: RemoteEngine, union: bool) -> dict[str, int]:
    """The number of triples by graph, of our graphs that have any; the default graph's under ``DEFAULT``.

    Where the default graph is the ``union`` of all, ours is the one that is kept by name.
    """
    found: dict[str, int] = {}
    last = ""
    while True:
        text = _PAGE.format(base=json.dumps(BASE), last=json.dumps(last), page=PAGE)
        rows = table(remote.evaluate(Query(text), _FORMATS)).rows
        # Without any group, Virtuoso answers a row all the same.
        found |= {row["g"].value: int(row["n"].value) for row in rows if "g" in row}
        if len(rows) < PAGE:
            break
        last = rows[-1]["g"].value
    if union:
        return {DEFAULT if iri == KEPT else iri: count for iri, count in found.items()}
    return found | ({DEFAULT: own} if (own := _own(remote)) else {})


def _own(remote: RemoteEngine) -> int:
    rows = table(remote.evaluate(Query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), _FORMATS)).rows
    return int(rows[0]["n"].value)


def holds(remote: RemoteEngine, triple: str) -> bool:
    """Whether the engine's default graph holds a triple."""
    return ask(remote.evaluate(Query(f"ASK {{ {triple} }}"), _FORMATS))


def everything(remote: RemoteEngine, union: bool) -> None:
    """Ask for a table as large as may be wanted; AnswerTooLarge if the engine cuts it."""
    graphs = (KEPT,) if union else None
    remote.evaluate(Query("SELECT ?s { ?s ?p ?o } LIMIT 100000", default_graphs=graphs), _FORMATS)
