"""Values of properties of things, many at once: what reconciliation compares with, and what data are extended by.

Only of what is in the search index, and only what does not rest on a sensitive claim alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.engine.results import Term
from graph.iris import ID
from server.labels import Names
from server.reading import FORBIDDEN, Row, iris, select, text_of
from server.searching import name_of, record_of

MOST = 20_000
"""Values read for one request."""

Key = tuple[str, str]
"""The IRIs of a thing and of a property."""


@dataclass(frozen=True)
class Value:
    """The ``iri`` of a thing in the index, None for others; its ``names``, the best first; the ``term`` as is."""

    iri: str | None
    names: tuple[str, ...]
    term: Term


def values(things: Iterable[str], properties: Iterable[str]) -> Mapping[Key, Sequence[Value]]:
    """The values by thing and property, in their order; nothing for IRIs that are none."""
    asked = [_readable(names) for names in (things, properties)]
    asked[0] = [iri for iri in asked[0] if record_of(iri)]
    if not all(asked):
        return {}
    pattern = f"VALUES ?thing {{ {iris(asked[0])} }} VALUES ?property {{ {iris(asked[1])} }}"
    rows = select(f"""
        SELECT DISTINCT ?thing ?property ?value ?edtf WHERE {{
          {pattern} ?thing ?property ?value OPTIONAL {{ ?value pol:edtf ?edtf }}
        }} ORDER BY ?thing ?property ?value LIMIT {MOST}""")
    private = _private(pattern)
    named = Names({text_of(row, "value") for row in rows if _is_unnamed(row)})
    found: dict[Key, list[Value]] = defaultdict(list)
    for row in rows:
        key = text_of(row, "thing"), text_of(row, "property")
        value = _value(row, named)
        if value and (*key, row["value"]) not in private:
            found[key].append(value)
    return found


def _readable(names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if ":" in name and not FORBIDDEN & set(name)})


def _private(pattern: str) -> set[tuple[str, str, Term]]:
    """The statements that only sensitive claims make."""
    rows = select(f"""
        SELECT DISTINCT ?thing ?property ?value WHERE {{
          ?claim pol:sensitive true ; np:hasAssertion ?said . {pattern}
          GRAPH ?said {{ ?thing ?property ?value }}
          FILTER NOT EXISTS {{ GRAPH ?other {{ ?thing ?property ?value }} FILTER(?other != ?said) }}
        }} LIMIT {MOST}""")
    return {(text_of(row, "thing"), text_of(row, "property"), row["value"]) for row in rows}


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
