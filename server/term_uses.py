"""What the graph holds of each term of the ontology: how often it is used, and claims to look at."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import current_app
from pyoxigraph import NamedNode

from graph.asking.selecting import select
from graph.errors import QueryRefused
from graph.iris import ONTOLOGY
from graph.jsonld import node
from graph.snapshots.statistics import TYPE, Statistics
from ontology.terms import NP, POL
from server.holdings import holdings
from server.labels import Names
from server.pieces import Term, TermGroup

KEY = "samizdat-term-uses"
SAMPLES = 3
"""Claims shown for a term."""
LOOKED_AT = 100
"""Statements among which they are looked for, in each of two places."""
BATCH = 20
"""Terms asked about in one query."""


@dataclass(frozen=True)
class Uses:
    """By the IRI of a term: how often the default graph has it, and some claims that use it, asserted or not."""

    counts: dict[str, int]
    samples: dict[str, tuple[str, ...]]


def with_uses(groups: Iterable[TermGroup]) -> tuple[TermGroup, ...]:
    """The terms with what the snapshot in force holds of them."""
    listed = tuple(groups)
    uses = _uses(listed)
    names = Names(claim for claims in uses.samples.values() for claim in claims)

    def used(term: Term) -> Term:
        iri = f"{ONTOLOGY}#{term.name}"
        samples = tuple(names.link(claim) for claim in uses.samples.get(iri, ()))
        return replace(term, uses=uses.counts.get(iri, 0) if uses.counts else None, samples=samples)

    return tuple(replace(group, terms=tuple(map(used, group.terms))) for group in listed)


def _uses(groups: tuple[TermGroup, ...]) -> Uses:
    """Worked out once for each snapshot, and kept without addresses: these depend on where a request came in."""
    held = holdings()
    kept: dict[str, Uses] = current_app.extensions.setdefault(KEY, {})
    if held.snapshot.id not in kept:
        iris = [f"{ONTOLOGY}#{term.name}" for group in groups for term in group.terms]
        counts = _known(held.statistics) if held.statistics else _counted(iris)
        found = Uses(counts, _samples(iris))
        kept.clear()  # nobody asks for those of an earlier snapshot again
        kept[held.snapshot.id] = found
    return kept[held.snapshot.id]


def _known(statistics: Statistics) -> dict[str, int]:
    """Things of each class, triples of each property, and triples whose object is a concept."""
    found: dict[str, int] = {}
    for name, property_ in statistics.whole.properties.items():
        found[name] = property_.triples
        for value, number in (property_.objects or {}).items():
            if name != TYPE:
                found[value] = found.get(value, 0) + number
    found |= {name: scope.subjects for name, scope in statistics.classes.items()}
    return {name[1:-1]: number for name, number in found.items()}


def _counted(iris: Iterable[str]) -> dict[str, int]:
    """The same by counting; nothing where that takes too long."""
    terms = " ".join(f"<{iri}>" for iri in iris)
    found: dict[str, int] = {}
    for pattern in ("?s ?p ?term", "?s ?term ?o"):
        text = f"SELECT ?term (COUNT(*) AS ?n) WHERE {{ VALUES ?term {{ {terms} }} {pattern} }} GROUP BY ?term"
        try:
            rows = select(holdings().engine, text)
        except QueryRefused:
            return {}
        found |= {row["term"].value: int(row["n"].value) for row in rows}
    return found


def _samples(iris: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Claims that use each term: in their assertion or in what is said of the claim itself; none about private life."""
    found: dict[str, list[str]] = {}
    wanted = sorted(iris)
    for start in range(0, len(wanted), BATCH):
        text = " UNION ".join(_places(NamedNode(iri)) for iri in wanted[start : start + BATCH])
        try:
            rows = select(holdings().engine, f"SELECT DISTINCT ?term ?claim WHERE {{ {text} }}")
        except QueryRefused:
            continue
        for row in rows:
            found.setdefault(row["term"].value, []).append(row["claim"].value)
    return {iri: tuple(sorted(set(claims))[:SAMPLES]) for iri, claims in found.items()}


def _places(term: NamedNode) -> str:
    """The patterns of the first claims in which a term stands; each looks at a bounded number of statements."""
    public = f"?claim a {node(POL.Claim)} FILTER NOT EXISTS {{ ?claim {node(POL.sensitive)} true }}"
    places = []
    for statement in (f"?s ?p {term}", f"?s {term} ?o"):
        within = f"{{ SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ {statement} }} }} LIMIT {LOOKED_AT} }}"
        itself = f"{{ SELECT (?s AS ?claim) WHERE {{ {statement} }} LIMIT {LOOKED_AT} }}"
        places += [f"{within} ?claim {node(NP.hasAssertion)} ?g . {public}", f"{itself} {public}"]
    return " UNION ".join(f"{{ {place} BIND({term} AS ?term) }}" for place in places)
