"""An answer as something to draw: what its columns hold, and so whether a chart, a network or a timeline can show it.

It takes the rows that the page shows. What is about private life is left out:
whoever asks for it finds it in the table, and not in a picture that travels. How a row's claim is held goes along, for
a picture says it as the pages do.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from graph.dates import Moment, moment
from graph.engine.results import Term
from graph.iris import ONTOLOGY
from server import vocabulary
from server.labels import NUMBERS, XSD, Names
from server.pieces import Claim, Column, Drawable, Kind, Line
from server.reading import Row
from server.words.dates import in_words

SHORT = 60
"""Characters of a text that can still be a name beside a bar or a node."""
BOUNDS = ("earliest", "latest")
"""Columns that say between which days a date lies."""
UNSTATED = "not stated"
"""What saved questions put where no claim states a value."""
DATES = ("date", "gYear", "gYearMonth", "dateTime")
PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
EDTF = re.compile(r"[\dX]{4}([?~%]|-|/|$)|/\d|\.\./")


def drawable(variables: Sequence[str], rows: Sequence[Row], names: Names,
             claims_of: Callable[[Row], Sequence[Claim]]) -> Drawable:  # fmt: skip
    """What can be drawn of the rows of a table."""
    kept = [row for row in rows if not any(claim.private for claim in claims_of(row))]
    # A thing whose name has a column of its own would be there twice.
    shown = [name for name in variables if f"{name}Label" not in variables]
    columns = tuple(Column(name, _title(name), _kind(name, kept)) for name in shown)
    dated = next((column.name for column in columns if column.kind == "date" and column.name not in BOUNDS), None)
    lines = []
    for row in kept:
        claim = next(iter(claims_of(row)), None)
        texts = tuple(_text(column, row.get(column.name), names) for column in columns)
        held = claim.modality.name if claim else _held(row)
        lines.append(Line(texts, held, claim, _bounds(row, dated)))
    return Drawable(columns, tuple(lines), len(rows) - len(kept))


def _title(name: str) -> str:
    return vocabulary.in_words(name.removesuffix("Label"))


def _kind(name: str, rows: Sequence[Row]) -> Kind:
    found = [row[name] for row in rows if name in row]
    if not found:
        return "text"
    if all(term.kind == "iri" for term in found):
        if all(_modality(term) for term in found):
            return "modality"
        return "claim" if name == "claim" or all("/id/claim/" in term.value for term in found) else "thing"
    if all(term.kind == "literal" and _local(term) in NUMBERS for term in found):
        return "number"
    stated = [term for term in found if term.value != UNSTATED]
    if stated and all(_moment(term) for term in stated):
        return "date"
    short = all(term.kind in ("iri", "literal") and len(term.value) <= SHORT for term in found)
    return "name" if short else "text"


def _text(column: Column, term: Term | None, names: Names) -> str:
    if term is None:
        return ""
    if term.kind == "iri":
        return names.of(term.value)
    return in_words(term.value) if column.kind == "date" and term.value != UNSTATED else term.value


def _modality(term: Term) -> str | None:
    name = term.value.removeprefix(f"{ONTOLOGY}#")
    return name if name in vocabulary.MARKS else None


def _held(row: Row) -> str | None:
    term = row.get("modality")
    return _modality(term) if term else None


def _local(term: Term) -> str:
    return (term.datatype or "").removeprefix(XSD)


def _moment(term: Term) -> Moment | None:
    """When this is, if it is a date: a day, month or year of XML Schema, or text in EDTF."""
    if term.kind != "literal" or term.language:
        return None
    kind = _local(term)
    text = term.value.partition("T")[0] if kind in DATES else term.value
    if kind not in ("", "string", *DATES) or not EDTF.match(text):
        return None
    return _read(text)


@lru_cache(maxsize=4096)
def _read(text: str) -> Moment | None:
    """A plain day, month or year without the parser of EDTF, which takes some twenty milliseconds for each."""
    plain = PLAIN.fullmatch(text)
    try:
        if not plain:
            return moment(text)
        year, month, day = (int(part) if part else None for part in plain.groups())
        first = date(year or 0, month or 1, day or 1)
        last = first if day else date(first.year, month or 12, monthrange(first.year, month or 12)[1])
        return Moment(text, first.isoformat(), last.isoformat())
    except ValueError:
        return None


def _bounds(row: Row, dated: str | None) -> tuple[str | None, str | None] | None:
    """The first and the last day that a row speaks of; None for a row without a date that has either."""
    first, last = (row[name].value if name in row else None for name in BOUNDS)
    if not (first or last) and dated and dated in row:
        when = _moment(row[dated])
        first, last = (when.earliest, when.latest) if when else (None, None)
    return (first, last) if first or last else None
