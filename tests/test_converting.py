"""YAML and JSON-LD lines are the same data: the same quads and snapshot, and any JSON-LD processor reads the claims."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from bench.claim_files import write
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from graph import iris
from graph.checking import check
from graph.claims import read_editorial
from graph.dataset import ontology_triples, published_quads
from graph.errors import InvalidInput, SamizdatError
from graph.feeding.converting import data_files, lines, write_lines, write_yaml
from graph.files.yaml_reader import read
from graph.jsonld import quads as quads_of
from graph.reasoning import derive
from graph.segments.lines import canonical
from graph.settings import SHIPPED_DATA, Settings
from ontology.terms import NP, POL
from ontology.vocabulary import context, expand

DATA = Path(__file__).parent / "data"
SEED = SHIPPED_DATA / "claims" / "2021" / "2021-01-progress-kazakhstan.yaml"


def published(data: Path, home: Path) -> bytes:
    """What a snapshot of a data folder holds, and is named by."""
    content = check(Settings(data=data, texts=(), home=home), reason=False).content
    assert content is not None
    return canonical(published_quads(content, derive(ontology_triples(), content.asserted())))


def harbour(folder: Path) -> Path:
    for place, file in (("claims/1900", "valid/harbour.yaml"), ("entities", "entities/harbour.yaml")):
        (folder / place).mkdir(parents=True)
        (folder / place / "harbour.yaml").write_bytes((DATA / file).read_bytes())
    return folder


def generated(folder: Path) -> Path:
    write(folder, 12)
    return folder


def seed(folder: Path) -> Path:
    return SHIPPED_DATA


@pytest.mark.parametrize("made", [harbour, generated, seed])
def test_lines_make_the_same_snapshot_as_files_and_files_made_of_lines_too(
    made: Callable[[Path], Path], tmp_path: Path
) -> None:
    data = made(tmp_path / "files")
    expected = published(data, tmp_path)
    for folder in ("claims", "entities"):
        (tmp_path / "lines" / folder).mkdir(parents=True)
    count = write_lines(data_files(data), tmp_path / "lines" / "claims" / "all.jsonl.gz")
    assert published(tmp_path / "lines", tmp_path) == expected
    written = write_yaml([tmp_path / "lines" / "claims" / "all.jsonl.gz"], tmp_path / "again")
    assert published(tmp_path / "again", tmp_path) == expected
    assert count == sum(len(read(file).data.get("entities", [None])) for file in written)


@pytest.mark.parametrize("file", [SEED, DATA / "valid" / "harbour.yaml"], ids=lambda file: file.stem)
def test_a_processor_of_json_ld_reads_the_same_assertions_from_a_line(file: Path) -> None:
    document = read(file)
    (line,) = lines(document)
    data = {**json.loads(line), "@context": context()}  # which it would fetch
    found = list(parse(json.dumps(data).encode(), RdfFormat.JSON_LD, base_iri=context()["@base"]))
    for claim in read_editorial(document).claims:
        ours = quads_of([(claim.part("assertion"), claim.assertion)])
        assert said(assertion(iris.ID + claim.iri.rpartition("/")[2], found)) == said(ours), claim.iri


def assertion(claim: str, quads: list[Quad]) -> list[Quad]:
    """What a claim asserts: to JSON-LD each node of an assertion is a graph of its own."""
    has = NamedNode(NP.hasAssertion)
    places = {quad.object for quad in quads if quad.subject == NamedNode(claim) and quad.predicate == has}
    assert places
    return [quad for quad in quads if quad.graph_name in places]


def said(quads: Iterable[Quad]) -> list[str]:
    """What an assertion says, its own nodes without their names, its dates as they are written and no more."""
    left_out = {NamedNode(expand(key)) for key in ("pol:earliest", "pol:latest")}
    found = list(quads)
    dates = {quad.subject: str(quad.object) for quad in found if quad.predicate == NamedNode(POL.edtf)}
    result = Dataset()
    for quad in found:
        if quad.predicate in left_out or quad.object == NamedNode(expand("time:TemporalEntity")):
            continue
        triple = [_unnamed(term, dates) for term in (quad.subject, quad.object)]
        result.add(Quad(triple[0], quad.predicate, triple[1], DefaultGraph()))
    result.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, result))


def _unnamed(term: Any, dates: dict[Any, str]) -> Any:
    if term in dates:
        return NamedNode(f"urn:date:{dates[term].strip(chr(34))}".replace("?", "").replace("~", ""))
    own = isinstance(term, NamedNode) and "/claim/" in term.value and "#" in term.value
    return BlankNode(term.value.rpartition("#")[2]) if own else term


def test_a_line_is_one_line_in_the_order_of_its_file() -> None:
    (line,) = lines(read(DATA / "valid" / "harbour.yaml"))
    assert line.count(b"\n") == 1
    assert list(json.loads(line)) == list(read(DATA / "valid" / "harbour.yaml").data)


def test_one_editorial_is_taken_out_for_a_person_to_go_on_with(tmp_path: Path) -> None:
    data = generated(tmp_path / "files")
    feed = tmp_path / "feed.jsonl"
    write_lines(data_files(data), feed)
    name = sorted((data / "claims").rglob("*.yaml"))[3]
    (written,) = write_yaml([feed], tmp_path / "out", f"editorial/{name.stem}")
    assert written == tmp_path / "out" / "claims" / name.parent.name / name.name
    assert read(written).data == read(name).data
    assert [file for file in (tmp_path / "out").rglob("*") if file.is_file()] == [written]


@pytest.mark.parametrize("only", ["editorial/nobody", "person/../../x"])
def test_what_is_not_there_is_not_written(only: str, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    write_lines([DATA / "valid" / "harbour.yaml"], feed)
    with pytest.raises(SamizdatError, match="nothing is named"):
        write_yaml([feed], tmp_path / "out", only)
    assert list(tmp_path.iterdir()) == [feed]


def test_no_file_is_overwritten_and_none_beside_it_is_written(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    write_lines([DATA / "valid" / "harbour.yaml", DATA / "entities" / "harbour.yaml"], feed)
    there = tmp_path / "out" / "entities" / "feed.yaml"
    there.parent.mkdir(parents=True)
    there.write_text("mine", encoding="utf-8")
    with pytest.raises(SamizdatError, match="is there already"):
        write_yaml([feed], tmp_path / "out")
    assert there.read_text(encoding="utf-8") == "mine"
    assert [file for file in (tmp_path / "out").rglob("*") if file.is_file()] == [there]


def test_with_one_fault_nothing_is_written_and_all_faults_are_told(tmp_path: Path) -> None:
    feed, output = tmp_path / "feed.jsonl", tmp_path / "out.jsonl"
    right = next(iter(lines(read(DATA / "valid" / "harbour.yaml"))))
    outside = right.replace(b"editorial/1900-01-harbour", b"editorial/../../../escaped")
    feed.write_bytes(right + b"{\n" + outside + right)
    for write_it in (lambda: write_yaml([feed], tmp_path / "out"), lambda: write_lines([feed], output)):
        with pytest.raises(InvalidInput) as caught:
            write_it()
        assert {2, 3} <= {problem.place.line for problem in caught.value.problems}
    assert list(tmp_path.rglob("*")) == [feed]


def test_the_same_editorial_on_two_lines_makes_no_file(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(2 * next(iter(lines(read(DATA / "valid" / "harbour.yaml")))))
    with pytest.raises(InvalidInput) as caught:
        write_yaml([feed], tmp_path / "out")
    assert [problem.place.line for problem in caught.value.problems] == [2]


def test_packed_lines_have_the_same_bytes_each_time(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.jsonl.gz", "b.jsonl.gz")]
    for file in files:
        write_lines([DATA / "valid" / "harbour.yaml"], file)
    assert files[0].read_bytes() == files[1].read_bytes()
