"""SELECT through an engine, with the terms of pyoxigraph."""

from typing import Any

from graph.asking.records import term_of
from graph.engine import Engine, Formats, Query
from graph.engine.results import RESULTS_JSON, table

JSON = Formats(bindings=RESULTS_JSON, graph=None)

Row = dict[str, Any]
"""Terms of pyoxigraph by variable. Any, since only who wrote the query knows which is what."""


def select(engine: Engine, text: str, *, timeout: float | None = None) -> list[Row]:
    """The rows of a SELECT; errors as of ``Engine.evaluate``."""
    found = table(engine.evaluate(Query(text), JSON, timeout=timeout))
    return [{name: term_of(term) for name, term in row.items()} for row in found.rows]
