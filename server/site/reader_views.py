"""What the template of the editorial reader is given."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.pieces import Claim, Link, ModalityCount


@dataclass(frozen=True)
class Reference:
    """From the end of a quote to its claim: ``id`` is where the claim's way back leads."""

    id: str
    claim: Claim


@dataclass(frozen=True)
class Passage:
    """Words of the text. ``lanes``: by modality the line under them, 0 nearest; ``claims``: whose quotes cover them."""

    text: str
    lanes: tuple[tuple[str, int], ...] = ()
    claims: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Note:
    """A claim beside the text: ``back`` are the ids of its references, and ``things`` what it speaks of.

    ``is_lost`` where its words could not be shown in the text, so that they have to stand here.
    """

    claim: Claim
    back: tuple[str, ...]
    things: tuple[Link, ...]
    is_lost: bool


@dataclass(frozen=True)
class Pair:
    """Two claims that cannot easily hold together, or of which the first disputes the second."""

    one: Claim
    other: Claim
    is_dispute: bool


@dataclass(frozen=True)
class Entry:
    """A thing in the index of names, and the claims that speak of it in the order of the text."""

    thing: Link
    kind: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Stated:
    """What is known of the source by one property, None where it is not stated.

    ``inferred`` says from what, where the text does not state it; ``id`` is that of the part it comes from.
    """

    name: str
    values: tuple[Link, ...] | None
    note: str = ""
    inferred: str = ""
    id: str = ""


@dataclass(frozen=True)
class ReaderPage:
    """One editorial, to be read: its text, or what its quotes have of it, and the claims beside it.

    ``byline``: who wrote and who published it, where the text says so. ``structured``: the editorial in the words of
    schema.org, as the text of a ``script`` element.

    ``is_whole``: the full text is shown. ``counts`` and ``everything`` leave the ``withheld`` claims about private life
    out, which ``withheld_href`` leads to. ``measured``: what stands beside claims, in words, by their IRIs.
    """

    iri: str
    headline: str
    language: str
    date: str
    byline: tuple[str, ...]
    structured: str
    is_whole: bool
    paragraphs: tuple[tuple[Passage, ...], ...]
    notes: tuple[Note, ...]
    measured: Mapping[str, str]
    pairs: tuple[Pair, ...]
    names: tuple[Entry, ...]
    counts: tuple[ModalityCount, ...]
    asserted: int
    everything: int
    withheld: int
    withheld_href: str
    source: tuple[Stated, ...]
    parts: tuple[str, ...]
    page: int
    turns: tuple[Link, ...]
    formats: tuple[Link, ...]
    citations: tuple[Link, ...]
    query_href: str
