"""What the search page is given: one frozen dataclass, and the pieces it is made of."""

from dataclasses import dataclass

from server.pieces import Claim, Link, Modality

Words = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it is a word that was looked for."""


@dataclass(frozen=True)
class FoundThing:
    """A thing: its name, what it is, and the other name that it was found by, if it was; languages of the data."""

    href: str
    name: Words
    language: str
    description: str
    known_as: Words | None
    known_as_language: str


@dataclass(frozen=True)
class FoundClaim:
    """A claim, with its sentence and quotes as they are shown here."""

    claim: Claim
    sentence: Words
    quotes: tuple[Words, ...]


@dataclass(frozen=True)
class ResultGroup:
    """What is found of one kind: ``number`` in all, and where the rest is, if not all are shown."""

    kind: str
    title: str
    number: int
    things: tuple[FoundThing, ...] = ()
    claims: tuple[FoundClaim, ...] = ()
    more: str | None = None


@dataclass(frozen=True)
class FacetValue:
    """A value to narrow by: how many have it, and the page with it chosen, or no longer chosen."""

    name: str
    language: str
    number: int
    href: str
    chosen: bool
    modality: Modality | None = None


@dataclass(frozen=True)
class Facet:
    """One way to narrow what is found: the values of most records, and the others."""

    name: str
    title: str
    values: tuple[FacetValue, ...]
    others: tuple[FacetValue, ...]


@dataclass(frozen=True)
class SearchPage:
    """The search page. ``chosen`` are links that take one choice back; ``wider`` takes back all.

    ``asserted`` and ``everything`` are the numbers of claims for the modality switch.
    """

    text: str
    groups: tuple[ResultGroup, ...]
    facets: tuple[Facet, ...]
    chosen: tuple[FacetValue, ...]
    wider: str
    fields: tuple[tuple[str, str], ...]
    asserted: int
    everything: int
    turns: tuple[Link, ...]
