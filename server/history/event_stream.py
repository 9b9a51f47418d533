"""The changes of claims as a Linked Data Event Stream (https://w3id.org/ldes/specification), in TREE's pages.

Each member is a version of a claim: what it said from a moment on. A member whose claim was removed or retracted is an
``as:Delete``. Pages are in the order of time and linked forwards; a full page never changes, so it may be kept for
good. Claims about somebody's private life are left out. Names are below the base IRI, as everywhere in the data.
"""

from collections.abc import Iterator

from flask import Blueprint, Response, request
from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize
from rdflib import DCTERMS, PROV, RDF, RDFS, SDO, XSD, Namespace

from graph.claim_graphs import LICENCE
from graph.iris import DOC, ID
from graph.jsonld import node
from graph.snapshots.event import PAGE, Event
from ontology.base import BASE
from ontology.terms import POL
from ontology.vocabulary import term
from server.caching.store import FOREVER
from server.history.feed import event_iri, page_number
from server.negotiation import DOCUMENTS, choice_of
from server.syntaxes import SYNTAX
from server.timeline import past

blueprint = Blueprint("event_stream", __name__)

LDES, TREE = Namespace("https://w3id.org/ldes#"), Namespace("https://w3id.org/tree#")
AS = Namespace("https://www.w3.org/ns/activitystreams#")
STREAM = f"{BASE}ldes"
GONE = ("removed", "retracted")
KINDS = {"added": AS.Create, "corrected": AS.Update, "removed": AS.Delete, "retracted": AS.Delete}
PREFIXES = {
    "as": str(AS), "dct": str(DCTERMS), "ldes": str(LDES), "pol": str(POL), "prov": str(PROV), "rdfs": str(RDFS),
    "schema": str(SDO), "tree": str(TREE), "xsd": str(XSD),
}  # fmt: skip


@blueprint.get("/ldes")
def stream() -> Response:
    """What the stream is, and its first page."""
    return _answer(_stream())


@blueprint.get("/ldes/<number>")
def page(number: str) -> Response:
    """The members of one page, and the next page once this one is full."""
    recorded = past().timeline().recorded
    total = recorded[-1].total if recorded else 0
    place = page_number(number, total)
    answer = _answer(_page(place, past().events.page(place, total)))
    if place * PAGE <= total:
        answer.headers.extend([FOREVER])
    return answer


def _answer(triples: Iterator[Triple]) -> Response:
    choice = choice_of(DOCUMENTS, request.headers.get("Accept"), request.args.get("format"))
    body = serialize(triples, format=SYNTAX[choice.format], prefixes=PREFIXES)
    return Response(body, content_type=choice.content_type)


def _stream() -> Iterator[Triple]:
    """The stream itself; its pages say so too, since a client may begin at any of them."""
    stream = node(STREAM)
    told: dict[str, object] = {
        RDF.type: LDES.EventStream,
        DCTERMS.title: Literal("Claims as they were added, corrected, retracted and removed", language="en"),
        DCTERMS.license: LICENCE,
        TREE.view: _page_iri(1),
        LDES.timestampPath: PROV.generatedAtTime,
        LDES.sequencePath: DCTERMS.identifier,
        LDES.versionOfPath: DCTERMS.isVersionOf,
        LDES.versionCreatePath: RDF.type,
        LDES.versionCreateObject: AS.Create,
        LDES.versionUpdatePath: RDF.type,
        LDES.versionUpdateObject: AS.Update,
        LDES.versionDeletePath: RDF.type,
        LDES.versionDeleteObject: AS.Delete,
    }
    for predicate, value in told.items():
        yield Triple(stream, node(predicate), value if isinstance(value, Literal) else node(str(value)))


def _page(number: int, events: tuple[Event, ...]) -> Iterator[Triple]:
    here = node(_page_iri(number))
    yield from _stream()
    yield Triple(here, node(RDF.type), node(TREE.Node))
    if len(events) == PAGE:
        relation = BlankNode("next")
        yield Triple(here, node(TREE.relation), relation)
        yield Triple(relation, node(RDF.type), node(TREE.GreaterThanOrEqualToRelation))
        yield Triple(relation, node(TREE.node), node(_page_iri(number + 1)))
        yield Triple(relation, node(TREE.path), node(PROV.generatedAtTime))
        yield Triple(relation, node(TREE.value), _time(events[-1].at))
    for event in events:
        if not event.entry.private:
            yield from _member(event)


def _member(event: Event) -> Iterator[Triple]:
    """A version of a claim. What it asserts is in its own graph, as of its snapshot: ``rdfs:seeAlso``."""
    member, claim = node(event_iri(event)), event.entry
    yield Triple(node(STREAM), node(TREE.member), member)
    yield Triple(member, node(RDF.type), node(KINDS[event.how]))
    yield Triple(member, node(DCTERMS.isVersionOf), node(claim.iri))
    yield Triple(member, node(PROV.generatedAtTime), _time(event.at))
    yield Triple(member, node(DCTERMS.identifier), Literal(event.number))
    if event.cause:
        yield Triple(member, node(PROV.wasInfluencedBy), node(event.cause))
    if event.how in GONE:
        return
    yield Triple(member, node(RDF.type), node(POL.Claim))
    yield Triple(member, node(RDFS.label), Literal(claim.label, language="en"))
    yield Triple(member, node(POL.modality), node(term(claim.modality)))
    yield Triple(member, node(POL.statedIn), node(claim.editorial))
    for agent in claim.by:
        yield Triple(member, node(POL.attributedTo), node(agent))
    for words in claim.quotes:
        yield Triple(member, node(SDO.text), Literal(words))
    for revised in claim.revises:
        yield Triple(member, node(PROV.wasRevisionOf), node(revised))
    document = claim.iri.replace(ID, DOC, 1).replace(BASE, f"{BASE}snapshot/{event.snapshot}/", 1)
    yield Triple(member, node(RDFS.seeAlso), node(document))


def _page_iri(number: int) -> str:
    return f"{STREAM}/{number}"


def _time(at: str) -> Literal:
    return Literal(at.replace("+00:00", "Z"), datatype=NamedNode(str(XSD.dateTime)))
