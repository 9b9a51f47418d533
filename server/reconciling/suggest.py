"""Suggestions while somebody types: entities, types and properties.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#suggest-services
"""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from graph.iris import path_of
from graph.searching.index import Record, SearchIndex
from graph.searching.search import search
from server.reconciling.matching import identified
from server.reconciling.terms import definitions, iri_of, properties, term, types
from server.searching import description_of, kinds_of, name_of, searchable

PAGE = 20
"""Suggestions given at once; ``cursor`` skips those that have been."""

Item = dict[str, Any]


def entities(prefix: str, cursor: int, kinds: frozenset[str] | None = None) -> list[Item]:
    """Things whose names begin so, or nearly, of these ``kinds``; without a prefix those that most is said of."""
    same = identified(prefix) if prefix else None
    index = searchable().things
    sets = None if kinds is None else index.sets_with(kinds)
    return [_entity(record) for record in _found(index, prefix, cursor, same.record if same else None, sets)]


def known_types(prefix: str, cursor: int, kinds: frozenset[str] | None = None) -> list[Item]:
    """Types whose names begin so, or nearly; all of them without a prefix."""
    return _terms(types(), prefix, cursor)


def known_properties(prefix: str, cursor: int, kinds: frozenset[str] | None = None) -> list[Item]:
    """Properties whose names begin so, or nearly; all of them without a prefix."""
    return _terms(properties(), prefix, cursor)


SUGGESTED: dict[str, Callable[[str, int, frozenset[str] | None], list[Item]]] = {
    "entity": entities,
    "type": known_types,
    "property": known_properties,
}
"""What there are suggestions of."""


def _found(
    index: SearchIndex, prefix: str, cursor: int, same: Record | None, sets: frozenset[int] | None = None
) -> Iterable[Record]:
    """A page of records, ``same`` first."""
    if not prefix:
        numbers = (number for number in range(len(index)) if sets is None or index.has_type(number, sets))
        return [index.record(number) for number in islice(numbers, cursor, cursor + PAGE)]
    hits = [hit.record for hit in search(index, prefix, prefix=True, sets=sets)]
    ordered = [same, *(record for record in hits if record["id"] != same["id"])] if same else hits
    return ordered[cursor : cursor + PAGE]


def _terms(index: SearchIndex, prefix: str, cursor: int) -> list[Item]:
    iri = iri_of(prefix) if ":" in prefix else ""
    found = _found(index, prefix, cursor, index.find(iri) if iri else None)
    return [_term(record["id"]) for record in found]


def _term(iri: str) -> Item:
    meaning = definitions().get(iri)
    return term(iri) | ({"description": meaning} if meaning else {})


def _entity(record: Record) -> Item:
    described = description_of(record)
    shown = {"id": path_of(record["id"]), "name": name_of(record), "notable": [term(kind) for kind in kinds_of(record)]}
    return shown | ({"description": described} if described else {})
