"""Values of properties of things, many at once: what reconciliation compares with, and what data are extended by.

Only of what is in the search index, and only what does not rest on a sensitive claim alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from graph.engine.results import Term
from graph.iris import ID
from server.labels import Names
from server.reading import FORBIDDEN, Row, Rows, iris, select, text_of
from server.searching import name_of, record_of

MOST = 20_000
"""Values read at once."""
AT_ONCE = 500
"""Things asked for at once."""

Key = tuple[str, str]
"""The IRIs of a thing and of a property."""
Statement = tuple[str, str, Term]
"""A thing, a property, a value."""


@dataclass(frozen=True)
class Value:
    """The ``iri`` of a thing in the index, None for others; its ``names``, the best first; the ``term`` as is."""

    iri: str | None
    names: tuple[str, ...]
    term: Term


def values(things: Iterable[str], properties: Iterable[str]) -> Mapping[Key, Sequence[Value]]:
    """The values by thing and property, in their order; nothing for IRIs that are none."""
    named, asked = (_readable(names) for names in (things, properties))
    known = [iri for iri in named if record_of(iri)]
    wanted = f"FILTER(?property IN ({', '.join(f'<{iri}>' for iri in asked)}))"
    found: dict[Key, list[Value]] = defaultdict(list)
    for start in range(0, len(known) if asked else 0, AT_ONCE):
        _add(found, _rows(known[start : start + AT_ONCE], wanted), wanted)
    return found


def _rows(things: Sequence[str], wanted: str) -> Rows:
    """The filter stands for a second VALUES, which engines join with everything that has the property."""
    return select(f"""
        SELECT DISTINCT ?thing ?property ?value ?edtf WHERE {{
          VALUES ?thing {{ {iris(things)} }} ?thing ?property ?value {wanted}
          OPTIONAL {{ ?value pol:edtf ?edtf }}
        }} ORDER BY ?thing ?property ?value LIMIT {MOST}""")


def _add(found: dict[Key, list[Value]], rows: Rows, wanted: str) -> None:
    private = _private({_statement(row) for row in rows}, wanted)
    named = Names({text_of(row, "value") for row in rows if _is_unnamed(row)})
    for row in rows:
        value = _value(row, named) if _statement(row) not in private else None
        if value:
            found[text_of(row, "thing"), text_of(row, "property")].append(value)


def _readable(names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if ":" in name and not FORBIDDEN.search(name)})


def _statement(row: Row) -> Statement:
    return text_of(row, "thing"), text_of(row, "property"), row["value"]


def _private(stated: Set[Statement], wanted: str) -> Set[Statement]:
    """Those of the statements that only sensitive claims make: first what these say, then what of it others say too."""
    sensitive = "?claim pol:sensitive true ; np:hasAssertion ?said"
    said = select(f"""
        SELECT DISTINCT ?thing ?property ?value WHERE {{
          {sensitive} . GRAPH ?said {{ ?thing ?property ?value }} {wanted}
        }} LIMIT {MOST}""")
    found = stated & {_statement(row) for row in said}
    if not found:
        return frozenset()
    elsewhere = select(f"""
        SELECT DISTINCT ?thing ?property ?value WHERE {{
          VALUES ?thing {{ {iris(sorted({thing for thing, _, _ in found}))} }}
          GRAPH ?said {{ ?thing ?property ?value }} {wanted} FILTER NOT EXISTS {{ {sensitive} }}
        }} LIMIT {MOST}""")
    return found - {_statement(row) for row in elsewhere}


def _is_unnamed(row: Row) -> bool:
    """Whether the value is an IRI that the index does not name: a term, a date, a part of a claim."""
    value = row["value"]
    return value.kind == "iri" and "edtf" not in row and (not value.value.startswith(ID) or "#" in value.value)


def _value(row: Row, named: Names) -> Value | None:
    """None for what is private, and for what has no name but that of a blank node."""
    term = row["value"]
    if term.kind == "literal":
        return Value(None, (term.value,), term)
    whole = term.value.partition("#")[0]
    record = record_of(whole) if whole.startswith(ID) else None
    if term.kind != "iri" or (whole.startswith(ID) and record is None):
        return None
    if "edtf" in row:
        return Value(None, (text_of(row, "edtf"),), term)
    if record and whole == term.value:
        return Value(whole, (name_of(record), *(name for name, *_ in record["names"][1:])), term)
    return Value(None, (named.of(term.value), term.value), term)
