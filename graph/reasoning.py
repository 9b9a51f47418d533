"""What follows from the asserted facts: derived statements, each with the record of what it rests on."""

import gc
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

from pyoxigraph import NamedNode, Quad, Triple

from graph import iris
from graph.logic.axioms import Axioms
from graph.logic.derivations import records, source_of
from graph.logic.fixpoint import close
from graph.logic.rules import compile_rules
from graph.logic.wording import Words, labels_in


def derive(ontology: Iterable[Triple], facts: Iterable[Quad]) -> list[Quad]:
    """Everything that follows, as quads of ``graph/inferred``; the same for the same facts in any order.

    The graph name of a fact says where it comes from: a claim's ``#assertion``, or ``graph/entities``. What
    the ontology says of its own individuals counts as fact too. Every derived statement that is no fact is
    there, with its record (``graph.logic.derivations``). Raises ``UnsupportedAxiom``.
    """
    with _uncollected():
        axioms = Axioms(ontology)
        place = NamedNode(iris.ONTOLOGY_GRAPH)
        stated = [*(Quad(t.subject, t.predicate, t.object, place) for t in axioms.facts()), *facts]
        found = close(compile_rules(axioms.triples), (quad.triple for quad in stated))
        words = Words(labels_in(chain(axioms.triples, (quad.triple for quad in stated))))
        needed = {premise for support in found.values() for premise in support.premises} - found.keys()
        return list(records(found, _sources(stated, needed), words))


@contextmanager
def _uncollected() -> Iterator[None]:
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
