"""What only imported data sets know is found, apart from what something is claimed of and after it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from evidence_fixtures import app_of, publish
from flask.testing import FlaskClient
from pyoxigraph import Store
from search_fixtures import searchable_of
from server_fixtures import BROWSER

from graph.errors import SnapshotDamaged
from graph.iris import ID
from graph.segments.lines import sorted_lines
from graph.snapshot import Snapshot, Snapshots

SENSITIVE = "<https://w3id.org/samizdat/politics#sensitive>"


@pytest.fixture(scope="module")
def snapshot(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return publish(seed_store, tmp_path_factory.mktemp("imported"))


@pytest.fixture(scope="module")
def client(snapshot: Snapshot) -> FlaskClient:
    return app_of(snapshot).test_client()


def found(client: FlaskClient, **given: Any) -> Any:
    reply = client.get("/search", query_string=given)
    assert reply.status_code == 200, reply.text
    return json.loads(reply.text)


def paths(results: list[dict[str, Any]]) -> list[str]:
    return [result["id"].removeprefix(ID) for result in results]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("World Press Freedom Index", "dataset/rsf"),
        ("rsf", "dataset/rsf"),
        ("press freedom score", "indicator/rsf/score"),
        ("Norway", "country/norway"),
        ("Unity of Tests", "party/popolo-kazakhstan-assembly-party-unity-48c3d928"),
        ("Anvar Testov", "person/popolo-kazakhstan-assembly-1"),
    ],
)
def test_it_is_found_by_its_name(text: str, path: str, client: FlaskClient) -> None:
    answer = found(client, q=text)
    assert paths(answer["imported"])[0] == path
    assert path not in paths(answer["things"])
    (hit, *_) = answer["imported"]
    assert hit["imported"][0] in hit["description"]
    assert client.get(hit["href"]).status_code == 200


def test_nothing_else_of_a_data_set_is(snapshot: Snapshot) -> None:
    assert snapshot.search
    kinds = {record["id"].removeprefix(ID).partition("/")[0] for record in snapshot.search.imported.records()}
    assert {"dataset", "indicator", "country", "party", "person"} <= kinds
    assert "measurement" not in kinds
    assert all("#" not in record["id"] for record in snapshot.search.imported.records())


def test_what_claims_speak_of_is_found_as_before(snapshot: Snapshot, seed_store: Store) -> None:
    assert snapshot.search
    alone = searchable_of(sorted_lines(seed_store))
    assert not len(alone.imported)
    for name in ("things", "claims"):
        assert list(getattr(snapshot.search, name).records()) == list(getattr(alone, name).records())
    known = {record["id"] for record in snapshot.search.things.records()}
    assert f"{ID}country/kazakhstan" in known
    assert not known & {record["id"] for record in snapshot.search.imported.records()}


def test_a_party_says_its_country_by_the_name_it_has_here(client: FlaskClient) -> None:
    (hit, *_) = found(client, q="Unity of Tests")["imported"]
    assert "Kazakhstan" in hit["description"]


def test_it_is_narrowed_by_the_data_set(client: FlaskClient) -> None:
    answer = found(client, q="Kazakhstan")
    assert answer["things"]
    only = found(client, q="tests", imported="popolo")
    assert not only["things"]
    assert not only["claims"]
    assert only["imported"]
    assert only["facets"]["imported"] == {"popolo": len(only["imported"])}
    assert not found(client, q="tests", imported="rsf")["imported"]


@pytest.mark.parametrize("kinds", [["things"], ["claims"], ["things", "claims"]])
def test_it_can_be_left_out(kinds: list[str], client: FlaskClient) -> None:
    assert "imported" not in found(client, q="Unity of Tests", kind=kinds)


def test_kinds_hold_for_it_too(client: FlaskClient) -> None:
    assert {path.partition("/")[0] for path in paths(found(client, q="tests", kind="party")["imported"])} == {"party"}
    assert paths(found(client, q="press freedom", kind="dataset")["imported"]) == ["dataset/rsf"]


def test_the_page_has_it_last_and_says_what_it_is(client: FlaskClient) -> None:
    page = client.get("/search?q=kazakhstan+norway", headers={"Accept": BROWSER}).text
    titles = re.findall(r'<h2 id="g-(\w+)"', page)
    assert titles[-1] == "imported"
    assert "country" in titles[:-1]
    part = page.partition('id="g-imported"')[2].partition("</section>")[0]
    assert "Imported, nothing claimed" in part
    assert "/doc/country/norway" in part
    assert "imported from World Press Freedom Index" in part
    assert "/doc/country/kazakhstan" not in part


def test_the_rest_of_it_is_where_the_page_leads(client: FlaskClient) -> None:
    page = client.get("/search?limit=1", headers={"Accept": BROWSER}).text
    part = page.partition('id="g-imported"')[2].partition("</section>")[0]
    (onward,) = re.findall(r'<p class="onward"><a href="([^"]+)"', part)
    rest = client.get(onward.replace("&amp;", "&"), headers={"Accept": BROWSER}).text
    assert re.findall(r'<h2 id="g-(\w+)"', rest) == ["imported"]
    assert "/doc/country/norway" in rest


def test_who_is_known_from_claims_about_private_life_alone_stays_unfound(seed_store: Store) -> None:
    person = f"<{ID}person/x>"
    claim = f"{ID}claim/one/a"
    held = f"<{ID.removesuffix('id/')}graph/evidence/popolo>"
    lines = sorted([
        f"<{claim}> {SENSITIVE} \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> .",
        f"<{claim}> <https://w3id.org/samizdat/politics#attributedTo> {person} .",
        f"{person} <http://www.w3.org/2004/02/skos/core#prefLabel> \"X\" {held} .",
        f"<{ID}person/y> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Y\" {held} .",
    ])  # fmt: skip
    imported = searchable_of("".join(f"{line}\n" for line in lines).encode()).imported
    assert [record["id"] for record in imported.records()] == [f"{ID}person/y"]


def test_damage_to_it_is_noticed_and_an_index_without_it_made_anew(seed_store: Store, tmp_path: Path) -> None:
    damaged = publish(seed_store, tmp_path)
    path = damaged.search_path / "imported"
    for one in (damaged.path, path.parent, path):
        one.chmod(0o755)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Norway", b"Narway"))
    with pytest.raises(SnapshotDamaged, match="search/imported"):
        Snapshot(damaged.id, damaged.path).verify()
    path.unlink()
    assert Snapshot(damaged.id, damaged.path).search is None
    Snapshots(damaged.path.parent).publish(list(Store.read_only(str(damaged.store_path))), {})
    assert path.read_bytes() == content
