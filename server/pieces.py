"""The pieces that pages are made of, each a frozen dataclass that ``templates/parts.html`` knows how to set.

Every string is plain text and is escaped by Jinja; every ``href`` is an address on this host (starting with
a slash), or an http(s) address elsewhere. Numbers count from 1 as people count.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["thing", "name", "number", "date", "modality", "claim", "text"]
View = Literal["chart", "network", "timeline"]
NODES: tuple[Kind, ...] = ("thing", "name")
"""What can stand as a node of a network."""
CATEGORIES: tuple[Kind, ...] = (*NODES, "modality", "date")
"""What rows can be gathered by."""


@dataclass(frozen=True)
class Link:
    """A name and where it leads; None where there is nothing to lead to."""

    text: str
    href: str | None


@dataclass(frozen=True)
class Modality:
    """How a source holds a claim: never shown by colour, always by the mark and the word together."""

    name: str
    mark: str
    meaning: str


@dataclass(frozen=True)
class Attribution:
    """Who is said to hold the claim: "The editorial says that" ``agents`` ``verb`` "that ..."."""

    agents: tuple[Link, ...]
    verb: str


@dataclass(frozen=True)
class Claim:
    """One claim: ``number`` is its place in the text, ``sentence`` our short wording, ``quotes`` the exact words.

    ``attribution`` is None where the editorial speaks in its own voice.
    """

    iri: str
    href: str
    number: int
    sentence: str
    modality: Modality
    quotes: tuple[str, ...]
    attribution: Attribution | None
    editorial: Link
    condition: str | None
    private: bool
    tensions: tuple[Link, ...]

    @property
    def anchor(self) -> str:
        """Its editorial's and its own slug: unique on any page."""
        return "/".join(self.iri.split("/")[-2:])


@dataclass(frozen=True)
class Editorial:
    """One editorial with its claims in the order of the text; ``date`` in words, empty where it is not known."""

    iri: str
    href: str
    headline: str
    date: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Count:
    """How many, of what: ``what`` is already in the right number."""

    number: int
    what: str


@dataclass(frozen=True)
class ModalityCount:
    """How many claims are held in one way, and the page that lists them."""

    modality: Modality
    number: int
    href: str


@dataclass(frozen=True)
class Question:
    """A saved question as it stands in a list."""

    name: str
    summary: str
    href: str


@dataclass(frozen=True)
class QuestionGroup:
    """The saved questions whose first tag this is."""

    tag: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Cell:
    """One value of an answer: its text, where it leads, and what to say beside it (a language, a datatype).

    ``reasons`` are the claims that it rests on, where that is to be said.
    """

    text: str
    href: str | None = None
    note: str = ""
    numeric: bool = False
    reasons: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Rows:
    """Rows of an answer that follow each other and name the same claims, whose words stand under them."""

    rows: tuple[tuple[Cell, ...], ...]
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Download:
    """The same answer in a format to keep."""

    name: str
    href: str
    file: str


@dataclass(frozen=True)
class Column:
    """One column: ``kind`` tells what it can be in a picture."""

    name: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class Line:
    """One row: the text of each column, the claim it rests on and how that is held, and its bounds in time."""

    texts: tuple[str, ...]
    held: str | None = None
    claim: Claim | None = None
    bounds: tuple[str | None, str | None] | None = None


@dataclass(frozen=True)
class Drawable:
    """What can be drawn of an answer, and how; ``is_graph``: its lines are triples, which nobody need assert."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    withheld: int = 0
    is_graph: bool = False

    @property
    def views(self) -> tuple[View, ...]:
        """The pictures that the columns are enough for."""
        if not self.lines:
            return ()
        kinds = [column.kind for column in self.columns]
        found: list[View] = []
        if any(kind in CATEGORIES for kind in kinds) and len(self.lines) > 1 and not self.is_graph:
            found.append("chart")
        if sum(kind in NODES for kind in kinds) > 1:
            found.append("network")
        if any(line.bounds for line in self.lines):
            found.append("timeline")
        return tuple(found)


@dataclass(frozen=True)
class Answer:
    """An answer to read: a table (``columns`` and ``groups``), yes or no (``boolean``), or RDF (``document``).

    ``total`` is the number of rows or lines there are, of which the page shows the first ``shown``. ``left_out``
    are columns that would repeat what stands under the rows; with no column left, the claims are the answer.
    ``drawable`` is what pictures of it are made from.
    """

    columns: tuple[str, ...] = ()
    groups: tuple[Rows, ...] = ()
    left_out: tuple[str, ...] = ()
    total: int = 0
    shown: int = 0
    boolean: bool | None = None
    document: str | None = None
    downloads: tuple[Download, ...] = ()
    drawable: Drawable | None = None


@dataclass(frozen=True)
class Choices:
    """Values of one kind to pick from, each with its name."""

    kind: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Field:
    """A parameter as a form field, with values to pick from where there are some."""

    name: str
    kind: str
    value: str
    description: str
    choices: tuple[Choices, ...] = ()

    @property
    def is_choice(self) -> bool:
        """Whether the value is one of the choices, so that a list of their names can stand for it."""
        return any(self.value in dict(group.values) for group in self.choices)


@dataclass(frozen=True)
class Fact:
    """What the graph says by one property: ``inverse`` where the thing is the object."""

    property: Link
    values: tuple[Cell, ...]
    inverse: bool = False


@dataclass(frozen=True)
class Subject:
    """What is stated of one thing, as pairs of property and value; ``anchor`` is where links to it lead."""

    subject: Cell
    anchor: str
    statements: tuple[tuple[Cell, Cell], ...]


@dataclass(frozen=True)
class NamedGraph:
    """One of a claim's four graphs (``head``, ``assertion``, ``provenance``, ``pubinfo``), or a thing's ``parts``."""

    name: str
    title: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True)
class Term:
    """One term of the ontology.

    ``uses``: how often the default graph has it, None where nobody could count; ``samples``: claims that use it.
    """

    name: str
    label: str
    definition: str
    example: str
    alignments: tuple[Link, ...]
    wider: tuple[Link, ...] = ()
    uses: int | None = None
    samples: tuple[Link, ...] = ()


@dataclass(frozen=True)
class TermGroup:
    """The terms of one kind."""

    title: str
    terms: tuple[Term, ...]
