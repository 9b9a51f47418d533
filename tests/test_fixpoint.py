"""What follows and what it rests on: the same as trying every fact for every premise, round by round."""

from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Variable
from reasoning_cases import World, facts_of, ontology, triples, worlds

from graph.logic.axioms import Pattern, Slot
from graph.logic.facts import Fact, fact_of
from graph.logic.fixpoint import Support, close
from graph.logic.rules import Rule, compile_rules

Bound = dict[str, str]
THING = st.sampled_from([NamedNode(f"urn:{name}") for name in "abc"])
SLOT: st.SearchStrategy[Slot] = st.one_of(st.sampled_from([Variable(name) for name in "xyz"]), THING)
PATTERN = st.tuples(SLOT, THING, SLOT)


def tried(rules: Sequence[Rule], facts: set[Fact]) -> dict[Fact, Support]:
    """The same as ``close``, without any index."""
    found: dict[Fact, Support] = {}
    while new := _round(rules, {*facts, *found}):
        found |= new
    return found


def _round(rules: Sequence[Rule], known: set[Fact]) -> dict[Fact, Support]:
    best: dict[Fact, Support] = {}
    for rule in rules:
        answers = {(_filled(rule.conclusion, bound), premises) for bound, premises in _matches(rule.premises, known)}
        first = {conclusion: Support(rule, premises) for conclusion, premises in sorted(answers, reverse=True)}
        best |= {conclusion: first[conclusion] for conclusion in first.keys() - known - best.keys()}
    return best


def _matches(patterns: Sequence[Pattern], known: set[Fact]) -> Iterator[tuple[Bound, tuple[Fact, ...]]]:
    if not patterns:
        yield {}, ()
        return
    for bound, premises in _matches(patterns[:-1], known):
        for fact in known:
            more = dict(bound)
            for slot, text in zip(patterns[-1], fact, strict=True):
                wanted = more.setdefault(slot.value, text) if isinstance(slot, Variable) else str(slot)
                if wanted != text:
                    break
            else:
                yield more, (*premises, fact)


def _filled(pattern: Pattern, bound: Bound) -> Fact:
    subject, predicate, value = (bound[slot.value] if isinstance(slot, Variable) else str(slot) for slot in pattern)
    return subject, predicate, value


@st.composite
def rules_of(draw: st.DrawFn) -> Rule:
    """A rule of any shape, of few terms, whose conclusion has no variable of its own."""
    premises = draw(st.lists(PATTERN, min_size=1, max_size=3))
    known = [slot for pattern in premises for slot in pattern if isinstance(slot, Variable)]
    slot: st.SearchStrategy[Slot] = st.sampled_from([*known, NamedNode("urn:a")])
    return Rule(NamedNode("urn:axiom"), tuple(premises), draw(st.tuples(slot, THING, slot)), draw(st.text()))


@given(st.lists(rules_of(), max_size=4), st.sets(st.tuples(THING, THING, THING), max_size=8))
def test_rules_of_any_shape_find_what_trying_finds(rules: list[Rule], given: set[tuple[NamedNode, ...]]) -> None:
    facts = {(str(subject), str(predicate), str(value)) for subject, predicate, value in given}
    assert close(rules, facts) == tried(rules, facts)


@settings(max_examples=5)
@given(worlds())
def test_rules_of_the_ontology_find_what_trying_finds(world: World) -> None:
    facts = {fact_of(quad.triple) for quad in facts_of(world, 0)}
    rules = compile_rules(ontology())
    assert close(rules, facts) == tried(rules, facts)


def test_premises_that_share_nothing_meet_in_any_round() -> None:
    p, q, r = (NamedNode(f"urn:{name}") for name in "pqr")
    x, y, z = map(Variable, "xyz")
    rules = [Rule(p, ((x, p, y),), (x, q, y), "q"), Rule(p, ((x, p, y), (z, q, z)), (x, r, z), "r")]
    facts = {("<urn:1>", str(p), "<urn:2>"), ("<urn:3>", str(p), "<urn:3>")}
    found = close(rules, facts)
    assert found == tried(rules, facts)
    assert ("<urn:1>", str(r), "<urn:3>") in found


def test_a_number_in_an_axiom_is_met_however_it_is_written() -> None:
    rules = compile_rules(
        triples(
            ":n a owl:DatatypeProperty . :C a owl:Class ; "
            'owl:equivalentClass [ a owl:Restriction ; owl:onProperty :n ; owl:hasValue "007"^^xsd:integer ] .'
        )
    )
    assert [subject for subject, _, _ in close(rules, [fact_of(one) for one in triples(":x :n 7 .")])] == [
        str(triples(":x :n 7 .")[0].subject)
    ]
