"""SELECT and ASK answers in JSON as Python values (SPARQL 1.1 Query Results JSON Format)."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from graph.engine import Answer
from graph.errors import EngineUnavailable

RESULTS_JSON = "application/sparql-results+json"
XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_KINDS: dict[str, Literal["iri", "blank", "literal"]] = {
    "uri": "iri",
    "bnode": "blank",
    "literal": "literal",
    "typed-literal": "literal",
}


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term: ``value`` is the IRI, the blank node's label, the lexical form, or a triple as ``<<( s p o )>>``.

    ``language`` and ``datatype`` are those of a literal; a plain string has neither.
    """

    kind: Literal["iri", "blank", "literal", "triple"]
    value: str
    language: str | None = None
    datatype: str | None = None

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Table:
    """A SELECT answer: the ``variables`` in the query's order; a row lacks the variables it leaves unbound."""

    variables: tuple[str, ...]
    rows: list[dict[str, Term]]


def table(answer: Answer) -> Table:
    """The rows of a SELECT answer in JSON; EngineUnavailable if the engine's JSON is none, ValueError if not asked."""
    document = _document(answer, "bindings")
    try:
        rows = [{name: _term(found) for name, found in row.items()} for row in document["results"]["bindings"]]
        return Table(tuple(document["head"]["vars"]), rows)
    except (KeyError, TypeError, AttributeError) as error:
        raise _rubbish() from error


def ask(answer: Answer) -> bool:
    """What an ASK answer in JSON says; errors as of ``table``."""
    value = _document(answer, "boolean").get("boolean")
    if not isinstance(value, bool):
        raise _rubbish()
    return value


def _document(answer: Answer, kind: str) -> dict[str, Any]:
    if (answer.kind, answer.media_type) != (kind, RESULTS_JSON):
        raise ValueError(f"expected {kind} in {RESULTS_JSON}, not {answer.kind} in {answer.media_type}")
    try:
        document = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise _rubbish() from error
    if not isinstance(document, dict):
        raise _rubbish()
    return document


def _term(found: dict[str, Any]) -> Term:
    if found["type"] == "triple":
        parts = (_written(_term(found["value"][part])) for part in ("subject", "predicate", "object"))
        return Term("triple", f"<<( {' '.join(parts)} )>>")
    datatype = found.get("datatype")
    return Term(
        _KINDS[found["type"]],
        found["value"],
        found.get("xml:lang"),
        None if datatype == XSD_STRING else datatype,
    )


def _written(term: Term) -> str:
    """The term in N-Triples."""
    if term.kind == "iri":
        return f"<{term.value}>"
    if term.kind != "literal":
        return f"_:{term.value}" if term.kind == "blank" else term.value
    text = json.dumps(term.value, ensure_ascii=False)
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


def _rubbish() -> EngineUnavailable:
    return EngineUnavailable("the engine's answer is no SPARQL result in JSON", "see whether it is a SPARQL endpoint")
