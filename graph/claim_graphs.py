"""A claim as a nanopublication: head, assertion, provenance, pubinfo.

Nanopublication guidelines, https://nanopub.net/guidelines/working_draft/. The head names the parts; the
assertion is what the claim says; the provenance says where it stands, in which words, how it is held
and whose it is; the pubinfo says who encoded it, when, under which ontology and licence, and what it replaces.
A retraction is part of what is said, so it stands in the assertion.
"""

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple
from rdflib import DCTERMS, PROV, RDF, RDFS, SDO, SKOS, XSD

from graph import iris
from graph.claims import Claim, Editorial
from graph.jsonld import graph_of, node, quads
from graph.quotes import Quote
from ontology.terms import CITO, NP, NPX, OA, POL
from ontology.vocabulary import term, version_iri

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

_RELATIONS = {
    "inTensionWith": POL.inTensionWith,
    "supports": CITO.supports,
    "disputes": CITO.disputes,
    "fulfils": POL.fulfils,
    "belies": POL.belies,
}
_REVISIONS = {"revisionOf": PROV.wasRevisionOf, "supersedes": NPX.supersedes}


def claim_quads(editorial: Editorial) -> list[Quad]:
    """The four named graphs of each claim of an editorial."""
    result = quads((claim.part("assertion"), claim.assertion) for claim in editorial.claims)
    language = editorial.node.get("inLanguage", "en")
    for claim in editorial.claims:
        result += _in_graph(claim.part("assertion"), _retractions(claim))
        result += _in_graph(claim.part("head"), _head(claim))
        result += _in_graph(claim.part("provenance"), _provenance(editorial, claim, language))
        result += _in_graph(claim.part("pubinfo"), _pubinfo(editorial, claim))
    return result


def default_quads(
    editorial: Editorial, of_claims: Iterable[Quad], without: Collection[str] = frozenset()
) -> Iterator[Quad]:
    """What of these claims' quads holds in the default graph: metadata of all, assertions of the asserted.

    Nothing of the claims ``without``, by their IRIs: they were taken back, and stay in their own graphs alone.
    """
    hidden = {claim.part("assertion") for claim in editorial.claims if claim.modality != "asserted"}
    hidden |= {claim.part(name) for claim in editorial.claims if claim.iri in without for name in iris.PARTS}
    for quad in of_claims:
        if graph_of(quad) not in hidden:
            yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _in_graph(name: str, triples: Iterable[Triple]) -> list[Quad]:
    return [Quad(triple.subject, triple.predicate, triple.object, node(name)) for triple in triples]


def _retractions(claim: Claim) -> Iterator[Triple]:
    for other in claim.corrections["retracts"]:
        yield Triple(node(claim.iri), node(NPX.retracts), node(other))


def _head(claim: Claim) -> Iterator[Triple]:
    subject = node(claim.iri)
    yield Triple(subject, node(RDF.type), node(NP.Nanopublication))
    yield Triple(subject, node(NP.hasAssertion), node(claim.part("assertion")))
    yield Triple(subject, node(NP.hasProvenance), node(claim.part("provenance")))
    yield Triple(subject, node(NP.hasPublicationInfo), node(claim.part("pubinfo")))


def _provenance(editorial: Editorial, claim: Claim, language: str) -> Iterator[Triple]:
    subject, assertion = node(claim.iri), node(claim.part("assertion"))
    yield Triple(assertion, node(PROV.hadPrimarySource), node(editorial.iri))
    yield Triple(subject, node(RDF.type), node(POL.Claim))
    yield Triple(subject, node(POL.statedIn), node(editorial.iri))
    yield Triple(subject, node(POL.modality), node(term(claim.modality)))
    yield Triple(subject, node(SDO.position), Literal(claim.position))
    for agent in claim.attributed_to:
        yield Triple(subject, node(POL.attributedTo), node(agent))
        yield Triple(assertion, node(PROV.wasAttributedTo), node(agent))
    for key, others in claim.relations.items():
        for other in others:
            yield Triple(subject, node(_RELATIONS[key]), node(other))
    if claim.condition:
        yield Triple(subject, node(POL.condition), Literal(claim.condition, language="en"))
    if claim.sensitive:
        yield Triple(subject, node(POL.sensitive), Literal(True))
    for number, quote in enumerate(claim.quotes, start=1):
        yield from _quote(editorial, claim, quote, number, language)
    for number, mention in enumerate(claim.mentions, start=1):
        named = node(iris.local(claim.iri, "mention", number))
        yield Triple(subject, node(POL.mention), named)
        yield Triple(named, node(RDF.type), node(POL.Mention))
        yield Triple(named, node(POL.mentionOf), node(mention.of))
        yield Triple(named, node(POL.printedName), Literal(mention.printed))


def _quote(editorial: Editorial, claim: Claim, quote: Quote, number: int, language: str) -> Iterator[Triple]:
    whole, words, position = (
        node(iris.local(claim.iri, name, number)) for name in ("quote", "quote-text", "quote-position")
    )
    yield Triple(node(claim.iri), node(POL.quote), whole)
    yield Triple(whole, node(RDF.type), node(OA.SpecificResource))
    yield Triple(whole, node(OA.hasSource), node(editorial.iri))
    yield Triple(whole, node(OA.hasSelector), words)
    yield Triple(whole, node(OA.hasSelector), position)
    yield Triple(words, node(RDF.type), node(OA.TextQuoteSelector))
    yield Triple(words, node(OA.exact), Literal(quote.exact, language=language))
    for predicate, text in ((OA.prefix, quote.prefix), (OA.suffix, quote.suffix)):
        if text:
            yield Triple(words, node(predicate), Literal(text, language=language))
    yield Triple(position, node(RDF.type), node(OA.TextPositionSelector))
    for predicate, offset in ((OA.start, quote.start), (OA.end, quote.end)):
        if offset is not None:
            yield Triple(position, node(predicate), Literal(str(offset), datatype=_COUNT))


_COUNT = NamedNode(str(XSD.nonNegativeInteger))


def _pubinfo(editorial: Editorial, claim: Claim) -> Iterator[Triple]:
    subject = node(claim.iri)
    created = Literal(editorial.encoded_on, datatype=node(XSD.date))
    yield Triple(subject, node(RDFS.label), Literal(claim.label, language="en"))
    yield Triple(subject, node(DCTERMS.creator), node(editorial.encoded_by))
    yield Triple(subject, node(DCTERMS.created), created)
    yield Triple(subject, node(DCTERMS.license), node(LICENCE))
    yield Triple(subject, node(DCTERMS.conformsTo), node(version_iri()))
    for key, predicate in _REVISIONS.items():
        for other in claim.corrections[key]:
            yield Triple(subject, node(predicate), node(other))
    if claim.note:
        yield Triple(subject, node(SKOS.editorialNote), Literal(claim.note, language="en"))
