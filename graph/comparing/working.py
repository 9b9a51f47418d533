"""A small store in which the rules are asked: of claims and evidence only what a rule can speak of.

Evidence is a million quads where the claims are a few thousand. What the rules never mention is left out, and so is
what was measured of countries that no claim is about; both are seen from the quads themselves, as they pass by.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, groupby, pairwise

from pyoxigraph import Quad, Store
from rdflib import RDF

from graph.engine.tokens import tokens
from graph.evidence import Evidence
from graph.jsonld import node
from ontology.terms import POL
from queries import StoredQuery

_COUNTRY = node(POL.country)


def telling(lines: bytes, rules: Iterable[StoredQuery]) -> bytes:
    """Of these N-Quads those with a property that the rules mention: the others tell them nothing."""
    wanted = {f"<{iri}>".encode() for iri in mentioned(rules)}
    return b"".join(line for line in lines.splitlines(keepends=True) if line.split(b" ", 2)[1] in wanted)


def mentioned(rules: Iterable[StoredQuery]) -> frozenset[str]:
    """Every IRI that stands in one of the rules."""
    return frozenset({iri for rule in rules for iri in _mentioned(rule.text)} | {str(RDF.type)})


def working_store(quads: Iterable[Quad], imported: Iterable[Evidence], rules: Iterable[StoredQuery]) -> Store:
    """The claims and the evidence, as far as these rules can tell; SamizdatError for damaged evidence."""
    wanted = mentioned(rules)
    store = Store()
    store.bulk_extend(quad for quad in quads if quad.predicate.value in wanted)
    countries = {quad.object for quad in store.quads_for_pattern(None, _COUNTRY, None, None)}
    store.bulk_extend(chain.from_iterable(_comparable(one.quads(), wanted, countries) for one in imported))
    return store


def _comparable(quads: Iterable[Quad], wanted: Collection[str], countries: Collection[object]) -> Iterator[Quad]:
    """What is said of these countries, or of none, in the words of the rules."""
    for _subject, said in groupby(quads, lambda quad: quad.subject):
        kept = [quad for quad in said if quad.predicate.value in wanted]
        if all(quad.predicate != _COUNTRY or quad.object in countries for quad in kept):
            yield from kept


def _mentioned(text: str) -> Iterator[str]:
    """Every IRI of a query, written out."""
    found = tokens(text)
    spaces = {
        name.prefix: iri.text[1:-1]
        for name, iri in pairwise(found)
        if name.kind == "name" and iri.kind == "iri" and name.text.endswith(":")
    }
    for token in found:
        if token.kind == "iri":
            yield token.text[1:-1]
        elif token.kind == "name" and token.prefix in spaces:
            yield spaces[token.prefix] + token.text.partition(":")[2]
