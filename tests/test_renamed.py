"""A thing that got another name: its old address leads to the new one, and nothing else may have the old name."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, Store
from rdflib import DCTERMS
from repository import REPOSITORY
from server_fixtures import BROWSER, FakeEngine, make_app

from graph.build import build
from graph.checking import check
from graph.errors import InvalidInput, SamizdatError
from graph.iris import ID
from graph.settings import Settings

OLD, NEW = "party/ruling-party-unnamed", "party/ruling-party-in-2021-01-progress-kazakhstan"
FORMS = {"": "text/html", ".ttl": "text/turtle", ".jsonld": "application/ld+json"}


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "graph" / "data", tmp_path / "data")
    return tmp_path / "data"


def entities(data: Path) -> Path:
    return data / "entities" / "parties.yaml"


def checked(data: Path) -> list[str]:
    return [str(problem) for problem in check(Settings(data=data, texts=(), home=data), reason=False).problems]


@pytest.mark.parametrize("ending", FORMS)
def test_the_old_address_leads_to_the_new_one_in_the_same_form(ending: str, client: FlaskClient) -> None:
    response = client.get(f"/doc/{OLD}{ending}?lang=ru", headers={"Accept": BROWSER})
    assert (response.status_code, response.headers["Location"]) == (301, f"/doc/{NEW}{ending}?lang=ru")
    assert f'<{ID}{NEW}>; rel="successor-version"' in response.headers["Link"]
    there = client.get(response.headers["Location"], headers={"Accept": BROWSER})
    assert (there.status_code, there.mimetype) == (200, FORMS[ending])


def test_the_old_name_leads_there_too(client: FlaskClient) -> None:
    response = client.get(f"/id/{OLD}", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert response.status_code == 200
    assert response.request.path == f"/doc/{NEW}"
    assert f"<{ID}{OLD}>" in response.text, "programs are told what it was called"


def test_the_page_says_nothing_of_its_old_name_in_sentences(client: FlaskClient) -> None:
    page = client.get(f"/doc/{NEW}", headers={"Accept": BROWSER}).text
    assert "replaces" not in page.partition('class="record"')[0]


def test_nothing_else_is_said_of_the_old_name(seed_store: Store) -> None:
    said = list(seed_store.quads_for_pattern(NamedNode(f"{ID}{OLD}"), None, None))
    named = list(seed_store.quads_for_pattern(None, None, NamedNode(f"{ID}{OLD}"), DefaultGraph()))
    assert not said
    assert [(str(quad.subject), quad.predicate.value) for quad in named] == [(f"<{ID}{NEW}>", str(DCTERMS.replaces))]


def test_other_addresses_lead_nowhere_else(client: FlaskClient) -> None:
    assert client.get("/doc/party/progress", headers={"Accept": BROWSER}).status_code == 200
    assert client.get("/doc/party/no-such-party", headers={"Accept": BROWSER}).status_code == 404


@pytest.mark.parametrize("incremental", [False, True])
def test_the_old_name_cannot_be_given_again(incremental: bool, data: Path) -> None:
    file = entities(data)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text + f"  - {{ id: {OLD}, type: PoliticalParty, prefLabel: {{ en: Another }} }}\n", encoding="utf-8"
    )
    if incremental:
        with pytest.raises(InvalidInput) as caught:
            build(Settings(data=data, texts=(), home=data / "home"))
        problems = [str(problem) for problem in caught.value.problems]
    else:
        problems = checked(data)
    (problem,) = problems
    assert f"{OLD} is already the name of what stands at" in problem


@pytest.mark.parametrize("value", ["nothing at all", "party/Ruling", "''"])
def test_what_is_no_path_is_refused(value: str, data: Path) -> None:
    file = entities(data)
    file.write_text(
        file.read_text(encoding="utf-8").replace(f"replaces: {OLD}", f"replaces: {value}"), encoding="utf-8"
    )
    try:
        problems = checked(data)
    except SamizdatError as error:
        problems = [str(error)]
    assert any("write the path that the thing had before" in problem for problem in problems), problems
