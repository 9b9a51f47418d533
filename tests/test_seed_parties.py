"""What the seed editorial says of parties, and what names them elsewhere; asked in SPARQL of the whole dataset."""

import csv
from pathlib import Path

import pycountry
import pytest
from pyoxigraph import Store
from seed_sparql import FOUNDERS, asks, rows

SHARED = Path(__file__).parents[2] / "shared"


# The ban


def test_the_ban_has_a_ground_and_neither_authority_nor_date(seed_store: Store) -> None:
    bans = "SELECT ?party ?ground { ?ban a pol:PartyBan ; pol:bannedParty ?party ; pol:ground ?ground }"
    assert rows(seed_store, bans) == {("party/democratic-choice-party", "deemed an extremist group")}
    assert not asks(seed_store, "?ban a pol:PartyBan ; pol:banningAuthority|pol:date ?unstated")


def test_the_name_of_the_banned_party_is_not_expanded(seed_store: Store) -> None:
    names = """SELECT ?name { party:democratic-choice-party skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name }"""
    assert rows(seed_store, names) == {("Democratic Choice Party",)}


# Signatures


def test_the_goal_of_a_thousand_signatures_by_june_of_no_year(seed_store: Store) -> None:
    goal = """SELECT ?claim ?modality ?unit ?deadline ?earliest ?latest {
        ?claim np:hasAssertion ?assertion ; pol:modality ?modality
        GRAPH ?assertion {
            ?goal a pol:Goal ; pol:threshold 1000 ; pol:unit ?unit ; pol:deadline ?date . ?date pol:edtf ?deadline
            OPTIONAL { ?date pol:earliest ?earliest } OPTIONAL { ?date pol:latest ?latest } } }"""
    assert rows(seed_store, goal) == {("goal-thousand-signatures", "reported", "signatures", "XXXX-06", "", "")}


def test_the_law_demands_20000_signatures(seed_store: Store) -> None:
    demanded = """SELECT ?party ?number ?unit ?where { ?requirement a pol:RegistrationRequirement ; pol:party ?party ;
        pol:threshold ?number ; pol:unit ?unit ; pol:jurisdiction ?where }"""
    assert rows(seed_store, demanded) == {("party/progress", "20000", "signatures", "country/kazakhstan")}


def test_goal_and_requirement_are_two_things(seed_store: Store) -> None:
    numbers = "SELECT DISTINCT ?thing ?number { GRAPH ?any { ?thing pol:threshold ?number } }"
    assert rows(seed_store, numbers) == {
        ("goal-thousand-signatures#goal", "1000"),
        ("registration-threshold#registrationRequirement", "20000"),
    }
    assert not asks(seed_store, "?requirement a pol:RegistrationRequirement ; pol:deadline ?date")


# The states of a party


def test_progress_is_intended_and_announced_and_not_registered(seed_store: Store) -> None:
    states = "SELECT ?what ?status { ?what pol:party party:progress ; pol:status ?status }"
    assert rows(seed_store, states) == {
        ("event/founding-of-progress", "intended"),
        ("event/announcement-of-progress", "announced"),
    }


def test_the_announcement(seed_store: Store) -> None:
    announcement = """SELECT ?date ?platform {
        event:announcement-of-progress pol:date/pol:edtf ?date ; pol:viaPlatform ?platform }"""
    assert rows(seed_store, announcement) == {("2020-12-18", "platform/facebook")}
    assert rows(seed_store, "SELECT ?who { event:announcement-of-progress pol:agent ?who }") == FOUNDERS
    assert rows(seed_store, "SELECT ?who { party:progress schema:founder ?who }") == FOUNDERS


def test_sides_of_the_parties(seed_store: Store) -> None:
    sides = """SELECT ?party ?role ?date { ?alignment a pol:PoliticalAlignment ; pol:party ?party ; pol:role ?role
        OPTIONAL { ?alignment pol:date ?when . ?when pol:edtf ?date ; pol:inferredFrom ?why } }"""
    assert rows(seed_store, sides) == {
        ("party/nur-otan", "ruling", "2021?-01"),
        ("party/progress", "opposition", "2021?-01"),
        ("party/democratic-choice-party", "opposition", ""),
    }


# External identifiers


def test_identifiers_are_those_that_a_data_set_or_package_confirms(seed_store: Store) -> None:
    given = """SELECT ?thing ?scheme ?value { ?thing schema:identifier ?id .
        ?id schema:propertyID ?scheme ; schema:value ?value ; <http://purl.org/dc/terms/source> ?source }"""
    confirmed = {("party/nur-otan", f"{scheme} identifier", "3748") for scheme in ("V-Party party", "Party Facts")}
    for path, name in (("country/kazakhstan", "Kazakhstan"), ("country/united-states", "United States")):
        country = pycountry.countries.get(name=name)
        assert country is not None
        confirmed |= {(path, "ISO 3166-1 alpha-2", country.alpha_2), (path, "ISO 3166-1 alpha-3", country.alpha_3)}
    assert rows(seed_store, given) == confirmed


def test_v_party_confirms_nur_otan() -> None:
    file = SHARED / "data" / "vparty" / "vparty.csv"
    if not file.is_file():
        pytest.skip("the V-Party data set (../shared/data/vparty/vparty.csv) is not at hand")
    with file.open(encoding="utf-8", newline="") as lines:
        found = [row for row in csv.DictReader(lines) if row["v2paenname"] == "Nur Otan"]
    assert {(row["country_text_id"], row["v2paid"], row["pf_party_id"]) for row in found} == {("KAZ", "3748", "3748")}
