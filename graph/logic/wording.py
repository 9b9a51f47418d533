"""Statements and rules in words, made from labels."""

import re
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, Variable
from rdflib import RDFS, SDO, SKOS

from graph.jsonld import node
from graph.logic.axioms import TYPE, Pattern

LABELS = (node(SKOS.prefLabel), node(RDFS.label), node(SDO.headline))
"""The properties that name a thing, the best first."""


class Words:
    """Puts terms and triples into words. ``labels`` by IRI; what has none is called by the end of its IRI."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels

    def of(self, term: object) -> str:
        """The label of a thing, a literal in quotation marks, a variable as a capital letter."""
        if isinstance(term, Literal):
            return f"“{term.value}”"
        if isinstance(term, Variable):
            return term.value.upper()
        iri = term.value if isinstance(term, NamedNode | BlankNode) else str(term)
        return self._labels.get(iri) or local_words(iri)

    def statement(self, pattern: Pattern | Triple) -> str:
        """``Nur Otan is a ruling party``; ``Nur Otan - country - Kazakhstan``."""
        subject, predicate, obj = pattern
        return phrase(self.of(subject), None if predicate == TYPE else self.of(predicate), self.of(obj))

    def rule(self, premises: Sequence[Pattern], conclusion: Pattern) -> str:
        """``X is a banned party when X is a political party, X - ban - Y and Y is a party ban``."""
        *most, last = [self.statement(premise) for premise in premises]
        conditions = f"{', '.join(most)} and {last}" if most else last
        return f"{self.statement(conclusion)} when {conditions}"


def phrase(subject: str, predicate: str | None, value: str) -> str:
    """A statement, of what its terms are called; None for the predicate that gives a type."""
    return f"{subject} is {with_article(value)}" if predicate is None else f"{subject} - {predicate} - {value}"


def labels_in(triples: Iterable[Triple]) -> dict[str, str]:
    """The best label of each thing that has one: English before other languages, in the order of ``LABELS``."""
    best: dict[str, tuple[bool, int, str]] = {}
    for triple in triples:
        if triple.predicate in LABELS and isinstance(triple.object, Literal):
            rank = (triple.object.language not in ("en", None), LABELS.index(triple.predicate), triple.object.value)
            iri = str(triple.subject).strip("<>")
            best[iri] = min(rank, best.get(iri, rank))
    return {iri: label for iri, (_, _, label) in best.items()}


def local_words(iri: str) -> str:
    """The end of an IRI as words: ``…#partyBan-2`` is ``party ban 2``."""
    end = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[-_]", " ", end).lower()


def with_article(label: str) -> str:
    """``a party``, ``an agent``; ``media`` takes none."""
    if label.endswith("media"):
        return label
    return f"an {label}" if label[:1].lower() in tuple("aeio") else f"a {label}"
