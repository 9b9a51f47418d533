"""What one part of a graph tells of things, so that they can be searched for by all that the parts tell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.searching.naming import Label

Printed = tuple[str, str, str, str]
"""In whose part it is said, of what, in which language, and the name that is printed."""


@dataclass(frozen=True)
class Told:
    """Of things that are no claims, by their IRIs."""

    labels: Mapping[str, tuple[Label, ...]]
    values: Mapping[str, Mapping[str, tuple[str, ...]]]
    """By property."""
    private: tuple[str, ...]
    bounds: Mapping[str, tuple[str, ...]]
    """The first and the last days of moments."""
    printed: tuple[Printed, ...]
    spoken: Mapping[str, int]
    """In how many statements claims speak of it."""
    privately: Mapping[str, int]
    """In how many statements private claims do."""

    def by_claims(self, claims: str) -> "Told":
        """What claims tell, whose IRIs begin so: without what is said of things elsewhere."""
        own = {moment: days for moment, days in self.bounds.items() if moment.startswith(claims)}
        return replace(self, labels={}, values={}, private=(), bounds=own)

    def elsewhere(self) -> "Told":
        """What is said of things elsewhere: without what claims tell."""
        return replace(self, spoken={}, privately={})
