"""One small interface to evaluate a query within a budget.

Two engines answer it: ``graph.engine.embedded`` (Oxigraph in executor processes, over a snapshot) and
``graph.engine.remote`` (any SPARQL 1.1 endpoint). Both buffer the whole answer before they return it,
so that a query either has its answer or an error of ``graph.errors``, never a part of an answer.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal["bindings", "boolean", "graph"]
"""The form of an answer: of SELECT, of ASK, of CONSTRUCT and DESCRIBE."""

BINDINGS_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
"""Media types of SELECT and ASK answers; in CSV and TSV an ASK answer is the bare word true or false."""

GRAPH_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
"""Media types of CONSTRUCT and DESCRIBE answers."""


@dataclass(frozen=True)
class Query:
    """A SPARQL query and its dataset (SPARQL 1.1 Protocol, section 2.1.4).

    ``base`` resolves relative IRIs. Graphs named in either list replace the FROM clauses of the text: the
    default graph is then the merge of ``default_graphs`` and nothing outside the two lists can be seen.
    With neither list (None or empty) the text's own clauses hold, or else the store's default graph.
    """

    text: str
    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Formats:
    """The media types wanted, by form of answer; None where the client takes none that we have."""

    bindings: str | None
    graph: str | None

    def __post_init__(self) -> None:
        """Raise ValueError for a media type that no engine writes."""
        if self.bindings not in (None, *BINDINGS_TYPES) or self.graph not in (None, *GRAPH_TYPES):
            raise ValueError(f"unknown media types: {self}")


@dataclass(frozen=True)
class Answer:
    """A whole answer, written out in ``media_type`` (UTF-8)."""

    kind: Kind
    media_type: str
    body: bytes


class Engine(Protocol):
    """Evaluates queries; may be called from many threads at once."""

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        """Answer the query within ``timeout`` seconds, which may lower the engine's own bound, never raise it.

        Raises InvalidQuery, QueryRefused or EngineUnavailable (or one of their subclasses).
        """
        ...

    def close(self) -> None:
        """End all that the engine runs; a query under way then raises EngineUnavailable."""
        ...
