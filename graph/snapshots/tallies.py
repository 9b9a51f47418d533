"""Counts of the triples of some subjects by property, made of each segment of a content and put together."""

from collections.abc import Iterable, Mapping

from graph.snapshots.statistics import FEW, Property, Scope

Counts = tuple[int, int, Mapping[bytes, int] | None]
"""Of a property its triples, its subjects, and its triples by object; None where the objects are many."""
Tallied = tuple[int, Mapping[bytes, Counts]]
"""How many subjects, and what was counted of them by property: plain data, all terms as N-Quads writes them."""


class Tally:
    """Counts while the lines go by."""

    def __init__(self) -> None:
        self._subjects = 0
        self._triples: dict[bytes, int] = {}
        self._with: dict[bytes, int] = {}
        self._objects: dict[bytes, dict[bytes, int] | None] = {}

    def add(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        """The triples of one more subject, in the order of their predicates."""
        self._subjects += 1
        before = b""
        for predicate, object_ in pairs:
            if predicate != before:
                before = predicate
                self._with[predicate] = self._with.get(predicate, 0) + 1
            self._triples[predicate] = self._triples.get(predicate, 0) + 1
            objects = self._objects.setdefault(predicate, {})
            if objects is not None:
                objects[object_] = objects.get(object_, 0) + 1
                # A blank node cannot be named in a query.
                if len(objects) > FEW or object_.startswith(b"_:"):
                    self._objects[predicate] = None

    def join(self, other: Tallied) -> None:
        """What was counted of other subjects."""
        subjects, found = other
        self._subjects += subjects
        for predicate, (triples, with_it, objects) in found.items():
            self._triples[predicate] = self._triples.get(predicate, 0) + triples
            self._with[predicate] = self._with.get(predicate, 0) + with_it
            self._objects[predicate] = _together(self._objects.get(predicate, {}), objects)

    def told(self) -> Tallied:
        """What was counted, to be joined with others."""
        return self._subjects, {
            predicate: (triples, self._with[predicate], self._objects[predicate])
            for predicate, triples in self._triples.items()
        }

    def scope(self) -> Scope:
        """What was counted, as it is published."""
        subjects, found = self.told()
        return Scope(subjects, {name.decode(): _property(*counts) for name, counts in found.items()})


def _property(triples: int, subjects: int, objects: Mapping[bytes, int] | None) -> Property:
    known = None if objects is None else {term.decode(): count for term, count in objects.items()}
    return Property(triples, subjects, known)


def _together(mine: dict[bytes, int] | None, others: Mapping[bytes, int] | None) -> dict[bytes, int] | None:
    """Both, in the dictionary that comes first; None where they are too many."""
    if mine is None or others is None:
        return None
    for term, count in others.items():
        mine[term] = mine.get(term, 0) + count
    return mine if len(mine) <= FEW else None
