"""From a node and a property of the data back to the line of the file that stated it."""

from collections.abc import Iterable
from typing import Protocol

from graph.claims import Editorial
from graph.entities import Entity
from graph.errors import Problem
from graph.files.yaml_reader import Document, Steps
from ontology.vocabulary import keys


class Where(Protocol):
    """Knows where subjects are written."""

    def knows(self, subject: str) -> bool:
        """Whether it does of this one."""

    def problem(self, subject: str, predicate: str, what: str, hint: str, rule: str) -> Problem:
        """A problem with a property of a subject that it knows, where that is written."""


class Places:
    """Where each (subject, predicate) was written; the first place wins where several claims share a node."""

    def __init__(self, editorials: Iterable[Editorial], entities: Iterable[Entity]) -> None:
        self._found: dict[tuple[str, str], tuple[Document, Steps]] = {}
        for entity in entities:
            self._add(entity.document, entity.resolver.places)
        for editorial in editorials:
            self._add(editorial.document, editorial.resolver.places)
            for claim in editorial.claims:
                self._add(editorial.document, claim.resolver.places)

    def _add(self, document: Document, places: dict[tuple[str, str], Steps]) -> None:
        for name, steps in places.items():
            self._found.setdefault(name, (document, steps))

    def knows(self, subject: str) -> bool:
        """Whether the node, or the claim that owns it, stands in a file that is checked; others are read beside it."""
        return (subject, "") in self._found or (subject.partition("#")[0], "") in self._found

    def problem(self, subject: str, predicate: str, what: str, hint: str, rule: str) -> Problem:
        """A problem at the property of this node, or at the node, or at the claim that owns the node."""
        for name in ((subject, predicate), (subject, ""), (subject.partition("#")[0], "")):
            if name in self._found:
                document, steps = self._found[name]
                return document.problem(self._narrowed(document, name, steps, predicate), what, hint, rule)
        raise LookupError(f"{subject} stands in no file that was read")

    def _narrowed(self, document: Document, name: tuple[str, str], steps: Steps, predicate: str) -> Steps:
        # A claim's own keys (label, quote, …) are not nodes: look the key up below the claim.
        key = keys().get(predicate)
        further = (*steps, key) if key and not name[1] else steps
        return further if further in document.values else steps
