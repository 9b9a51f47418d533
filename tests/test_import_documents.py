"""Parliaments, fact checks and entities: what is taken of their records, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from importing import holds, imported, made, rows, stored

from graph.errors import InvalidInput
from graph.iris import ID
from graph.settings import Settings

PARLIAMENT: dict[str, Any] = {
    "persons": [
        {
            "id": "p1",
            "name": "Айгүл",
            "birth_date": "1970-01-01",
            "other_names": [{"name": "Aigul", "lang": "en"}, {"name": "Айгуль", "lang": "not a tag"}],
            "identifiers": [{"scheme": "wikidata", "identifier": "Q1"}],
        }
    ],
    "organizations": [
        {"id": "house", "name": "The House", "classification": "legislature"},
        {"id": "party/x", "name": "X Party"},
        {"id": "none", "name": "unknown"},
    ],
    "events": [{"id": "term/1", "name": "First", "start_date": "2012-01-15", "end_date": "2016"}],
    "memberships": [
        {
            "person_id": "p1",
            "organization_id": "house",
            "legislative_period_id": "term/1",
            "on_behalf_of_id": "party/x",
        },
        {"person_id": "p1", "organization_id": "house", "start_date": "2016-03-20", "on_behalf_of_id": "none"},
    ],
}
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://example.org/check/1",
    "claimReviewed": "The elections were free.",
    "author": {"@type": "Organization", "name": "Checkers"},
    "datePublished": "2021-01-20T10:00:00Z",
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "alternateName": "False"},
    "itemReviewed": {"@type": "Claim", "author": {"name": "A Minister"}},
    "sdPublisher": {"name": "left out"},
}
ENTITIES: list[dict[str, Any]] = [
    {"id": "o1", "schema": "Occupancy", "properties": {"holder": ["a"], "post": ["b"], "startDate": ["2019-06"]}},
    {"id": "a", "schema": "Person", "properties": {"name": ["Ann"], "alias": ["Anna"], "birthDate": ["1970"]}},
    {"id": "b", "schema": "Position", "properties": {"name": ["Minister"], "country": ["kz"]}},
    {"id": "c", "schema": "Company", "properties": {"name": ["Channel"], "country": ["kz", "zz"]}},
    {"id": "w", "schema": "Ownership", "properties": {"owner": ["a"], "asset": ["c"]}},
    {"id": "x", "schema": "Ownership", "properties": {"owner": ["a"], "asset": ["nowhere"]}},
    {"id": "s", "schema": "Passport", "properties": {"number": ["1"]}},
]


def parliament(**changes: Any) -> str:
    return json.dumps(PARLIAMENT | changes, ensure_ascii=False)


def lines(*entities: dict[str, Any]) -> str:
    return "".join(json.dumps(entity) + "\n" for entity in entities)


def test_a_membership_is_a_tenure_with_the_days_of_its_own_or_of_its_period(settings: Settings, tmp_path: Path) -> None:
    done = imported("popolo", settings, made(tmp_path, "kazakhstan-house.json", parliament()))
    pattern = """?t a pol:Tenure ; org:member/skos:prefLabel ?a ; pol:post/skos:prefLabel ?b .
        OPTIONAL { ?t pol:beginning/pol:edtf ?c } OPTIONAL { ?t pol:end/pol:edtf ?d }
        OPTIONAL { ?t pol:party/skos:prefLabel ?e }"""
    assert rows(stored(done.folder), "?a ?b ?c ?d ?e", pattern) == [
        ("Айгүл", "member, The House", "2012-01-15", "2016", "X Party"),
        ("Айгүл", "member, The House", "2016-03-20", "", ""),
    ]
    assert holds(stored(done.folder), f"?t a pol:Tenure ; pol:country <{ID}country/kazakhstan>")
    assert done.report["read"] == {"parties": 1, "persons": 1, "tenures": 2}


def test_names_are_kept_in_their_languages_and_birth_is_not(settings: Settings, tmp_path: Path) -> None:
    store = stored(imported("popolo", settings, made(tmp_path, "kazakhstan-house.json", parliament())).folder)
    found = rows(store, "?a ?b", "?t org:member/skos:altLabel ?a . BIND(LANG(?a) AS ?b)")
    assert found == [("Aigul", "en"), ("Айгуль", "")]
    assert not holds(store, "?s ?p ?o . FILTER(CONTAINS(STR(?o), '1970'))")


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"persons": []}, "person_id 'p1' is in no list of persons"),
        ({"events": []}, "legislative_period_id 'term/1' is in no list of events"),
        ({"persons": PARLIAMENT["persons"] * 2}, "the id 'p1' a second time"),
        ({"memberships": PARLIAMENT["memberships"][:1] * 2}, "the same as number 1"),
        ({"persons": [{"id": "p1", "name": "A", "shoe_size": 42}]}, "not of Popolo: shoe_size"),
        ({"events": [{"id": "term/1", "name": "F", "start_date": "2016", "end_date": "2012"}]}, "before it begins"),
        ({"events": [{"id": "term/1", "name": "F", "start_date": "soon"}]}, "'soon' is not a date"),
    ],
)
def test_a_surprise_in_a_parliament_stops_it(
    changes: dict[str, Any], what: str, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput) as caught:
        imported("popolo", settings, made(tmp_path, "kazakhstan-house.json", parliament(**changes)))
    assert what in caught.value.problems[0].what
    assert not settings.home.exists()


def test_the_country_of_a_parliament_may_be_given(settings: Settings, tmp_path: Path) -> None:
    done = imported("popolo", settings, made(tmp_path, "house.json", parliament()), country="UZB")
    assert holds(stored(done.folder), f"?t a pol:Tenure ; pol:country <{ID}country/uzbekistan>")


@pytest.mark.parametrize("wrapped", [REVIEW, [REVIEW], {"@graph": [REVIEW]}, {"dataFeedElement": [{"item": [REVIEW]}]}])
def test_a_fact_check_says_who_reviewed_which_words(wrapped: Any, settings: Settings, tmp_path: Path) -> None:
    done = imported("claimreview", settings, made(tmp_path, "x.json", json.dumps(wrapped)))
    pattern = """?r a schema:ClaimReview ; schema:claimReviewed ?a ; schema:author/schema:name ?b ;
        schema:reviewRating/schema:alternateName ?c ; schema:datePublished ?d ; prov:wasDerivedFrom/prov:value ?e"""
    [(claimed, author, rating, date, words)] = rows(stored(done.folder), "?a ?b ?c ?d ?e", pattern)
    assert (claimed, author, rating, date) == ("The elections were free.", "Checkers", "False", "2021-01-20")
    assert json.loads(words)["reviewRating"] == REVIEW["reviewRating"]
    assert done.report["skipped"] == {"properties that are not taken": 1}


def test_fact_checks_may_come_line_by_line(settings: Settings, tmp_path: Path) -> None:
    other = REVIEW | {"url": "https://example.org/check/2"}
    done = imported("claimreview", settings, made(tmp_path, "x.jsonl", lines(REVIEW, other)))
    assert done.report["read"] == {"reviews": 2}


@pytest.mark.parametrize(
    ("records", "what"),
    [
        ([REVIEW, REVIEW], "the same as number 1"),
        ([{**REVIEW, "reviewRating": None}], "no claimReviewed, author or reviewRating"),
        ([{**REVIEW, "datePublished": "yesterday"}], "'yesterday' is not a date"),
        ([{"@type": "Article"}], "no ClaimReview in it"),
    ],
)
def test_a_surprise_in_a_fact_check_stops_it(records: Any, what: str, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        imported("claimreview", settings, made(tmp_path, "x.json", json.dumps(records)))
    assert what in caught.value.problems[0].what


def test_entities_and_their_ties_are_taken_in_any_order(settings: Settings, tmp_path: Path) -> None:
    done = imported("ftm", settings, made(tmp_path, "x.json", lines(*ENTITIES)))
    store = stored(done.folder)
    pattern = "?t a pol:Tenure ; org:member/skos:prefLabel ?a ; pol:post/skos:prefLabel ?b ; pol:beginning/pol:edtf ?c"
    assert rows(store, "?a ?b ?c", pattern) == [("Ann", "Minister", "2019-06")]
    assert rows(store, "?a ?b", "?x pol:ownedBy ?y . ?x skos:prefLabel ?a . ?y skos:prefLabel ?b") == [
        ("Channel", "Ann")
    ]
    assert done.report["read"] == {"entities": 3, "ownerships": 1, "tenures": 1}
    assert done.report["skipped"] == {
        "countries that are none of ISO 3166-1 (zz)": 1,
        "properties that are not taken": 1,
        "schema Passport is not taken": 1,
        "ties to something that is not in the files, or not taken": 1,
    }


@pytest.mark.parametrize(
    ("entities", "line", "what"),
    [
        ([ENTITIES[1], ENTITIES[1]], 2, "the id 'a' a second time; first in line 1"),
        ([{**ENTITIES[1], "colour": "red"}], 1, "not of FollowTheMoney: colour"),
        ([{"id": "a", "schema": "Person"}], 1, "no id, schema or properties"),
        (
            [ENTITIES[1], {"id": "w", "schema": "Ownership", "properties": {"owner": ["a"], "asset": ["a"]}}],
            2,
            "to itself",
        ),
        ([{"id": "w", "schema": "Ownership", "properties": {"owner": ["a", "b"]}}], 1, "not one owner and one asset"),
    ],
)
def test_a_surprise_among_entities_stops_it(
    entities: list[Any], line: int, what: str, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput) as caught:
        imported("ftm", settings, made(tmp_path, "x.json", lines(*entities)))
    assert what in caught.value.problems[0].what
    assert caught.value.problems[0].place.line == line
