"""A claim as a nanopublication: head, assertion, provenance, pubinfo.

Nanopublication guidelines, https://nanopub.net/guidelines/working_draft/. The head names the parts; the
assertion is what the claim says; the provenance says where it stands, in which words, how it is held
and whose it is; the pubinfo says who encoded it, when, under which ontology and licence, and what it replaces.
A retraction is part of what is said, so it stands in the assertion.
"""

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import DCTERMS, PROV, RDF, RDFS, SDO, SKOS, XSD

from graph import iris
from graph.claims import Claim, Editorial
from graph.jsonld import node, quads
from graph.quotes import Quote
from ontology.terms import CITO, NP, NPX, OA, POL
from ontology.vocabulary import term, version_iri

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

Said = tuple[NamedNode, NamedNode, NamedNode | Literal]
"""Subject, predicate and object."""

# Made once: there are a hundred of them in an editorial.
_TYPE, _LABEL, _NOTE = node(RDF.type), node(RDFS.label), node(SKOS.editorialNote)
_NANOPUBLICATION, _CLAIM, _MENTION_CLASS = node(NP.Nanopublication), node(POL.Claim), node(POL.Mention)
_PARTS = {
    "assertion": node(NP.hasAssertion),
    "provenance": node(NP.hasProvenance),
    "pubinfo": node(NP.hasPublicationInfo),
}
_SOURCE, _ATTRIBUTED, _ATTRIBUTION = node(PROV.hadPrimarySource), node(POL.attributedTo), node(PROV.wasAttributedTo)
_STATED_IN, _MODALITY, _POSITION = node(POL.statedIn), node(POL.modality), node(SDO.position)
_CONDITION, _SENSITIVE = node(POL.condition), node(POL.sensitive)
_MENTION, _MENTION_OF, _PRINTED = node(POL.mention), node(POL.mentionOf), node(POL.printedName)
_QUOTE, _WHOLE, _WORDS, _PLACE = (
    node(POL.quote), node(OA.SpecificResource), node(OA.TextQuoteSelector), node(OA.TextPositionSelector)
)  # fmt: skip
_HAS_SOURCE, _HAS_SELECTOR, _EXACT = node(OA.hasSource), node(OA.hasSelector), node(OA.exact)
_PREFIX, _SUFFIX, _START, _END = node(OA.prefix), node(OA.suffix), node(OA.start), node(OA.end)
_CREATOR, _CREATED, _CONFORMS = node(DCTERMS.creator), node(DCTERMS.created), node(DCTERMS.conformsTo)
_HAS_LICENCE, _LICENCE = node(DCTERMS.license), node(LICENCE)
_RETRACTS = node(NPX.retracts)
_DATE, _COUNT = node(XSD.date), node(XSD.nonNegativeInteger)
_RELATIONS = {
    "inTensionWith": node(POL.inTensionWith),
    "supports": node(CITO.supports),
    "disputes": node(CITO.disputes),
    "fulfils": node(POL.fulfils),
    "belies": node(POL.belies),
}
_REVISIONS = {"revisionOf": node(PROV.wasRevisionOf), "supersedes": node(NPX.supersedes)}


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
    places = {node(name) for name in hidden}
    for quad in of_claims:
        if quad.graph_name not in places:
            yield Quad(quad.subject, quad.predicate, quad.object)


def _in_graph(name: str, said: Iterable[Said]) -> list[Quad]:
    place = node(name)
    return [Quad(subject, predicate, value, place) for subject, predicate, value in said]


def _retractions(claim: Claim) -> Iterator[Said]:
    for other in claim.corrections["retracts"]:
        yield node(claim.iri), _RETRACTS, node(other)


def _head(claim: Claim) -> Iterator[Said]:
    subject = node(claim.iri)
    yield subject, _TYPE, _NANOPUBLICATION
    for name, predicate in _PARTS.items():
        yield subject, predicate, node(claim.part(name))


def _provenance(editorial: Editorial, claim: Claim, language: str) -> Iterator[Said]:
    subject, assertion, source = node(claim.iri), node(claim.part("assertion")), node(editorial.iri)
    yield assertion, _SOURCE, source
    yield subject, _TYPE, _CLAIM
    yield subject, _STATED_IN, source
    yield subject, _MODALITY, node(term(claim.modality))
    yield subject, _POSITION, Literal(claim.position)
    for agent in map(node, claim.attributed_to):
        yield subject, _ATTRIBUTED, agent
        yield assertion, _ATTRIBUTION, agent
    for key, others in claim.relations.items():
        for other in others:
            yield subject, _RELATIONS[key], node(other)
    if claim.condition:
        yield subject, _CONDITION, Literal(claim.condition, language="en")
    if claim.sensitive:
        yield subject, _SENSITIVE, Literal(True)
    for number, quote in enumerate(claim.quotes, start=1):
        yield from _quote(source, claim, quote, number, language)
    for number, mention in enumerate(claim.mentions, start=1):
        named = node(iris.local(claim.iri, "mention", number))
        yield subject, _MENTION, named
        yield named, _TYPE, _MENTION_CLASS
        yield named, _MENTION_OF, node(mention.of)
        yield named, _PRINTED, Literal(mention.printed)


def _quote(source: NamedNode, claim: Claim, quote: Quote, number: int, language: str) -> Iterator[Said]:
    whole, words, position = (
        node(iris.local(claim.iri, name, number)) for name in ("quote", "quote-text", "quote-position")
    )
    yield node(claim.iri), _QUOTE, whole
    yield whole, _TYPE, _WHOLE
    yield whole, _HAS_SOURCE, source
    yield whole, _HAS_SELECTOR, words
    yield whole, _HAS_SELECTOR, position
    yield words, _TYPE, _WORDS
    yield words, _EXACT, Literal(quote.exact, language=language)
    for predicate, text in ((_PREFIX, quote.prefix), (_SUFFIX, quote.suffix)):
        if text:
            yield words, predicate, Literal(text, language=language)
    yield position, _TYPE, _PLACE
    for predicate, offset in ((_START, quote.start), (_END, quote.end)):
        if offset is not None:
            yield position, predicate, Literal(str(offset), datatype=_COUNT)


def _pubinfo(editorial: Editorial, claim: Claim) -> Iterator[Said]:
    subject = node(claim.iri)
    yield subject, _LABEL, Literal(claim.label, language="en")
    yield subject, _CREATOR, node(editorial.encoded_by)
    yield subject, _CREATED, Literal(editorial.encoded_on, datatype=_DATE)
    yield subject, _HAS_LICENCE, _LICENCE
    yield subject, _CONFORMS, node(version_iri())
    for key, predicate in _REVISIONS.items():
        for other in claim.corrections[key]:
            yield subject, predicate, node(other)
    if claim.note:
        yield subject, _NOTE, Literal(claim.note, language="en")
