"""What the template of what was measured is given (templates/imported.html). Everything is plain text."""

from dataclasses import dataclass

from server.pieces import Link


@dataclass(frozen=True)
class Curve:
    """Values over time as a line in a box of WIDTH by HEIGHT; ``words`` say the same to who does not see it."""

    points: str
    end: tuple[float, float]
    words: str


@dataclass(frozen=True)
class Column:
    """A column by its short ``name``; ``full`` is the whole, in English as its publisher has it."""

    name: Link
    full: str
    curve: Curve | None = None


@dataclass(frozen=True)
class Row:
    """One time, or one country: what it is, and a value for each column, each leading to the measurement."""

    head: Link
    cells: tuple[Link | None, ...]


@dataclass(frozen=True)
class Table:
    """Values under a heading; ``rows`` are shown, ``more`` are there to be opened under ``more_title``.

    ``note`` says whose they are.
    """

    name: str
    title: Link
    head: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    more: tuple[Row, ...] = ()
    more_title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Term:
    """A line of what is known of it; ``language`` is empty where the values are in that of the page."""

    what: str
    values: tuple[Link, ...]
    language: str = ""


@dataclass(frozen=True)
class SourceRow:
    """The words that a value was read from, as they stand in the file; ``number`` counts below the header from 1."""

    words: str
    file: str
    number: str


@dataclass(frozen=True)
class Measured:
    """What data sets have measured of a thing, or what one of them is; ``note`` says that nothing is claimed of it."""

    note: str = ""
    terms: tuple[Term, ...] = ()
    row: SourceRow | None = None
    tables: tuple[Table, ...] = ()
