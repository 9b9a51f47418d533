"""What the shapes and the saved checks say of each document, together with what others say of the things that it names.

A shape looks at a thing and at the classes of its values, a check at what can be reached from a thing in two steps; so
a document is looked at with everything that is said of the things it names, and of those that these name. Its answer
is kept by the hash of all that. Names that two things share are looked for among all.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse, serialize

from graph.growing.cache import Cache, key
from graph.growing.stated import About, Stated, owner
from graph.growing.whole import Made, lines_of
from graph.growing.workers import Workers
from graph.progress import Stage, ignore
from graph.validation import shapes
from queries import checks

REACH = 2
"""Steps from a thing to what a check asks of it."""
AT_ONCE = 200
"""Documents whose lines are held in memory together."""


def all_valid(made: Sequence[Made], release: str, cache: Cache, workers: Workers, on_stage: Stage = ignore) -> bool:
    """Whether nothing is wrong with any document; what is wrong, ``graph.checking`` puts into words."""
    contexts = _Contexts(made)
    if contexts.names_shared():
        return False
    keys = {contexts.key(one, release): one for one in made if one.piece.stated is not None}
    unknown = [(name, keys[name]) for name in keys.keys() - cache.get(keys).keys()]
    for at in range(0, len(unknown), AT_ONCE):
        on_stage(f"validating: {at:,} of {len(unknown):,}")
        some = unknown[at : at + AT_ONCE]
        needed = {seen.key: seen for _, one in some for seen in contexts.needed(one)}
        lines = dict(zip(needed, lines_of(list(needed.values()), cache), strict=True))
        tasks = [contexts.task(one, lines) for _, one in some]
        found = dict(zip((name for name, _ in some), workers.run(is_valid, tasks), strict=True))
        cache.put({name: True for name, valid in found.items() if valid})
        if not all(found.values()):
            return False
    return True


def is_valid(task: tuple[bytes, bytes]) -> bool:
    """Whether shapes and checks find nothing wrong with what is said of the subjects of the N-Quads, given the
    N-Triples too.
    """
    own, others = task
    triples = {Triple(quad.subject, quad.predicate, quad.object) for quad in parse(own, RdfFormat.N_QUADS)}
    subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}
    triples |= {Triple(quad.subject, quad.predicate, quad.object) for quad in parse(others, RdfFormat.N_TRIPLES)}
    text = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    report = shapes().validate_text(text.decode(), format="ntriples")
    if any(result.focus_node.strip("<>") in subjects for result in report.results):
        return False
    store = Store()
    store.bulk_load(text, format=RdfFormat.N_TRIPLES)
    return not any(focus in subjects for focus in _in_violation(store))


def _in_violation(store: Store) -> Iterator[str]:
    for check in checks().values():
        answer = store.query(check.text)
        assert isinstance(answer, QuerySolutions)
        yield from (row["focus"].value for row in answer)


@dataclass(frozen=True)
class _Said:
    """What all documents say of a thing: N-Triples, their hash, and the things among the objects."""

    lines: bytes
    mark: bytes
    objects: frozenset[str]


class _Contexts:
    """What each document is to be seen with."""

    def __init__(self, made: Sequence[Made]) -> None:
        self._stated = [one.piece.stated for one in made if one.piece.stated is not None]
        self._said = _said(self._stated)
        self._of = {owner(one.piece.iri): one for one in made if one.piece.iri}
        self._others: defaultdict[str, set[str]] = defaultdict(set)
        for thing in self._said:
            if name := owner(thing):
                self._others[name].add(thing)

    def names_shared(self) -> bool:
        """Whether two things of one class have one preferred label."""
        called: defaultdict[str, set[str]] = defaultdict(set)
        for one in self._stated:
            for label, thing in one.labels:
                called[label].add(thing)
        shared = [things for things in called.values() if len(things) > 1]
        wanted = set().union(*shared)
        kinds: defaultdict[str, set[str]] = defaultdict(set)
        for thing, kind in chain.from_iterable(one.typed for one in self._stated):
            if thing in wanted:
                kinds[thing].add(kind)
        return any(kinds[a] & kinds[b] for things in shared for a, b in combinations(things, 2))

    def key(self, made: Made, release: str) -> bytes:
        """The hash of a document and of all that it is seen with."""
        said = (self._said[thing].mark for thing in self._things(made))
        return key("valid", release, made.key, *said, *(one.key for one in self._claims(made)))

    def needed(self, made: Made) -> list[Made]:
        """The documents of whose lines the task is made."""
        return [made, *self._claims(made)]

    def task(self, made: Made, lines: Mapping[bytes, bytes]) -> tuple[bytes, bytes]:
        """What ``is_valid`` is asked; the ``lines`` by the keys of documents."""
        own = lines[made.key]
        claims = set(self._named_claims(made))
        told = (_told(lines[one.key], claims) for one in self._claims(made))
        return own, b"".join(chain((self._said[thing].lines for thing in self._things(made)), told))

    def _things(self, made: Made) -> list[str]:
        """The things spoken of by others too that can be reached, sorted."""
        found = set(_stated(made).mentions) | self._others.get(owner(made.piece.iri), set())
        new = found & self._said.keys()
        for _ in range(REACH - 1):
            new = set().union(*(self._said[thing].objects for thing in new)) & self._said.keys()
            found |= new
        return sorted(found & self._said.keys())

    def _named_claims(self, made: Made) -> list[str]:
        own = owner(made.piece.iri)
        return sorted(thing for thing in _stated(made).mentions if owner(thing) not in ("", own))

    def _claims(self, made: Made) -> list[Made]:
        """The other editorials of which claims are named."""
        names = sorted({owner(thing) for thing in self._named_claims(made)})
        return [self._of[name] for name in names if name in self._of]


def _said(stated: Sequence[Stated]) -> dict[str, _Said]:
    gathered: defaultdict[str, list[About]] = defaultdict(list)
    for one in stated:
        for thing, about in one.about.items():
            gathered[thing].append(about)
    return {thing: _joined(abouts) for thing, abouts in gathered.items()}


def _joined(abouts: Sequence[About]) -> _Said:
    lines = abouts[0].lines
    if len(abouts) > 1:
        lines = b"".join(sorted({line for about in abouts for line in about.lines.splitlines(keepends=True)}))
    return _Said(lines, key(lines), frozenset().union(*(about.objects for about in abouts)))


def _told(lines: bytes, claims: set[str]) -> bytes:
    """What an editorial's N-Quads say of these claims of it and of their parts, as N-Triples."""
    starts = tuple(f"<{claim}{end}".encode() for claim in claims for end in (">", "#"))
    quads = (line for line in lines.splitlines(keepends=True) if line.startswith(starts))
    triples = {Triple(quad.subject, quad.predicate, quad.object) for quad in parse(b"".join(quads), RdfFormat.N_QUADS)}
    return serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES) or b""


def _stated(made: Made) -> Stated:
    assert made.piece.stated is not None
    return made.piece.stated
