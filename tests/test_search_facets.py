"""What narrows a search: topics that follow from the ontology, counts that hold; and the words that are marked."""

import pytest
from pyoxigraph import Store
from rdflib import Graph
from rdflib.namespace import OWL, RDF
from search_fixtures import searchable_of
from server_fixtures import store

from graph.searching.facets import FacetCollector
from graph.searching.index import Record
from graph.searching.marks import excerpt, marks
from graph.searching.narrowing import FACETS, counted, fits
from graph.searching.search import search
from graph.searching.searchable import Searchable
from graph.segments.lines import canonical, sorted_lines
from graph.topics import ABOUT, ANY, STATED, TOPIC_OF, TOPICS, topics
from ontology.base import BASE
from ontology.terms import POL
from ontology.vocabulary import source

EDITORIAL = "2021-01-progress-kazakhstan"


@pytest.fixture(scope="module")
def seed(seed_store: Store) -> Searchable:
    return searchable_of(sorted_lines(seed_store))


def claim(seed: Searchable, slug: str) -> Record:
    found = seed.claims.find(f"{BASE}id/claim/{EDITORIAL}/{slug}")
    assert found
    return found


def test_every_class_of_the_ontology_is_of_a_topic_or_of_none() -> None:
    known = Graph().parse(data=source("politics.ttl"), format="turtle")
    ours = {str(term) for term in known.subjects(RDF.type, OWL.Class) if str(term).startswith(f"{BASE}politics#")}
    assert ours
    assert ours == (TOPIC_OF.keys() & ours) | ANY
    assert not TOPIC_OF.keys() & ANY


def test_no_term_is_of_two_topics() -> None:
    assert len(TOPIC_OF) == sum(map(len, STATED.values()))
    assert set(ABOUT.values()) <= set(TOPICS)


def test_topics_follow_from_what_is_stated_and_from_what_it_is_about() -> None:
    assert topics([str(POL.PartyBan), str(POL.ground)]) == ["bans"]
    assert topics([str(POL.Statement)], ["party", "person"]) == ["parties"]
    assert topics([str(POL.Detention), str(POL.MediaControl)]) == ["detentions", "media"]
    assert topics([str(POL.Statement)], ["person"]) == []


def test_a_claim_has_its_facets(seed: Searchable) -> None:
    assert claim(seed, "democratic-choice-party-banned")["facets"] == {
        "kind": ["claim"],
        "country": ["kazakhstan"],
        "held-as": ["asserted"],
        "topic": ["bans"],
        "editorial": [EDITORIAL],
        "year": ["2021"],
    }


def test_a_belief_is_of_its_modality_and_a_person_of_no_country_that_nobody_states(seed: Searchable) -> None:
    believed = [record for record in seed.claims.records() if record["facets"]["held-as"] == ["believed"]]
    assert believed
    assert all(record["modality"].endswith("#believed") for record in believed)
    person = seed.things.find(f"{BASE}id/person/asya-tulesova")
    assert person
    assert person["facets"] == {"kind": ["person"]}


def test_a_date_of_many_years_is_known_by_its_ends() -> None:
    found = FacetCollector(f"{BASE}id/")
    for moment, days in (("m", ("1989-01-01", "1991-12-31")), ("n", ("1900-01-01", "1999-12-31"))):
        for day in days:
            found.bounds(moment, day)
    years = [found.of_thing(f"{BASE}id/event/x", {str(POL.date): {moment}})["year"] for moment in "mn"]
    assert years == [["1989", "1990", "1991"], ["1900", "1999"]]


def test_what_is_chosen_leaves_what_has_it(seed: Searchable) -> None:
    narrowing = seed.narrowing[1]
    for chosen in ({"topic": ["bans", "elections"]}, {"topic": ["parties"], "held-as": ["predicted", "believed"]}):
        left = [record["id"] for record in narrowing.listed(chosen)]
        assert left == [record["id"] for record in seed.claims.records() if fits(record, chosen)]
        assert 0 < len(left) == narrowing.number(chosen) < len(seed.claims)
        assert {hit.record["id"] for hit in search(seed.claims, "kazakhstan", within=narrowing.within(chosen))} <= set(
            left
        )
    assert narrowing.number({"topic": ["none"]}) == 0
    assert narrowing.number({}) == len(seed.claims)


def test_counts_are_those_of_each_value_after_the_other_facets(seed: Searchable) -> None:
    narrowing = seed.narrowing[1]
    chosen = {"held-as": ["asserted"], "topic": ["parties"]}
    counts = narrowing.counts(chosen)
    assert set(counts) == set(FACETS)
    for facet, values in counts.items():
        for value, number in values.items():
            assert number == narrowing.number({**chosen, facet: [value]}), (facet, value)
    assert len(counts["held-as"]) > 1, "the values beside the chosen one are there to be chosen"
    every = counted(seed.claims.records())
    assert {facet: dict(values) for facet, values in every.items()} == narrowing.counts({})


def test_what_is_private_is_in_no_count() -> None:
    made = searchable_of(canonical(store()))
    found = made.narrowing[1].counts({})
    assert sum(found["held-as"].values()) == len(made.claims) == 4
    assert found["topic"] == {"bans": 1, "elections": 1}


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Nursultan Nazarbayev", "Назарбаев", ["Nazarbayev"]),
        ("Asya Tulesova", "tul", ["Tulesova"]),
        ("Democratic Choice of Kazakhstan", "democratik choice", ["Democratic", "Choice"]),
        ("Kassym-Jomart Tokayev", "jomart", ["Kassym-Jomart"]),
        ("nothing of it", "zzz", []),
        ("nothing of it", "", []),
    ],
)
def test_the_words_that_were_looked_for_are_marked(text: str, query: str, marked: list[str]) -> None:
    assert [text[begin:end] for begin, end in marks(text, query)] == marked


def test_of_a_long_text_the_part_with_the_word_is_shown() -> None:
    text = f"{'before and before ' * 20}Nazarbayev {'after and after ' * 20}".strip()
    shown, found = excerpt(text, "nazarbayev", 100)
    assert len(shown) < 110
    assert [shown[begin:end] for begin, end in found] == ["Nazarbayev"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert excerpt("short", "x", 100) == ("short", [])
