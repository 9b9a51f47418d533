"""Everything that follows from facts by rules, each statement with the support it was first found with.

Semi-naive evaluation (Abiteboul, Hull, Vianu: Foundations of Databases, section 13.1): after the first round, a rule is
asked only for what rests on at least one statement of the round before, so that the work of a round is bounded by what
was new.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.logic.facts import Fact
from graph.logic.joins import Join, Tables
from graph.logic.rules import Rule


@dataclass(frozen=True)
class Support:
    """Why a statement holds: the rule and the facts that matched its premises, in the rule's order."""

    rule: Rule
    premises: tuple[Fact, ...]


def close(rules: Sequence[Rule], facts: Iterable[Fact]) -> dict[Fact, Support]:
    """Every statement that follows and is no fact, with its support.

    The support is one of the earliest round, so none rests on itself; of those the one whose rule comes
    first in ``rules``, and of the rule's the smallest premises in sort order of their text.
    """
    tables = Tables()
    by_rule = [(rule, [Join(tables, rule, at) for at in range(len(rule.premises))]) for rule in rules]
    tables.enter(facts)
    # Of the first round all facts are the latest, so that one join of each rule finds everything.
    new = _round(tables, ((rule, [min(joins, key=Join.size)]) for rule, joins in by_rule))
    found = dict(new)
    while new:
        tables.enter(new)
        new = _round(tables, by_rule)
        found |= new
    return found


def _round(tables: Tables, by_rule: Iterable[tuple[Rule, Sequence[Join]]]) -> dict[Fact, Support]:
    best: dict[Fact, Support] = {}
    for rule, joins in by_rule:
        for conclusion, premises in _answers(tables, joins):
            known = best.get(conclusion)
            if known is None or (known.rule is rule and premises < known.premises):
                best[conclusion] = Support(rule, premises)
    return best


def _answers(tables: Tables, joins: Iterable[Join]) -> Iterator[tuple[Fact, tuple[Fact, ...]]]:
    """Conclusions that are not known yet, with their premises."""
    for join in joins:
        for row in join.rows():
            if (conclusion := join.conclusion(row)) not in tables.known:
                yield conclusion, join.premises(row)
