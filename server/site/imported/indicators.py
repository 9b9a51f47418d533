"""What is known of indicators: their names, and which way their scales run."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Triple
from rdflib import SKOS

from graph.asking import evidence_statements
from graph.description import value
from ontology.terms import POL
from server.holdings import holdings

STATEMENTS = 2000
"""The most that are read of the indicators of one page."""


@dataclass(frozen=True)
class Indicator:
    """One of them, in the words of its publisher; numbers as they are written, empty where nobody gives them."""

    iri: str
    label: str
    lowest: str = ""
    highest: str = ""
    freest: str = ""
    unit: str = ""

    @property
    def is_low_free(self) -> bool:
        """Whether a lower value is the freer one."""
        return bool(self.freest) and self.freest == self.lowest != self.highest

    @property
    def is_high_free(self) -> bool:
        """Whether a higher value is the freer one."""
        return bool(self.freest) and self.freest == self.highest != self.lowest


def indicators(names: Iterable[str]) -> dict[str, Indicator]:
    """The indicators by IRI."""
    wanted = set(names)
    found = evidence_statements.statements(holdings().engine, wanted, STATEMENTS) if wanted else []
    return {iri: indicator(iri, found) for iri in wanted}


def indicator(iri: str, statements: Iterable[Triple]) -> Indicator:
    """One indicator, of statements about it among others."""
    said: Mapping[str, list[str]] = defaultdict(list)
    for triple in statements:
        if value(triple.subject) == iri:
            said[triple.predicate.value].append(getattr(triple.object, "value", ""))
    first = {name: min(values) for name, values in said.items()}
    return Indicator(
        iri,
        first.get(str(SKOS.prefLabel), iri.rpartition("/")[2]),
        *(first.get(str(term), "") for term in (POL.lowest, POL.highest, POL.freest, POL.unit)),
    )


def short_names(labels: Iterable[str]) -> dict[str, str]:
    """Labels without what all of them begin with before a comma, which is the name of their data set."""
    kept = list(labels)
    start = kept[0].partition(", ")[0] if kept else ""
    alike = len(kept) > 1 and all(label.startswith(f"{start}, ") for label in kept)
    return {label: label.removeprefix(f"{start}, ") if alike else label for label in kept}
