"""Claim files as RDF: what a file says is what the graphs say."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import SDO
from repository import REPOSITORY

from graph import iris
from graph.checking import check
from graph.claims import read_editorial
from graph.dataset import Content, encode, ontology_triples, published_quads
from graph.entities import read_entities
from graph.files.yaml_reader import read
from graph.jsonld import graph_of
from graph.reasoning import derive
from graph.settings import Settings
from ontology.terms import OA, POL

DATA = REPOSITORY / "tests" / "data"
CLAIM = iris.claim("1900-01-harbour", "tide-party-banned")


@pytest.fixture(scope="module")
def harbour() -> Content:
    editorial = read_editorial(read(DATA / "valid" / "harbour.yaml"))
    return encode([editorial], read_entities(read(DATA / "entities" / "harbour.yaml")))


@pytest.fixture(scope="module")
def published(harbour: Content) -> list[Quad]:
    return list(published_quads(harbour, derive(ontology_triples(), harbour.asserted())))


def objects(quads: list[Quad], subject: str, predicate: object, within: str) -> set[object]:
    return {q.object for q in quads if str(q.subject) == f"<{subject}>" and q.predicate.value == str(predicate)
            and graph_of(q) == within}  # fmt: skip


def test_every_quad_has_names_and_no_blank_nodes(harbour: Content) -> None:
    for quad in [*harbour.entity_quads, *harbour.claim_quads[harbour.editorials[0].iri]]:
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)


def test_only_what_is_asserted_enters_the_default_graph(harbour: Content, published: list[Quad]) -> None:
    default = {q.triple for q in published if graph_of(q) == ""}
    for claim in harbour.editorials[0].claims:
        said = {q.triple for q in published if graph_of(q) == claim.part("assertion")}
        assert said
        assert (said <= default) == (claim.modality == "asserted"), claim.iri


def test_nothing_is_derived_from_what_is_not_asserted(harbour: Content, published: list[Quad]) -> None:
    held_back = {"vote-rigged", "docks-promised", "council-could-fall", "record-dismal"}
    inferred = {str(q) for q in published if graph_of(q) == iris.INFERRED_GRAPH}
    assert inferred
    assert not [line for line in inferred for claim in held_back if f"/{claim}#" in line]


def test_the_words_of_a_quote_stand_once_in_its_claim(published: list[Quad]) -> None:
    provenance = [q for q in published if graph_of(q) == iris.part(CLAIM, "provenance")]
    exact = [q.object for q in provenance if q.predicate.value == str(OA.exact)]
    assert exact == [
        Literal(
            "In March 2019 the council banned the Tide Party, which it had deemed a threat to public order",
            language="en",
        )
    ]


def test_a_date_has_its_text_and_its_bounds(published: list[Quad]) -> None:
    graph_name = iris.part(CLAIM, "assertion")
    moment = iris.moment(CLAIM, "2019-03")
    day = NamedNode("http://www.w3.org/2001/XMLSchema#date")
    assert objects(published, f"{CLAIM}#partyBan", POL.date, graph_name) == {NamedNode(moment)}
    assert objects(published, moment, POL.edtf, graph_name) == {Literal("2019-03")}
    assert objects(published, moment, POL.earliest, graph_name) == {Literal("2019-03-01", datatype=day)}
    assert objects(published, moment, POL.latest, graph_name) == {Literal("2019-03-31", datatype=day)}


def test_a_claim_of_nobody_else_is_the_editorials(published: list[Quad]) -> None:
    editorial = NamedNode(f"{iris.ID}editorial/1900-01-harbour")
    assert objects(published, CLAIM, POL.attributedTo, "") == {editorial}
    docks = iris.claim("1900-01-harbour", "docks-promised")
    assert len(objects(published, docks, POL.attributedTo, "")) == 2


def test_fractions_of_a_percent_are_decimals(tmp_path: Path) -> None:
    text = (DATA / "invalid" / "result-upside-down.yaml").read_text(encoding="utf-8")
    file = tmp_path / "result.yaml"
    file.write_text(text.replace("91", "70.5").replace("maxValue: 70\n", "maxValue: 91.25\n"), encoding="utf-8")
    settings = Settings(data=DATA, texts=(DATA / "texts",), home=tmp_path)
    checked = check(settings, [file], reason=False)
    assert checked.problems == ()
    assert checked.content is not None
    (quads,) = checked.content.claim_quads.values()
    least = [q.object for q in quads if q.predicate.value == str(SDO.minValue)]
    assert least == [Literal("70.5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))]


def test_claims_are_positioned_in_the_order_of_their_file(harbour: Content) -> None:
    assert [claim.position for claim in harbour.editorials[0].claims] == list(range(1, 9))
