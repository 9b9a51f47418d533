"""What HermiT is given: the ontology in a form that it reads rightly, and the facts that are logic."""

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple
from rdflib import OWL, RDF, RDFS, XSD

from graph.jsonld import node
from graph.logic.axioms import TYPE, Axioms, Term

_WHOLE, _DECIMAL = r"[+-]?[0-9]+", r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
LEXICAL = {
    node(datatype): re.compile(form, re.DOTALL)
    for datatype, form in {
        **dict.fromkeys((XSD.string, XSD.anyURI, RDF.langString), ".*"),
        **dict.fromkeys((XSD.integer, XSD.nonNegativeInteger, XSD.positiveInteger), _WHOLE),
        **dict.fromkeys((XSD.double, XSD.float), rf"{_DECIMAL}([eE]{_WHOLE})?"),
        XSD.decimal: _DECIMAL,
        XSD.boolean: "true|false|0|1",
    }.items()
}
"""Datatypes of facts that HermiT is given, and how their literals look. It refuses others (``xsd:date``)."""


VIA = "http://via.invalid/"
"""Properties that stand between a property and its super-property, in what HermiT is given and nowhere else."""


def spaced(axioms: Axioms) -> Iterator[Triple]:
    """The ontology, with a property of its own between each object property and its super-property.

    It means the same. HermiT 1.3.8 loses what a property's chains say of its super-property where the chains
    of the super-property name that property too; so none of them does.
    """
    properties = set(axioms.are(OWL.ObjectProperty))
    for number, triple in enumerate(axioms.triples):
        if triple.predicate != node(RDFS.subPropertyOf) or triple.subject not in properties:
            yield triple
            continue
        between = NamedNode(f"{VIA}{number}")
        yield Triple(between, TYPE, node(OWL.ObjectProperty))
        yield Triple(triple.subject, triple.predicate, between)
        yield Triple(between, triple.predicate, triple.object)


def logical(axioms: Axioms, facts: Iterable[Triple]) -> Iterator[Triple]:
    """The facts that are logic, not labels or notes, and a declaration of every individual in them."""
    classes = {*axioms.are(OWL.Class)}
    objects = {*axioms.are(OWL.ObjectProperty), node(OWL.sameAs), node(OWL.differentFrom)}
    values = {*axioms.are(OWL.DatatypeProperty)}
    things: set[Term] = set()
    for triple in dict.fromkeys(facts):
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        related = predicate in objects and not isinstance(value, Literal)
        if related or (predicate == TYPE and value in classes):
            things.update((subject, value) if related else (subject,))
            yield triple
        elif predicate in values and isinstance(value, Literal) and value.datatype in LEXICAL:
            things.add(subject)
            yield Triple(subject, predicate, _readable(value))
    for thing in things:  # owlready2 sees no individual that is not declared
        if isinstance(thing, NamedNode):
            yield Triple(thing, TYPE, node(OWL.NamedIndividual))


def _readable(value: Literal) -> Literal:
    """The literal, or its text as a string if it is none of its datatype: then it lies outside of any range."""
    return value if LEXICAL[value.datatype].fullmatch(value.value) else Literal(value.value)
