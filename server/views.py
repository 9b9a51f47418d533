"""What the templates are given: one frozen dataclass a page, made of the pieces in ``server/pieces.py``."""

from dataclasses import dataclass

from server.pieces import (
    Count,
    Link,
    TermGroup,
)


@dataclass(frozen=True)
class AsOf:
    """That a page tells of the past: of when, in words, and where the same page is as of now."""

    said: str
    now: str


@dataclass(frozen=True)
class Site:
    """What every page says of where it comes from; ``as_of`` is None on those of the snapshot in force."""

    snapshot: str
    as_of: AsOf | None = None


@dataclass(frozen=True)
class OntologyPage:
    """The politics ontology, to read, with what the graph holds of each term; ``formats`` by media type."""

    iri: str
    description: str
    groups: tuple[TermGroup, ...]
    formats: tuple[Link, ...]


@dataclass(frozen=True)
class Problem:
    """An error as RFC 9457 has it, and what a page adds: the offending line, the query to mend, what was meant."""

    type: str
    title: str
    status: int
    detail: str
    hint: str = ""
    line: int | None = None
    column: int | None = None
    excerpt: str = ""
    query: str = ""
    available: tuple[str, ...] = ()
    suggestion: Link | None = None


@dataclass(frozen=True)
class ProblemKind:
    """One kind of problem, as the page that a problem's ``type`` leads to lists it."""

    name: str
    status: int
    title: str
    meaning: str


@dataclass(frozen=True)
class ProblemsPage:
    """Every kind of problem this server tells of."""

    kinds: tuple[ProblemKind, ...]


@dataclass(frozen=True)
class DatasetFile:
    """A dump to take away: its ``size`` in bytes, and the SHA-256 of those."""

    name: str
    title: str
    href: str
    size: int
    sha256: str


@dataclass(frozen=True)
class DatasetVersion:
    """A snapshot by its id, when it was first published, and its dumps."""

    name: str
    issued: str
    files: tuple[Link, ...]


@dataclass(frozen=True)
class ImportedSet:
    """An imported data set: the address of its ``licence``, or what its ``rights`` are in words; numbers, if known."""

    link: Link
    publisher: str
    licence: Link | None
    rights: str
    measurements: int | None
    statements: int | None
    years: str


@dataclass(frozen=True)
class DatasetPage:
    """The dataset about itself; ``classes`` with the numbers of their things and of the statements about those.

    ``licence`` is that of all but the ``imported`` data sets; ``is_all_ours``: there are none.
    ``structured`` is the text of a JSON-LD block, with nothing left in it that could end one.
    """

    iri: str
    summary: str
    snapshot: str
    issued: str
    counts: tuple[Count, ...]
    classes: tuple[tuple[Link, int, int], ...]
    files: tuple[DatasetFile, ...]
    versions: tuple[DatasetVersion, ...]
    formats: tuple[Link, ...]
    licence: str
    is_all_ours: bool
    imported: tuple[ImportedSet, ...]
    structured: str
