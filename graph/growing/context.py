"""What the shapes and the saved checks say of each document, together with what others say of the things that it names.

A shape looks at a thing and at the classes of its values, a check at what can be reached from a thing in two steps; so
a document is looked at with everything that is said of the things it names, and of those that these name. Its answer
is kept by the hash of all that, and that of a lot of documents by the hash of what all of them are looked at with.
Names that two things share are looked for among all.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse, serialize

from graph.growing.batches import batches
from graph.growing.cache import key
from graph.growing.editorial import Piece
from graph.growing.lots import Lot, Lots
from graph.growing.made import Made, lines_of, pieces_of
from graph.growing.namesakes import sharing
from graph.growing.saying import Sayings, named_claims
from graph.growing.stated import owner
from graph.growing.workers import Workers
from graph.progress import Stage, ignore
from graph.validation import shapes
from queries import checks

AT_ONCE = 4
"""Lots whose lines are held in memory together."""


def suspects(contexts: "Contexts", workers: Workers, on_stage: Stage = ignore) -> list[Made]:
    """The documents with which something may be wrong; ``graph.growing.explaining`` says what, if there is any."""
    lots = contexts.lots
    found = {one.key: one for one in sharing([one for lot in lots.all for one in lot.made])}
    names = {contexts.lot_key(lot): lot for lot in lots.all}
    known = lots.cache.get(names)
    lots.cache.keep(chain.from_iterable(known.values()))
    unknown = [name for name in names if name not in known]
    for number, some in enumerate(batches(unknown, AT_ONCE)):
        on_stage(f"validating: {number * AT_ONCE:,} of {len(unknown):,} lots")
        keys, bad = _looked_at(contexts, [names[name] for name in some], workers)
        found |= bad
        valid = {
            name: of for name, of in zip(some, keys, strict=True) if all(o.key not in bad for o in names[name].made)
        }
        lots.cache.put(valid)
    return [one for lot in lots.all for one in lot.made if one.key in found]


def _looked_at(
    contexts: "Contexts", some: Sequence[Lot], workers: Workers
) -> tuple[list[list[bytes]], dict[bytes, Made]]:
    """Of lots the keys of their documents, by which the cache knows which are valid; and those that are not."""
    cache, made = contexts.lots.cache, [one for lot in some for one in lot.made]
    pieces = dict(zip((one.key for one in made), pieces_of(made, cache), strict=True))
    keys = {one.key: contexts.key(one, pieces[one.key]) for one in made}
    known = cache.get(keys.values())
    unknown = [one for one in made if keys[one.key] not in known]
    needed = {seen.key: seen for one in unknown for seen in (one, *contexts.claims(named_claims(pieces[one.key])))}
    lines = dict(zip(needed, lines_of(list(needed.values()), cache), strict=True))
    tasks = [contexts.task(one, pieces[one.key], lines) for one in unknown]
    bad = {one.key: one for one, valid in zip(unknown, workers.run(is_valid, tasks), strict=True) if not valid}
    cache.put({keys[one.key]: True for one in unknown if one.key not in bad})
    return [[keys[one.key] for one in lot.made] for lot in some], bad


def is_valid(task: tuple[bytes, bytes]) -> bool:
    """Whether shapes and checks find nothing wrong with what is said of the subjects of the N-Quads, given the
    N-Triples too.
    """
    own, others = task
    triples = {quad.triple for quad in parse(own, RdfFormat.N_QUADS)}
    subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}
    triples |= {quad.triple for quad in parse(others, RdfFormat.N_TRIPLES)}
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


class Contexts:
    """What documents, and lots of them, are to be seen with."""

    def __init__(self, lots: Lots) -> None:
        self.lots = lots
        self._said = Sayings(lots)
        self._of = {owner(one.piece.iri): one for lot in lots.all for one in lot.made if one.piece.iri}

    def lot_key(self, lot: Lot) -> bytes:
        """The hash of a lot and of all that its documents are seen with."""
        saying = self._said.each[lot.number]
        things = self._said.reached(saying.mentions, (owner(one.piece.iri) for one in lot.made))
        return self._hash("valid lot", lot.key, things, saying.claims)

    def key(self, made: Made, piece: Piece) -> bytes:
        """The hash of a document and of all that it is seen with."""
        return self._hash("valid", made.key, self._things(piece), named_claims(piece))

    def task(self, made: Made, piece: Piece, lines: Mapping[bytes, bytes]) -> tuple[bytes, bytes]:
        """What ``is_valid`` is asked; the ``lines`` by the keys of documents."""
        claims = named_claims(piece)
        told = (_told(lines[one.key], set(claims)) for one in self.claims(claims))
        return lines[made.key], b"".join(chain(map(self._said.lines, self._things(piece)), told))

    def claims(self, named: Iterable[str]) -> list[Made]:
        """The editorials of which these are claims, or parts of claims."""
        names = sorted({owner(thing) for thing in named})
        return [self._of[name] for name in names if name in self._of]

    def said(self, things: Iterable[str], without: Collection[str]) -> Iterator[bytes]:
        """What is said of these things, as N-Triples; not by editorials of their own claims whose slugs are given."""
        wanted = [thing for thing in things if owner(thing) not in without]
        whole = {thing.partition("#")[0] for thing in wanted}
        for lines in lines_of(self.claims(wanted), self.lots.cache):
            yield _told(lines, whole)
        yield from (self._said.lines(thing) for thing in things if thing in self._said)

    def saying(self, thing: str) -> set[bytes]:
        """The keys of the documents that say something of a thing that others may speak of too."""
        made = [one for lot in self._said.where(thing) for one in self.lots.all[lot].made]
        pieces = zip(made, pieces_of(made, self.lots.cache), strict=True)
        return {one.key for one, piece in pieces if piece.stated and thing in piece.stated.about}

    def _things(self, piece: Piece) -> list[str]:
        return self._said.reached(piece.stated.mentions if piece.stated else (), (owner(piece.iri),))

    def _hash(self, kind: str, one: bytes, things: Iterable[str], claims: Iterable[str]) -> bytes:
        others = (other.key for other in self.claims(claims))
        return key(kind, self.lots.release, one, self._said.mark(things), *others)


def _told(lines: bytes, claims: set[str]) -> bytes:
    """What an editorial's N-Quads say of these claims of it and of their parts, as N-Triples."""
    starts = tuple(f"<{claim}{end}".encode() for claim in claims for end in (">", "#"))
    quads = (line for line in lines.splitlines(keepends=True) if line.startswith(starts))
    triples = {quad.triple for quad in parse(b"".join(quads), RdfFormat.N_QUADS)}
    return serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES) or b""
