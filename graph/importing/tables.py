"""Public tables by their mapping: each row to its measurements, strict about everything that is not as it was."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode
from rdflib import RDF, SKOS

from graph import iris
from graph.importing.countries import Country
from graph.importing.dates import plain
from graph.importing.faults import refusal
from graph.importing.files import SourceFile
from graph.importing.mapping import Layout, Party, TableMapping
from graph.importing.reading import Reading
from graph.importing.values import literal
from graph.jsonld import node
from ontology.terms import POL

LONGEST_FIELD = 100_000
"""Characters of one field; a quotation mark that is never closed would else take in the rest of the file."""


@dataclass(frozen=True)
class Row:
    """One row below the header: its number from 1, the line it ends on, and its words as they stand there."""

    number: int
    line: int
    words: str
    values: dict[str, str]


def read_table(file: SourceFile, mapping: TableMapping, reading: Reading) -> None:
    """All of a file; what is wrong goes to the reading's faults."""
    rows = _Rows(file)
    header = rows.header(mapping)
    reader = _Reader(file, mapping, header, reading)
    for row in rows.of(header, reading):
        reader.read(row)


class _Rows:
    """The rows of a file, with the words of each: csv alone would forget them."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._taken: list[str] = []
        self._lines = file.lines()

    def _kept(self) -> Iterator[str]:
        for line in self._lines:
            self._taken.append(line)
            yield line

    def header(self, mapping: TableMapping) -> Layout:
        """The layout whose columns these are; ``InvalidInput`` says which are not."""
        first = next(self._lines, "").rstrip("\r\n")
        tried: list[tuple[int, Layout, list[str]]] = []
        for layout in mapping.layouts:
            columns = self._cells(first, layout.delimiter)
            if frozenset(columns) == layout.columns and len(columns) == len(layout.columns):
                self._columns = columns
                return layout
            tried.append((len(layout.columns & set(columns)), layout, columns))
        raise self._unknown(max(tried, key=lambda found: found[0]))

    def _cells(self, first: str, delimiter: str) -> list[str]:
        try:
            return next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error as error:
            hint = "give the file as its publisher offers it, in lines"
            raise refusal(self._file.path, f"not a row of the table: {error}", hint) from None

    def _unknown(self, nearest: tuple[int, Layout, list[str]]) -> Exception:
        _, layout, columns = nearest
        twice = [name for name, count in Counter(columns).items() if count > 1]
        unknown = [name for name in dict.fromkeys(columns) if name not in layout.columns]
        missing = sorted(layout.columns - set(columns))
        parts = [f"{what} {', '.join(repr(name[:40]) for name in names[:8])}" for what, names in (
            ("unknown:", unknown), ("missing:", missing), ("twice:", twice)) if names]  # fmt: skip
        what = f"not the columns of “{layout.name}”: {'; '.join(parts)}"
        return refusal(
            self._file.path, what, "give the file as its publisher offers it, or add this layout to the mapping"
        )

    def of(self, layout: Layout, reading: Reading) -> Iterator[Row]:
        """The rows, in their order."""
        csv.field_size_limit(min(LONGEST_FIELD, sys.maxsize))
        table = csv.reader(self._kept(), delimiter=layout.delimiter, strict=True)
        number = 0
        while True:
            self._taken.clear()
            try:
                fields = next(table)
            except StopIteration:
                break
            except csv.Error as error:
                what = f"not a row of the table: {error}"
                raise refusal(
                    self._file.path, what, "mend the quotation marks here or above", table.line_num + 1
                ) from None
            if not fields:
                continue
            number += 1
            if len(fields) != len(self._columns):
                what = f"{len(fields)} fields where {len(self._columns)} columns are named"
                reading.fault(self._file, table.line_num + 1, what, "mend the row")
                continue
            words = "".join(self._taken).rstrip("\r\n")
            yield Row(number, table.line_num + 1, words, dict(zip(self._columns, map(str.strip, fields), strict=True)))
        if not number:
            raise refusal(self._file.path, "no row below the header", "give the file as its publisher offers it")


class _Reader:
    """Reads one row."""

    def __init__(self, file: SourceFile, mapping: TableMapping, layout: Layout, reading: Reading) -> None:
        self._file, self._mapping, self._layout, self._reading = file, mapping, layout, reading

    def read(self, row: Row) -> None:
        """Its measurements, or why there are none."""
        layout, reading, values = self._layout, self._reading, row.values
        reading.rows += 1
        name, code = values[layout.country], values[layout.code]
        country = reading.countries.find(code, name)
        if country is None:
            hint = "correct the code or the name, or add it to graph/importing/territories.yaml"
            what = f"no country has both the code {code[:20]!r} and the name {name[:60]!r}"
            return self._fault(row, what, hint)
        if layout.party and (why := layout.party.why_none(values[layout.party.name])):
            return reading.skip(why)
        try:
            year, date = plain(values[layout.year]), plain(values[layout.date or layout.year])
        except ValueError as fault:
            return self._fault(row, str(fault), "correct the date")
        if len(year.edtf) != 4 or not date.edtf.startswith(year.edtf):
            return self._fault(row, f"the year {year.edtf} and the date {date.edtf} disagree", "correct one of them")
        if layout.party and not (values[layout.party.id] and values[layout.party.name]):
            return self._fault(row, "a party without an identifier or a name", "give both")
        cells = self._cells(row)
        source = reading.sink.row(self._file.name, row.number, row.words)
        where = reading.sink.country(country)
        party = self._party(layout.party, values, country, source) if layout.party else None
        when = reading.sink.date(date)
        segment = f"{values[layout.party.id]}" if layout.party else country.segment
        for column, code in cells:
            self._measure(row, (year.edtf, segment, code), values[column], where, when, source, party)

    def _cells(self, row: Row) -> list[tuple[str, str]]:
        layout = self._layout
        if layout.question:
            return [(layout.value, row.values[layout.question])]
        return list((layout.values or {}).items())

    def _measure(
        self, row: Row, key: tuple[str, str, str], text: str, where: NamedNode, when: NamedNode, source: NamedNode,
        party: NamedNode | None,
    ) -> None:  # fmt: skip
        reading, indicator = self._reading, self._mapping.indicators.get(key[2])
        if indicator is None:
            return self._fault(row, f"an unknown question: {key[2][:40]!r}", "add it to the mapping, or correct it")
        if (wrong := self._layout.wrong.get(row.words)) is not None and row.values[wrong.column] == text:
            return reading.skip(wrong.why)
        if not text:
            if not party:  # of a party at an election much is not known; an index has a value for each country
                return self._fault(row, f"no value for {indicator.label}", "give the value, or take the row out")
            return reading.skip("values that the file leaves empty")
        if (before := reading.seen(key, (self._file.name, row.line))) is not None:
            what = f"{'/'.join(key)} a second time; first in {before[0]}:{before[1]}"
            return self._fault(row, what, "keep one of the two")
        try:
            value = literal(text, indicator, self._layout.decimal)
        except ValueError as fault:
            return self._fault(row, str(fault), "correct the value")
        subject = node(iris.measurement(reading.sink.name, *key))
        reading.sink.measurement(subject, reading.sink.indicator(indicator), where, when, value, source, party)
        reading.count("measurements")

    def _party(self, columns: Party, values: dict[str, str], country: Country, source: NamedNode) -> NamedNode:
        sink = self._reading.sink
        pairs = [(columns.scheme, values[columns.id])]
        pairs += [(scheme, values[column]) for column, scheme in columns.others.items() if values[column]]
        minted = iris.thing(f"party/{sink.name}-{self._reading.slug(values[columns.id])}")
        names = [name for name in (values[columns.name], values[columns.short]) if name]
        subject = node(self._reading.reconciler.find(minted, names, pairs, country.iri))
        if subject.value == minted and sink.first(minted):
            sink.say(subject, RDF.type, node(POL.PoliticalParty))
            sink.say(subject, POL.country, node(country.iri))
            sink.say(subject, SKOS.prefLabel, _english(names[0]))
            for name in names[1:]:
                sink.say(subject, SKOS.altLabel, _english(name))
            for scheme, value in pairs:
                sink.identifier(subject, scheme, value, sink.name)
            sink.derived(subject, source)
            self._reading.count("parties")
        return subject

    def _fault(self, row: Row, what: str, hint: str) -> None:
        self._reading.fault(self._file, row.line, what, hint)


def _english(text: str) -> Literal:
    return Literal(text, language="en")
