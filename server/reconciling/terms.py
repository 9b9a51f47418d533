"""The types and properties that reconciliation knows: those that the things in the index have."""

from collections import Counter
from collections.abc import Mapping
from functools import cache

from flask import current_app
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from rdflib import SKOS

from graph.errors import UnknownName
from graph.searching.index import SearchIndex
from graph.searching.making import made
from ontology.vocabulary import source
from server import vocabulary
from server.holdings import holdings
from server.names import expanded, shortened
from server.reading import FORBIDDEN, iris, select, text_of
from server.searching import labelled, searchable

KEY = "samizdat-reconcile-terms"
MOST = 500
"""Properties of one type that are counted."""

Term = dict[str, str]
"""``id``, which ``iri_of`` reads back, and ``name``."""


def term(iri: str) -> Term:
    """A type or property as the protocol writes it."""
    return {"id": shortened(iri), "name": vocabulary.in_words(iri)}


def iri_of(name: object) -> str:
    """The IRI of a type or property by its id; empty for what cannot be one."""
    try:
        iri = expanded(name) if isinstance(name, str) and name else ""
    except UnknownName:
        return ""
    return "" if FORBIDDEN.search(iri) else iri


@cache
def definitions() -> dict[str, str]:
    """What the terms of the ontology mean, by their IRIs."""
    quads = parse(source("politics.ttl").encode(), format=RdfFormat.TURTLE)
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate.value == str(SKOS.definition)
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
    }


def types() -> SearchIndex:
    """The types of things and claims, to be searched."""
    found = searchable()
    return _index("types", sorted(found.things.types | found.claims.types))


def properties() -> SearchIndex:
    """The properties of all of these, the most used first."""
    counts: Counter[str] = Counter()
    found = searchable()
    for kind in found.things.types | found.claims.types:
        counts.update(properties_of(kind))
    return _index("properties", [iri for iri, _ in counts.most_common()])


def properties_of(kind: str) -> Mapping[str, int]:
    """The properties of the things of a type, by how many triples they have: the most used first."""
    known = holdings().statistics
    if known:
        scope = known.classes.get(f"<{kind}>")
        counted = {name[1:-1]: found.triples for name, found in scope.properties.items()} if scope else {}
    else:
        counted = _counted(kind)
    return dict(sorted(counted.items(), key=lambda found: (-found[1], found[0])))


def _counted(kind: str) -> dict[str, int]:
    rows = select(f"""
        SELECT ?property (COUNT(*) AS ?triples) WHERE {{ ?thing a {iris([kind])} ; ?property ?value }}
        GROUP BY ?property ORDER BY DESC(?triples) ?property LIMIT {MOST}""")
    return {text_of(row, "property"): int(text_of(row, "triples")) for row in rows if "property" in row}


def _index(name: str, wanted: list[str]) -> SearchIndex:
    """Made once for a snapshot."""
    kept: dict[tuple[str, str], SearchIndex] = current_app.extensions.setdefault(KEY, {})
    key = name, holdings().snapshot.id
    if key not in kept:
        index = SearchIndex(made(labelled({iri: vocabulary.in_words(iri) for iri in wanted}), ""))
        for old in [old for old in kept if old[0] == name]:
            kept.pop(old, None)
        kept[key] = index
        return index
    return kept[key]
