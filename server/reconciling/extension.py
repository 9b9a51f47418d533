"""Data extension: values of properties for things that have been reconciled.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#data-extension-service
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.errors import ParameterError
from graph.iris import path_of
from graph.searching.index import Record
from server.reconciling.matching import iri_of
from server.reconciling.queries import bounded
from server.reconciling.terms import iri_of as term_of
from server.reconciling.terms import properties_of, term
from server.reconciling.values import Value, values
from server.searching import kinds_of, record_of
from server.vocabulary import in_words

MOST_THINGS, MOST_PROPERTIES = 200, 20
PROPOSED = 50
"""Properties proposed for a type, if nobody says how many."""
XSD = "http://www.w3.org/2001/XMLSchema#"
INTEGERS = frozenset(
    XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
)
FLOATS = frozenset(XSD + name for name in ("decimal", "double", "float"))
MOMENTS = {f"{XSD}date": "T00:00:00", f"{XSD}dateTime": ""}
MOMENT = re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?")
LARGEST = 2**53
"""Beyond this JSON numbers are not read everywhere as they are written."""

SETTINGS = (
    {
        "name": "limit",
        "label": "At most so many values",
        "type": "number",
        "default": 0,
        "help_text": "0 for all of them",
    },
    {
        "name": "count",
        "label": "Only count the values",
        "type": "checkbox",
        "default": False,
        "help_text": "How many values there are, in place of the values",
    },
)
"""What can be set for a property."""


@dataclass(frozen=True)
class Column:
    """A property that was asked for: its ``id`` as the client calls it, its IRI, empty if there is none."""

    id: str
    iri: str
    limit: int
    count: bool


@dataclass(frozen=True)
class Extension:
    """What is asked: the identifiers of things, as the client writes them, and the properties."""

    ids: tuple[str, ...]
    columns: tuple[Column, ...]


def extension(given: Any) -> Extension:
    """Of a data extension query, read from JSON; ParameterError if it is none."""
    ids, properties = (given.get("ids"), given.get("properties")) if isinstance(given, dict) else (None, None)
    if not isinstance(ids, list) or not all(isinstance(name, str) for name in ids):
        raise ParameterError("ids is no list of identifiers", 'send {"ids": [...], "properties": [{"id": ...}]}')
    if not isinstance(properties, list) or not all(
        isinstance(item, dict) and isinstance(item.get("id"), str) for item in properties
    ):
        raise ParameterError("properties is no list of properties", 'send {"ids": [...], "properties": [{"id": ...}]}')
    bounded(ids, MOST_THINGS, "identifiers")
    bounded(properties, MOST_PROPERTIES, "properties")
    return Extension(tuple(ids), tuple(map(_column, properties)))


def _column(item: Mapping[str, Any]) -> Column:
    settings = item.get("settings")
    chosen = settings if isinstance(settings, dict) else {}
    return Column(
        item["id"], term_of(item["id"]), _whole(chosen.get("limit")), chosen.get("count") in (True, "on", "true")
    )


def _whole(given: Any) -> int:
    """A limit as a client may write it; 0 for none."""
    text = str(int(given)) if isinstance(given, float) and given.is_integer() else str(given)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def extended(asked: Extension) -> tuple[list[dict[str, Any]], list[list[list[dict[str, Any]]]]]:
    """The metadata of each column, and for each thing the values of each column."""
    things = {name: iri_of(name) for name in asked.ids}
    found = values(things.values(), (column.iri for column in asked.columns if column.iri))
    cells = [[list(found.get((things[name], column.iri), ())) for column in asked.columns] for name in asked.ids]
    columns = zip(asked.columns, zip(*cells, strict=True) if cells else ([] for _ in asked.columns), strict=True)
    return (
        [_metadata(column, [value for cell in filled for value in cell]) for column, filled in columns],
        [[_cell(column, cell) for column, cell in zip(asked.columns, row, strict=True)] for row in cells],
    )


def _metadata(column: Column, found: Sequence[Value]) -> dict[str, Any]:
    """The type of a column is the one kind that all of its values are."""
    named = {"id": column.id, "name": in_words(column.iri) if column.iri else column.id}
    records = [record_of(value.iri) if value.iri else None for value in found]
    shared = _shared([record for record in records if record]) if found and all(records) and not column.count else None
    return named | ({"type": term(shared)} if shared else {})


def _shared(records: Sequence[Record]) -> str | None:
    kinds = {kind for record in records for kind in kinds_of(record)}
    everywhere = [kind for kind in sorted(kinds) if all(kind in record.get("types", ()) for record in records)]
    return everywhere[0] if everywhere else None


def _cell(column: Column, found: Sequence[Value]) -> list[dict[str, Any]]:
    if column.count:
        return [{"int": len(found)}]
    return [_written(value) for value in (found[: column.limit] if column.limit else found)]


def _written(value: Value) -> dict[str, Any]:
    """As the protocol writes a value: an entity, a number, a moment, else a text."""
    if value.iri:
        return {"id": path_of(value.iri), "name": value.names[0]}
    text, datatype = value.names[0], value.term.datatype or ""
    try:
        if datatype in INTEGERS and abs(int(text)) < LARGEST:
            return {"int": int(text)}
        if datatype in FLOATS and abs(float(text)) < LARGEST:  # neither infinity nor what is no number
            return {"float": float(text)}
    except ValueError:
        pass
    if datatype in MOMENTS and MOMENT.fullmatch(text + MOMENTS[datatype]):
        return {"date": text + MOMENTS[datatype]}
    return {"str": text}


def proposed(kind: str, limit: int) -> list[dict[str, str]]:
    """Properties that things of a type have, the most used first."""
    iri = term_of(kind)
    return [term(name) for name in list(properties_of(iri))[:limit]] if iri else []
