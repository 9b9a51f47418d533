"""What the templates of things and claims are given. Everything is plain text but for pieces of sentences."""

from dataclasses import dataclass

from server.pieces import Claim, Link, Modality, NamedGraph
from server.pieces import Fact as Stated
from server.site.imported.views import Measured
from server.site.sentences import Piece


@dataclass(frozen=True)
class Reference:
    """A numbered mark in a text: of which source, and under which id, so that the source leads back to it."""

    number: int
    id: str


@dataclass(frozen=True)
class Source:
    """A claim that a text rests on, with its exact words; ``backs`` are the ids of the marks that lead here."""

    number: int
    claim: Claim
    language: str
    backs: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """One sentence with its references."""

    pieces: tuple[Piece, ...]
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Fact:
    """What is said of something, by whom and how it is held: never shown without these (the second law).

    ``held`` is None for what no source says: what reasoning derived (``why`` then leads to the proof), or this graph's
    own record. ``voice`` is empty where the source asserts it itself. ``details`` are short sentences that belong to
    the first; ``missing``: what is not stated, in words.
    """

    held: Modality | None
    voice: tuple[Piece, ...]
    main: Said
    details: tuple[Said, ...] = ()
    missing: tuple[str, ...] = ()
    tensions: tuple[Link, ...] = ()
    why: str | None = None


@dataclass(frozen=True)
class Section:
    """Facts of one kind under a heading; ``name`` is its anchor."""

    name: str
    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Name:
    """What a thing is called, and in which way: ``how`` in words; names as printed have references."""

    text: str
    language: str
    how: str
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a page tells of a thing, to be read from top to bottom; ``sources`` in the order in which they are cited.

    ``asserted`` and ``everything`` count the claims that speak of it on this page of its document.
    """

    lead: tuple[Said, ...]
    sections: tuple[Section, ...]
    names: tuple[Name, ...]
    elsewhere: tuple[Link, ...]
    pictures: tuple[Link, ...]
    sources: tuple[Source, ...]
    asserted: int
    everything: int


@dataclass(frozen=True)
class Words:
    """A quote with the text around it as far as it is at hand: ``before`` and ``after`` are empty where it is not."""

    before: str
    exact: str
    after: str
    language: str
    is_cut_before: bool = False
    is_cut_after: bool = False


@dataclass(frozen=True)
class ClaimTold:
    """What a page tells of one claim: who says it, its words in the text, what it states, and what it leaves open.

    ``is_at_hand``: whether the text is on this machine; ``is_shown``: whether the reader is, so that it may be shown.
    ``took_back``: the claims that it replaces or takes back, by heading.
    """

    voice: tuple[Piece, ...]
    words: tuple[Words, ...]
    facts: tuple[Fact, ...]
    printed: tuple[Name, ...]
    related: tuple[tuple[str, tuple[Claim, ...]], ...]
    about: tuple[Link, ...]
    note: str
    is_at_hand: bool
    is_shown: bool
    took_back: tuple[tuple[str, tuple[Link, ...]], ...] = ()


@dataclass(frozen=True)
class ThingPage:
    """What the default graph says of one thing; for a claim also the claim itself and its four graphs.

    ``withheld`` claims are about private life; ``too_many``: the claims were not looked for to the end. ``turns`` lead
    to other pages of the same document, ``formats`` to its other forms, by extension; ``communities`` to the forms of
    a claim, ``citations`` to how a claim or an editorial is cited. ``structured``: a claim in schema.org's words, as
    the text of a ``script`` element, empty where it is about private life. ``told`` is what there is to read of a
    thing, ``claim_told`` of a claim, ``measured`` what data sets measured of it; ``is_imported``: only they know it.
    """

    iri: str
    label: str
    kinds: tuple[Link, ...]
    facts: tuple[Stated, ...]
    claim: Claim | None
    named_graphs: tuple[NamedGraph, ...]
    withheld: int
    too_many: bool
    page: int
    turns: tuple[Link, ...]
    formats: tuple[Link, ...]
    communities: tuple[Link, ...]
    citations: tuple[Link, ...]
    structured: str
    query_href: str
    told: Told | None
    claim_told: ClaimTold | None
    measured: Measured | None = None
    is_imported: bool = False
