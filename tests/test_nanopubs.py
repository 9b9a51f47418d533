"""Each claim is a nanopublication: the `nanopub` package's validator says so, and stricter checks of our own.

The package (2.x) does not compare the names of the graphs with that of the nanopublication, nor look at literals:
it accepts four of the test suite's invalid files. They are listed, so that a version that refuses
them is noticed, and the checks that refuse them here are held to all the files.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, serialize
from rdflib import RDF, XSD, Dataset, Literal, URIRef
from repository import SHARED

from graph import iris
from graph.dataset import Content
from graph.jsonld import graph_of
from ontology.terms import NP, OA, POL

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # nanopub uses rdflib's ConjunctiveGraph

SUITE = SHARED / "nanopub"
ACCEPTED_BY_THE_PACKAGE = {
    "assertion_graph_uri_not_matching.trig",
    "provenance_graph_uri_not_matching.trig",
    "pubinfo_graph_uri_not_matching.trig",
    "illtyped_datatypes_in_assertion.trig",
}
FORMATS = {".trig": "trig", ".nq": "nquads", ".xml": "trix"}


def suite(kind: str) -> list[Path]:
    return sorted(file for file in (SUITE / kind).rglob("*") if file.suffix in FORMATS) if SUITE.is_dir() else []


def accepted(text: str, file_format: str) -> bool:
    """The verdict of the package's validator; it raises on what it refuses."""
    from nanopub.nanopub import Nanopub
    from nanopub.utils import MalformedNanopubError
    from rdflib import ConjunctiveGraph

    dataset = ConjunctiveGraph()
    dataset.parse(data=text, format=file_format)
    try:
        return bool(Nanopub(rdf=dataset).is_valid)
    except MalformedNanopubError:
        return False


def faults(dataset: Dataset) -> Iterator[str]:
    """What the package does not look at: graphs named after the nanopublication, literals of their type."""
    for subject, _, _, _ in dataset.quads((None, RDF.type, NP.Nanopublication, None)):
        for predicate in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo):
            for _, _, target, _ in dataset.quads((subject, predicate, None, None)):
                if not str(target).startswith(str(subject).rstrip("/#.")):
                    yield f"{target} is not named after {subject}"
    for _, _, value, _ in dataset.quads((None, None, None, None)):
        if isinstance(value, Literal) and value.ill_typed:
            yield f"{str(value)!r} is no {value.datatype}"


def parsed(text: str, file_format: str) -> Dataset:
    dataset = Dataset()
    dataset.parse(data=text, format=file_format)
    return dataset


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "rdflib.term")


@pytest.mark.skipif(not SUITE.is_dir(), reason="the nanopublication test suite (../shared/nanopub) is not at hand")
class TestTheValidatorIsReallyAsked:
    @pytest.mark.parametrize("file", suite("valid"), ids=lambda file: file.name)
    def test_valid(self, file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        assert accepted(text, FORMATS[file.suffix])
        assert not list(faults(parsed(text, FORMATS[file.suffix])))

    @pytest.mark.parametrize("file", suite("invalid"), ids=lambda file: file.name)
    def test_invalid(self, file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        assert accepted(text, FORMATS[file.suffix]) == (file.name in ACCEPTED_BY_THE_PACKAGE)
        if file.name in ACCEPTED_BY_THE_PACKAGE:
            assert list(faults(parsed(text, FORMATS[file.suffix])))


def trig(quads: list[Quad]) -> str:
    return (serialize(quads, format=RdfFormat.TRIG) or b"").decode()


def trig_of_claims(content: Content) -> dict[str, str]:
    found: dict[str, list[Quad]] = {}
    for quads in content.claim_quads.values():
        for quad in quads:
            found.setdefault(graph_of(quad).partition("#")[0], []).append(quad)
    return {iri: trig(quads) for iri, quads in found.items()}


def test_every_claim_is_a_valid_nanopublication(seed_content: Content) -> None:
    claims = {claim.iri for editorial in seed_content.editorials for claim in editorial.claims}
    trig = trig_of_claims(seed_content)
    assert trig.keys() == claims
    for iri, text in trig.items():
        assert accepted(text, "trig"), iri
        assert not list(faults(parsed(text, "trig"))), iri


def test_a_claim_without_its_provenance_is_refused(seed_content: Content) -> None:
    (quads, *_) = seed_content.claim_quads.values()
    iri = graph_of(quads[0]).partition("#")[0]
    kept = [q for q in quads if graph_of(q).startswith(f"{iri}#") and not graph_of(q).endswith("#provenance")]
    assert not accepted(trig(kept), "trig")


def test_the_four_graphs_hold_what_the_guidelines_say(seed_content: Content) -> None:
    iri = iris.claim("2021-01-progress-kazakhstan", "democratic-choice-party-banned")
    dataset = parsed(trig_of_claims(seed_content)[iri], "trig")
    head, assertion, provenance, pubinfo = (dataset.graph(URIRef(iris.part(iri, name))) for name in iris.PARTS)
    assert (URIRef(iri), RDF.type, NP.Nanopublication) in head
    assert set(assertion.predicates()) >= {POL.bannedParty, POL.ground}
    assert (URIRef(iri), POL.modality, POL.asserted) in provenance
    position = provenance.value(predicate=RDF.type, object=OA.TextPositionSelector)
    words = provenance.value(predicate=RDF.type, object=OA.TextQuoteSelector)
    start, end = provenance.value(position, OA.start), provenance.value(position, OA.end)
    assert isinstance(start, Literal)
    assert isinstance(end, Literal)
    assert end.toPython() - start.toPython() == len(str(provenance.value(words, OA.exact)))
    assert {str(p).rpartition("/")[2] for p in pubinfo.predicates(URIRef(iri))} >= {
        "creator", "created", "license", "conformsTo",
    }  # fmt: skip
    created = next(pubinfo.objects(URIRef(iri), URIRef("http://purl.org/dc/terms/created")))
    assert isinstance(created, Literal)
    assert created.datatype == XSD.date
