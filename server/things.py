"""The page about one thing: what its description says, to read; of a claim, its four graphs too."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.asking.grounds import Ground
from graph.description import Description, value
from graph.engine.results import XSD_STRING, Term
from graph.forms.nanopubs import of_claim
from graph.iris import PARTS, path_of
from graph.jsonld import graph_of
from server import vocabulary
from server.claim_forms import documents as claim_forms
from server.claims import claims_by_iri, is_claim
from server.describing import cite
from server.holdings import holdings
from server.labels import Names
from server.links import page_of, query_page
from server.pieces import Cell, Fact, Link, NamedGraph, Subject
from server.reading import PREFIXES
from server.site.imported.page import heading, labels, measured_of
from server.site.patterns import N_
from server.site.things.claim import told as claim_told
from server.site.things.page import told
from server.site.things.views import ThingPage
from server.words.language import gettext as _

TITLES = {
    "parts": N_("Its parts"),
    "head": N_("Head: what belongs together"),
    "assertion": N_("Assertion: what is claimed"),
    "provenance": N_("Provenance: where it comes from"),
    "pubinfo": N_("Publication: who encoded it, and when"),
}
HIDDEN = N_("a claim about private life")
TURNS = {"first": N_("First page"), "prev": N_("Page before"), "next": N_("Next page")}


def thing_page(found: Description, turns: Mapping[str, str], formats: Mapping[str, str]) -> ThingPage:
    """The page for a description; ``turns`` are the addresses of its other pages, ``formats`` of its other forms."""
    iri = found.iri
    claim = claims_by_iri([iri]).get(iri) if is_claim(iri) else None
    outgoing = [triple for triple in found.statements if value(triple.subject) == iri]
    incoming = [triple for triple in found.statements if value(triple.object) == iri]
    inside = _four_graphs(iri) if claim else {"parts": _of_parts(found)}
    shown = [*found.statements, *(triple for triples in inside.values() for triple in triples)]
    sources = {claim for ground in found.grounds.values() for claim in ground.claims}
    private = {name: _(HIDDEN) for name in found.claims.private if name != iri}
    known = private | (labels(found) if found.evidence else {})
    names = Names({iri, *sources, *_named(shown)}, inside=iri if claim else "", known=known)
    kinds = {value(triple.object) for triple in outgoing if value(triple.predicate) == vocabulary.RDF_TYPE}
    return ThingPage(
        iri=iri,
        label=claim.sentence if claim else heading(found) or names.of(iri),
        kinds=tuple(Link(vocabulary.in_words(kind), page_of(kind)) for kind in vocabulary.most_specific(kinds)),
        facts=(
            *_facts(outgoing, names, found.grounds),
            *_facts(incoming, names, found.grounds, inverse=True),
        ),
        claim=claim,
        named_graphs=tuple(_all_named_graphs(inside, names)),
        withheld=0 if claim else len(found.claims.private),
        too_many=found.claims.too_many,
        page=found.page,
        turns=tuple(Link(_(TURNS[name]), href) for name, href in turns.items()),
        formats=tuple(Link(name, href) for name, href in formats.items()),
        communities=claim_forms.links(iri) if claim else (),
        citations=cite.links(path_of(iri)),
        structured=claim_forms.in_page(iri) if claim else "",
        query_href=query_page(f"{PREFIXES}\nDESCRIBE <{iri}>\n"),
        told=None if claim else told(found, vocabulary.most_specific(kinds)),
        claim_told=claim_told(found, claim) if claim else None,
        measured=None if claim else measured_of(found),
        is_imported=found.evidence,
    )


def _facts(
    statements: Iterable[Triple], names: Names, grounds: Mapping[Triple, Ground], *, inverse: bool = False
) -> Iterable[Fact]:
    """One fact a property, in the order of their names; the kinds of a thing stand in its heading instead."""
    by_property: dict[str, list[Cell]] = defaultdict(list)
    for triple in statements:
        if value(triple.predicate) != vocabulary.RDF_TYPE:
            cell = names.cell(_term(triple.subject if inverse else triple.object))
            reasons = tuple(names.link(claim) for claim in grounds[triple].claims) if triple in grounds else ()
            by_property[value(triple.predicate)].append(replace(cell, reasons=reasons))
    for iri, cells in sorted(by_property.items(), key=lambda item: vocabulary.in_words(item[0])):
        yield Fact(Link(vocabulary.in_words(iri), page_of(iri)), tuple(cells), inverse)


def _four_graphs(claim: str) -> dict[str, list[Triple]]:
    """The statements of each of a claim's four graphs."""
    found: dict[str, list[Triple]] = {name: [] for name in PARTS}
    for quad in of_claim(holdings().engine, claim):
        found[graph_of(quad).rpartition("#")[2]].append(quad.triple)
    return found


def _of_parts(found: Description) -> list[Triple]:
    """What has a part of the thing as its subject."""
    return [triple for triple in found.statements if value(triple.subject) in found.own - {found.iri}]


def _all_named_graphs(inside: dict[str, list[Triple]], names: Names) -> Iterable[NamedGraph]:
    """The four graphs, or the parts, to read; the first that is said of something is where links to it lead."""
    taken = {*PARTS, ""}
    for name, triples in inside.items():
        subjects = []
        for iri, found in groupby(triples, key=lambda triple: value(triple.subject)):
            anchor = iri.partition("#")[2]
            stated = tuple((names.cell(_term(one.predicate)), names.cell(_term(one.object))) for one in found)
            subjects.append(Subject(Cell(names.of(iri), page_of(iri)), "" if anchor in taken else anchor, stated))
            taken.add(anchor)
        if subjects or name in PARTS:
            yield NamedGraph(name, _(TITLES[name]), tuple(subjects))


def _named(statements: Iterable[Triple]) -> set[str]:
    return {term.value for triple in statements for term in triple if isinstance(term, NamedNode)}


def _term(term: NamedNode | BlankNode | Literal | Triple) -> Term:
    """A term as answers have it."""
    if isinstance(term, Literal):
        kind = term.datatype.value
        plain = kind == XSD_STRING or term.language
        return Term("literal", term.value, term.language, None if plain else kind)
    if isinstance(term, NamedNode):
        return Term("iri", term.value)
    return Term("blank", term.value) if isinstance(term, BlankNode) else Term("triple", str(term))
