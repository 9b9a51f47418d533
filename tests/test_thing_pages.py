"""The pages of things and claims: every sentence with its words, whose it is and how it is held; no private life."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store
from repository import SEED as SEED_FOLDER
from server_fixtures import BROWSER, HOSTILE, FakeEngine, make_app, make_client

from queries import questions
from server.site.patterns import KINDS
from server.site.things.missing import QUESTION, ROW, WORDS, table
from server.site.things.sections import PLACE, SECTIONS

SEED = "claim/2021-01-progress-kazakhstan"
CHAIN = "The editorial says that many (people not named) believe that …"
VOID = {"meta", "link", "input", "br", "hr"}


class Read(HTMLParser):
    """The text of a page in parts: of each element with one of the classes that are looked for."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.parts: dict[str, list[str]] = {}
        self._open: list[list[str]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.hrefs += [given["href"]] if tag == "a" else []
        if tag not in VOID:
            self._open.append([*given.get("class", "").split(), given.get("id", ""), tag])
            for name in set(self._open[-1]) - {""}:
                self.parts.setdefault(name, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for name in {name for names in self._open for name in names if name}:
            self.parts[name][-1] += data

    def of(self, name: str) -> list[str]:
        """The texts of the elements with a class, an id or a tag."""
        return [" ".join(text.replace("\u2060", "").split()) for text in self.parts.get(name, [])]

    @property
    def words(self) -> str:
        return " ".join(self.text.replace("\u2060", "").split())


Reader = Callable[..., Read]


@pytest.fixture(scope="module")
def seed(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


@pytest.fixture(scope="module")
def read(seed: FlaskClient) -> Reader:
    def read(path: str, **query: str) -> Read:
        response = seed.get(f"/doc/{path}", query_string=query, headers={"Accept": BROWSER})
        assert response.status_code == 200, response.text[:300]
        return Read(response.text)

    return read


def test_a_lead_says_only_what_is_asserted(read: Reader) -> None:
    (lead,) = read("person/nursultan-nazarbayev").of("lead")
    assert lead.startswith("Nursultan Nazarbayev was “in power” in Kazakhstan from 1989 until 2019.■ (asserted)1")
    for path in ("person/nursultan-nazarbayev", "event/elections-won-by-nazarbayev-and-tokayev", "country/kazakhstan"):
        for lead in read(path).of("lead"):
            assert not re.search("manipulated|rigg|implausible|claim that|abysmal", lead)


def test_a_thing_says_what_it_is(read: Reader) -> None:
    assert read("party/progress").of("lead")[0].startswith("Progress is a political party of Kazakhstan.§ (recorded)")
    assert read("government/kazakhstan").of("lead")[0].startswith("Government of Kazakhstan is the government of Kaz")


def test_every_reference_leads_to_its_words_and_these_lead_back(read: Reader) -> None:
    for path in ("person/asya-tulesova", "party/progress", "sector/tv-stations-of-kazakhstan", "country/kazakhstan"):
        page = read(path)
        marks = [href[1:] for href in page.hrefs if href.startswith("#source-")]
        backs = [href[1:] for href in page.hrefs if href.startswith("#ref-")]
        assert marks
        assert set(marks) | set(backs) <= set(page.ids), path
        assert len(marks) == len(backs) == len(set(backs)), path
        assert len(page.ids) == len(set(page.ids)), path
    words = " ".join(read("person/asya-tulesova").of("source"))
    assert "has been detained several times for her participation in political protests" in words


def test_what_others_hold_is_shown_with_the_whole_chain(read: Reader) -> None:
    page = read("event/elections-won-by-nazarbayev-and-tokayev")
    (rigged,) = [fact for fact in page.of("fact") if "manipulated" in fact]
    assert rigged.startswith(f"≈believed{CHAIN} The vote was manipulated, “state-sanctioned election rigging”")
    (claimed,) = [
        fact for fact in read("group/officials-of-kazakhstan").of("fact") if "existence of an opposition" in fact
    ]
    assert "The editorial says that officials of Kazakhstan and Nursultan Nazarbayev claim that …" in claimed


def test_every_fact_bears_a_mark_and_the_word_for_it(read: Reader) -> None:
    words = "asserted|reported|believed|predicted|doubted|conditional|evaluated|derived|recorded"
    for path in ("party/progress", "country/kazakhstan", "party/nur-otan"):
        facts = read(path).of("fact")
        assert facts
        assert all(re.match(rf"[■”≈→?◊±∴§]({words})", fact) for fact in facts), path


def test_the_switch_leaves_only_what_is_asserted_and_counts_both(read: Reader) -> None:
    everything, asserted = read("party/progress"), read("party/progress", held="asserted")
    assert len(asserted.of("fact")) < len(everything.of("fact"))
    assert not [fact for fact in asserted.of("fact") if not re.match("■asserted|∴derived|§recorded", fact)]
    assert everything.of("switch") == asserted.of("switch")
    assert re.fullmatch(r"Everything (\d+) ■Only what is asserted (\d+)", everything.of("switch")[0])


def test_what_is_not_stated_is_said_and_not_filled_in(read: Reader) -> None:
    (ban,) = [fact for fact in read("party/democratic-choice-party").of("fact") if "was banned." in fact]
    assert "Not stated who banned it; when" in ban
    assert "Not stated" not in " ".join(
        fact for fact in read("government/kazakhstan").of("fact") if "TV stations" in fact and "■" in fact
    )


def test_what_is_missing_is_what_the_saved_question_asks() -> None:
    assert {words for _, _, words in ROW.findall(questions()[QUESTION].text)} == set(WORDS)
    assert sum(len(pairs) for pairs in table().values()) == len(ROW.findall(questions()[QUESTION].text)) > 10


def test_private_life_is_nowhere_on_a_page_of_a_thing(read: Reader) -> None:
    page = read("person/aliya-zholboldina")
    assert "One claim about private life is not listed here." in page.words
    assert "two young children" not in page.words


def test_names_stand_as_printed_with_their_words(read: Reader) -> None:
    (names,) = read("person/nursultan-nazarbayev").of("names")
    assert re.search(r"Nursutlan Nazerbayevas printed\d", names)
    assert "Қазақстанalso" in read("country/kazakhstan").of("names")[0]


def test_what_is_derived_leads_to_its_proof(read: Reader, seed: FlaskClient) -> None:
    page = read("party/democratic-choice-party")
    assert [fact for fact in page.of("fact") if fact.startswith("∴derived Democratic Choice Party is a banned party.")]
    (why,) = [href for href in page.hrefs if href.startswith("/why")][:1]
    assert seed.get(why).status_code == 200


def test_a_thing_of_which_nobody_says_anything_has_a_page(read: Reader) -> None:
    assert "Recorded in this graph" in read("law/constitution-of-kazakhstan").words


def test_a_claim_says_whose_it_is_before_what_it_says(read: Reader) -> None:
    page = read(f"{SEED}/elections-rigged")
    assert page.of("chain") == [CHAIN]
    assert page.of("meaning") == ["≈believed The source says that somebody believes it."]
    assert page.of("mark")[-1] or page.of("context")
    assert "Both have won elections by implausible margins" in page.of("context")[0]
    assert "The vote was manipulated" in page.of("fact")[0]


def test_a_claim_stands_with_what_it_is_in_tension_with_and_supports(read: Reader) -> None:
    page = read(f"{SEED}/government-media-control")
    assert {"In tension with", "It supports"} <= set(page.of("h2"))
    assert "It is disputed by" in read(f"{SEED}/officials-support-opposition").of("h2")


def test_a_condition_is_part_of_the_chain(read: Reader) -> None:
    (chain,) = read(f"{SEED}/turning-point").of("chain")
    assert chain == (
        "The editorial says, on the condition “If their party is able to survive and gain seats in Parliament”, that …"
    )


def test_hostile_names_and_words_are_text(seed: FlaskClient) -> None:
    client = make_client()
    for path in ("person/hostile", "claim/one/hostile", "person/asya"):
        source = client.get(f"/doc/{path}", headers={"Accept": BROWSER}).text
        assert "<script>alert" not in source
        assert 'onmouseover="' not in source
    assert HOSTILE in Read(client.get("/doc/person/hostile", headers={"Accept": BROWSER}).text).text


def test_links_stay_below_the_address_that_the_site_is_mounted_at(seed: FlaskClient) -> None:
    source = seed.get("/doc/party/progress", headers={"Accept": BROWSER}, base_url="http://localhost/graph/").text
    ours = [href for href in Read(source).hrefs if href.startswith("/")]
    assert ours
    assert all(href.startswith("/graph/") for href in ours)


def test_the_tables_of_headings_know_the_same_names() -> None:
    assert set(PLACE.values()) <= set(SECTIONS)
    assert set(KINDS)


@pytest.mark.parametrize("path", ["person/nursultan-nazarbayev", "country/kazakhstan"])
def test_no_query_of_a_page_reads_the_graph_whole(seed_store: Store, path: str) -> None:
    engine = FakeEngine(content=seed_store)
    make_app(engine).test_client().get(f"/doc/{path}", headers={"Accept": BROWSER})
    texts = [query.text for query, _, _ in engine.seen]
    assert len(texts) <= 40
    for text in texts:
        # Each begins at a thing, a claim or a graph that it names.
        assert "/id/" in text or "/graph/inferred#" in text or "<http" in text.partition("WHERE")[2], text


AROUND = "Recently two women have stated"
"""What stands after the words of the claim about rigging."""


@pytest.mark.parametrize(("headers", "is_shown"), [({}, True), ({"X-Forwarded-For": "192.0.2.1"}, False)])
def test_the_text_around_a_quote_is_for_this_machine_alone_and_in_no_cache(
    seed: FlaskClient, seed_text: str, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], is_shown: bool
) -> None:
    assert AROUND in seed_text
    monkeypatch.setenv("SAMIZDAT_TEXTS", str(SEED_FOLDER))
    response = seed.get(f"/doc/{SEED}/elections-rigged", headers={"Accept": BROWSER, **headers})
    assert response.headers["Cache-Control"] == "private, no-store"
    assert (AROUND in response.text) is is_shown


def test_where_the_text_is_not_at_hand_a_claim_has_its_quote_alone(
    seed: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMIZDAT_TEXTS", raising=False)
    response = seed.get(f"/doc/{SEED}/elections-rigged", headers={"Accept": BROWSER})
    assert "no-store" not in response.headers.get("Cache-Control", "")
    assert AROUND not in response.text
    assert Read(response.text).of("context")[0].startswith("… Both have won elections")
