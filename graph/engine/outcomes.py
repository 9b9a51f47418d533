"""What an executor reports, or dies of, as the error that a person is shown."""

from graph.engine import Query
from graph.engine.complaints import syntax_error
from graph.errors import (
    AnswerTooLarge,
    EngineUnavailable,
    FormNotAcceptable,
    InvalidQuery,
    QueryAbandoned,
    QueryMemoryExceeded,
    QueryRefused,
    QueryTimeout,
    SamizdatError,
)

NARROWER = "narrow it down, or ask in parts with LIMIT"
NO_SERVICE = "SERVICE is not answered here: no query leaves this machine"


def error(failure: str, message: str, query: Query, seconds: float) -> SamizdatError:
    """The error for a failure; ``seconds`` is the time the query had. Any unknown failure is the engine's own."""
    if failure == "syntax":
        return syntax_error(query.text, message, base=query.base)
    if failure == "query":
        return InvalidQuery(message, "correct the query, its base or its graphs")
    if failure in ("form", "xml"):
        return _not_acceptable(failure, message)
    return _refusal(failure, seconds) or _unavailable(failure, message)


def service_refused() -> QueryRefused:
    """The error for a query that would send a part of itself to another endpoint."""
    return QueryRefused(NO_SERVICE, "ask the other endpoint itself, and join the two answers at your side")


def _not_acceptable(failure: str, kind: str) -> FormNotAcceptable:
    if failure == "xml":
        what, hint = "XML cannot hold this answer", "ask for JSON, or for a graph in Turtle"
    elif kind == "graph":
        what, hint = "the answer is a graph", "accept Turtle, N-Triples, RDF/XML or JSON-LD"
    else:
        form = "a truth value" if kind == "boolean" else "a table"
        what, hint = f"the answer is {form}", "accept SPARQL results in JSON, XML, CSV or TSV"
    return FormNotAcceptable(what, hint, kind=kind)


def _refusal(failure: str, seconds: float) -> QueryRefused | None:
    if failure == "deadline":
        return timed_out(seconds)
    if failure == "memory":
        return QueryMemoryExceeded("the query needs more memory than it may take", "ask for less, or in parts")
    if failure == "stack":
        return QueryMemoryExceeded("the query is nested deeper than the engine can follow", "write it flatter")
    if failure == "large":
        return AnswerTooLarge("the answer is larger than an answer may be", "ask in parts, with LIMIT and OFFSET")
    return service_refused() if failure == "service" else None


def timed_out(seconds: float) -> QueryTimeout:
    """The error for a query that had so many seconds."""
    return QueryTimeout(f"the query took longer than {seconds:g} s", NARROWER)


def abandoned() -> QueryAbandoned:
    """The error for a query whose asker has gone; for the log, since nobody else will see it."""
    return QueryAbandoned("nobody waits for the answer any longer", "ask again, and wait")


def _unavailable(failure: str, message: str) -> EngineUnavailable:
    if failure == "store":
        return EngineUnavailable(
            f"the store cannot be read: {message}", "build the snapshot anew with `samizdat build`"
        )
    return EngineUnavailable(f"the executor of this query ended: {message}", "ask again; it has been replaced")
