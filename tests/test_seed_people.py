"""What the seed editorial says of people, their offices and elections; asked in SPARQL of the whole dataset."""

import pytest
from pyoxigraph import Store
from seed_sparql import FOUNDERS, asks, rows

# One person under two misspellings


def test_two_misspellings_are_one_person_with_names_kept_as_printed(seed_store: Store) -> None:
    named_so = """SELECT DISTINCT ?person WHERE {
        ?person a foaf:Person ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name
        FILTER(CONTAINS(STR(?name), "Nazerb")) }"""
    assert rows(seed_store, named_so) == {("person/nursultan-nazarbayev",)}
    printed = "SELECT ?name { ?mention pol:mentionOf person:nursultan-nazarbayev ; pol:printedName ?name }"
    assert rows(seed_store, printed) == {("Nursultan Nazerbayev",), ("Nursutlan Nazerbayev",)}


def test_he_has_one_preferred_label_and_the_misprints_are_hidden(seed_store: Store) -> None:
    labels = "SELECT ?name { person:nursultan-nazarbayev skos:prefLabel|skos:altLabel ?name }"
    assert rows(seed_store, labels) == {("Nursultan Nazarbayev",)}
    hidden = "SELECT ?name { person:nursultan-nazarbayev skos:hiddenLabel ?name }"
    assert rows(seed_store, hidden) == {("Nursultan Nazerbayev",), ("Nursutlan Nazerbayev",)}


def test_a_printed_name_stands_in_a_quote_of_its_claim(seed_store: Store) -> None:
    misplaced = """SELECT ?claim ?name {
        ?claim pol:mention/pol:printedName ?name
        FILTER NOT EXISTS {
            ?claim pol:quote/oa:hasSelector/oa:exact ?words FILTER(CONTAINS(STR(?words), STR(?name))) } }"""
    assert rows(seed_store, misplaced) == set()


# 1989, 1991, 2019


def test_1989_is_the_beginning_of_a_party_post(seed_store: Store) -> None:
    begun = """SELECT ?post ?in ?predecessor ?year {
        ?tenure org:member person:nursultan-nazarbayev ; pol:post ?post ; pol:beginning/pol:edtf ?year .
        OPTIONAL { ?post org:postIn ?in } OPTIONAL { ?tenure pol:predecessor ?predecessor } }"""
    assert rows(seed_store, begun) == {
        (
            "post/first-secretary-communist-party-kazakh-ssr",
            "party/communist-party-of-the-kazakh-ssr",
            "person/gennady-kolbin",
            "1989",
        )
    }


def test_1991_is_independence_and_nothing_else(seed_store: Store) -> None:
    happened = "SELECT ?what ?content { ?what ?role ?date ; pol:content ?content . ?date pol:edtf '1991' }"
    assert rows(seed_store, happened) == {("event/independence-of-kazakhstan", "Kazakhstan became independent")}


def test_power_lasted_from_1989_until_2019_and_went_to_tokayev(seed_store: Store) -> None:
    power = """SELECT ?who ?from ?until ?to {
        event:nazarbayev-in-power org:member ?who ; pol:content "in power"@en ; pol:successor ?to ;
            pol:beginning/pol:edtf ?from ; pol:end/pol:edtf ?until .
        FILTER NOT EXISTS { event:nazarbayev-in-power pol:post ?post } }"""
    assert rows(seed_store, power) == {("person/nursultan-nazarbayev", "1989", "2019", "person/kassym-jomart-tokayev")}


def test_power_was_handed_over_in_2019(seed_store: Store) -> None:
    hand_over = "SELECT ?who ?year { event:hand-over-of-power-to-tokayev pol:agent ?who ; pol:date/pol:edtf ?year }"
    assert rows(seed_store, hand_over) == {("person/nursultan-nazarbayev", "2019")}


def test_there_were_two_presidents(seed_store: Store) -> None:
    presidents = "SELECT ?who { ?tenure pol:post post:president-of-kazakhstan ; org:member ?who }"
    assert rows(seed_store, presidents) == {("person/nursultan-nazarbayev",), ("person/kassym-jomart-tokayev",)}
    assert asks(seed_store, 'claim:only-two-presidents rdfs:label ?l FILTER(CONTAINS(?l, "only two presidents"))')


def test_no_bound_of_a_presidency_is_invented(seed_store: Store) -> None:
    assert not asks(
        seed_store,
        """{ ?tenure pol:post post:president-of-kazakhstan } UNION { ?tenure org:member person:kassym-jomart-tokayev }
           ?tenure pol:beginning|pol:end ?date""",
    )


def test_tokayev_is_president_as_of_the_editorial(seed_store: Store) -> None:
    current = """SELECT ?who ?date { ?tenure pol:post post:president-of-kazakhstan ; org:member ?who ; pol:date ?when .
        ?when pol:edtf ?date ; pol:inferredFrom ?why }"""
    assert rows(seed_store, current) == {("person/kassym-jomart-tokayev", "2021?-01")}


# Elections


def test_70_to_91_percent_is_one_range_over_the_elections_of_both(seed_store: Store) -> None:
    results = """SELECT ?result ?low ?high ?unit {
        ?result a pol:ElectionResult ; schema:minValue ?low ; schema:maxValue ?high ; pol:unit ?unit }"""
    (found,) = rows(seed_store, results)
    assert found[1:] == ("70", "91", "% of votes")
    winners = "SELECT ?who { ?result a pol:ElectionResult ; pol:winner ?who }"
    assert rows(seed_store, winners) == {("person/nursultan-nazarbayev",), ("person/kassym-jomart-tokayev",)}


def test_no_year_of_an_election_is_invented(seed_store: Store) -> None:
    assert asks(seed_store, "?result a pol:ElectionResult ; pol:election ?election . ?election a pol:Election")
    assert not asks(
        seed_store,
        """{ ?thing a pol:Election } UNION { ?thing a pol:ElectionResult }
           ?thing pol:date|pol:beginning|pol:end|pol:deadline ?date""",
    )


# The two women


def test_tulesova_was_detained_several_times_and_why(seed_store: Store) -> None:
    detentions = """SELECT ?who ?count ?reason {
        ?detention a pol:Detention ; pol:detained ?who ; pol:count ?count ; pol:statedReason ?reason }"""
    assert rows(seed_store, detentions) == {
        ("person/asya-tulesova", "several times", "her participation in political protests and demonstrations")
    }
    assert not asks(seed_store, "?detention a pol:Detention ; pol:date|pol:country|pol:agent ?unstated")


def test_no_claim_at_all_says_that_zholboldina_was_detained(seed_store: Store) -> None:
    detained = "SELECT DISTINCT ?who { GRAPH ?any { ?detention pol:detained ?who } }"
    assert rows(seed_store, detained) == {("person/asya-tulesova",)}


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("zholboldina-work", "several U.S. multinational companies in the United States and Kazakhstan"),
        ("zholboldina-blog", "currently runs a personal blog"),
        ("zholboldina-children", "mother of two young children"),
    ],
)
def test_work_blog_and_children_of_zholboldina(seed_store: Store, claim: str, words: str) -> None:
    said = f"""SELECT ?claim {{ ?claim pol:modality pol:asserted ; np:hasAssertion ?assertion
        GRAPH ?assertion {{ ?statement schema:about person:aliya-zholboldina ; pol:content ?content }}
        FILTER(CONTAINS(?content, "{words}")) }}"""
    assert rows(seed_store, said) == {(claim,)}


def test_only_the_children_are_private(seed_store: Store) -> None:
    assert rows(seed_store, "SELECT ?claim { ?claim pol:sensitive true }") == {("zholboldina-children",)}


@pytest.mark.parametrize(
    ("claim", "beginning", "end"),
    [
        ("quotation-unite", "We believe that all of us", "create a country that we are proud of"),
        ("quotation-reforms", "We have a fresh perspective", "reforms that help our citizens."),
    ],
)
def test_direct_quotations_are_attributed_to_both(seed_store: Store, claim: str, beginning: str, end: str) -> None:
    speakers = f"""SELECT ?speaker {{
        claim:{claim} np:hasAssertion ?assertion ; pol:quote/oa:hasSelector/oa:exact ?exact
        GRAPH ?assertion {{ ?said pol:speaker ?speaker ; pol:content ?content }}
        FILTER(STRSTARTS(?content, "{beginning}") && STRENDS(?content, "{end}") && CONTAINS(?exact, ?content)) }}"""
    assert rows(seed_store, speakers) == FOUNDERS
