"""Everything that follows from facts by rules, each statement with the support it was first found with.

Semi-naive evaluation (Abiteboul, Hull, Vianu: Foundations of Databases, section 13.1) in SPARQL over an
Oxigraph store in memory: after the first round, a rule is asked only for what rests on at least one
statement of the round before, so that the work of a round is bounded by what was new.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store, Triple, Variable

from graph.logic.axioms import TYPE, Pattern, Slot, Term
from graph.logic.rules import Rule

LATEST = NamedNode("urn:x-samizdat:latest")
"""The graph of what the last round found."""
EVERYTHING = DefaultGraph()

Key = tuple[NamedNode, Term | None]
"""What a pattern can match: a predicate, of ``rdf:type`` together with the class."""


@dataclass(frozen=True)
class Support:
    """Why a statement holds: the rule and the triples that matched its premises, in the rule's order."""

    rule: Rule
    premises: tuple[Triple, ...]


def close(rules: Sequence[Rule], facts: Iterable[Triple]) -> dict[Triple, Support]:
    """Every statement that follows and is no fact, with its support.

    The support is one of the earliest round, so none rests on itself; of those the one whose rule comes
    first in ``rules``, and of the rule's the smallest premises in sort order of their N-Triples.
    """
    used = {predicate for rule in rules for _, predicate, _ in (*rule.premises, rule.conclusion)}
    store = Store()
    store.bulk_extend(_quad(fact, EVERYTHING) for fact in facts if fact.predicate in used)
    found = new = _round(store, [query for rule in rules if (query := _Query(rule))])
    by_key = _queries_by_key(rules)
    while new:
        _enter(store, new)
        keys = {_key(triple) for triple in new}
        new = _round(store, [query for query in by_key if query.key in keys])
        found |= new
    return found


def _enter(store: Store, new: Iterable[Triple]) -> None:
    store.clear_graph(LATEST)
    store.bulk_extend(_quad(triple, place) for triple in new for place in (EVERYTHING, LATEST))


def _quad(triple: Triple, place: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, place)


def _round(store: Store, queries: Iterable["_Query"]) -> dict[Triple, Support]:
    best: dict[Triple, Support] = {}
    for query in queries:
        for conclusion, premises in query.answers(store):
            known = best.get(conclusion)
            if known is None:
                best[conclusion] = Support(query.rule, premises)
            elif known.rule is query.rule and known.premises != premises:
                best[conclusion] = Support(query.rule, min(known.premises, premises, key=_sort_key))
    return best


def _sort_key(premises: tuple[Triple, ...]) -> tuple[str, ...]:
    return tuple(map(str, premises))


def _queries_by_key(rules: Iterable[Rule]) -> list["_Query"]:
    return [_Query(rule, at) for rule in rules for at in range(len(rule.premises))]


def _key(pattern: Pattern | Triple) -> Key:
    _, predicate, value = pattern
    return (predicate, value if predicate == TYPE and not isinstance(value, Variable) else None)


class _Query:
    """A rule as a query for its new conclusions; with ``latest``, that premise must be of the last round."""

    def __init__(self, rule: Rule, latest: int | None = None) -> None:
        self.rule = rule
        self.key = None if latest is None else _key(rule.premises[latest])
        names = sorted({slot.value for pattern in rule.premises for slot in pattern if isinstance(slot, Variable)})
        self._fill = [_filler(pattern, names) for pattern in (rule.conclusion, *rule.premises)]
        self._text = _select(rule, names, latest)

    def answers(self, store: Store) -> Iterator[tuple[Triple, tuple[Triple, ...]]]:
        """Conclusions that the store does not hold yet, with their premises."""
        solutions = store.query(self._text)
        assert isinstance(solutions, QuerySolutions)
        for solution in solutions:
            row = tuple(solution)
            conclusion, *premises = [fill(row) for fill in self._fill]
            yield conclusion, tuple(premises)


def _filler(pattern: Pattern, names: Sequence[str]) -> Callable[[Sequence[Term]], Triple]:
    """The function that makes a pattern's triple of one row of values of the variables."""

    def reader(slot: Slot) -> Callable[[Sequence[Term]], Term]:
        if isinstance(slot, Variable):
            at = names.index(slot.value)
            return lambda row: row[at]
        return lambda row: slot

    subject, predicate, value = reader(pattern[0]), pattern[1], reader(pattern[2])
    return lambda row: Triple(subject(row), predicate, value(row))  # type: ignore[arg-type]


def _select(rule: Rule, names: Sequence[str], latest: int | None) -> str:
    patterns = [" ".join(map(str, pattern)) for pattern in rule.premises]
    if latest is not None:
        patterns = [f"GRAPH {LATEST} {{ {patterns.pop(latest)} }}", *patterns]
    conclusion = " ".join(map(str, rule.conclusion))
    head = " ".join(f"?{name}" for name in names)
    return f"SELECT {head} WHERE {{ {' . '.join(patterns)} FILTER NOT EXISTS {{ {conclusion} }} }}"
