"""What is known of a graph as a whole: counted once, when a snapshot is published, and part of it.

    <id>/statistics.json

``graph/snapshots/counting.py`` answers simple counts from it, and the server what would otherwise scan the graph while
somebody waits. It counts the default graph, and of the named ones how large they are. Values are counted one by one
where a property has few different ones. ``graph/snapshots/collecting.py`` counts.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.files.opening import bytes_of

LAYOUT = 2
FEW = 300
"""The most different values of a property that are counted one by one."""
DEGREE = 64
"""A subject with more triples than this in the default graph is a hub."""
HUBS = 10_000
"""The most hubs that are kept by name."""
CHOICES = 200
"""Things of one kind that are kept by name, the first ones."""
GRAPHS = 1000
"""Named graphs whose size is kept, the first ones: a claim has four, so there are more than anybody reads."""
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

Objects = Mapping[str, int]
"""Triples by object, as N-Triples writes it."""


@dataclass(frozen=True)
class Property:
    """How many triples have it, of how many subjects, and with which objects; None where those are many."""

    triples: int = 0
    subjects: int = 0
    objects: Objects | None = None


@dataclass(frozen=True)
class Scope:
    """The triples of some subjects: of all, or of the things of one class. ``properties`` by N-Triples term."""

    subjects: int
    properties: Mapping[str, Property]

    @property
    def triples(self) -> int:
        """How many these subjects have together."""
        return sum(found.triples for found in self.properties.values())


@dataclass(frozen=True)
class Statistics:
    """``whole``: the default graph; ``classes``: the things of each class in it; and the size of the named graphs.

    ``hubs``: the subjects of many triples in the default graph, as N-Triples writes them and blank nodes left out; None
    where they are too many. ``things``: of each kind (the word after ``ids`` in their IRIs) the first IRIs that are
    typed there, parts of things left out. ``sizes``: the triples of the first named graphs by IRI.
    """

    whole: Scope
    classes: Mapping[str, Scope]
    quads: int
    graphs: int
    hubs: frozenset[str] | None
    ids: str
    things: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, int]

    @classmethod
    def read(cls, path: Path) -> "Statistics | None":
        """What was written; None where there is none, one of another release, or one that cannot be read."""
        try:
            found = json.loads(bytes_of(path))
            return cls._of(found) if found["layout"] == LAYOUT else None
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    @classmethod
    def _of(cls, found: Mapping[str, Any]) -> "Statistics":
        return cls(
            _scope(found["whole"]),
            {name: _scope(scope) for name, scope in found["classes"].items()},
            found["quads"],
            found["graphs"],
            None if found["hubs"] is None else frozenset(found["hubs"]),
            found["ids"],
            {kind: tuple(iris) for kind, iris in found["things"].items()},
            found["sizes"],
        )

    def to_json(self) -> dict[str, Any]:
        """The same for the same content."""
        return {
            "layout": LAYOUT,
            "whole": _plain(self.whole),
            "classes": {name: _plain(scope) for name, scope in self.classes.items()},
            "quads": self.quads,
            "graphs": self.graphs,
            "hubs": None if self.hubs is None else sorted(self.hubs),
            "ids": self.ids,
            "things": {kind: list(iris) for kind, iris in self.things.items()},
            "sizes": dict(self.sizes),
        }


def _plain(scope: Scope) -> dict[str, Any]:
    properties = {
        name: [found.triples, found.subjects, found.objects] for name, found in scope.properties.items()
    }  # fmt: skip
    return {"subjects": scope.subjects, "properties": properties}


def _scope(found: Mapping[str, Any]) -> Scope:
    return Scope(found["subjects"], {name: Property(*counts) for name, counts in found["properties"].items()})
