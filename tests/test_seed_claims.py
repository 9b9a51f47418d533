"""How the seed editorial holds what it says, and whose word it is; asked in SPARQL of the whole dataset."""

import pytest
from pyoxigraph import Store
from seed_sparql import EDITORIAL, FOUNDERS, asks, rows

MANY = "group/many-in-2021-01-progress-kazakhstan"


# Belief is not fact


@pytest.mark.parametrize(
    ("words", "modality", "expected"),
    [
        ("many believe", "believed", {"elections-rigged"}),
        ("might have just been for show", "doubted", {"reforms-for-show"}),
        ("will likely struggle", "predicted", {"message-will-struggle"}),
        ("could also prove to be dangerous", "predicted", {"campaign-dangerous"}),
        ("unlikely that they will have much widespread success", "predicted", {"success-unlikely"}),
        ("is likely to face", "predicted", {"difficulties-likely"}),
        ("If their party is able to survive", "conditional", {"turning-point"}),
        ("abysmal", "evaluated", {"abysmal-record"}),
        ("implausible", "evaluated", {"margins-implausible"}),
        ("as grassroots as you can get", "evaluated", {"campaign-grassroots"}),
        ("near impossible", "evaluated", {"near-impossible"}),
        ("officials have been claiming", "reported", {"officials-support-opposition"}),
        ("Zholboldina admitted", "reported", {"no-pr-team", "more-staff-hoped"}),
    ],
)  # fmt: skip
def test_words_that_are_not_asserted(seed_store: Store, words: str, modality: str, expected: set[str]) -> None:
    held = f"""SELECT ?claim {{
        ?claim pol:modality pol:{modality} ; pol:quote/oa:hasSelector/oa:exact ?exact
        FILTER(CONTAINS(?exact, "{words}")) }}"""
    assert rows(seed_store, held) == {(claim,) for claim in expected}


@pytest.mark.parametrize(
    "words", ["abysmal", "implausible margins", "grassroots", "for show", "unlikely", "turning point"]
)
def test_no_such_word_is_the_content_of_anything_in_the_default_graph(seed_store: Store, words: str) -> None:
    content = f'?thing pol:content ?content FILTER(CONTAINS(?content, "{words}"))'
    assert asks(seed_store, f"GRAPH ?assertion {{ {content} }}")
    assert not asks(seed_store, content)


def test_nothing_that_only_an_unasserted_claim_says_is_in_the_default_graph(seed_store: Store) -> None:
    leaked = """SELECT ?claim ?s ?p ?o {
        ?claim pol:modality ?modality ; np:hasAssertion ?assertion FILTER(?modality != pol:asserted)
        GRAPH ?assertion { ?s ?p ?o } ?s ?p ?o }"""
    assert rows(seed_store, leaked) == set()


def test_the_default_graph_does_not_say_that_elections_were_rigged(seed_store: Store) -> None:
    rigged = "?rigging a pol:ElectionRigging ; pol:election event:elections-won-by-nazarbayev-and-tokayev"
    assert not asks(seed_store, "?rigging a pol:ElectionRigging")
    believers = f"""SELECT ?claim ?who {{
        ?claim pol:modality pol:believed ; pol:attributedTo ?who ; np:hasAssertion ?assertion
        GRAPH ?assertion {{ {rigged} }} }}"""
    assert rows(seed_store, believers) == {("elections-rigged", MANY)}


def test_the_condition_of_the_conditional_claim(seed_store: Store) -> None:
    conditions = "SELECT ?claim ?condition { ?claim pol:condition ?condition }"
    assert rows(seed_store, conditions) == {
        ("turning-point", "If their party is able to survive and gain seats in Parliament")
    }


def test_whose_the_reported_and_believed_claims_are(seed_store: Store) -> None:
    attributed = """SELECT ?claim ?who {
        ?claim pol:modality ?modality ; pol:attributedTo ?who ; pol:statedIn editorial:2021-01-progress-kazakhstan
        FILTER(?modality IN (pol:reported, pol:believed)) }"""
    found: dict[str, set[str]] = {}
    for claim, who in rows(seed_store, attributed):
        found.setdefault(claim, set()).add(who)
    both = {who for (who,) in FOUNDERS}
    assert found == {
        "elections-rigged": {MANY},
        "aims-against-corruption": both,
        "first-progressive-party": both,
        "quotation-unite": both,
        "quotation-reforms": both,
        "goal-thousand-signatures": both,
        "goal-candidates": both,
        "no-pr-team": {"person/aliya-zholboldina"},
        "more-staff-hoped": {"person/aliya-zholboldina"},
        "officials-support-opposition": {"group/officials-of-kazakhstan", "person/nursultan-nazarbayev"},
    }


def test_all_other_claims_are_the_editorials_own(seed_store: Store) -> None:
    own = """SELECT DISTINCT ?who { ?claim pol:modality ?m ; pol:attributedTo ?who
        FILTER(?m NOT IN (pol:reported, pol:believed)) }"""
    assert rows(seed_store, own) == {(EDITORIAL,)}


def test_the_doubt_disputes_what_officials_claim_and_rests_on_the_record(seed_store: Store) -> None:
    assert rows(seed_store, "SELECT ?a ?b { ?a cito:disputes ?b }") == {
        ("reforms-for-show", "officials-support-opposition")
    }
    assert asks(seed_store, "claim:abysmal-record cito:supports claim:reforms-for-show")


def test_that_the_party_is_the_first_progressive_one_is_its_founders_word(seed_store: Store) -> None:
    assert not asks(seed_store, "party:progress pol:ideology ?ideology")
    said = """SELECT ?claim ?modality ?ideology { ?claim pol:modality ?modality ; np:hasAssertion ?assertion
        GRAPH ?assertion { party:progress pol:ideology ?ideology } }"""
    assert rows(seed_store, said) == {("first-progressive-party", "reported", "progressive")}


# Media control


def test_two_controls_with_different_controllers_and_extents(seed_store: Store) -> None:
    controls = """SELECT ?controller ?controlled ?extent ?country {
        ?control a pol:MediaControl ; pol:controller ?controller ; pol:controlled ?controlled ; pol:country ?country
        OPTIONAL { ?control pol:extent ?extent } }"""
    assert rows(seed_store, controls) == {
        ("government/kazakhstan", "sector/tv-stations-of-kazakhstan", "most", "country/kazakhstan"),
        ("government/kazakhstan", "sector/print-media-of-kazakhstan", "most", "country/kazakhstan"),
        ("party/ruling-party-in-2021-01-progress-kazakhstan", "sector/media-of-kazakhstan", "", "country/kazakhstan"),
    }


def test_the_two_claims_of_media_control_are_in_tension(seed_store: Store) -> None:
    assert rows(seed_store, "SELECT ?a ?b { ?a pol:inTensionWith ?b }") == {
        ("government-media-control", "ruling-party-media-control"),
        ("ruling-party-media-control", "government-media-control"),
    }


def test_neither_control_is_merged_into_the_other(seed_store: Store) -> None:
    assert not asks(seed_store, "?control pol:controller ?one, ?other FILTER(?one != ?other)")
    assert not asks(seed_store, "party:nur-otan ?any party:ruling-party-in-2021-01-progress-kazakhstan")
    assert not asks(seed_store, "?control pol:controller party:nur-otan")


# The editorial itself


def test_the_editorial_is_of_january_2021_inferred(seed_store: Store) -> None:
    own = """SELECT ?date ?earliest ?latest { editorial:2021-01-progress-kazakhstan pol:date ?when .
        ?when pol:edtf ?date ; pol:earliest ?earliest ; pol:latest ?latest ; pol:inferredFrom ?why }"""
    assert rows(seed_store, own) == {("2021?-01", "2021-01-01", "2021-01-31")}


def test_the_editorial_has_no_publisher_author_or_address(seed_store: Store) -> None:
    properties = rows(seed_store, "SELECT ?property { editorial:2021-01-progress-kazakhstan ?property ?value }")
    names = {name.rpartition("/")[2].rpartition("#")[2] for (name,) in properties}
    assert {"headline", "date", "sha256", "inLanguage"} <= names
    assert not names & {"publisher", "author", "creator", "url", "sameAs", "isPartOf", "homepage"}
