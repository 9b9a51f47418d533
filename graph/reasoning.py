"""What follows from the asserted facts: derived statements, each with the record of what it rests on."""

import gc
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import chain

from pyoxigraph import NamedNode, Quad, Triple

from graph import iris
from graph.logic.axioms import Axioms
from graph.logic.derivations import records, source_of
from graph.logic.derived_lines import blocks
from graph.logic.fixpoint import close
from graph.logic.rules import compile_rules
from graph.logic.violations import suspicious, violations
from graph.logic.wording import Words, labels_in


def derive(ontology: Iterable[Triple], facts: Iterable[Quad]) -> list[Quad]:
    """Everything that follows, as quads of ``graph/inferred``; the same for the same facts in any order.

    The graph name of a fact says where it comes from: a claim's ``#assertion``, or ``graph/entities``. What
    the ontology says of its own individuals counts as fact too. Every derived statement that is no fact is
    there, with its record (``graph.logic.derivations``). Raises ``UnsupportedAxiom``.
    """
    with uncollected():
        return list(Closure(ontology, facts).records())


class Closure:
    """Facts with everything that follows from them; raises what ``derive`` raises."""

    def __init__(self, ontology: Iterable[Triple], facts: Iterable[Quad]) -> None:
        self._axioms = Axioms(ontology)
        place = NamedNode(iris.ONTOLOGY_GRAPH)
        own = (Quad(t.subject, t.predicate, t.object, place) for t in self._axioms.facts())
        self._stated = [*own, *facts]
        self._found = close(compile_rules(self._axioms.triples), (quad.triple for quad in self._stated))

    @cached_property
    def _words(self) -> Words:
        return Words(labels_in(chain(self._axioms.triples, (quad.triple for quad in self._stated))))

    @cached_property
    def _sources(self) -> dict[Triple, list[NamedNode]]:
        """Of the facts among the premises."""
        needed = {premise for support in self._found.values() for premise in support.premises} - self._found.keys()
        return _sources(self._stated, needed)

    def clashes(self) -> bool:
        """Whether rules see anything that cannot be true; ``graph.logic.clashes`` says what."""
        suspects = list(suspicious(self._axioms, chain((quad.triple for quad in self._stated), self._found)))
        return bool(suspects and violations(self._axioms, suspects, self._words))

    def records(self) -> Iterator[Quad]:
        """What ``derive`` gives."""
        return records(self._found, self._sources, self._words)

    def blocks(self) -> Iterator[tuple[bytes, bytes]]:
        """The same as N-Quads, with what is derived in the default graph too, as a snapshot holds it.

        Each subject as N-Quads writes it, with its lines, sorted and each once; the subjects sorted.
        """
        return blocks(self._found, self._sources, self._words)


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


def _sources(stated: Iterable[Quad], needed: Collection[Triple]) -> dict[Triple, list[NamedNode]]:
    """Where each of the facts needed is stated, sorted."""
    found: dict[Triple, set[NamedNode]] = {triple: set() for triple in needed}
    for quad in stated:
        if quad.triple in found and isinstance(quad.graph_name, NamedNode):
            found[quad.triple].add(source_of(quad.graph_name))
    return {triple: sorted(sources) for triple, sources in found.items()}
