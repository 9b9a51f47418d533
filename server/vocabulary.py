"""The ontology as the pages need it: names of terms, the modalities, and the page about it."""

import re
from collections.abc import Iterable
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

from graph.iris import ONTOLOGY
from ontology.base import BASE
from ontology.vocabulary import source
from server.names import shortened
from server.pieces import Link, Modality, Term, TermGroup

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
WIDER = (SUBCLASS, "http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
OWL = "http://www.w3.org/2002/07/owl#"

MARKS = {
    "asserted": "■",
    "reported": "”",
    "believed": "≈",
    "predicted": "→",
    "doubted": "?",
    "conditional": "◊",
    "evaluated": "±",
}
"""A printer's mark for each modality, all of them in every common serif face."""

GROUPS = (
    ("Classes", f"{OWL}Class"),
    ("Relations", f"{OWL}ObjectProperty"),
    ("Values", f"{OWL}DatatypeProperty"),
    ("Concepts", f"{OWL}NamedIndividual"),
)
ALIGNED = ("closeMatch", "exactMatch", "broadMatch", "relatedMatch")


def turtle() -> str:
    """The ontology as published, with the base in force."""
    return source("politics.ttl")


@cache
def _store() -> Store:
    loaded = Store()
    loaded.load(turtle().encode(), format=RdfFormat.TURTLE)
    return loaded


@cache
def labels() -> dict[str, str]:
    """The label of each term of the ontology by its IRI."""
    found = _store().quads_for_pattern(None, NamedNode(LABEL), None)
    return {_value(quad.subject): _value(quad.object) for quad in found}


@cache
def modality(iri_or_name: str) -> Modality:
    """A modality by its IRI or name; one that is not known gets its own name and no meaning."""
    name = iri_or_name.rpartition("#")[2]
    return Modality(name, MARKS.get(name, "·"), _one(f"{ONTOLOGY}#{name}", f"{SKOS}definition"))


def compact(iri: str) -> str:
    """An IRI as a prefixed name if its vocabulary is known; of ours the last part in words; of others the address."""
    short = shortened(iri)
    if ":" in short and "//" not in short:
        return short
    if iri.startswith(BASE):
        return _apart(re.split(r"[/#]", iri.rstrip("/#"))[-1]) or iri
    return re.sub(r"^https?://(www\.)?|/$", "", iri)


def most_specific(kinds: Iterable[str]) -> list[str]:
    """The classes without those that another of them is a kind of, sorted by name."""
    given = set(kinds)
    wider = {above for kind in given for above in _above(kind)}
    return sorted(given - wider, key=in_words)


@cache
def _above(kind: str) -> frozenset[str]:
    """Every class that a class is, by the ontology, a kind of; not itself."""
    found: set[str] = set()
    waiting = [kind]
    while waiting:
        new = set(_all(waiting.pop(), SUBCLASS)) - found - {kind}
        found |= new
        waiting += new
    return frozenset(found)


def in_words(iri: str) -> str:
    """A property or class in words: its label if it is ours, otherwise its name with its words apart."""
    if iri == RDF_TYPE:
        return "is a"
    local = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return labels().get(iri) or _apart(local)


def _apart(name: str) -> str:
    """A name whose words are joined, as words: ``partyBan-2`` as "party ban 2"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("-", " ").lower()


@cache
def groups() -> tuple[TermGroup, ...]:
    """Every term of the ontology, by kind and in the order of their names."""
    return tuple(TermGroup(title, _terms(kind)) for title, kind in GROUPS)


def description() -> str:
    """What the ontology says of itself."""
    return _one(ONTOLOGY, "http://purl.org/dc/terms/description")


def _terms(kind: str) -> tuple[Term, ...]:
    found = _store().quads_for_pattern(None, NamedNode(RDF_TYPE), NamedNode(kind))
    ours = sorted({iri for quad in found if (iri := _value(quad.subject)).startswith(f"{ONTOLOGY}#")})
    return tuple(_term(iri) for iri in ours)


def _term(iri: str) -> Term:
    aligned = sorted({other for name in ALIGNED for other in _all(iri, SKOS + name)})
    return Term(
        name=iri.rpartition("#")[2],
        label=labels().get(iri, ""),
        definition=_one(iri, f"{SKOS}definition"),
        example=_one(iri, f"{SKOS}example"),
        alignments=tuple(Link(compact(other), other) for other in aligned),
        wider=tuple(Link(compact(other), _place(other)) for other in sorted(_wider(iri))),
    )


def _wider(iri: str) -> set[str]:
    """The classes or properties that a term is a kind of."""
    found = {
        quad.object for name in WIDER for quad in _store().quads_for_pattern(NamedNode(iri), NamedNode(name), None)
    }
    return {term.value for term in found if isinstance(term, NamedNode)}


def _place(iri: str) -> str:
    """Where a term is defined: one of ours is on the page itself."""
    return f"#{iri.rpartition('#')[2]}" if iri.startswith(f"{ONTOLOGY}#") else iri


def _all(iri: str, predicate: str) -> list[str]:
    found = _store().quads_for_pattern(NamedNode(iri), NamedNode(predicate), None)
    return [_value(quad.object) for quad in found]


def _one(iri: str, predicate: str) -> str:
    return next(iter(sorted(_all(iri, predicate))), "")


def _value(term: object) -> str:
    """The characters of an IRI or literal."""
    return term.value if isinstance(term, NamedNode | BlankNode | Literal) else str(term)
