"""Snapshots: the same content gives the same bytes, they never change, and damage to them is noticed."""

import gzip
import hashlib
import json
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from graph.errors import NoSnapshot, SnapshotDamaged, SnapshotError, UnknownSnapshot
from graph.segments.lines import canonical, digest
from graph.snapshot import STAGES, Snapshot, Snapshots

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def quad(word: str) -> Quad:
    return Quad(NamedNode(EX + "s"), NamedNode(EX + "p"), Literal(word, language="en"), NamedNode(EX + "g"))


FEW = [
    quad("words"),
    Quad(NamedNode(EX + "s"), NamedNode(EX + "n"), Literal("007", datatype=NamedNode(XSD + "integer")), DefaultGraph()),
    Quad(BlankNode("b0"), NamedNode(EX + "p"), BlankNode("b1"), DefaultGraph()),
]
FEW_AS_LINES = """\
<http://example.org/s> <http://example.org/n> "7"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://example.org/s> <http://example.org/p> "words"@en <http://example.org/g> .
_:b0 <http://example.org/p> _:b1 .
"""
FEW_ID = "8289fc996e10b50f"


@pytest.fixture
def snapshots(tmp_path: Path) -> Snapshots:
    return Snapshots(tmp_path / "snapshots")


@pytest.fixture
def published(snapshots: Snapshots) -> Snapshot:
    return snapshots.publish(FEW, {"what": "a few"})


names = st.sampled_from("abcde").map(lambda letter: NamedNode(EX + letter))
blanks = st.sampled_from(["b0", "b1", "b2"]).map(BlankNode)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
literals = st.one_of(
    texts.map(Literal),
    texts.map(lambda text: Literal(text, language="kk")),
    st.sampled_from(["1", "01", "+1", "x"]).map(lambda text: Literal(text, datatype=NamedNode(XSD + "integer"))),
)
quads = st.builds(Quad, names | blanks, names, names | blanks | literals, names | st.just(DefaultGraph()))


@settings(deadline=None)
@given(st.data())
def test_order_and_repetition_do_not_matter(data: st.DataObject) -> None:
    some = data.draw(st.lists(quads, max_size=12))
    again = data.draw(st.permutations(some)) + data.draw(
        st.lists(st.sampled_from(some), max_size=3) if some else st.just([])
    )
    assert canonical(again) == canonical(some)


@settings(deadline=None)
@given(st.lists(quads, max_size=12))
def test_the_content_says_what_a_store_says(some: list[Quad]) -> None:
    store = Store()
    store.extend(some)
    assert set(parse(canonical(some), format=RdfFormat.N_QUADS)) == set(store)


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_the_same_quads_give_the_same_bytes(data: st.DataObject) -> None:
    some = data.draw(st.lists(quads, max_size=12))
    other = data.draw(st.permutations(some))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first = Snapshots(Path(one)).publish(some, {"b": 1, "a": {"z": 1, "y": "ö"}})
        second = Snapshots(Path(two)).publish(other, {"a": {"y": "ö", "z": 1}, "b": 1})
        assert first.id == second.id
        for name in ("data.nq.gz", "manifest.json"):
            assert (first.path / name).read_bytes() == (second.path / name).read_bytes()


def test_the_name_is_the_hash_of_the_sorted_lines(published: Snapshot) -> None:
    assert gzip.decompress(published.nquads_path.read_bytes()).decode() == FEW_AS_LINES
    assert published.id == hashlib.sha256(FEW_AS_LINES.encode()).hexdigest()
    assert published.id.startswith(FEW_ID), "the names of all snapshots have changed: was that meant?"


def test_the_gzip_header_holds_neither_name_nor_time(published: Snapshot) -> None:
    assert published.nquads_path.read_bytes()[:10] == b"\x1f\x8b\x08\x00" + b"\0\0\0\0" + b"\0\xff"


def test_nothing_is_a_snapshot_too(snapshots: Snapshots) -> None:
    assert snapshots.publish([], {}).id == digest(b"")


def test_the_manifest_is_what_was_given_with_name_and_size(published: Snapshot) -> None:
    assert published.manifest == {"what": "a few", "id": published.id, "quads": 3}


def test_the_moment_and_the_timings_stand_apart(snapshots: Snapshots) -> None:
    snapshot = snapshots.publish(FEW, {}, timings=lambda: {"reading": 0.5})
    assert snapshot.timings["timings"] == {"reading": 0.5}
    assert snapshot.timings["built"][:2] == "20"
    assert set(snapshot.timings["versions"]) == {"python", "pyoxigraph"}


def test_the_store_answers_what_the_dump_answers(published: Snapshot) -> None:
    store = Store.read_only(str(published.store_path))
    anew = Store()
    anew.extend(parse(gzip.decompress(published.nquads_path.read_bytes()), format=RdfFormat.N_QUADS))
    for query in (
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "CONSTRUCT { ?o ?p ?s } { ?s ?p ?o FILTER isBlank(?o) }",
        "SELECT (SUM(?n) AS ?sum) { ?s <http://example.org/n> ?n }",
    ):
        assert [str(row) for row in store.query(query)] == [str(row) for row in anew.query(query)]  # type: ignore[union-attr]


def test_the_store_takes_nothing_more(published: Snapshot) -> None:
    store = Store.read_only(str(published.store_path))
    with pytest.raises(RuntimeError, match="read-write"):
        store.add(quad("more"))


def test_every_file_and_folder_is_read_only(published: Snapshot) -> None:
    writable = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    assert not [path for path in [published.path, *published.path.rglob("*")] if path.stat().st_mode & writable]


def test_publishing_tells_every_stage(snapshots: Snapshots) -> None:
    told: list[str] = []
    snapshots.publish(FEW, {}, on_stage=told.append)
    assert tuple(told) == STAGES


def test_publishing_the_same_again_changes_nothing(snapshots: Snapshots, published: Snapshot) -> None:
    before = {path: path.stat().st_mtime_ns for path in published.path.rglob("*")}
    assert snapshots.publish(reversed(FEW), {"what": "something else"}) == published
    assert {path: path.stat().st_mtime_ns for path in published.path.rglob("*")} == before
    assert len(snapshots.history()) == 1


def test_publishing_an_old_one_again_makes_it_current(snapshots: Snapshots, published: Snapshot) -> None:
    newer = snapshots.publish([quad("newer")], {})
    assert snapshots.current() == newer
    snapshots.publish(FEW, {})
    assert snapshots.current() == published
    assert snapshots.all() == [published, newer]


def test_a_failure_leaves_nothing_behind(snapshots: Snapshots, published: Snapshot) -> None:
    before = set(snapshots.root.iterdir())
    with pytest.raises(TypeError, match="not JSON serializable"):
        snapshots.publish([quad("newer")], {"what": object()})
    assert set(snapshots.root.iterdir()) == before
    assert snapshots.current() == published


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SnapshotError, match="file/snapshots cannot be written"):
        Snapshots(tmp_path / "file" / "snapshots").publish(FEW, {})


def test_nothing_published(snapshots: Snapshots) -> None:
    assert snapshots.all() == []
    assert snapshots.history() == ()
    with pytest.raises(NoSnapshot, match="samizdat build"):
        snapshots.current()


def test_finding_by_the_start_of_the_name(snapshots: Snapshots, published: Snapshot) -> None:
    assert snapshots.find(published.id[:6].upper()) == published
    with pytest.raises(UnknownSnapshot, match="no snapshot's name starts with 'zz'"):
        snapshots.find("zz")


def test_an_ambiguous_start_names_those_it_fits(snapshots: Snapshots, published: Snapshot) -> None:
    newer = snapshots.publish([quad("newer")], {})
    with pytest.raises(UnknownSnapshot, match=f"{newer.id[:12]}, {published.id[:12]}"):
        snapshots.find("")


def unsealed(folder: Path) -> Path:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    return folder


def lose_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def garble_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{")


def change_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text(json.dumps({"id": "0" * 64}))


def change_content(folder: Path) -> None:
    (folder / "data.nq.gz").write_bytes(gzip.compress(canonical([quad("other")])))


def cut_content(folder: Path) -> None:
    (folder / "data.nq.gz").write_bytes((folder / "data.nq.gz").read_bytes()[:-9])


def lose_store(folder: Path) -> None:
    shutil.rmtree(folder / "store")


def change_store(folder: Path) -> None:
    Store(str(folder / "store")).add(quad("other"))


DAMAGE = [lose_manifest, garble_manifest, change_manifest, change_content, cut_content, lose_store, change_store]


@pytest.fixture(params=DAMAGE, ids=lambda harm: harm.__name__)
def damaged(request: pytest.FixtureRequest, published: Snapshot) -> Snapshot:
    published.verify()
    request.param(unsealed(published.path))
    return published


def test_damage_is_noticed(damaged: Snapshot) -> None:
    with pytest.raises(SnapshotDamaged, match=r"is damaged: .* - run `samizdat build"):
        damaged.verify()


def test_publishing_repairs_damage(snapshots: Snapshots, damaged: Snapshot) -> None:
    snapshots.publish(FEW, {})
    snapshots.current().verify()
    assert snapshots.current() == damaged


def test_nobody_is_rolled_back_to_damage(snapshots: Snapshots, damaged: Snapshot) -> None:
    newer = snapshots.publish([quad("newer")], {})
    with pytest.raises(SnapshotDamaged):
        snapshots.roll_back()
    assert snapshots.current() == newer


@pytest.mark.parametrize("harm", [lose_manifest, change_manifest, shutil.rmtree])
def test_a_current_snapshot_that_is_not_there_is_not_served(
    snapshots: Snapshots, published: Snapshot, harm: Callable[[Path], None]
) -> None:
    harm(unsealed(published.path))
    with pytest.raises(SnapshotDamaged):
        snapshots.current()
