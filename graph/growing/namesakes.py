"""Things of one class that have one preferred label, which only all documents together show."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, combinations

from graph.growing.made import Made
from graph.growing.stated import Stated


def sharing(made: Sequence[Made]) -> list[Made]:
    """The documents that say what such things are called, or of which class they are."""
    stated = [(one, one.piece.stated) for one in made if one.piece.stated is not None]
    if not (things := _namesakes([said for _, said in stated])):
        return []
    return [
        one for one, said in stated if not things.isdisjoint(thing for _, thing in said.labels) or _types(said, things)
    ]


def _types(stated: Stated, things: set[str]) -> bool:
    return any(thing in things for thing, _ in stated.typed)


def _namesakes(stated: Sequence[Stated]) -> set[str]:
    called: defaultdict[str, set[str]] = defaultdict(set)
    for one in stated:
        for label, thing in one.labels:
            called[label].add(thing)
    if not (shared := [things for things in called.values() if len(things) > 1]):
        return set()
    wanted = set().union(*shared)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for thing, kind in chain.from_iterable(one.typed for one in stated):
        if thing in wanted:
            kinds[thing].add(kind)
    pairs = (pair for things in shared for pair in combinations(sorted(things), 2))
    return {thing for a, b in pairs if kinds[a] & kinds[b] for thing in (a, b)}
