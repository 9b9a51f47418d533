"""What a description holds: both directions, names, grounds; and that all of them together are the default graph."""

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple
from server_fixtures import PARTY, FakeEngine

from graph import description
from graph.asking.claims_about import claims_about
from graph.description import TYPE, Description, describe, exists, value
from graph.errors import QueryTimeout
from ontology.base import BASE

ASYA = f"{BASE}id/person/asya"
NUR_OTAN = f"{BASE}id/party/nur-otan"
CLAIM = f"{BASE}id/claim/2021-01-progress-kazakhstan/"


def things(store: Store) -> list[str]:
    """What the default graph speaks of, without the parts."""
    found = store.quads_for_pattern(None, None, None, DefaultGraph())
    return sorted({value(quad.subject).partition("#")[0] for quad in found})


def of(store: Store, iri: str, page: int = 1) -> Description:
    return describe(FakeEngine(content=store), iri, page)


def test_the_descriptions_of_all_things_give_back_the_default_graph(seed_store: Store) -> None:
    expected = {quad.triple for quad in seed_store.quads_for_pattern(None, None, None, DefaultGraph())}
    descriptions = [of(seed_store, iri) for iri in things(seed_store)]
    assert {triple for each in descriptions for triple in each.statements} == expected
    assert {triple for each in descriptions for triple in each.names if BASE in str(triple.subject)} <= {
        quad.triple for quad in seed_store
    }


def test_it_speaks_in_both_directions_and_names_what_it_names(seed_store: Store) -> None:
    found = of(seed_store, NUR_OTAN)
    assert {value(triple.subject) for triple in found.statements} > found.own > {NUR_OTAN}
    assert value(found.statements[0].subject) == NUR_OTAN
    named = {value(triple.subject) for triple in found.names}
    assert {f"{BASE}id/country/kazakhstan", f"{CLAIM}nur-otan-ruling", f"{BASE}politics#country"} <= named
    unlabelled = f"{CLAIM}nur-otan-ruling#politicalAlignment"
    assert {triple.predicate for triple in found.names if value(triple.subject) == unlabelled} == {TYPE}


def test_a_statement_rests_on_claims_and_a_derived_one_on_those_of_its_premises(seed_store: Store) -> None:
    grounds = {str(triple.object): ground for triple, ground in of(seed_store, NUR_OTAN).grounds.items()}
    ruling = grounds[f"<{BASE}politics#RulingParty>"]
    assert ruling.claims == (f"{CLAIM}nur-otan-ruling",)
    assert str(ruling.derivation).startswith(f"{BASE}graph/inferred#")
    assert grounds["<http://www.w3.org/ns/org#Organization>"].claims == ()
    assert '"Nur Otan"@en' not in grounds


def test_what_is_only_believed_is_no_ground() -> None:
    store = Store()
    store.extend(FakeEngine().content)
    said = Triple(NamedNode(PARTY), TYPE, NamedNode(f"{BASE}politics#Goal"))
    store.add(Quad(said.subject, said.predicate, said.object, NamedNode(f"{BASE}id/claim/one/rigged#assertion")))
    store.add(Quad(said.subject, said.predicate, said.object))
    assert said in of(store, PARTY).statements
    assert said not in of(store, PARTY).grounds
    store.add(Quad(said.subject, said.predicate, said.object, NamedNode(f"{BASE}id/claim/one/ban#assertion")))
    assert of(store, PARTY).grounds[said].claims == (f"{BASE}id/claim/one/ban",)


def test_claims_about_private_life_are_counted_and_stay_without_their_words() -> None:
    found = describe(FakeEngine(), ASYA)
    children = f"{BASE}id/claim/one/children"
    assert found.claims.private == (children,)
    assert children not in found.claims.listed
    assert f"{BASE}id/claim/one/hostile" in found.claims.listed
    assert children not in {value(triple.subject) for triple in found.names}
    assert "Asya has children" not in str(found.names)
    assert "Asya has children" in str(describe(FakeEngine(), children).statements)


def test_pages_follow_each_other_and_leave_nothing_out(seed_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = of(seed_store, f"{BASE}id/editorial/2021-01-progress-kazakhstan")
    assert not whole.more
    monkeypatch.setattr(description, "PAGE", 40)
    pages = [of(seed_store, whole.iri, page) for page in range(1, 20)]
    kept = [page for page in pages if page.statements]
    assert [page.more for page in kept] == [True] * (len(kept) - 1) + [False]
    assert all(len(page.statements) == 40 for page in kept[:-1])
    assert sorted(str(t) for page in kept for t in page.statements) == sorted(map(str, whole.statements))


def test_nothing_is_said_of_what_is_unknown() -> None:
    assert describe(FakeEngine(), f"{BASE}id/person/nobody").is_empty
    assert not exists(FakeEngine(), f"{BASE}id/person/nobody")
    assert exists(FakeEngine(), ASYA)
    with pytest.raises(ValueError, match="IRI"):
        describe(FakeEngine(), f"{BASE}id/x> <y")


def test_of_what_stands_in_too_many_graphs_the_claims_are_left_out() -> None:
    slow = FakeEngine(error=QueryTimeout("too long"))
    assert claims_about(slow, ASYA).too_many
