"""An answer from one format into another, without asking again: byte for byte what the engine would have written."""

import io
from typing import IO, cast

import pyoxigraph as ox

from graph.engine import Answer
from graph.engine.answering import GRAPH, finished, written
from graph.engine.prefixes import PREFIXES
from graph.engine.results import RESULTS_JSON

NTRIPLES = "application/n-triples"


def rewritten(answer: Answer, media_type: str, bound: int, *, anew: bool = False) -> Answer:
    """A SELECT or ASK answer that came in JSON, or a graph that came in N-Triples, in another media type.

    ``anew`` writes it even in the format that it came in: not every engine writes that as ours does.
    ``graph.engine.answering.Refusal`` if the format cannot hold it, or ``bound`` bytes cannot.
    """
    if answer.media_type == media_type and not anew:
        return answer
    if answer.kind == "graph":
        triples = [quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)]
        output = io.BytesIO()
        ox.serialize(triples, cast(IO[bytes], output), GRAPH[media_type], prefixes=PREFIXES)
        return Answer("graph", media_type, finished(output.getvalue(), media_type, "graph"))
    if answer.media_type != RESULTS_JSON:
        raise ValueError(f"expected {RESULTS_JSON}, not {answer.media_type}")
    results = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    return Answer(*written(results, {"bindings": media_type, "graph": None}, bound))
