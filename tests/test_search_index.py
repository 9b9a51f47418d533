"""The search index of a snapshot: reproducible, damage to it noticed, made anew, and nothing sensitive in it."""

import gzip
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Store, parse
from server_fixtures import store

from graph.errors import SnapshotDamaged
from graph.searching.index import MAGIC, SearchIndex
from graph.searching.search import search
from graph.searching.searchable import Searchable
from graph.snapshot import Snapshot, Snapshots
from ontology.base import BASE


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return Snapshots(tmp_path_factory.mktemp("snapshots")).publish(list(store()), {})


def quads(turtle: str) -> list[Quad]:
    prefixes = f"""
        @base <{BASE}> . @prefix pol: <{BASE}politics#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix np: <http://www.nanopub.org/nschema#> . @prefix oa: <http://www.w3.org/ns/oa#> ."""
    return list(parse((prefixes + turtle).encode(), format=RdfFormat.TRIG))


def published(turtle: str, tmp_path: Path) -> Searchable:
    found = Snapshots(tmp_path).publish(quads(turtle), {}).search
    assert found
    return found


def unsealed(path: Path) -> Path:
    path.parent.chmod(0o755)
    path.chmod(0o644)
    return path


def names(index: SearchIndex) -> set[str]:
    return {name for record in index.records() for name, *_ in record["names"]}


def test_the_same_quads_give_the_same_bytes(snapshot: Snapshot, tmp_path: Path) -> None:
    other = Snapshots(tmp_path).publish(reversed(list(store())), {})
    for name in ("things", "claims"):
        assert (other.search_path / name).read_bytes() == (snapshot.search_path / name).read_bytes()


def test_every_thing_and_claim_with_a_name_is_in_it(snapshot: Snapshot) -> None:
    assert snapshot.search
    assert {"Asya", "Progress", "Прогресс", "officials", "Of bans & <i>parties</i>"} <= names(snapshot.search.things)
    assert {"Progress was banned", "The election was rigged"} <= names(snapshot.search.claims)


def test_nothing_sensitive_is_in_it(snapshot: Snapshot) -> None:
    for name in ("things", "claims"):
        content = (snapshot.search_path / name).read_bytes().lower()
        assert b"children" not in content
    assert snapshot.search
    assert snapshot.search.things.find(f"{BASE}id/person/asya")


SENSITIVE = """
    <id/person/a> a foaf:Person ; skos:prefLabel "Anna"@en . <id/person/b> a foaf:Person ; skos:prefLabel "Berta"@en .
    <id/claim/one/x> a pol:Claim ; rdfs:label "Of Anna"@en ; pol:sensitive true .
    <id/claim/one/x#mention-1> pol:mentionOf <id/person/b> ; pol:printedName "Bertha" .
    <id/claim/one/y> a pol:Claim ; rdfs:label "Of Berta"@en .
    <id/claim/one/y#mention-1> pol:mentionOf <id/person/b> ; pol:printedName "Birta" .
    <id/claim/one/x#assertion> { <id/person/a> foaf:knows <id/person/b> }
    <id/claim/one/y#assertion> { <id/person/b> foaf:knows <id/person/b> }"""


def test_who_is_known_from_a_sensitive_claim_alone_is_not_found(tmp_path: Path) -> None:
    found = published(SENSITIVE, tmp_path)
    assert names(found.things) == {"Berta", "Birta"}
    assert names(found.claims) == {"Of Berta"}


def test_what_claims_speak_of_most_comes_first(snapshot: Snapshot) -> None:
    assert snapshot.search
    weights = [record.get("weight", 0) for record in snapshot.search.things.records()]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > weights[-1]


def test_a_record_is_found_by_its_iri(snapshot: Snapshot) -> None:
    assert snapshot.search
    for index in (snapshot.search.things, snapshot.search.claims):
        records = list(index.records())
        assert [index.find(record["id"]) for record in records] == records
        assert index.find(f"{BASE}id/person/nobody") is None


@pytest.mark.parametrize("name", ["things", "claims"])
def test_damage_is_noticed(name: str, tmp_path: Path) -> None:
    damaged = Snapshots(tmp_path).publish(list(store()), {})
    damaged.verify()
    path = unsealed(damaged.search_path / name)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"anned", b"ANNED").replace(b"Asya", b"Anya"))
    assert path.read_bytes() != content
    with pytest.raises(SnapshotDamaged, match=f"search/{name}"):
        Snapshot(damaged.id, damaged.path).verify()


@pytest.mark.parametrize("content", [b"", b"{}", MAGIC, MAGIC + b"{}\n", MAGIC + b'{"release":[0,"0","little"]}\n'])
def test_what_this_release_cannot_read_is_no_index(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "things"
    path.write_bytes(content)
    assert SearchIndex.open(path) is None
    assert SearchIndex.open(tmp_path / "nothing") is None


def test_one_of_another_release_is_made_anew(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    old = snapshots.publish(list(store()), {})
    expected = (old.search_path / "things").read_bytes()
    old.path.chmod(0o755)
    unsealed(old.search_path / "things").write_bytes(b"of another release")
    old.search_path.chmod(0o555)
    old.path.chmod(0o555)
    Snapshot(old.id, old.path).verify()
    assert Snapshot(old.id, old.path).search is None
    new = snapshots.publish(list(store()), {})
    assert new.id == old.id
    assert (new.search_path / "things").read_bytes() == expected
    assert not (new.search_path / "things").stat().st_mode & 0o222


def test_an_empty_graph_has_an_empty_index(tmp_path: Path) -> None:
    found = published("", tmp_path)
    assert not len(found.things)
    assert search(found.things, "anything") == []


def test_the_index_is_of_the_data_that_are_published(snapshot: Snapshot) -> None:
    loaded = Store()
    loaded.load(gzip.decompress(snapshot.nquads_path.read_bytes()), format=RdfFormat.N_QUADS)
    found = Searchable.open(snapshot.search_path)
    assert found
    for record in found.things.records():
        assert loaded.query(f"ASK {{ <{record['id']}> ?property ?value }}")
