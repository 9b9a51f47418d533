"""The editorial reader: the text for who may read it, the quotes for everybody, the claims beside them."""

import re
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from server_fixtures import BROWSER, HOSTILE, UNCACHED, FakeEngine, make_app, store

from graph.asking import claims_about
from graph.compression import CODINGS
from graph.dataset import Content
from graph.iris import ID
from ontology.terms import POL
from server.settings import ServerSettings

ONE = "/doc/editorial/one"
SEED = "/doc/editorial/2021-01-progress-kazakhstan"
TEXT = "In short\n\nProgress was banned, and many believe it rigged. She has two children. It will likely struggle.\n"
WORDS = "many believe it rigged"


def read(client: FlaskClient, path: str = ONE, **headers: str) -> str:
    given = {"Accept": BROWSER} | {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.get(path, headers=given)
    assert response.status_code == 200, response.text[:300]
    return response.text


def body(page: str) -> str:
    """The text with its marks, as words."""
    return plain(page.split('<div class="body', 1)[1].partition(">")[2].split("</section>")[0])


def plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


def with_text(folder: Path, settings: ServerSettings = UNCACHED) -> FlaskClient:
    """A client of a server that has the text of the editorial at hand."""
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    content = Store()
    content.extend(store().quads_for_pattern(None, None, None, None))
    editorial, digest = NamedNode(f"{ID}editorial/one"), NamedNode(str(POL.sha256))
    content.remove(Quad(editorial, digest, Literal("00"), DefaultGraph()))
    content.add(Quad(editorial, digest, Literal(sha256(TEXT.encode()).hexdigest()), DefaultGraph()))
    return make_app(FakeEngine(content=content), settings).test_client()


@pytest.fixture
def client() -> FlaskClient:
    return make_app().test_client()


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    monkeypatch.setenv("SAMIZDAT_TEXTS", str(tmp_path))
    return with_text(tmp_path)


@pytest.fixture(scope="module")
def seed(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


def test_without_the_text_its_quotes_stand_in_order_with_ellipses(client: FlaskClient) -> None:
    found = body(read(client))
    assert found == f"[…] Progress was banned■1 […] {WORDS}≈2 […] {HOSTILE}”3 […] will likely struggle→5"


def test_the_text_is_shown_with_its_quotes_where_it_is_at_hand(local: FlaskClient) -> None:
    page = read(local)
    assert body(page) == (
        "In short Progress was banned■1, and many believe it rigged≈2. She has two children. It will likely struggle→5."
    )
    assert f'<span class="held-line lane-0 line-believed">{WORDS}</span>' in page
    # What could not be found in the text stands beside its claim.
    note = page.split('<article class="claim" id="one/hostile"')[1].split("</article>")[0]
    assert HOSTILE in plain(note.split("<blockquote")[1])


@pytest.mark.parametrize(
    "given",
    [{"REMOTE_ADDR": "192.0.2.1"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_FORWARDED": "for=192.0.2.1"}],
    ids=["another machine", "a proxy", "another proxy"],
)
def test_the_text_is_for_this_machine_alone(local: FlaskClient, given: dict[str, str]) -> None:
    page = local.get(ONE, headers={"Accept": BROWSER}, environ_overrides=given).text
    assert "She has two children" not in page
    assert WORDS in page


def test_no_cache_gives_the_text_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMIZDAT_TEXTS", str(tmp_path))
    client = with_text(tmp_path, ServerSettings(cache_mb=16))
    for address, whole in (("127.0.0.1", True), ("192.0.2.1", False), ("127.0.0.1", True)):
        response = client.get(ONE, headers={"Accept": BROWSER}, environ_overrides={"REMOTE_ADDR": address})
        assert ("She has two children" in response.text) is whole
        assert "no-store" in response.headers["Cache-Control"]
        assert "ETag" not in response.headers


@pytest.mark.parametrize(("accepted", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_the_text_is_sent_compressed_all_the_same(local: FlaskClient, accepted: str, coding: str | None) -> None:
    response = local.get(ONE, headers={"Accept": BROWSER, "Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in response.headers["Vary"]
    body = CODINGS[coding].decode(response.data) if coding else response.data
    assert b"She has two children" in body


def test_a_text_that_is_another_by_one_letter_is_not_shown(local: FlaskClient, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.txt").write_text(TEXT + " ", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMIZDAT_TEXTS", str(other))
        assert "It will likely" not in read(local)


def test_quote_and_claim_lead_to_each_other(local: FlaskClient) -> None:
    page = read(local)
    assert re.search(r'id="words/one/rigged" href="#one/rigged"[^>]* aria-label="Claim 2, believed"', page)
    assert 'href="#words/one/rigged"' in page.split('id="one/rigged"')[-1]
    for target in set(re.findall(r'href="#([^"]+)"', page)) - {"main"}:
        assert f'id="{target}"' in page, target


def test_private_life_is_neither_underlined_nor_noted_nor_counted(local: FlaskClient, client: FlaskClient) -> None:
    for page in (read(local), read(client)):
        assert "one/children" not in page
        assert "One claim about private life is not shown here" in page
        assert 'Everything <span class="figure">4</span>' in page
    assert "two children" not in read(client)


def test_the_switch_leaves_what_is_asserted(client: FlaskClient) -> None:
    page = read(client, f"{ONE}?held=asserted")
    assert body(page) == "[…] Progress was banned■1"
    assert re.findall(r'<article class="claim" id="([^"]+)"', page) == ["one/ban"]
    assert 'id="tensions"' not in page


def test_claims_in_tension_face_each_other(client: FlaskClient) -> None:
    pair = plain(read(client).split('<div class="pair">')[1].split("</section>")[0])
    assert pair.index("Progress was banned") < pair.index("in tension with") < pair.index("It will be hard")


def test_names_are_indexed_with_the_claims_that_speak_of_them(client: FlaskClient) -> None:
    index = read(client).split('<section class="names"')[1].split("</section>")[0]
    assert plain(index.split("</h2>")[1]) == "Progress, 1"


def test_what_is_not_stated_of_the_source_is_said(client: FlaskClient) -> None:
    source = plain(read(client).split('id="source"')[1].split("</section>")[0])
    for words in ("DateJanuary 2021", "Authornot stated", "Published bynot stated", "Addressnot stated"):
        assert words in source


def test_long_editorials_come_in_pages(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_about, "CLAIMS", 2)
    assert body(read(client, f"{ONE}?page=3")) == "[…] will likely struggle→5"
    assert "Page 2" in read(client, f"{ONE}?page=2")


def test_it_stays_below_its_prefix_and_in_its_language(client: FlaskClient) -> None:
    response = client.get(f"{ONE}?lang=ru", headers={"Accept": BROWSER}, base_url="http://host.example/there")
    links = re.findall(r'href="(/[^"]*)"', response.text)
    assert links
    assert not [link for link in links if not link.startswith("/there/")]
    assert f'href="/there{ONE.replace("editorial/one", "claim/one/ban")}?lang=ru"' in response.text
    assert '<h1 lang="en">' in response.text


def test_every_claim_of_the_seed_is_read_in_order_with_its_words(seed: FlaskClient, seed_content: Content) -> None:
    page = read(seed, SEED)
    public = [claim for claim in seed_content.editorials[0].claims if not claim.sensitive]
    slugs = [claim.iri.rpartition("/")[2] for claim in public]
    assert re.findall(r'<article class="claim" id="[^"/]+/([^"]+)"', page) == slugs
    shown = re.sub(r"\s*[■”≈→?◊±]\d+", "", plain(re.sub(r"<sup>.*?</sup>", "", body_markup(page))))
    for claim in public:
        for quote in claim.quotes:
            assert " ".join(quote.exact.split()) in shown


def test_the_seed_in_its_text(seed: FlaskClient, texts: tuple[Path, ...], seed_text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMIZDAT_TEXTS", str(texts[0]))
        page = read(seed, SEED)
    text = plain(re.sub(r"<sup>.*?</sup>", "", body_markup(page)).replace("</p>", "</p> "))
    assert text == " ".join(seed_text.split())
    assert '<span class="held-line lane-2 line-evaluated">' in page


def body_markup(page: str) -> str:
    return page.split('<div class="body', 1)[1].partition(">")[2].split("</section>")[0]
