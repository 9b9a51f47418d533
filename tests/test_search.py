"""Finding by name: script, order, typing errors, initials; and how long it takes among thousands of parties."""

import random
import statistics
import time
from collections.abc import Iterator

import pytest
from bench.derived import Derived
from bench.distributions import load
from bench.world import countries, world_lines
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store
from search_fixtures import searchable_of
from server_fixtures import store

from graph.searching.index import SearchIndex
from graph.searching.search import Hit, search
from graph.searching.searchable import Searchable
from graph.segments.lines import canonical, sorted_lines
from ontology.base import BASE

NAZARBAYEV = f"{BASE}id/person/nursultan-nazarbayev"


@pytest.fixture(scope="module")
def seed(seed_store: Store) -> Searchable:
    return searchable_of(sorted_lines(seed_store))


@pytest.fixture(scope="module")
def world() -> SearchIndex:
    """The benchmark's world: as many parties as V-Party knows, and as many other things and people."""
    lines = b"".join(sorted(set("".join(_world()).encode().splitlines(keepends=True))))
    return searchable_of(lines).things


def _world() -> Iterator[str]:
    yield from world_lines(countries(load(), 20_000, 1), Derived())


def first(index: SearchIndex, text: str) -> Hit:
    return search(index, text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Назарбаев",
        "Nazarbaev",
        "Nazarbayev",
        "Nazerbayev",
        "Nazarbayev N.",
        "N. Nazarbayev",
        "Назарбаев Нұрсұлтан",
        "Нурсултан Назарбаев",
        "NAZARBAYEV, Nursultan",
        "Nursutlan Nazerbayev",
        "Nursultan Nazarbaýev",
        "nursultannazarbayev",
    ],
)
def test_a_person_is_found_by_any_spelling(seed: Searchable, text: str) -> None:
    assert first(seed.things, text).record["id"] == NAZARBAYEV


@pytest.mark.parametrize(
    "text",
    [
        "Nur Otan",
        "Нур Отан",
        "Нұр Отан Халықтық Демократиялық Партиясы",
        "Otan Nur",
        "Nurotan",
        "Nur Otan Party",
        "3748",
    ],
)
def test_a_party_is_found_by_its_kazakh_and_russian_name(seed: Searchable, text: str) -> None:
    assert first(seed.things, text).record["id"] == f"{BASE}id/party/nur-otan"


def test_what_is_meant_comes_before_what_only_speaks_of_it(seed: Searchable) -> None:
    hits = search(seed.things, "Nazarbayev")
    assert len(hits) > 1
    assert hits[0].score > hits[1].score + 5


def test_scores_go_down_and_stay_within_bounds(seed: Searchable) -> None:
    hits = search(seed.things, "democratic party of kazakhstan")
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)


def test_a_name_in_another_script_is_the_same_name_but_not_as_written(seed: Searchable) -> None:
    same, other, like = (first(seed.things, text) for text in ("Asya Tulesova", "Тулесова Ася", "Asya Tolesova"))
    assert (same.score, same.features.exact, same.features.folded) == (100, True, True)
    assert (other.score, other.features.exact, other.features.folded) == (99, False, True)
    assert like.score < other.score
    assert not like.features.folded


def test_the_end_of_a_name_may_be_missing_where_somebody_types(seed: Searchable) -> None:
    assert not search(seed.things, "Tul")
    assert search(seed.things, "Tul", prefix=True)[0].record["id"] == f"{BASE}id/person/asya-tulesova"


def test_only_things_of_a_type(seed: Searchable) -> None:
    sets = seed.things.sets_with(frozenset({f"{BASE}politics#PoliticalParty"}))
    hits = search(seed.things, "Progress", sets=sets)
    assert hits
    assert all(f"{BASE}politics#PoliticalParty" in hit.record["types"] for hit in hits)
    assert len(hits) < len(search(seed.things, "Progress"))


def test_claims_are_found_by_the_words_of_their_quotes(seed: Searchable) -> None:
    found = [hit.record["id"] for hit in search(seed.claims, "deemed an extremist group", quotes=True)]
    assert f"{BASE}id/claim/2021-01-progress-kazakhstan/democratic-choice-party-banned" in found[:3]


def test_no_claim_about_private_life_is_found(seed: Searchable) -> None:
    for text in ("mother of two young children", "Zholboldina children", "young children"):
        assert not [hit for hit in search(seed.claims, text, quotes=True) if "children" in hit.record["id"]]


@pytest.mark.parametrize("text", ["", "   ", "?!", "—", "zzzzzzzz", "\x00"])
def test_what_names_nothing_finds_nothing(seed: Searchable, text: str) -> None:
    assert search(seed.things, text) == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.booleans())
def test_any_text_can_be_looked_for(text: str, prefix: bool) -> None:
    found = searchable_of(canonical(store()))
    for hit in search(found.things, text, prefix=prefix):
        assert 0 <= hit.score <= 100


def test_among_thousands_each_is_found_by_its_own_name(world: SearchIndex) -> None:
    assert len(world) > 7000
    assert sum(f"{BASE}politics#PoliticalParty" in record["types"] for record in world.records()) > 3400
    numbers = random.Random(1).sample(range(len(world)), 100)
    for record in map(world.record, numbers):
        assert first(world, record["names"][0][0]).score == 100
        assert record["id"] in {hit.record["id"] for hit in search(world, record["names"][0][0]) if hit.score == 100}


def test_among_thousands_a_misspelt_name_is_found_and_soon(world: SearchIndex) -> None:
    rng = random.Random(2)
    seconds, hit = [], 0
    for record in map(world.record, rng.sample(range(len(world)), 100)):
        name = record["names"][0][0]
        at = rng.randrange(1, len(name) - 1)
        wrong = name[:at] + rng.choice("aeiou") + name[at + 1 :]
        began = time.perf_counter()
        found = search(world, wrong)
        seconds.append(time.perf_counter() - began)
        hit += record["id"] in {one.record["id"] for one in found[:5]}
    assert hit >= 85
    assert statistics.median(seconds) < 0.02
