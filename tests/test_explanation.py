"""Explanations lead from what is derived down to claims and their quotes, through SPARQL alone."""

from collections.abc import Iterator

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store
from reasoning_cases import claim, ontology, said, triples

from graph import iris
from graph.asking.explanation import Explanation, explain
from graph.asking.records import BATCH
from graph.dataset import is_record, ontology_quads
from graph.engine import Answer, Formats, Query
from graph.engine.results import RESULTS_JSON
from graph.errors import UnknownName
from graph.reasoning import derive
from ontology.base import BASE
from ontology.terms import POL

TEST = f"{BASE}id/test/"
LABELS = """:otan a pol:PoliticalParty ; skos:prefLabel "Nur Otan"@en, "Нур Отан"@ru . :tv a pol:MediaSector ;
    skos:prefLabel "TV stations"@en . :gov a pol:Government ; skos:prefLabel "the Government"@en .
    :land skos:prefLabel "Utopia"@en . :lone skos:prefLabel "A lone thing"@en ."""
CLAIMS = {
    "ruling": ":side a pol:PoliticalAlignment ; pol:party :otan ; pol:role pol:ruling .",
    "control": ":hold a pol:MediaControl ; pol:controller :gov ; pol:controlled :tv .",
    "again": ":hold pol:controller :gov .",
    "land": ":gov pol:country :land .",
}
RIGGED = ":rigging a pol:ElectionRigging ; pol:election :election . :otan pol:country :land ."


class StoreEngine:
    """An engine over a store in this process, which counts what it is asked."""

    def __init__(self, store: Store) -> None:
        self.store, self.asked = store, 0

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        self.asked += 1
        found = self.store.query(query.text)
        assert isinstance(found, QuerySolutions)
        return Answer("bindings", RESULTS_JSON, found.serialize(format=QueryResultsFormat.JSON) or b"")

    def close(self) -> None:
        """Nothing runs."""


def metadata(name: str, modality: str, label: str, *quotes: tuple[int, str]) -> str:
    """A claim's own description, as the default graph holds it."""
    it = claim(name)
    lines = [f'<{it}> a pol:Claim ; rdfs:label "{label}"@en ; pol:modality pol:{modality} .']
    lines.append(f"<{it}> <http://www.nanopub.org/nschema#hasAssertion> <{it}#assertion> .")
    for number, (start, words) in enumerate(quotes):
        lines.append(
            f"""<{it}> pol:quote <{it}#q{number}> . <{it}#q{number}> oa:hasSelector <{it}#t{number}>, <{it}#p{number}> .
            <{it}#t{number}> oa:exact "{words}"@en . <{it}#p{number}> oa:start {start} ."""
        )
    return "@prefix oa: <http://www.w3.org/ns/oa#> . " + " ".join(lines)


@pytest.fixture(scope="module")
def engine() -> StoreEngine:
    facts = said(entities=LABELS, **CLAIMS)
    store = Store()
    derived = derive(ontology(), facts)
    for quad in (*facts, *derived, *said(rigged=RIGGED)):
        store.add(quad)
    for quad in (*facts, *(quad for quad in derived if not is_record(quad))):
        store.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    described = [
        metadata("ruling", "asserted", "Nur Otan rules.", (10, "the ruling party, Nur Otan")),
        metadata("control", "asserted", "It controls.", (90, "most TV stations"), (50, "has control over")),
        metadata("again", "asserted", "It does control.", (7, "the government controls")),
        metadata("land", "asserted", "It governs Utopia.", (1, "the government of Utopia")),
        metadata("rigged", "believed", "The elections were rigged.", (200, "many believe")),
    ]
    for text in described:
        for triple in triples(text):
            store.add(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))
    store.extend(ontology_quads())
    return StoreEngine(store)


def leaves(explanation: Explanation) -> Iterator[Explanation]:
    if not explanation.premises:
        yield explanation
    for premise in explanation.premises:
        yield from leaves(premise)


def test_a_derived_statement_leads_down_to_its_quotes(engine: StoreEngine) -> None:
    (found,) = explain(engine, str(POL.RulingParty))
    assert (found.statement, found.kind) == ("Nur Otan is a ruling party", "derived")
    assert found.rule is not None
    assert found.rule.startswith("X is a ruling party when X is a political party, Y - party - X,")
    assert [(leaf.statement, leaf.kind, leaf.iri, leaf.quote) for leaf in found.premises] == [
        ("Nur Otan is a political party", "entity", f"{TEST}otan", None),
        ("side - party - Nur Otan", "claim", claim("ruling"), "the ruling party, Nur Otan"),
        ("side - political role - ruling", "claim", claim("ruling"), "the ruling party, Nur Otan"),
        ("side is a political alignment", "claim", claim("ruling"), "the ruling party, Nur Otan"),
    ]


def test_a_derivation_of_a_derivation_is_a_tree(engine: StoreEngine) -> None:
    (found,) = explain(engine, str(POL.StateControlledMedia))
    (control,) = [premise for premise in found.premises if premise.kind == "derived"]
    assert control.statement == "TV stations - controlled by - the Government"
    assert {leaf.iri for leaf in leaves(control)} == {claim("control"), claim("again")}


def test_quotes_come_in_the_order_of_the_text(engine: StoreEngine) -> None:
    (found,) = explain(engine, claim("control"))
    assert found == Explanation(
        "It controls.", "claim", None, claim("control"), "has control over … most TV stations", ()
    )


def test_a_statement_of_two_claims_is_shown_with_both(engine: StoreEngine) -> None:
    found = explain(engine, f"{TEST}tv")
    sources = {
        leaf.iri for each in found for leaf in leaves(each) if leaf.statement == "hold - controller - the Government"
    }
    assert sources == {claim("control"), claim("again")}


def test_one_derivation_is_explained_by_its_own_name(engine: StoreEngine) -> None:
    (party,) = explain(engine, str(POL.RulingParty))
    assert explain(engine, party.iri) == (party,)


def test_a_premise_is_explained_by_its_own_name(engine: StoreEngine) -> None:
    line = f"<{TEST}side> <{POL.role}> <{POL.ruling}> ."
    (found,) = explain(engine, iris.derivation(line))
    assert (found.kind, found.iri) == ("claim", claim("ruling"))


def test_a_thing_is_explained_by_all_that_is_derived_and_claimed_of_it(engine: StoreEngine) -> None:
    found = explain(engine, f"{TEST}otan")
    assert [each.statement for each in found] == [
        "Nur Otan is a ruling party",
        "Nur Otan is an agent",
        "Nur Otan is an organization",
        "The elections were rigged. (believed)",
    ]


def test_a_property_is_explained_by_what_was_derived_with_it(engine: StoreEngine) -> None:
    assert [each.statement for each in explain(engine, str(POL.controls))] == [
        "the Government - controls - TV stations"
    ]


def test_what_is_only_believed_is_shown_as_believed_and_supports_nothing(engine: StoreEngine) -> None:
    (found,) = explain(engine, claim("rigged"))
    assert (found.statement, found.quote) == ("The elections were rigged. (believed)", "many believe")
    assert claim("rigged") not in {leaf.iri for leaf in leaves(explain(engine, f"{TEST}otan")[0])}


def test_a_thing_of_which_only_claims_speak(engine: StoreEngine) -> None:
    kinds = [(each.kind, each.iri) for each in explain(engine, f"{TEST}land") if each.kind != "derived"]
    assert kinds == [("claim", claim("rigged"))]


def test_a_thing_of_which_nothing_is_said(engine: StoreEngine) -> None:
    (found,) = explain(engine, f"{TEST}lone")
    assert found == Explanation(
        "A lone thing: nothing is derived or claimed of it", "entity", None, f"{TEST}lone", None, ()
    )


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        (f"{TEST}ottan", "id/test/otan"),
        (f"{POL}RulingPartie", "politics#RulingParty"),
        (claim("rulin"), "claim/test/ruling"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(engine: StoreEngine, wrong: str, meant: str) -> None:
    with pytest.raises(UnknownName) as unknown:
        explain(engine, wrong)
    assert "did you mean" in unknown.value.hint
    assert meant in unknown.value.hint.split(" or ")[0]


@pytest.mark.parametrize("wrong", ["", "a b", "x> } DROP ALL #", 'http://example.org/">'])
def test_what_is_no_iri_is_never_put_into_a_query(engine: StoreEngine, wrong: str) -> None:
    before = engine.asked
    with pytest.raises(UnknownName):
        explain(engine, wrong)
    assert engine.asked == before


def test_a_record_that_rests_on_itself_ends() -> None:
    store = Store()
    loop = iris.derivation("loop")
    text = f"""<{loop}> a pol:Derivation ; rdf:subject :a ; rdf:predicate pol:controls ; rdf:object :b ;
        pol:premise <{loop}> ."""
    for triple in triples(text):
        store.add(Quad(triple.subject, triple.predicate, triple.object, NamedNode(iris.INFERRED_GRAPH)))
    (found,) = explain(StoreEngine(store), loop)
    assert found.premises == ()


def test_many_members_take_few_queries() -> None:
    facts = said(a=" ".join(f":p{n} a pol:PoliticalParty ; skos:prefLabel 'Party {n}'@en ." for n in range(BATCH)))
    store = Store()
    store.extend([*facts, *derive(ontology(), facts)])
    store.extend(Quad(fact.subject, fact.predicate, fact.object, DefaultGraph()) for fact in facts)
    engine = StoreEngine(store)
    assert len(explain(engine, "http://xmlns.com/foaf/0.1/Agent")) == BATCH
    assert engine.asked < 20


def test_the_ban_of_the_seed_is_explained_by_its_quote(seed_store: Store) -> None:
    (found,) = explain(StoreEngine(seed_store), str(POL.BannedParty))
    assert found.statement == "Democratic Choice Party is a banned party"
    quotes = {leaf.quote for leaf in leaves(found) if leaf.kind == "claim"}
    assert all(quote and "banned" in quote for quote in quotes)
    assert quotes


def test_everything_derived_from_the_seed_is_explained_down_to_claims_and_entities(seed_store: Store) -> None:
    engine = StoreEngine(seed_store)
    inferred = NamedNode(iris.INFERRED_GRAPH)
    subjects = {
        quad.subject for quad in seed_store.quads_for_pattern(None, None, None, inferred) if not is_record(quad)
    }
    assert subjects
    for subject in subjects:
        assert isinstance(subject, NamedNode)
        for found in explain(engine, subject.value):
            assert {leaf.kind for leaf in leaves(found)} <= {"claim", "entity"}
            assert all(leaf.quote for leaf in leaves(found) if leaf.kind == "claim")
