"""What rules find that cannot be true together, in the words of ``graph.logic.proof``.

They are asked again, of the entities and of the claims that what clashes rests on: the same follows from these in the
same steps, for what is derived rests on as little as it can. Of the documents those of these claims are read again.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from pyoxigraph import RdfFormat, parse

from graph.dataset import ontology_triples
from graph.errors import Problem
from graph.growing.grounds import ENTITIES, facts
from graph.growing.lots import Lots
from graph.growing.made import Made, parts_of
from graph.logic.clashes import rule_clashes
from graph.logic.derivations import source_of
from graph.logic.proof import clash_problems
from graph.reasoning import Closure


def clashing(closure: Closure, lots: Lots, made: Sequence[Made]) -> list[Problem]:
    """What the closure of these documents' facts shows to be wrong with them; the facts are ``as_written``."""
    lines = _lines(lots, graphs := closure.clashing())
    found = rule_clashes(ontology_triples(), parse(b"".join(lines), RdfFormat.N_QUADS), closure.words)
    claims = {source_of(name) for name in graphs}
    again = [parts_of(one) for one in made if not claims.isdisjoint(one.piece.modalities)]
    first = next((parts_of(one).entities for one in made if one.piece.entities), ())
    editorials = [editorial for parts in again for editorial in parts.editorials]
    return [problem for clash in found for problem in clash_problems(clash, editorials, first)]


def _lines(lots: Lots, graphs: Collection[str]) -> Iterator[bytes]:
    """What is stated of entities, and in these graphs."""
    ends = (ENTITIES, *(f" <{name}> .\n".encode() for name in graphs))
    lines = chain.from_iterable(some.splitlines(keepends=True) for some in lots.each(facts))
    return (line for line in lines if line.endswith(ends))
