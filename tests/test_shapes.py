"""The shapes: every class has valid and invalid nodes, and two validators agree on all of them."""

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pyshacl
import pytest
import shacl
from rdflib import RDF, SH, Graph, URIRef

from graph.validation import shapes as compiled
from ontology.base import BASE
from ontology.shapes import SHAPES
from ontology.shapes import shapes as read_shapes
from ontology.vocabulary import source, term

DATA = Path(__file__).parent / "data" / "shapes"
TEXT = source("shapes.ttl")
PREFIXES = "".join(line + "\n" for line in TEXT.splitlines() if line.startswith("@prefix"))
JARGON = re.compile(r"\b(IRIs?|URIs?|literals?|datatypes?|cardinality|shapes?|triples?|predicates?|xsd|RDF|nodes?)\b")
Results = set[tuple[str, str, str]]
"""Focus node, path (empty where the fault is the node's own) and constraint component."""


@dataclass(frozen=True)
class Case:
    shape: str
    fault: str
    expected: frozenset[tuple[str, str]]
    turtle: str

    @classmethod
    def read(cls, block: str) -> "Case":
        head, _, turtle = block.partition("\n")
        shape, fault, results = re.fullmatch(r"# (\w+), (.+): (.+)", head).groups()  # type: ignore[union-attr]
        expected = (result.split(" ") for result in results.split(", "))
        return cls(shape, fault, frozenset((path if path != "node" else "", part) for path, part in expected), turtle)

    @property
    def node(self) -> str:
        return f"{BASE}id/{self.shape}/{self.fault.replace(' ', '-')}"

    def renamed(self) -> str:
        """The faulty nodes under names of their own."""
        return re.sub("<x(-2)?>", rf"<{self.node}\1>", self.turtle)


VALID = (DATA / "valid.ttl").read_text(encoding="utf-8")
INVALID = [Case.read(block) for block in (DATA / "invalid.ttl").read_text(encoding="utf-8").strip().split("\n\n")[1:]]


def parsed(turtle: str) -> Graph:
    return Graph().parse(data=f"{PREFIXES}@base <{BASE}id/> .\n{turtle}", format="turtle")


def by_rust(data: Graph) -> Results:
    report = compiled().validate_text(data.serialize(format="nt"), format="ntriples")
    return {(bare(result.focus_node), bare(result.path), part(result.component)) for result in report.results}


def by_pyshacl(data: Graph, shapes_graph: Graph) -> Results:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes_graph)
    assert isinstance(report, Graph)
    # Results inside others (sh:detail) say why a nested shape failed; the Rust package leaves them out.
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultPath) or ""), part(component))
        for result in report.objects(None, SH.result)
        for component in report.objects(result, SH.sourceConstraintComponent)
    }


def bare(text: str | None) -> str:
    return (text or "").strip("<>")


def part(component: object) -> str:
    return str(component).split("#")[-1].removesuffix("ConstraintComponent")


@pytest.fixture(scope="module")
def shapes_graph() -> Graph:
    return Graph().parse(data=TEXT, format="turtle")


@pytest.fixture(scope="module")
def world() -> Graph:
    """All valid nodes, and among them those of each case."""
    return parsed(VALID + "\n".join(case.renamed() for case in INVALID))


@pytest.fixture(scope="module")
def found(world: Graph) -> Results:
    return by_rust(world)


def test_valid_nodes_conform() -> None:
    assert by_rust(parsed(VALID)) == set()


@pytest.mark.parametrize("case", INVALID, ids=lambda case: f"{case.shape}, {case.fault}")
def test_an_invalid_node_is_found(case: Case, found: Results, world: Graph) -> None:
    def full(curie: str) -> str:
        return str(world.namespace_manager.expand_curie(curie)) if curie else ""

    results = {(path, component) for focus, path, component in found if focus == case.node}
    assert results == {(full(path), component) for path, component in case.expected}


def test_nothing_else_is_found(found: Results) -> None:
    assert {focus for focus, _, _ in found} == {case.node for case in INVALID}


def test_two_validators_agree(found: Results, world: Graph, shapes_graph: Graph) -> None:
    assert found == by_pyshacl(world, shapes_graph)


def test_a_difference_between_the_validators_would_show(world: Graph, shapes_graph: Graph) -> None:
    weaker = Graph() + shapes_graph
    for keyword in (SH.closed, SH.ignoredProperties):
        weaker.remove((SHAPES.PartyBan, keyword, None))
    assert by_pyshacl(world, weaker) != by_rust(world)


def test_every_shape_has_a_valid_and_an_invalid_node(shapes_graph: Graph) -> None:
    valid = parsed(VALID)
    for shape in read_shapes():
        assert (None, RDF.type, shapes_graph.value(SHAPES[shape], SH.targetClass)) in valid, shape
    assert {case.shape for case in INVALID} == set(read_shapes())


def test_the_shapes_are_themselves_valid() -> None:
    # SHACL, appendix C, as pySHACL brings it; by the Rust package, for pySHACL takes seven seconds.
    rules = shacl.Shapes.from_text(files(pyshacl).joinpath("assets/shacl-shacl.ttl").read_text(encoding="utf-8"))
    assert rules.validate_text(TEXT).results == []
    broken = rules.validate_text(TEXT.replace("sh:minCount 1", 'sh:minCount "one"', 1))
    assert [part(result.component) for result in broken.results] == ["Datatype"]


def test_a_shape_bears_the_key_of_its_class(shapes_graph: Graph) -> None:
    unnamed = {"PropertyValue", "Label", "Quote", "TextQuoteSelector", "TextPositionSelector", "Date"}
    for shape in read_shapes().keys() - unnamed:
        assert (SHAPES[shape], SH.targetClass, URIRef(term(shape))) in shapes_graph


def test_people_can_read_the_shapes(shapes_graph: Graph) -> None:
    closed = list(shapes_graph.subjects(SH.closed, None))
    parts = {prop for shape in closed for prop in shapes_graph.objects(shape, SH.property)}
    for prop in parts:
        for wanted in (SH.name, SH.message, SH.order):
            assert (prop, wanted, None) in shapes_graph, shapes_graph.value(prop, SH.path)
    messages = [str(message) for message in shapes_graph.objects(None, SH.message)]
    assert len(messages) >= len(parts) + len(closed)
    assert [message for message in messages if JARGON.search(message) or not message.endswith(".")] == []
