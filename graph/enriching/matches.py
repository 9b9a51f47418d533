"""Who of an endpoint's things an entity may be, and what it would gain: what goes into the review file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.engine.results import Term
from graph.enriching.labels import is_iri
from graph.enriching.profile import Profile
from graph.enriching.subjects import Subject

MOST_CANDIDATES = 10
"""Candidates that are shown of one entity."""


@dataclass(frozen=True)
class Name:
    """A name there, and the day on which it was read."""

    name: str
    language: str
    retrieved: str


@dataclass(frozen=True)
class Identifier:
    """An identifier there, and the day on which it was read."""

    scheme: str
    value: str
    retrieved: str


@dataclass
class Match:
    """An entity, something that it may be, and why; ``retrieved`` is the day on which that was read."""

    subject: Subject
    item: str
    why: str
    retrieved: str
    description: str = ""
    names: list[Name] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)

    def because(self, why: str) -> None:
        """One more reason, unless it is given already."""
        if why not in self.why.split("; "):
            self.why += f"; {why}"


class Matches:
    """All matches by entity and thing, and what was refused, each with its reason."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._found: dict[str, dict[str, Match]] = {}
        self._refused: dict[str, None] = {}

    def __iter__(self) -> Iterator[Match]:
        """By entity and thing, whatever the order is in which an endpoint answers."""
        for path in sorted(self._found):
            yield from (self._found[path][item] for item in sorted(self._found[path]))

    @property
    def refused(self) -> list[str]:
        """What was left out, and why."""
        return list(self._refused)

    def has(self, subject: Subject) -> bool:
        """Whether anything was found for an entity."""
        return subject.path in self._found

    def items(self) -> list[str]:
        """The things of all matches."""
        return sorted({match.item for match in self})

    def add(self, subject: Subject, item: str, why: str, day: str) -> None:
        """One more match, or one more reason for one; what cannot be a thing of the endpoint is refused."""
        known = self._found.get(subject.path, {})
        if item in known:
            known[item].because(why)
        elif not is_iri(item) or not item.startswith(self._profile.items):
            self.refuse(f"{subject.path}: {item[:80]!r} is not the IRI of a thing there")
        elif len(known) == MOST_CANDIDATES:
            self.refuse(f"{subject.path}: it has more than {MOST_CANDIDATES} candidates, and the others are left out")
        else:
            self._found.setdefault(subject.path, {})[item] = Match(subject, item, why, day)

    def refuse(self, what: str) -> None:
        """Something is left out, and why."""
        self._refused.setdefault(what)


def value(row: dict[str, Term], name: str) -> str:
    """What a row has for a variable; empty if it has nothing."""
    return row[name].value if name in row else ""
