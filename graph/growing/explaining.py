"""What shapes and checks find wrong with some documents, in the words of ``graph.checking``, and at its places.

These documents are read again, as are others that speak of a thing with which something is wrong: it may be written
there. Of all else it is remembered what is said of it, up to ``STEPS`` from the things of these documents.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from graph.dataset import encode
from graph.errors import Problem
from graph.growing.context import Contexts
from graph.growing.made import Made, parts_of
from graph.growing.stated import owner
from graph.iris import ID
from graph.parts import Parts
from graph.places import Places
from graph.validation import check_problems, shape_problems

STEPS = 3
"""One more than shapes and checks go from the thing that they look at."""


def explained(suspects: Sequence[Made], contexts: Contexts) -> list[Problem]:
    """What is wrong with what these documents say, seen with all others."""
    reader = _Again()
    parts = [reader.parts(one) for one in suspects]
    content = encode(
        [one for some in parts for one in some.editorials], [one for some in parts for one in some.entities]
    )
    triples = {quad.triple for quad in content.stated()}
    subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}
    own = {owner(one.piece.iri) for one in suspects}
    triples |= _around(triples, own, contexts)
    quads, written = [Quad(*triple) for triple in triples], _Written(subjects, contexts, reader)
    return [*shape_problems(quads, written), *check_problems(quads, written)]


def _around(triples: Collection[Triple], own: Collection[str], contexts: Contexts) -> set[Triple]:
    """What is said of the things in these triples, and of those that are named there; of the ``own`` editorials'
    claims, given by their slugs, no more than what others say.
    """
    found: set[Triple] = set()
    seen: set[str] = set()
    new = set(triples)
    for _ in range(STEPS):
        things = set(_things(new)) - seen
        seen |= things
        new = {quad.triple for quad in parse(b"".join(contexts.said(things, own)), RdfFormat.N_TRIPLES)}
        found |= new
    return found


def _things(triples: Collection[Triple]) -> Iterator[str]:
    for triple in triples:
        for term in (triple.subject, triple.object):
            if isinstance(term, NamedNode) and term.value.startswith(ID):
                yield term.value


class _Again:
    """Documents that are read again, each once."""

    def __init__(self) -> None:
        self._parts: dict[bytes, Parts] = {}

    def parts(self, made: Made) -> Parts:
        """Those of a document."""
        if made.key not in self._parts:
            self._parts[made.key] = parts_of(made)
        return self._parts[made.key]


class _Written:
    """Where some subjects are written, of which documents are read when that is asked."""

    def __init__(self, subjects: Collection[str], contexts: Contexts, reader: _Again) -> None:
        self._subjects, self._contexts, self._reader = subjects, contexts, reader
        self._places: dict[str, Places] = {}
        things = {*subjects, *map(_whole, subjects)}
        self._defining: defaultdict[str, list[int]] = defaultdict(list)
        self._naming: defaultdict[str, list[int]] = defaultdict(list)
        self._made = [one for lot in contexts.lots.all for one in lot.made]
        for number, one in enumerate(self._made):
            for thing in one.piece.defined & things:
                self._defining[thing].append(number)
            for thing in one.piece.references & things:
                self._naming[thing].append(number)

    def knows(self, subject: str) -> bool:
        """Whether it is one of them, and written somewhere."""
        return subject in self._subjects and self._of(subject).knows(subject)

    def problem(self, subject: str, predicate: str, what: str, hint: str, rule: str) -> Problem:
        """A problem where ``graph.places`` has it."""
        return self._of(subject).problem(subject, predicate, what, hint, rule)

    def _of(self, subject: str) -> Places:
        if subject not in self._places:
            numbers = {number for thing in (subject, _whole(subject)) for number in self._speaking(thing)}
            parts = [self._reader.parts(self._made[number]) for number in sorted(numbers)]
            editorials = (one for some in parts for one in some.editorials)
            self._places[subject] = Places(editorials, (one for some in parts for one in some.entities))
        return self._places[subject]

    def _speaking(self, thing: str) -> Iterator[int]:
        """The documents in which a thing may be written, by their numbers."""
        yield from self._defining[thing]
        if not any(self._made[number].piece.entities for number in self._defining[thing]):
            # No entity file comes before them all: it may be where the thing is named and nothing is said of it.
            yield from self._naming[thing]
        said = self._contexts.saying(thing)
        yield from (number for number, one in enumerate(self._made) if one.key in said)


def _whole(subject: str) -> str:
    """The thing of which it is a part, or itself."""
    return subject.partition("#")[0]
