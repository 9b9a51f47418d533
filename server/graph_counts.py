"""How many triples each graph of the snapshot holds: known since it was published, or else counted once, when asked."""

from dataclasses import dataclass
from threading import Lock

from flask import current_app

from graph.errors import QueryRefused
from graph.snapshots.statistics import GRAPHS, Statistics
from server.holdings import holdings
from server.reading import Rows, select, text_of

KEY = "samizdat-graph-counts"
MOST = GRAPHS
"""Named graphs that are listed."""

_counting = Lock()


@dataclass(frozen=True)
class Counts:
    """Triples of the default graph and by named graph, at most MOST of these in the order of their names.

    ``default`` is None and ``named`` empty where counting takes longer than a query may; ``all_named`` says that no
    named graph is left out.
    """

    default: int | None
    named: tuple[tuple[str, int], ...]
    all_named: bool


def counts() -> Counts:
    """The counts of the snapshot in force; EngineUnavailable if nobody can count now."""
    held = holdings()
    if held.statistics:
        return _known(held.statistics)
    snapshot = held.snapshot.id
    kept: dict[str, Counts] = current_app.extensions.setdefault(KEY, {})
    with _counting:
        if snapshot not in kept:
            counted = _counted()
            kept.clear()  # nobody asks for those of an earlier snapshot again
            kept[snapshot] = counted
        return kept[snapshot]


def _known(statistics: Statistics) -> Counts:
    shown = sorted(statistics.sizes.items())[:MOST]
    return Counts(statistics.whole.triples, tuple(shown), len(shown) == statistics.graphs)


def _counted() -> Counts:
    default = _rows("SELECT (COUNT(*) AS ?triples) WHERE { ?s ?p ?o }")
    named = _rows(f"""
        SELECT ?name (COUNT(*) AS ?triples) WHERE {{ GRAPH ?name {{ ?s ?p ?o }} }}
        GROUP BY ?name ORDER BY ?name LIMIT {MOST + 1}""")
    shown = tuple((text_of(row, "name"), int(text_of(row, "triples"))) for row in (named or ())[:MOST])
    return Counts(
        int(text_of(default[0], "triples")) if default else None, shown, named is not None and len(named) <= MOST
    )


def _rows(text: str) -> Rows | None:
    """The rows of a SELECT; None if it is refused, as for taking too long, which it would again."""
    try:
        return select(text)
    except QueryRefused:
        return None
