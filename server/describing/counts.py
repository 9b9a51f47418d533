"""How much of what the default graph holds: known since the snapshot was published, or else counted when asked."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import QueryRefused
from graph.snapshots.statistics import Property, Scope
from server.holdings import holdings
from server.reading import Rows, select, text_of


@dataclass(frozen=True)
class Measure:
    """The whole default graph, and the things of each class in it by the IRI of the class; properties by IRI."""

    whole: Scope
    classes: Mapping[str, Scope]


def measure() -> Measure | None:
    """What is known of the snapshot in force; None where counting takes longer than a query may."""
    held = holdings().statistics
    if held:
        scopes = {name: _named(scope) for name, scope in held.classes.items() if name.startswith("<")}
        return Measure(_named(held.whole), {name[1:-1]: scope for name, scope in sorted(scopes.items())})
    try:
        return _counted()
    except QueryRefused:
        return None


def _named(scope: Scope) -> Scope:
    return Scope(scope.subjects, {name[1:-1]: found for name, found in sorted(scope.properties.items())})


def _counted() -> Measure:
    whole = _scopes(
        select("SELECT (COUNT(DISTINCT ?s) AS ?things) WHERE { ?s ?p ?o }"),
        select(f"SELECT ?p {COUNTS} WHERE {{ ?s ?p ?o }} GROUP BY ?p ORDER BY ?p"),
    )
    classes = _scopes(
        select("SELECT ?class (COUNT(?s) AS ?things) WHERE { ?s a ?class FILTER(isIRI(?class)) } GROUP BY ?class"),
        select(f"""SELECT ?class ?p {COUNTS} WHERE {{ ?s a ?class ; ?p ?o FILTER(isIRI(?class)) }}
            GROUP BY ?class ?p ORDER BY ?p"""),
    )
    return Measure(whole.get("", Scope(0, {})), dict(sorted(classes.items())))


COUNTS = "(COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)"


def _scopes(sizes: Rows, properties: Rows) -> dict[str, Scope]:
    """The scopes by class; under the empty name where the rows name none."""
    found: dict[str, dict[str, Property]] = defaultdict(dict)
    for row in properties:
        counts = Property(int(text_of(row, "triples")), int(text_of(row, "subjects")))
        found[text_of(row, "class")][text_of(row, "p")] = counts
    return {
        text_of(row, "class"): Scope(int(text_of(row, "things")), found[text_of(row, "class")]) for row in sizes
    }  # fmt: skip
