"""The premises of a rule matched with facts, one after the other, through indexes of no more than the rules ask for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from operator import itemgetter

from pyoxigraph import Variable

from graph.logic.axioms import Pattern
from graph.logic.facts import Fact, text_of
from graph.logic.rules import Rule

Row = tuple[str, ...]
"""The terms of facts that match premises, three for each, in the order in which they are joined."""
SUBJECT, PREDICATE, OBJECT = range(3)
ANY = ""


class Table:
    """The facts that can match a pattern. ``latest``: those entered last; ``all``: these and those before."""

    def __init__(self) -> None:
        self.all: list[Fact] = []
        self.latest: list[Fact] = []
        self._indexes: dict[int, defaultdict[str, list[Fact]]] = {}

    def by(self, place: int) -> defaultdict[str, list[Fact]]:
        """All facts by what stands in a place; kept up to date. Asked for before any fact is entered."""
        return self._indexes.setdefault(place, defaultdict(list))

    def settle(self) -> None:
        """Let those that wait as the latest be counted with all."""
        self.all += self.latest
        for place, index in self._indexes.items():
            for fact in self.latest:
                index[fact[place]].append(fact)


class Tables:
    """All tables, and the facts ``known``: of predicates that any rule speaks of."""

    def __init__(self) -> None:
        self.known: set[Fact] = set()
        self._by_predicate: dict[str, dict[str, Table]] = {}

    def table(self, pattern: Pattern) -> Table:
        """The table of what has the pattern's predicate, and its object if that is no variable."""
        _, predicate, value = pattern
        tables = self._by_predicate.setdefault(str(predicate), {})
        return tables.setdefault(ANY if isinstance(value, Variable) else text_of(value), Table())

    def enter(self, facts: Iterable[Fact]) -> None:
        """Add facts that are not known; they are the latest then."""
        tables = [table for some in self._by_predicate.values() for table in some.values()]
        for table in tables:
            table.latest = []
        known, by_predicate = self.known, self._by_predicate
        for fact in facts:
            some = by_predicate.get(fact[PREDICATE])
            if some is None or fact in known:
                continue
            known.add(fact)
            for value in (fact[OBJECT], ANY):
                if value in some:
                    some[value].latest.append(fact)
        for table in tables:
            table.settle()


class Join:
    """A rule asked for what rests on the latest facts, as one of its premises (``first``, by its number)."""

    def __init__(self, tables: Tables, rule: Rule, first: int) -> None:
        tables.table(rule.conclusion)  # so that it is known where it is stated
        order = _order(rule.premises, first)
        bound: dict[str, int] = {}
        patterns = [rule.premises[number] for number in order]
        steps = [_Step(tables.table(one), one, bound, 3 * at) for at, one in enumerate(patterns)]
        self._first, *self._then = steps
        self._at = [3 * order.index(number) for number in range(len(order))]
        # What the conclusion takes from no premise is put at the end of a row.
        self._constants = tuple(text_of(slot) for slot in rule.conclusion if not isinstance(slot, Variable))
        ends = count(3 * len(order))
        places = [bound[slot.value] if isinstance(slot, Variable) else next(ends) for slot in rule.conclusion]
        self._conclusion: Callable[[Row], Fact] = itemgetter(*places)

    def size(self) -> int:
        """How many facts are tried at first."""
        return len(self._first.table.latest)

    def rows(self) -> Iterable[Row]:
        """What matches all premises."""
        found = self._first.begun()
        for step in self._then:
            found = step.joined(found)
        return found

    def conclusion(self, row: Row) -> Fact:
        """What follows of a row."""
        return self._conclusion(row + self._constants)

    def premises(self, row: Row) -> tuple[Fact, ...]:
        """The facts of a row, in the order of the rule."""
        if not self._then:
            return (row,)  # type: ignore[return-value]
        return tuple((row[at], row[at + 1], row[at + 2]) for at in self._at)


class _Step:
    """One premise. ``bound``: where in a row each variable stands; it learns those that are new here."""

    def __init__(self, table: Table, pattern: Pattern, bound: dict[str, int], width: int) -> None:
        self.table = table
        self._same: list[tuple[int, int]] = []
        self._fixed: list[tuple[int, str]] = []
        for place, slot in ((SUBJECT, pattern[0]), (OBJECT, pattern[2])):
            if isinstance(slot, Variable):
                at = bound.setdefault(slot.value, width + place)
                self._same += [(at, width + place)] if at != width + place else []
            elif place == SUBJECT:
                self._fixed.append((width + place, text_of(slot)))
        self._key = next((at for at in self._same if at[0] < width), None)
        if self._key is not None:
            self._same.remove(self._key)
            self._index = table.by(self._key[1] - width)

    def begun(self) -> Iterable[Row]:
        """The latest facts that match."""
        return self._fitting(self.table.latest)

    def joined(self, rows: Iterable[Row]) -> Iterable[Row]:
        """Rows, each with every fact that matches beside it."""
        if self._key is None:
            return self._fitting(row + fact for row in rows for fact in self.table.all)
        at, index = self._key[0], self._index
        return self._fitting(row + fact for row in rows for fact in index.get(row[at], ()))

    def _fitting(self, rows: Iterable[Row]) -> Iterable[Row]:
        if not self._same and not self._fixed:
            return rows
        return (
            row
            for row in rows
            if all(row[one] == row[other] for one, other in self._same)
            and all(row[at] == text for at, text in self._fixed)
        )


def _order(premises: Sequence[Pattern], first: int) -> list[int]:
    """The numbers of premises, from one on: next is what shares a variable with those before, if any does."""
    order, left = [first], [number for number in range(len(premises)) if number != first]
    known = _variables(premises[first])
    while left:
        number = next((one for one in left if known & _variables(premises[one])), left[0])
        left.remove(number)
        order.append(number)
        known |= _variables(premises[number])
    return order


def _variables(pattern: Pattern) -> set[str]:
    return {slot.value for slot in pattern if isinstance(slot, Variable)}
