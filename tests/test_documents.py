"""Documents about all things, in every format, read by other people's parsers: each says the same, and together all."""

import json
import warnings
from collections.abc import Callable, Iterable

import pytest
import rdflib
from flask.testing import FlaskClient
from node_fixtures import install, run
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from rdflib.term import BNode, URIRef
from server_fixtures import HOSTILE, FakeEngine, make_app, make_client
from test_description import things

from graph.forms.compaction import definitions
from graph.iris import PARTS
from ontology.base import BASE

PARSERS: dict[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "trig": "trig", "nq": "nquads"}
CLAIMS = f"{BASE}id/claim/"

Quads = frozenset[Quad]
Read = Callable[[str, str], bytes]


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


@pytest.fixture(scope="module")
def read(client: FlaskClient) -> Read:
    """The bytes of the document about a thing, by its IRI and the extension."""
    kept: dict[tuple[str, str], bytes] = {}

    def document(iri: str, extension: str) -> bytes:
        if (iri, extension) not in kept:
            answer = client.get(f"{iri.replace(f'{BASE}id/', '/doc/')}.{extension}")
            assert answer.status_code == 200, answer.text
            kept[iri, extension] = answer.data
        return kept[iri, extension]

    return document


def quads(body: bytes, extension: str) -> Quads:
    return frozenset(parse(body, PARSERS[extension]))


def by_rdflib(body: bytes, extension: str) -> Quads:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, of its own parsers
        dataset.parse(data=body, format=RDFLIB[extension])
        return frozenset(map(of_rdflib, dataset.quads()))


def of_rdflib(found: tuple[object, ...]) -> Quad:
    *triple, place = found
    subject, predicate, obj = map(term, triple)
    assert isinstance(subject, NamedNode | BlankNode)
    assert isinstance(predicate, NamedNode)
    named = isinstance(place, URIRef) and "x-rdflib" not in place
    return Quad(subject, predicate, obj, NamedNode(str(place)) if named else DefaultGraph())


def term(found: object) -> NamedNode | BlankNode | Literal:
    if isinstance(found, URIRef):
        return NamedNode(str(found))
    if isinstance(found, BNode):
        return BlankNode(str(found))
    assert isinstance(found, rdflib.Literal)
    if found.language:
        return Literal(str(found), language=found.language)
    return Literal(str(found), datatype=NamedNode(str(found.datatype))) if found.datatype else Literal(str(found))


def triples(found: Iterable[Quad]) -> set[Triple]:
    return {quad.triple for quad in found if isinstance(quad.graph_name, DefaultGraph)}


def of_itself(triple: Triple) -> bool:
    return str(triple.subject).startswith(f"<{BASE}doc/")


def test_all_documents_together_are_the_default_graph(seed_store: Store, read: Read) -> None:
    default = {quad.triple for quad in seed_store.quads_for_pattern(None, None, None, DefaultGraph())}
    ontology = {
        quad.triple
        for quad in seed_store.quads_for_pattern(None, None, None, NamedNode(f"{BASE}graph/ontology"))
    }  # fmt: skip
    for extension in ("ttl", "nt", "rdf", "jsonld"):
        together = {found for iri in things(seed_store) for found in triples(quads(read(iri, extension), extension))}
        said = {triple for triple in together if not of_itself(triple)}
        assert default <= said, extension
        assert said - default <= ontology, extension


def test_every_format_says_the_same(seed_store: Store, read: Read) -> None:
    for iri in things(seed_store):
        expected = triples(quads(read(iri, "ttl"), "ttl"))
        for extension in ("nt", "rdf", "jsonld"):
            assert triples(quads(read(iri, extension), extension)) == expected, (iri, extension)
        if not iri.startswith(CLAIMS):
            for extension in ("trig", "nq"):
                assert triples(quads(read(iri, extension), extension)) == expected, (iri, extension)


def test_rdflib_reads_what_pyoxigraph_reads(seed_store: Store, read: Read) -> None:
    for iri in things(seed_store)[::8]:
        for extension in PARSERS:
            body = read(iri, extension)
            assert by_rdflib(body, extension) == quads(body, extension), (iri, extension)


def test_jsonld_js_reads_what_pyoxigraph_reads_and_fetches_nothing(seed_store: Store, read: Read) -> None:
    install()
    bodies = [read(iri, "jsonld") for iri in things(seed_store)]
    written = run("to_nquads.mjs", [json.loads(body) for body in bodies])
    for body, found in zip(bodies, written, strict=True):
        assert quads(found.encode(), "nq") == quads(body, "jsonld")


def test_a_claim_is_its_four_graphs_in_formats_that_have_graphs(seed_store: Store, read: Read) -> None:
    claims = [iri for iri in things(seed_store) if iri.startswith(CLAIMS)]
    for extension in ("trig", "nq"):
        found = {quad for iri in claims for quad in quads(read(iri, extension), extension)}
        named = {quad for quad in seed_store if str(quad.graph_name).startswith(f"<{CLAIMS}")}
        assert found == named


def test_the_json_of_a_claim_has_what_it_says_apart_from_what_is_said_of_it(seed_store: Store, read: Read) -> None:
    for iri in [iri for iri in things(seed_store) if iri.startswith(CLAIMS)]:
        assertion = NamedNode(f"{iri}#{PARTS[1]}")
        inside = {q for q in quads(read(iri, "jsonld"), "jsonld") if not isinstance(q.graph_name, DefaultGraph)}
        assert inside == set(seed_store.quads_for_pattern(None, None, None, assertion))


def test_the_json_can_be_used_without_knowing_rdf(read: Read) -> None:
    party = json.loads(read(f"{BASE}id/party/nur-otan", "jsonld"))
    assert party["id"] == f"{BASE}id/party/nur-otan"
    assert "RulingParty" in party["type"]
    assert party["prefLabel"]["en"] == "Nur Otan"
    assert party["country"]["prefLabel"]["en"] == "Kazakhstan"
    (alignment,) = party["incoming"]["party"]
    assert "PoliticalAlignment" in alignment["type"]
    (document,) = party["incoming"]["document"]
    (reason,) = [one for one in document["reasons"] if one["subject"] == alignment]
    assert reason["restsOn"]["label"] == "Nur Otan is the ruling party as of the editorial."
    claim = json.loads(read(reason["restsOn"]["id"], "jsonld"))
    assert claim["modality"] == "asserted"
    assert "the ruling party, Nur Otan" in json.dumps(claim["quote"])
    assert {"role": "ruling"}.items() <= claim["hasAssertion"]["@graph"][1].items()


def test_the_json_has_the_published_definitions_it_uses_and_no_others(client: FlaskClient, read: Read) -> None:
    contexts = [json.loads(client.get(f"/{name}.jsonld").data)["@context"] for name in ("context", "document")]
    published = contexts[0] | contexts[1]
    used = json.loads(read(f"{BASE}id/party/nur-otan", "jsonld"))["@context"]
    assert len(used) < 40 < len(definitions())
    assert {key: {**value, "@context": 0} if isinstance(value, dict) else value for key, value in used.items()} == {
        key: {**published[key], "@context": 0} if isinstance(published[key], dict) else published[key] for key in used
    }


def test_hostile_text_arrives_as_it_is() -> None:
    for extension, kind in PARSERS.items():
        body = make_client().get(f"/doc/person/hostile.{extension}").data
        assert Literal(HOSTILE, language="en") in {quad.object for quad in parse(body, kind)}, extension


@pytest.mark.parametrize("extension", PARSERS)
def test_the_same_document_is_the_same_bytes(extension: str) -> None:
    bodies = {make_client().get(f"/doc/party/progress.{extension}").data for _ in range(4)}
    assert len(bodies) == 1
