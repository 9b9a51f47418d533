"""How often each property and class is used: counted once, when a snapshot is published, and part of it.

    <id>/statistics.json

``graph/counting.py`` answers simple counts from it. It counts the default graph, and of the named ones only how many
quads and graphs there are. Values are counted one by one where a property has few different ones.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

LAYOUT = 1
FEW = 300
"""The most different values of a property that are counted one by one."""
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


@dataclass(frozen=True)
class Statistics:
    """``whole``: the default graph; ``classes``: the things of each class in it; and the size of the named graphs."""

    whole: Scope
    classes: Mapping[str, Scope]
    quads: int
    graphs: int

    @classmethod
    def read(cls, path: Path) -> "Statistics | None":
        """What was written; None where there is none, or one of another release."""
        try:
            found = json.loads(path.read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(found, dict) or found.get("layout") != LAYOUT:
            return None
        classes = {name: _scope(scope) for name, scope in found["classes"].items()}
        return cls(_scope(found["whole"]), classes, found["quads"], found["graphs"])

    def to_json(self) -> dict[str, Any]:
        """The same for the same content."""
        classes = {name: _plain(scope) for name, scope in self.classes.items()}
        return {
            "layout": LAYOUT,
            "whole": _plain(self.whole),
            "classes": classes,
            "quads": self.quads,
            "graphs": self.graphs,
        }


def collect(content: bytes) -> Statistics:
    """The statistics of sorted N-Quads, each line once."""
    whole, classes = _Tally(), dict[bytes, _Tally]()
    graphs: set[bytes] = set()
    quads, current = 0, b""
    pairs: list[tuple[bytes, bytes]] = []
    for line in BytesIO(content):
        subject, predicate, rest = line.split(b" ", 2)
        object_, _, last = rest[:-3].rpartition(b" ")
        # What follows the last space of a literal holds its closing quote; an IRI or blank node never holds one.
        if object_ and last[0] in b"<_" and b'"' not in last:
            quads += 1
            graphs.add(last)
            continue
        if subject != current:
            _count(pairs, whole, classes)
            current, pairs = subject, []
        pairs.append((predicate, rest[:-3]))
    _count(pairs, whole, classes)
    return Statistics(
        whole.scope(), {name.decode(): tally.scope() for name, tally in classes.items()}, quads, len(graphs)
    )


def _count(pairs: list[tuple[bytes, bytes]], whole: "_Tally", classes: dict[bytes, "_Tally"]) -> None:
    """Add one subject's triples."""
    if not pairs:
        return
    whole.add(pairs)
    for predicate, name in pairs:
        if predicate == _TYPE:
            classes.setdefault(name, _Tally()).add(pairs)


_TYPE = TYPE.encode()


class _Tally:
    """Counts while the lines go by: for each property its triples, its subjects and its objects."""

    def __init__(self) -> None:
        self._subjects = 0
        self._found: dict[bytes, list[Any]] = {}

    def add(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        """The triples of one more subject, in the order of their predicates."""
        self._subjects += 1
        before = b""
        for predicate, object_ in pairs:
            counts = self._found.get(predicate)
            if counts is None:
                counts = self._found[predicate] = [0, 0, {}]
            counts[0] += 1
            if predicate != before:
                counts[1] += 1
                before = predicate
            objects = counts[2]
            if objects is not None:
                objects[object_] = objects.get(object_, 0) + 1
                # A blank node cannot be named in a query.
                if len(objects) > FEW or object_.startswith(b"_:"):
                    counts[2] = None

    def scope(self) -> Scope:
        """What was counted."""
        return Scope(
            self._subjects,
            {
                name.decode(): Property(
                    triples, subjects, objects and {term.decode(): count for term, count in objects.items()}
                )
                for name, (triples, subjects, objects) in self._found.items()
            },
        )


def _plain(scope: Scope) -> dict[str, Any]:
    properties = {
        name: [found.triples, found.subjects, found.objects] for name, found in scope.properties.items()
    }  # fmt: skip
    return {"subjects": scope.subjects, "properties": properties}


def _scope(found: Mapping[str, Any]) -> Scope:
    return Scope(found["subjects"], {name: Property(*counts) for name, counts in found["properties"].items()})
