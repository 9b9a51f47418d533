"""One query on one store, written out whole in the format wanted: the work an executor process does."""

import io
from typing import IO, Any, cast

import pyoxigraph as ox

from graph.engine import Formats, Kind, Query, tidying
from graph.engine.prefixes import PREFIXES

_BINDINGS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


class Refusal(Exception):
    """A query without an answer: ``failure`` is a key of ``graph.engine.outcomes``."""

    def __init__(self, failure: str, message: str) -> None:
        super().__init__(failure, message)
        self.failure = failure
        self.message = message


class _Bounded(io.BytesIO):
    """A buffer that refuses to grow beyond its bound."""

    def __init__(self, bound: int) -> None:
        super().__init__()
        self._room = bound

    def write(self, data: Any) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise Refusal("large", "")
        return super().write(data)


def request_of(query: Query, formats: Formats) -> dict[str, Any]:
    """What ``answer`` is told of a query and the formats for its answer; plain enough for JSON."""
    return {
        "text": query.text,
        "base": query.base,
        "default_graphs": query.default_graphs,
        "named_graphs": query.named_graphs,
        "bindings": formats.bindings,
        "graph": formats.graph,
    }


def answer(store: ox.Store, request: dict[str, Any], bound: int) -> tuple[Kind, str, bytes]:
    """The form of the answer, its media type and its bytes, at most ``bound`` of them; Refusal without one."""
    try:
        results = store.query(request["text"], base_iri=request["base"], **_dataset(request))
        return written(results, request, bound)
    except SyntaxError as error:
        raise Refusal("syntax", str(error)) from None
    except UnicodeError:
        raise Refusal("query", "the query is no Unicode text") from None
    except (ValueError, RuntimeError) as error:
        # ValueError: a base or graph that is no IRI; RuntimeError: an unknown function.
        raise Refusal("query", str(error)) from None
    except MemoryError:
        raise Refusal("memory", "") from None
    except OSError as error:
        raise Refusal("store", str(error)) from None


def _dataset(request: dict[str, Any]) -> dict[str, Any]:
    """The dataset of the protocol's parameters: with any of them, nothing that they leave out is seen."""
    default, named = (request[key] or [] for key in ("default_graphs", "named_graphs"))
    if not default and not named:
        return {}
    return {"default_graph": list(map(ox.NamedNode, default)), "named_graphs": list(map(ox.NamedNode, named))}


def written(
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, request: dict[str, Any], bound: int
) -> tuple[Kind, str, bytes]:
    """What was found in the format that the request wants for its kind; Refusal if it cannot be written so."""
    kind = _kind(results)
    media_type = request["graph" if kind == "graph" else "bindings"]
    if media_type is None:
        raise Refusal("form", kind)
    output = _Bounded(bound)
    if isinstance(results, ox.QueryTriples):
        ox.serialize(results, cast(IO[bytes], output), GRAPH[media_type], prefixes=PREFIXES)
    else:
        results.serialize(cast(IO[bytes], output), _BINDINGS[media_type])
    return kind, media_type, finished(output.getvalue(), media_type, kind)


def finished(body: bytes, media_type: str, kind: Kind) -> bytes:
    """The engine's bytes as they are sent; Refusal if XML cannot hold them."""
    if media_type.endswith("+xml") and not tidying.is_xml(body):
        raise Refusal("xml", kind)
    if media_type == "text/turtle":
        return tidying.turtle(body)
    return tidying.rdf_xml(body) if media_type == "application/rdf+xml" else body


def _kind(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Kind:
    if isinstance(results, ox.QueryTriples):
        return "graph"
    return "boolean" if isinstance(results, ox.QueryBoolean) else "bindings"
