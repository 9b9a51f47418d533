"""Small worlds of media, parties and people, to reason over: by hand, or generated."""

from collections.abc import Iterable
from functools import cache

from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import FOAF, ORG, RDF, RDFS, SKOS

from graph import iris
from graph.dataset import ontology_triples
from graph.jsonld import node
from graph.logic.axioms import Axioms
from ontology.base import BASE
from ontology.terms import POL

PREFIXES = f"""@prefix pol: <{POL}> . @prefix foaf: <{FOAF}> . @prefix org: <{ORG}> . @prefix skos: <{SKOS}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <{BASE}id/test/> . @base <{BASE}id/> .
"""
CLASSES = {
    "outlet": "pol:MediaOutlet", "sector": "pol:MediaSector", "company": "org:Organization", "post": "org:Post",
    "government": "pol:Government", "person": "foaf:Person", "party": "pol:PoliticalParty", "ban": "pol:PartyBan",
    "detention": "pol:Detention", "alignment": "pol:PoliticalAlignment", "control": "pol:MediaControl",
    "tenure": "pol:Tenure", "claim": "pol:Claim",
}  # fmt: skip
MEDIA, OWNERS = "outlet sector company", "company government person"
RELATIONS = {
    "pol:inSector": ("outlet", "sector"), "pol:hasOutlet": ("sector", "outlet"),
    "pol:ownedBy": (MEDIA, OWNERS), "pol:controlledBy": (MEDIA, OWNERS), "pol:whollyControlledBy": (MEDIA, OWNERS),
    "pol:controls": (OWNERS, MEDIA), "pol:controller": ("control", OWNERS), "pol:controlled": ("control", MEDIA),
    "pol:wholeControlOf": ("control", MEDIA), "pol:ban": ("party", "ban"), "pol:bannedParty": ("ban", "party"),
    "pol:detention": ("person", "detention"), "pol:detained": ("detention", "person"),
    "pol:party": ("alignment ban", "party"), "pol:role": ("alignment", "pol:ruling pol:opposition"),
    "org:member": ("tenure", "person"), "org:hasMembership": ("person", "tenure"), "pol:post": ("tenure", "post"),
    "org:postIn": ("post", "company government"), "pol:predecessor": ("tenure", "person"),
    "pol:inTensionWith": ("claim", "claim"),
}  # fmt: skip
"""Which kinds of things each relation may hold between, so that no generated world is inconsistent."""


@cache
def ontology() -> tuple[Triple, ...]:
    return tuple(ontology_triples())


def triples(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(PREFIXES + turtle, RdfFormat.TURTLE)]


def claim(name: str) -> str:
    """The IRI of a claim of the test editorial."""
    return iris.claim("test", name)


def said(**claims: str) -> list[Quad]:
    """Facts by the claim that states them, in Turtle; those of ``entities`` are in the entity files."""
    return [
        Quad(triple.subject, triple.predicate, triple.object, NamedNode(_place(name)))
        for name, turtle in claims.items()
        for triple in triples(turtle)
    ]


def _place(name: str) -> str:
    return iris.ENTITIES_GRAPH if name == "entities" else iris.part(claim(name.replace("_", "-")), "assertion")


def types(statements: Iterable[Triple]) -> set[tuple[str, str]]:
    """The types that statements give to individuals."""
    return {(_iri(t.subject), _iri(t.object)) for t in statements if t.predicate == node(RDF.type)}


def relations(statements: Iterable[Triple], of: Iterable[Triple]) -> set[tuple[str, str, str]]:
    """The statements whose predicate is an object property of the ontology ``of``."""
    properties = set(Axioms(of).are("http://www.w3.org/2002/07/owl#ObjectProperty"))
    found = (triple for triple in statements if triple.predicate in properties)
    return {(_iri(triple.subject), triple.predicate.value, _iri(triple.object)) for triple in found}


def _iri(term: object) -> str:
    return str(term).removeprefix("<").removesuffix(">")


def _things(kinds: str) -> list[str]:
    return [
        name
        for kind in kinds.split()
        for name in ([kind] if ":" in kind else [f"{kind}-{number}" for number in (1, 2)])
    ]


def _relation(name: str) -> st.SearchStrategy[tuple[str, str, str]]:
    subjects, objects = RELATIONS[name]
    return st.tuples(st.sampled_from(_things(subjects)), st.just(name), st.sampled_from(_things(objects)))


World = tuple[frozenset[tuple[str, str, str]], frozenset[str]]


def worlds() -> st.SearchStrategy[World]:
    """Relations between things of every kind, and those of the things whose type is stated too."""
    related = st.frozensets(st.sampled_from(sorted(RELATIONS)).flatmap(_relation), min_size=4, max_size=24)
    return st.tuples(related, st.frozensets(st.sampled_from(_things(" ".join(CLASSES))), max_size=len(CLASSES)))


def facts_of(world: World, number: int) -> list[Quad]:
    """The facts of a generated world, under names that no other number shares."""

    def named(thing: str) -> str:
        return thing if ":" in thing else f"<world/{number}/{thing}>"

    related, typed = world
    lines = [f"{named(subject)} {relation} {named(value)} ." for subject, relation, value in sorted(related)]
    lines += [f"{named(thing)} a {CLASSES[thing.rpartition('-')[0]]} ." for thing in sorted(typed)]
    return said(**{f"world_{number}": " ".join(lines)})
