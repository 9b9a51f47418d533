"""What the templates of the pages about time are given."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.pieces import Link, Modality


@dataclass(frozen=True)
class Publication:
    """One change of the current snapshot: when, how, to which, and what it brought; ``changes`` leads to the list.

    ``counts`` are of claims, by what happened to them; None where it was not recorded.
    """

    snapshot: str
    at: str
    said: str
    how: str
    is_current: bool
    href: str
    counts: Mapping[str, int] | None
    changes: str | None


@dataclass(frozen=True)
class Turns:
    """Where a page stands among its like, and the addresses of the next and the one before."""

    page: int
    pages: int
    previous: str | None
    next: str | None


@dataclass(frozen=True)
class HistoryPage:
    """The changes of the current snapshot, the last first."""

    publications: tuple[Publication, ...]
    turns: Turns
    feed: str
    stream: str


@dataclass(frozen=True)
class ChangedItem:
    """One claim or thing that changed: as it is now, and as it was. ``corrected`` names what of it, in words."""

    how: str
    kind: str
    label: str
    before: Link | None
    after: Link | None
    held: tuple[Modality, ...]
    quotes: tuple[str, ...]
    corrected: str
    cause: Link | None


@dataclass(frozen=True)
class ComparisonPage:
    """What changed from one snapshot to another; ``counts`` in words, of claims and of things."""

    before: Link
    after: Link
    claims: tuple[ChangedItem, ...]
    things: tuple[ChangedItem, ...]
    counts: tuple[str, ...]
    withheld: int
    turns: Turns
    other_way: str
    json_href: str
