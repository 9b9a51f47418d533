"""The records of what was derived: each statement with its axiom and its premises, as RDF.

<graph/inferred#hash> a pol:Derivation ; rdf:subject … ; rdf:predicate … ; rdf:object … ;
    pol:axiom <term> ; rdfs:label "the statement" ; rdfs:comment "the rule" ; pol:premise <…#hash> .
<graph/inferred#hash> a pol:Premise ; rdf:subject … ; rdf:predicate … ; rdf:object … ;
    prov:wasDerivedFrom <a claim, or the graph of the entities or of the ontology> .
"""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib import PROV, RDF, RDFS

from graph import iris
from graph.jsonld import node
from graph.logic.axioms import TYPE
from graph.logic.fixpoint import Support
from graph.logic.wording import Words
from ontology.terms import POL

GRAPH = NamedNode(iris.INFERRED_GRAPH)
SUBJECT, PREDICATE, OBJECT = node(RDF.subject), node(RDF.predicate), node(RDF.object)
LABEL, COMMENT, SOURCE = node(RDFS.label), node(RDFS.comment), node(PROV.wasDerivedFrom)
DERIVATION, PREMISE_CLASS = node(POL.Derivation), node(POL.Premise)
AXIOM, PREMISE = node(POL.axiom), node(POL.premise)


def records(
    found: Mapping[Triple, Support], sources: Mapping[Triple, Iterable[NamedNode]], words: Words
) -> Iterator[Quad]:
    """The derived statements and their records, in sort order; ``sources`` of every fact among the premises."""
    names: dict[Triple, NamedNode] = {}
    for triple in sorted(found, key=str):
        support = found[triple]
        record = _name(triple, names)
        yield Quad(triple.subject, triple.predicate, triple.object, GRAPH)
        yield from _reified(record, triple, DERIVATION)
        yield Quad(record, AXIOM, support.rule.axiom, GRAPH)
        yield Quad(record, LABEL, Literal(words.statement(triple), language="en"), GRAPH)
        yield Quad(record, COMMENT, Literal(support.rule.sentence, language="en"), GRAPH)
        for premise in dict.fromkeys(support.premises):
            yield Quad(record, PREMISE, _name(premise, names), GRAPH)
    for triple in sorted(names.keys() - found.keys(), key=str):
        yield from _reified(names[triple], triple, PREMISE_CLASS)
        for source in sources[triple]:
            yield Quad(names[triple], SOURCE, source, GRAPH)


def source_of(place: NamedNode) -> NamedNode:
    """What a fact of this named graph comes from: the claim of an assertion, else the graph itself."""
    return NamedNode(place.value.removesuffix("#assertion"))


def _name(triple: Triple, names: dict[Triple, NamedNode]) -> NamedNode:
    if triple not in names:
        names[triple] = NamedNode(iris.derivation(f"{triple} ."))
    return names[triple]


def _reified(name: NamedNode, triple: Triple, kind: NamedNode) -> Iterator[Quad]:
    yield Quad(name, TYPE, kind, GRAPH)
    yield Quad(name, SUBJECT, triple.subject, GRAPH)
    yield Quad(name, PREDICATE, triple.predicate, GRAPH)
    yield Quad(name, OBJECT, triple.object, GRAPH)
