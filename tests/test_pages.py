"""The pages: what they say, that nothing breaks out of them, and that no link of theirs is dead."""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store
from seed_app import RememberingEngine
from server_fixtures import BROWSER, HOSTILE, PARTY, make_app, make_client

from graph.dataset import Content
from ontology.base import BASE, rebased
from queries import questions
from server.settings import SETTINGS, ServerSettings

START = ["/", "/claims", "/query", "/politics", "/problems", "/sparql", "/nope"]


class Page(HTMLParser):
    """A parsed page: its tags with attributes, its ids, its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, attribute: str) -> list[str]:
        return [attributes[attribute] for name, attributes in self.tags if name == tag and attribute in attributes]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


VARIANT = re.compile(r"[?&](lang|held|view)=|/search\?|^/snapshot/")
"""A page in another language or reading, of the past, or what was found: looked at, but not crawled on from."""


def visit(client: FlaskClient, path: str, status: int = 200) -> Page:
    response = client.get(path, headers={"Accept": BROWSER})
    assert response.status_code == status, f"{path}: {response.text[:400]}"
    return Page(response.text)


def crawl(client: FlaskClient) -> dict[str, Page]:
    """Every page that can be reached by links, by its address; fails at the first that does not answer."""
    found: dict[str, Page] = {}
    waiting = list(START)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        response = client.get(path, headers={"Accept": BROWSER}, follow_redirects=True, buffered=True)
        assert response.status_code == (404 if path == "/nope" else 200), f"{path}: {response.text[:400]}"
        found[path] = Page(response.text if response.mimetype == "text/html" else "")
        links = found[path].all("a", "href") + found[path].all("link", "href")
        if not VARIANT.search(path):
            ours = (urldefrag(urljoin(path, link))[0] for link in links if link.startswith("/"))
            waiting += [link for link in ours if path in START or "lang=" not in link]
    return found


@pytest.fixture(scope="module")
def site(client: FlaskClient) -> dict[str, Page]:
    return crawl(client)


@pytest.fixture(scope="module")
def seed_site(seed_store: Store) -> dict[str, Page]:
    """The whole site over the project's own data and questions."""
    return crawl(make_app(RememberingEngine(content=seed_store), catalogue=questions()).test_client())


def test_every_link_on_every_page_leads_somewhere(site: dict[str, Page]) -> None:
    assert {"/doc/person/asya", "/doc/claim/one/ban", "/questions/rigged", "/claims?modality=believed"} <= set(site)


def test_every_thing_claim_and_question_of_the_seed_is_reached_by_links(
    seed_site: dict[str, Page], seed_content: Content
) -> None:
    things = [entity.iri for entity in seed_content.entities]
    things += [claim.iri for editorial in seed_content.editorials for claim in editorial.claims]
    expected = {iri.replace(f"{BASE}id/", "/doc/") for iri in things} | {f"/questions/{name}" for name in questions()}
    assert not expected - set(seed_site)


@pytest.mark.parametrize("which", ["site", "seed_site"])
def test_every_fragment_that_a_page_links_to_is_there(which: str, request: pytest.FixtureRequest) -> None:
    pages: dict[str, Page] = request.getfixturevalue(which)
    for path, page in pages.items():
        for link in page.all("a", "href"):
            target, fragment = urldefrag(urljoin(path, link))
            if target in pages and fragment:
                assert fragment in pages[target].ids, f"{path} links to {link}"


@pytest.mark.parametrize("which", ["site", "seed_site"])
def test_no_id_stands_twice_on_a_page(which: str, request: pytest.FixtureRequest) -> None:
    for path, page in request.getfixturevalue(which).items():
        assert len(page.ids) == len(set(page.ids)), path


def test_nothing_breaks_out_of_a_page(site: dict[str, Page]) -> None:
    for path, page in site.items():
        tags = {tag for tag, _ in page.tags}
        assert not tags & {"style", "b", "iframe", "object"}, path
        # A block of data is not run; what is run are files of ours.
        scripts = [attributes for tag, attributes in page.tags if tag == "script"]
        for attributes in scripts:
            data = attributes.get("type") in ("application/ld+json", "application/json") and "src" not in attributes
            assert data or attributes["src"].startswith("/static/built/"), path
        for _, attributes in page.tags:
            assert not [name for name in attributes if name.startswith("on") or name == "style"], path
        links = page.all("a", "href")
        assert all(link.startswith(("/", "#", "https://", "http://")) for link in links), path


@pytest.mark.parametrize("path", ["/claims", "/doc/person/hostile", "/doc/claim/one/hostile", "/questions/rigged"])
def test_hostile_text_is_shown_as_it_is(client: FlaskClient, path: str) -> None:
    assert HOSTILE in visit(client, path).text


def test_every_page_has_a_title_a_language_one_heading_and_a_way_past_the_masthead(site: dict[str, Page]) -> None:
    for path, page in site.items():
        names = [tag for tag, _ in page.tags]
        if not names:
            continue
        assert names.count("title") == names.count("h1") == names.count("main") == 1, path
        asked = re.search(r"[?&]lang=(\w+)", path)
        assert page.all("html", "lang") == [asked[1] if asked else "en"]
        assert page.all("a", "href")[0] == "#main"


def test_claims_stand_in_the_order_of_the_text_with_mark_word_and_quote(client: FlaskClient) -> None:
    page = visit(client, "/claims")
    assert [name for name in page.ids if name.startswith("one/")] == [
        f"one/{slug}" for slug in ("ban", "rigged", "hostile", "children", "hard")
    ]
    for words in (
        "■asserted In the editorial’s own voice Progress was banned",
        "≈believed The editorial says that officials believe that … The election was rigged many believe it rigged",
        "claim that …",
        "Condition if it lives",
        "In tension with Progress was banned",
        "Private life",
    ):
        assert words in page.words


def test_claims_can_be_those_of_one_modality(client: FlaskClient) -> None:
    page = visit(client, "/claims?modality=believed")
    assert [name for name in page.ids if name.startswith("one/")] == ["one/rigged"]
    visit(client, "/claims?modality=certain", 404)


def test_an_answer_names_things_and_quotes_the_claims_in_its_rows(client: FlaskClient) -> None:
    page = visit(client, "/questions/banned")
    voice = "Claim 1 ■asserted In the editorial’s own voice Progress was banned Progress was banned"
    assert "Answer: 5 rows" in page.words
    assert f"party Progress {voice}" in page.words
    assert "will likely struggle" in page.words
    assert "The downloads also have the columns claim," in page.words
    assert "/doc/party/progress" in page.all("a", "href")
    assert "Прогресс" not in page.words


def test_downloads_are_the_same_answer(client: FlaskClient) -> None:
    page = visit(client, "/questions/banned")
    (csv,) = [link for link in page.all("a", "href") if "format=csv" in link]
    response = client.get(csv, headers={"Accept": BROWSER})
    assert response.mimetype == "text/csv"
    assert response.text.count(PARTY) == 5


def test_a_question_is_answered_for_the_parameters_of_its_form(client: FlaskClient) -> None:
    assert "one row" in visit(client, "/questions/about").words
    page = visit(client, "/questions/about?who=id/group/officials")
    assert "many believe it rigged" in page.words
    choices = [attributes for tag, attributes in page.tags if tag == "option"]
    assert [choice["value"] for choice in choices] == [
        *("id/person/hostile", "id/person/asya", "id/party/progress", "id/group/officials"),
    ]
    assert [choice["value"] for choice in choices if "selected" in choice] == ["id/group/officials"]


def test_a_value_that_is_no_choice_stays_in_the_form(client: FlaskClient) -> None:
    page = visit(client, "/questions/about?who=id/person/nobody")
    assert page.all("input", "value") == ["id/person/nobody"]
    assert "Nothing found." in page.words


def test_a_default_stands_for_an_empty_field(client: FlaskClient) -> None:
    assert "one row" in visit(client, "/questions/about?who=").words


@pytest.mark.parametrize("query", ["who=not an iri>", "whom=id/person/asya"])
def test_a_parameter_that_does_not_fit_is_400(client: FlaskClient, query: str) -> None:
    assert "parameter" in visit(client, f"/questions/about?{query}", 400).words


@pytest.mark.parametrize(
    ("name", "words"),
    [("rigged", "No."), ("nothing", "Nothing found."), ("everything", "lines")],
)
def test_other_answers_are_put_in_words(client: FlaskClient, name: str, words: str) -> None:
    assert words in visit(client, f"/questions/{name}").words


def test_the_query_page_answers_and_keeps_the_query(client: FlaskClient) -> None:
    page = visit(client, "/query?query=SELECT+%28%22%3C%2Ftextarea%3E%3Cb%3E%22+AS+%3Fx%29+%7B%7D")
    assert 'SELECT ("</textarea><b>" AS ?x) {}' in page.text
    assert "one row" in page.words


def test_a_claim_shows_its_four_graphs(client: FlaskClient) -> None:
    page = visit(client, "/doc/claim/one/ban")
    assert {"head", "assertion", "provenance", "pubinfo", "ban"} <= set(page.ids)
    assert "Claim 1 of Of bans & <i>parties</i>" in page.words


def test_a_person_s_page_leaves_private_life_out_and_says_so(client: FlaskClient) -> None:
    page = visit(client, "/doc/person/asya")
    assert "One claim about private life is not listed here" in page.words
    assert "has two children" not in page.words


def test_an_address_that_could_break_a_query_is_404(client: FlaskClient) -> None:
    visit(client, "/doc/person/x%3E%20%7D%20%23", 404)


def test_the_ontology_is_turtle_for_programs_and_terms_for_people(client: FlaskClient) -> None:
    turtle = client.get("/politics", headers={"Accept": "text/turtle"})
    assert turtle.mimetype == "text/turtle"
    assert rebased("<https://w3id.org/samizdat/politics>") in turtle.text
    assert "PartyBan" in visit(client, "/politics").ids
    assert client.get("/politics", headers={"Accept": "image/png"}).status_code == 406


def test_small_pages(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok", "snapshot": "5a" * 32}
    assert "Disallow: /sparql" in client.get("/robots.txt").text
    assert client.get("/favicon.ico").status_code == 301


def test_every_setting_has_a_variable_and_help() -> None:
    for variable, setting in SETTINGS.items():
        assert variable.startswith("SAMIZDAT_")
        assert setting.help
    assert ServerSettings.from_environment({}) == ServerSettings()
    changed = ServerSettings(port=0, seconds=2.5, host="::1")
    assert ServerSettings.from_environment(changed.to_environment()) == changed


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(client: FlaskClient, scheme: str) -> None:
    blocks = client.get("/static/samizdat.css", buffered=True).text.split("prefers-color-scheme: dark")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", blocks[scheme == "dark"].split("}")[0]))
    for ground in ("paper", "sheet"):
        for text in ("ink", "soft", "accent"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_a_file_may_be_kept_for_good_by_the_address_that_names_its_bytes(client: FlaskClient) -> None:
    page = client.get("/claims", headers={"Accept": BROWSER}).text
    named = re.search(r'"(/static/samizdat\.css\?v=\w+)"', page)
    assert named
    for address, kept in ((named[1], True), ("/static/samizdat.css", False), ("/static/samizdat.css?v=0", False)):
        with client.get(address, headers={"Accept-Encoding": "br"}) as found:
            assert ("immutable" in found.headers["Cache-Control"]) == kept, address
            assert found.headers["Content-Encoding"] == "br"
            assert found.headers["ETag"].startswith('"')
