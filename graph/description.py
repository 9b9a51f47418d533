"""What the snapshot says of one thing: its statements in both directions, the names in them, and what they rest on.

A thing's own nodes are itself and its parts, whose names are fragments of its own. Of these the default graph is asked
as subjects and as objects. Where that is much it comes in pages; nothing is read but the page. The parts of all things'
descriptions that are statements give back the default graph.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import FOAF, RDF, RDFS, SDO, SKOS

from graph import iris
from graph.asking import evidence_statements
from graph.asking.claims_about import ClaimsAbout, claims_about, named_in_assertion
from graph.asking.grounds import Ground, grounds
from graph.asking.selecting import select
from graph.engine import Engine
from graph.jsonld import node
from ontology.terms import POL

PAGE = 500
"""Statements on one page."""
PARTS = 300
"""The most parts of one thing that are looked at."""
BATCH = 400
"""Things named in one query."""
NAMES = tuple(map(node, (SKOS.prefLabel, RDFS.label, FOAF.name, SDO.headline, POL.edtf)))
"""The properties that name a thing, the best first."""
TYPE = node(RDF.type)
PRIVATE = node(POL.sensitive)


@dataclass(frozen=True)
class Description:
    """One page of what is said of a thing.

    ``statements``: what the default graph says, sorted, what has one of the ``own`` nodes as its subject first.
    ``names``: the labels of everything that these name, from the default graph and the ontology, and the classes of
    what has no label; claims about private life stay without theirs. ``grounds``: what each statement rests on, where
    claims say it or it is derived. ``claims``: those that speak of the thing, in whatever way. ``more``: whether there
    is another page. ``evidence``: whether imported data sets say it, under the licence of their publishers.
    """

    iri: str
    page: int
    own: frozenset[str]
    statements: tuple[Triple, ...]
    names: tuple[Triple, ...]
    grounds: dict[Triple, Ground] = field(repr=False)
    claims: ClaimsAbout
    more: bool
    evidence: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the graph says nothing (on this page)."""
        return not self.statements and not self.claims.listed


def describe(engine: Engine, iri: str, page: int = 1) -> Description:
    """Page ``page`` (from 1) of the description of what an IRI names; empty if there is none. ValueError for no IRI."""
    thing = NamedNode(iri)
    own = {iri, *_parts(engine, thing)}
    found = _statements(engine, own, page)
    if page == 1 and not found and evidence_statements.says(engine, thing):
        return _from_evidence(engine, thing)
    kept = sorted(found[:PAGE], key=lambda triple: _order(triple, iri, own))
    rest = grounds(engine, kept)
    about = claims_about(engine, iri, page)
    named = {*_named(kept), *about.listed, *(claim for ground in rest.values() for claim in ground.claims)}
    names = tuple(sorted(set(_names(engine, named)) - set(kept), key=str))
    more = len(found) > PAGE or about.more
    return Description(iri, page, frozenset(own), tuple(kept), names, rest, about, more)


def _from_evidence(engine: Engine, thing: NamedNode) -> Description:
    """What data sets say of what is only in them: one page, for it is little."""
    own = {thing.value, *evidence_statements.parts(engine, thing)}
    found = evidence_statements.statements(engine, own, PAGE)
    kept = tuple(sorted(found, key=lambda triple: _order(triple, thing.value, own)))
    wanted = {*_named(kept)}
    labels = {*_names(engine, wanted), *evidence_statements.named(engine, wanted, (*NAMES, TYPE))}
    names = tuple(sorted(labels - set(kept), key=str))
    return Description(thing.value, 1, frozenset(own), kept, names, {}, ClaimsAbout(), more=False, evidence=True)


def exists(engine: Engine, iri: str) -> bool:
    """Whether anything at all is said of a thing: in the default graph, by any claim, or by an imported data set."""
    thing = NamedNode(iri)
    pattern = f"{{ {thing} ?p ?o }} UNION {{ ?s ?p {thing} }} UNION {named_in_assertion(thing)}"
    found = select(engine, f"SELECT ?p WHERE {{ {pattern} }} LIMIT 1")
    return bool(found) or evidence_statements.says(engine, thing)


def is_imported(engine: Engine, iri: str) -> bool:
    """Whether only imported data sets say anything of a thing, as ``Description.evidence`` tells."""
    thing = NamedNode(iri)
    here = f"{{ {thing} ?p ?o }} UNION {{ ?s ?p {thing} }}"
    return not select(engine, f"SELECT ?p WHERE {{ {here} }} LIMIT 1") and evidence_statements.says(engine, thing)


def value(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """The IRI of a named node; anything else as N-Triples has it."""
    return term.value if isinstance(term, NamedNode) else str(term)


def values(names: Iterable[str]) -> str:
    """IRIs as they stand in a VALUES block."""
    return " ".join(str(NamedNode(name)) for name in names)


def _parts(engine: Engine, thing: NamedNode) -> set[str]:
    """The nodes whose names are fragments of the thing's: of a claim those in its graphs, else what it leads to."""
    start = f"{thing.value}#"
    if thing.value.startswith(f"{iris.ID}claim/"):
        names = values(f"{start}{name}" for name in iris.PARTS)
        text = f"SELECT DISTINCT ?part WHERE {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?part ?p ?o }} }} LIMIT {PARTS * 9}"
        return set(_starting(start, (row["part"].value for row in select(engine, text))))
    found: set[str] = set()
    waiting = {thing.value}
    while waiting and len(found) < PARTS:
        text = f"""SELECT DISTINCT ?part WHERE {{ VALUES ?s {{ {values(sorted(waiting))} }} ?s ?p ?part
            FILTER(STRSTARTS(STR(?part), "{start}")) }} LIMIT {PARTS}"""
        waiting = set(_starting(start, (row["part"].value for row in select(engine, text)))) - found
        found |= waiting
    return found


def _starting(start: str, names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name.startswith(start))


def _statements(engine: Engine, own: set[str], page: int) -> list[Triple]:
    """The page, and one statement more if there is one. Not sorted by the engine: of a million that takes a minute."""
    kept = values(sorted(own))
    text = f"""SELECT ?s ?p ?o WHERE {{
        {{ VALUES ?s {{ {kept} }} ?s ?p ?o }}
        UNION {{ VALUES ?o {{ {kept} }} ?s ?p ?o FILTER(?s NOT IN ({", ".join(kept.split())})) }}
        }} LIMIT {PAGE + 1} OFFSET {PAGE * (page - 1)}"""
    return [Triple(row["s"], row["p"], row["o"]) for row in select(engine, text)]


def _order(triple: Triple, iri: str, own: set[str]) -> tuple[bool, bool, str, str, str]:
    """The thing itself first, then its parts, then what else speaks of them."""
    subject = value(triple.subject)
    return subject != iri, subject not in own, subject, triple.predicate.value, str(triple.object)


def _named(statements: Iterable[Triple]) -> Iterator[str]:
    """Every IRI in some statements, and what those are parts of."""
    for triple in statements:
        for term in triple:
            if isinstance(term, NamedNode):
                yield term.value
                if term.value.startswith(iris.ID):
                    yield term.value.partition("#")[0]


def _names(engine: Engine, named: Iterable[str]) -> Iterator[Triple]:
    """The labels of these things; of what has none its classes; nothing of claims about private life."""
    found: dict[str, list[Triple]] = {}
    private: set[str] = set()
    for triple in _described(engine, sorted(set(named))):
        subject = value(triple.subject)
        if triple.predicate == PRIVATE:
            private.add(subject)
        else:
            found.setdefault(subject, []).append(triple)
    for subject, triples in found.items():
        labels = [triple for triple in triples if triple.predicate != TYPE]
        shown = labels or (triple for triple in triples if isinstance(triple.object, NamedNode))
        yield from () if subject in private else shown


def _described(engine: Engine, wanted: list[str]) -> Iterator[Triple]:
    """What names these things, says what they are, or that they are about private life.

    Things are in the default graph and terms in that of the ontology: asked of both at once, engines read both whole.
    """
    properties = ", ".join(map(str, (*NAMES, TYPE, PRIVATE)))
    things = [name for name in wanted if name.startswith(iris.ID)]
    terms = [name for name in wanted if not name.startswith(iris.ID)]
    for names, pattern in ((things, "%s"), (terms, f"GRAPH <{iris.ONTOLOGY_GRAPH}> {{ %s }}")):
        for start in range(0, len(names), BATCH):
            some = values(names[start : start + BATCH])
            # A filter, for with the properties in VALUES too Oxigraph reads the whole graph: 1,200 ms, not 11.
            statement = f"VALUES ?s {{ {some} }} ?s ?p ?o FILTER(?p IN ({properties}))"
            for row in select(engine, f"SELECT ?s ?p ?o WHERE {{ {pattern % statement} }}"):
                yield Triple(row["s"], row["p"], row["o"])
