"""What follows from the asserted facts: derived statements, each with the record of what it rests on."""

import gc
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import chain

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

from graph import iris
from graph.logic.axioms import Axioms
from graph.logic.derivations import blocks, source_of
from graph.logic.facts import Fact, Stated, fact_of, spelt, stated_of, triple_of
from graph.logic.fixpoint import close
from graph.logic.rules import compile_rules
from graph.logic.violations import Violation, suspicious, violations
from graph.logic.wording import LABELS, Words, labels_in

NAMES = frozenset(map(str, LABELS))


def derive(ontology: Iterable[Triple], facts: Iterable[Quad]) -> list[Quad]:
    """Everything that follows, as quads of ``graph/inferred``; the same for the same facts in any order.

    The graph name of a fact says where it comes from: a claim's ``#assertion``, or ``graph/entities``. What
    the ontology says of its own individuals counts as fact too. Every derived statement that is no fact is
    there, with its record (``graph.logic.derivations``). Raises ``UnsupportedAxiom``.
    """
    with uncollected():
        return list(Closure(ontology, map(stated_of, facts)).records())


class Closure:
    """Facts with everything that follows from them; raises what ``derive`` raises."""

    def __init__(self, ontology: Iterable[Triple], facts: Iterable[Stated]) -> None:
        self._axioms, place = Axioms(ontology), NamedNode(iris.ONTOLOGY_GRAPH)
        own = (stated_of(Quad(t.subject, t.predicate, t.object, place)) for t in self._axioms.facts())
        written = [*own, *facts]
        stated = spelt(written)
        self.as_written = stated == written
        """Whether each number and date is spelt in the facts as a store spells it."""
        self._facts: list[Fact] = [one[:3] for one in stated]
        self._places = [one[3] for one in stated]
        self._found = close(compile_rules(self._axioms.triples), self._facts)

    @cached_property
    def words(self) -> Words:
        """What the things are called that the facts speak of."""
        named = (triple_of(fact) for fact in self._facts if fact[1] in NAMES)
        return Words(labels_in(chain(self._axioms.triples, named)))

    def clashes(self) -> bool:
        """Whether rules see anything that cannot be true; ``graph.logic.clashes`` says what."""
        return bool(self._violations)

    @cached_property
    def _violations(self) -> list[Violation]:
        suspects = [triple_of(fact) for fact in set(suspicious(self._axioms, chain(self._facts, self._found)))]
        return violations(self._axioms, suspects, self.words) if suspects else []

    def clashing(self) -> set[str]:
        """The graphs that what clashes rests on, of each fact the one that ``graph.logic.clashes`` names for it."""
        left = [fact_of(statement) for statements, _ in self._violations for statement in statements]
        seen = set(left)
        for fact in left:  # grows as it is read
            premises = self._found[fact].premises if fact in self._found else ()
            left += [premise for premise in premises if premise not in seen]
            seen.update(premises)
        rests: dict[Fact, set[str]] = {fact: set() for fact in left if fact not in self._found}
        for fact, place in zip(self._facts, self._places, strict=True):
            if fact in rests:
                rests[fact].add(place[1:-1])
        return {
            min(places, key=lambda place: (source_of(place) != place, source_of(place))) for places in rests.values()
        }

    @property
    def derived(self) -> int:
        """How many statements follow, without what their records say."""
        return len(self._found)

    def blocks(self) -> Iterator[tuple[bytes, bytes]]:
        """What ``derive`` gives, as N-Quads, and what is derived in the default graph too: as a snapshot holds it.

        Each subject as N-Quads writes it, with its lines, sorted and each once; the subjects sorted.
        """
        needed = {premise for support in self._found.values() for premise in support.premises} - self._found.keys()
        return blocks(self._found, _sources(zip(self._facts, self._places, strict=True), needed), self.words)

    def records(self) -> Iterator[Quad]:
        """What ``derive`` gives."""
        quads = parse(b"".join(lines for _, lines in self.blocks()), RdfFormat.N_QUADS)
        return (quad for quad in quads if quad.graph_name != DefaultGraph())


@contextmanager
def uncollected() -> Iterator[None]:
    """Without searches for cyclic garbage: there is none here, and over millions of terms they double the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _sources(places: Iterable[tuple[Fact, str]], needed: Collection[Fact]) -> dict[Fact, list[str]]:
    """Where each of the facts needed is stated, sorted; ``places``: graphs, as N-Quads writes them."""
    found: dict[Fact, list[str]] = {fact: [] for fact in needed}
    for fact, place in places:
        if fact in found and place[0] == "<":
            found[fact].append(f"<{source_of(place[1:-1])}>")
    return {fact: sorted(set(sources)) for fact, sources in found.items()}
