"""Claims that were corrected: three small editorials of our own, the last of which takes back, replaces and revises."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from rdflib import RDF
from repository import REPOSITORY
from server_fixtures import BROWSER, UNCACHED, FakeEngine

from graph import iris
from graph.asking.retractions import retraction_of
from graph.build import build
from graph.checking import check
from graph.dataset import ontology_triples
from graph.jsonld import graph_of, node
from graph.reasoning import derive
from graph.settings import Settings
from graph.snapshot import Snapshot
from graph.snapshots.changes import changes
from ontology.terms import NPX, POL
from server import create_app

DATA = REPOSITORY / "tests" / "data" / "across"
DETAINED = iris.claim("gazette-2001", "strand-detained")
NOT_DETAINED = iris.claim("gazette-2005", "strand-not-detained")
WRONG, RIGHT = (iris.claim("gazette-2005", name) for name in ("strand-heads-party", "strand-heads-both"))
BEFORE, AFTER = iris.claim("gazette-2001", "banned-for-order"), iris.claim("gazette-2005", "banned-for-debts")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data=DATA, texts=(DATA / "texts",), home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def snapshot(settings: Settings) -> Snapshot:
    return build(settings).snapshot


@pytest.fixture(scope="module")
def store(snapshot: Snapshot) -> Store:
    return Store.read_only(str(snapshot.store_path))


@pytest.fixture(scope="module")
def client(snapshot: Snapshot, store: Store) -> Iterator[FlaskClient]:
    app = create_app(UNCACHED, engine=FakeEngine(content=store), snapshot=snapshot)
    with app.test_client() as client:
        yield client


def of(store: Store, claim: str) -> list[Quad]:
    """What is said of a claim and its nodes, in whatever graph."""
    return [
        quad for quad in store if isinstance(quad.subject, NamedNode) and quad.subject.value.partition("#")[0] == claim
    ]


@pytest.mark.parametrize("claim", [DETAINED, WRONG])
def test_what_was_taken_back_stays_in_its_graphs_alone(store: Store, claim: str) -> None:
    graphs = {graph_of(quad) for quad in of(store, claim)}
    assert graphs == {iris.part(claim, name) for name in iris.PARTS}


def test_nothing_rests_on_what_was_taken_back(store: Store, settings: Settings) -> None:
    """The first editorial alone has it that Strand was detained; with the one that takes it back, nobody has."""
    kind, strand = NamedNode(str(POL.DetainedPerson)), NamedNode(f"{iris.ID}person/ilo-strand")
    alone = check(settings, [DATA / "claims" / "gazette-2001.yaml"], reason=False).content
    assert alone is not None
    believed = {(quad.subject, quad.object) for quad in derive(ontology_triples(), alone.asserted())}
    assert (strand, kind) in believed
    assert not list(store.quads_for_pattern(strand, None, kind, None))


def test_what_was_revised_stands_beside_what_revises_it(store: Store) -> None:
    for claim in (BEFORE, AFTER):
        assert "" in {graph_of(quad) for quad in of(store, claim)}
    assert retraction_of(FakeEngine(content=store), BEFORE) is None


def test_a_retraction_is_said_in_the_assertion_and_a_replacement_in_the_publication_info(store: Store) -> None:
    retracts = store.quads_for_pattern(NamedNode(NOT_DETAINED), NamedNode(str(NPX.retracts)), NamedNode(DETAINED), None)
    assert {graph_of(quad) for quad in retracts} == {"", f"{NOT_DETAINED}#assertion"}
    instead = store.quads_for_pattern(NamedNode(RIGHT), NamedNode(str(NPX.supersedes)), NamedNode(WRONG), None)
    assert {graph_of(quad) for quad in instead} == {"", f"{RIGHT}#pubinfo"}


@pytest.mark.parametrize(("old", "new"), [(DETAINED, NOT_DETAINED), (WRONG, RIGHT)])
def test_the_old_address_says_what_took_its_place(client: FlaskClient, old: str, new: str) -> None:
    path = old.removeprefix(iris.ID)
    problem = client.get(f"/id/{path}", headers={"Accept": "application/json"})
    assert problem.status_code == 410
    assert f"read <{new}>; its own named graphs still have it" in problem.get_json()["hint"]
    page = client.get(f"/id/{path}", headers={"Accept": BROWSER})
    assert page.status_code == 410
    assert re.search(rf'<a [^>]*href="[^"]*{new.removeprefix(iris.ID)}', page.text)


@pytest.mark.parametrize(
    ("old", "new", "heading"), [(DETAINED, NOT_DETAINED, "takes back"), (WRONG, RIGHT, "replaces")]
)
def test_the_page_of_the_new_claim_leads_to_the_old_one(client: FlaskClient, old: str, new: str, heading: str) -> None:
    page = client.get(f"/doc/{new.removeprefix(iris.ID)}.html").text
    assert re.search(rf'It {heading}</h2>\s*<ul><li lang="en"><a [^>]*href="[^"]*{old.removeprefix(iris.ID)}', page)
    told = page.partition('id="on-states"')[2].partition("</section>")[0]
    assert "retracts" not in told


def test_what_was_revised_and_what_revises_it_name_each_other(client: FlaskClient) -> None:
    for claim, heading in ((BEFORE, "It is revised by"), (AFTER, "It revises")):
        assert f"{heading}</h2>" in client.get(f"/doc/{claim.removeprefix(iris.ID)}.html").text


def test_a_prediction_names_its_outcome(client: FlaskClient) -> None:
    page = client.get("/doc/claim/gazette-2001/docks-by-june.html").text
    assert "That it did not come about is said by</h2>" in page
    assert "docks-not-reopened" in page


@pytest.mark.parametrize("address", ["/claims", "/doc/editorial/gazette-2005.html", "/search?q=strand"])
def test_what_was_taken_back_is_listed_nowhere(client: FlaskClient, address: str) -> None:
    page = client.get(address, headers={"Accept": BROWSER}).text
    assert "strand-heads-both" in page
    assert "strand-heads-party" not in page


def test_one_file_is_checked_against_the_claims_of_others_that_it_names(settings: Settings) -> None:
    found = check(settings, [DATA / "claims" / "gazette-2005.yaml"], reason=False)
    assert found.problems == ()


def test_what_is_published_together_with_what_takes_it_back_is_no_news(snapshot: Snapshot) -> None:
    told = {one.entry.iri for one in changes(iter(()), snapshot.register.lines(), lambda _: None)}
    assert {NOT_DETAINED, RIGHT, BEFORE, AFTER} <= told
    assert not {DETAINED, WRONG} & told


def test_a_later_snapshot_tells_of_corrections_as_such(snapshot: Snapshot, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "entities").symlink_to(DATA / "entities")
    (tmp_path / "data" / "claims").mkdir()
    for name in ("gazette-2001", "mirror-2001"):
        (tmp_path / "data" / "claims" / f"{name}.yaml").symlink_to(DATA / "claims" / f"{name}.yaml")
    earlier = build(replace(settings, data=tmp_path / "data", home=tmp_path)).snapshot
    before, after = earlier.register, snapshot.register
    found = {(one.how, one.cause) for one in changes(before.lines(), after.lines(), before.find) if one.cause}
    assert found == {("retracted", NOT_DETAINED), ("corrected", AFTER)}


def test_what_was_taken_back_is_counted_apart(snapshot: Snapshot, client: FlaskClient, store: Store) -> None:
    counts = snapshot.manifest["counts"]
    standing = list(store.quads_for_pattern(None, node(RDF.type), node(POL.Claim), DefaultGraph()))
    assert counts["claims"] == len(standing) == sum(counts["modalities"].values())
    assert counts["taken back"] == len({DETAINED, WRONG}) == counts["classes"]["Claim"] - counts["claims"]
    page = client.get("/dataset", headers={"Accept": BROWSER}).text
    assert re.search(r"<dt>claims that were taken back, in named graphs alone</dt><dd>2</dd>", page)
    home = client.get("/", headers={"Accept": BROWSER}).text
    assert re.search(rf">\s*{counts['claims']}\b", home)
