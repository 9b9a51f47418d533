"""Clashes that rules see: named in words, with exactly the claims that make them."""

import pytest
from reasoning_cases import claim, ontology, said, triples

from graph import iris
from graph.logic.clashes import rule_clashes
from graph.logic.facts import stated_of
from graph.reasoning import Closure

PARTY = ":otan a pol:PoliticalParty ; skos:prefLabel 'Nur Otan'@en ."


def test_facts_that_agree_do_not_clash() -> None:
    facts = said(entities=PARTY, a=":x pol:party :otan ; pol:role pol:ruling .", b=":y pol:bannedParty :otan .")
    assert rule_clashes(ontology(), facts) == ()


def test_a_person_who_is_also_a_party() -> None:
    facts = said(entities=":z a pol:Goal .", a=PARTY, b=":otan a foaf:Person .", c=":z pol:threshold 5 .")
    (clash,) = rule_clashes(ontology(), facts)
    assert clash.sources == (claim("a"), claim("b"))
    assert clash.minimal
    assert str(clash) == (
        "Nur Otan is a political party (claim/test/a) and Nur Otan is a person (claim/test/b): "
        "no organization is a person"
    )


def test_the_entity_files_are_named_where_they_take_part() -> None:
    (clash,) = rule_clashes(ontology(), said(entities=PARTY, a=":x pol:detained :otan ."))
    assert clash.sources == tuple(sorted([iris.ENTITIES_GRAPH, claim("a")]))
    assert "Nur Otan is a political party (the entity files)" in str(clash)
    assert "Nur Otan is a person, for x - detained - Nur Otan (claim/test/a)" in str(clash)


def test_the_entity_files_can_clash_on_their_own() -> None:
    facts = said(entities=PARTY + ":otan a foaf:Person .", a=":otan a foaf:Person .")
    (clash,) = rule_clashes(ontology(), facts)
    assert clash.sources == (iris.ENTITIES_GRAPH,)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (":c pol:modality pol:asserted .", ":c pol:modality pol:believed .", "a thing has one modality only"),
        (":t pol:edtf '2020' .", ":t pol:edtf '2021' .", "a thing has one EDTF text only"),
        (":c pol:controller :x .", ":c a pol:Tenure .", "no membership is a role"),
        (":a owl:sameAs :b .", ":b owl:differentFrom :a .", "a and b are two different things"),
        (":o pol:inSector :s .", ":s a pol:AgentGroup .", "no group of agents is a media sector"),
    ],
)
def test_each_kind_of_clash_is_seen(first: str, second: str, reason: str) -> None:
    facts = said(first=first, second=second, other=":y a pol:Goal .")
    (clash,) = rule_clashes(ontology(), facts)
    assert (clash.reason, clash.sources) == (reason, (claim("first"), claim("second")))


@pytest.mark.parametrize(
    "facts",
    [
        ":t pol:edtf '2020', '2020' .",
        ":a owl:sameAs :b .",
        ":c pol:modality pol:asserted , :someOther .",
        ":x pol:threshold 5 , 6 .",
    ],
)
def test_what_need_not_clash_does_not(facts: str) -> None:
    assert rule_clashes(ontology(), said(a=facts)) == ()


def test_equal_numbers_written_differently_do_not_clash() -> None:
    of = [*ontology(), *triples("pol:threshold a owl:FunctionalProperty .")]
    assert rule_clashes(of, said(a=":x pol:threshold 5 .", b=":x pol:threshold '05'^^xsd:integer .")) == ()
    assert len(rule_clashes(of, said(a=":x pol:threshold 5 .", b=":x pol:threshold 6 ."))) == 1


def test_fewer_claims_are_found_than_the_first_derivation_used() -> None:
    # That it is a party is found first by what b says; but c says enough to clash with itself.
    facts = said(b=":x pol:party :otan .", c=":x pol:party :otan . :y pol:detained :otan .")
    (clash,) = rule_clashes(ontology(), facts)
    assert clash.sources == (claim("c"),)


def test_every_clash_is_reported_at_once() -> None:
    facts = said(
        a=":p a foaf:Person . :q a foaf:Person .",
        b=":p a pol:PoliticalParty .",
        c=":q a pol:MediaOutlet .",
        d=":r a pol:Goal .",
    )
    found = rule_clashes(ontology(), facts)
    assert [clash.sources for clash in found] == [(claim("a"), claim("b")), (claim("a"), claim("c"))]


def test_clashes_do_not_depend_on_the_order_of_the_facts() -> None:
    facts = said(entities=PARTY, a=":x pol:detained :otan .", b=":y a foaf:Person, pol:Goal .", c=":otan a pol:Goal .")
    assert rule_clashes(ontology(), facts) == rule_clashes(ontology(), facts[::-1])


@pytest.mark.parametrize(
    "facts",
    [
        ":p a pol:PoliticalParty, foaf:Person .",
        ":p a foaf:Person . :x pol:bannedParty :p .",
        ":day pol:edtf '2020', '2021' .",
        ":p owl:sameAs :q ; owl:differentFrom :q .",
        "pol:ruling owl:sameAs pol:opposition .",
        ":p a pol:PoliticalParty, pol:RulingParty .",
        ":day pol:edtf '2020' .",
        ":p owl:sameAs :q .",
    ],
)
def test_a_look_at_the_suspicious_sees_what_a_look_at_everything_sees(facts: str) -> None:
    stated = said(a=facts)
    assert Closure(ontology(), map(stated_of, stated)).clashes() is bool(rule_clashes(ontology(), stated))


@pytest.mark.parametrize(("number", "as_written"), [("5", True), ("'05'^^xsd:integer", False), ("'05'", True)])
def test_a_closure_says_whether_it_reads_numbers_as_they_are_written(number: str, as_written: bool) -> None:
    facts = said(entities=PARTY, a=f":x pol:threshold {number} .")
    assert Closure(ontology(), map(stated_of, facts)).as_written is as_written


def test_a_closure_names_the_graphs_that_a_clash_rests_on() -> None:
    """Of two claims that say the same the first, and no claim where the entity files say it."""
    same = ":x pol:detained :otan ."
    facts = said(entities=PARTY, b=same, a=same, c=PARTY, d=":y a pol:Goal .")
    found = Closure(ontology(), map(stated_of, facts)).clashing()
    assert found == {iris.ENTITIES_GRAPH, f"{claim('a')}#assertion"}
