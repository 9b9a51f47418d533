"""What reconciliation is asked: the queries of version 0.2 and of the 1.0 draft, read into one shape.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#reconciliation-queries
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from werkzeug.exceptions import RequestEntityTooLarge

from graph.errors import ParameterError
from server.reconciling.terms import iri_of

BATCH = 50
"""The most queries in one request."""
USUAL, MOST = 10, 50
"""Candidates for a query, if it does not say, and at most."""
MOST_CONDITIONS, MOST_VALUES = 10, 20
"""Properties of one query, and values of one property, that are compared, the first ones."""

Quantifier = Literal["any", "all", "none"]
Wanted = str | Mapping[str, str]
"""A text, or an entity as ``{"id": ...}``."""


@dataclass(frozen=True)
class Condition:
    """Values that a property should have; ``name`` is the property as the client calls it."""

    name: str
    iri: str
    values: tuple[Wanted, ...]
    required: bool = False
    quantifier: Quantifier = "any"


@dataclass(frozen=True)
class Query:
    """One query. ``types`` are IRIs (empty: none that is known), None for any; ``strict`` says how many are needed."""

    text: str
    types: frozenset[str] | None
    strict: Literal["any", "all", "should"]
    limit: int
    conditions: tuple[Condition, ...]


def parsed(text: str, what: str) -> Any:
    """The JSON of a parameter or body; ParameterError if it is none."""
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is no character
        return found
    except (ValueError, RecursionError):
        raise ParameterError(
            f"{what} is not JSON", "send a JSON object, percent-encoded where it is a parameter"
        ) from None


def bounded(found: Sequence[Any], most: int, what: str) -> None:
    """RequestEntityTooLarge if there are more."""
    if len(found) > most:
        raise RequestEntityTooLarge(
            description=f"there are {len(found)} {what} in the request; {most} are taken at once"
        )


def batch(text: str) -> dict[str, Query]:
    """The queries of version 0.2, by their names."""
    found = parsed(text, "queries")
    if not isinstance(found, dict) or not all(isinstance(query, dict) for query in found.values()):
        raise ParameterError("queries is no object of objects", 'send {"q0": {"query": "Nazarbayev"}}')
    bounded(list(found), BATCH, "queries")
    return {name: _query(query) for name, query in found.items()}


def draft_batch(body: str) -> list[Query]:
    """The queries of the 1.0 draft, in their order."""
    found = parsed(body, "the body")
    queries = found.get("queries") if isinstance(found, dict) else None
    if not isinstance(queries, list) or not all(isinstance(query, dict) for query in queries):
        raise ParameterError("the body has no list of queries", 'send {"queries": [{"conditions": [...]}]}')
    bounded(queries, BATCH, "queries")
    return [_draft_query(query) for query in queries]


def _query(given: Mapping[str, Any]) -> Query:
    asked, strict = given.get("type"), given.get("type_strict")
    conditions = [
        Condition(str(item["pid"]), iri_of(item["pid"]), _values(item.get("v")))
        for item in _objects(given.get("properties"))
        if item.get("pid")
    ]
    return Query(
        text=_text(given.get("query")),
        types=_types(asked if isinstance(asked, list) else [asked]),
        strict=strict if strict in ("all", "should") else "any",
        limit=_limit(given.get("limit")),
        conditions=tuple(conditions),
    )


def _draft_query(given: Mapping[str, Any]) -> Query:
    conditions = _objects(given.get("conditions"))
    if not conditions:
        raise ParameterError("a query has no conditions", 'give {"conditions": [{"matchType": "name", "v": "..."}]}')
    names = [_value_of(item) for item in conditions if item.get("matchType") == "name"]
    return Query(
        text=next((_text(value) for values in names for value in _values(values)), ""),
        types=_types([given.get("type")]),
        strict="any",
        limit=_limit(given.get("limit")),
        conditions=tuple(_condition(item) for item in conditions if item.get("matchType") == "property"),
    )


def _condition(item: Mapping[str, Any]) -> Condition:
    """``propertyId`` and ``propertyValue`` are what the draft calls ``pid`` and ``v`` since 2025."""
    name = item.get("propertyId", item.get("pid"))
    quantifier = item.get("matchQuantifier")
    return Condition(
        name=str(name),
        iri=iri_of(name),
        values=_values(_value_of(item)),
        required=item.get("required") is True,
        quantifier=quantifier if quantifier in ("all", "none") else "any",
    )


def _value_of(item: Mapping[str, Any]) -> Any:
    return item.get("propertyValue", item.get("v"))


def _objects(given: Any) -> list[dict[str, Any]]:
    found = given if isinstance(given, list) else []
    return [item for item in found if isinstance(item, dict)][:MOST_CONDITIONS]


def _values(given: Any) -> tuple[Wanted, ...]:
    found = given if isinstance(given, list) else [given]
    return tuple(_wanted(found[:MOST_VALUES]))


def _wanted(found: Iterable[Any]) -> Iterable[Wanted]:
    for value in found:
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            yield {"id": value["id"]}
        elif isinstance(value, str | int | float):
            yield _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _types(given: Sequence[Any]) -> frozenset[str] | None:
    """The types asked for; one that does not exist stands for nothing that any thing has."""
    asked = [item.get("id") if isinstance(item, dict) else item for item in given]
    named = [name for name in asked if isinstance(name, str) and name]
    return frozenset(iri_of(name) for name in named) if named else None


def _limit(given: Any) -> int:
    usable = isinstance(given, int | float) and not isinstance(given, bool) and 1 <= given < 1e9
    return min(int(given), MOST) if usable else USUAL
