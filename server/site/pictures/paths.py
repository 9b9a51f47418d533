"""The shortest ways from one thing to another along their ties: how is this outlet tied to the government?

From both ends at once, each time from the side that has fewer things to ask about, until the two meet: what is read is
what lies near the ends, whatever the size of the graph. A breadth-first search of this kind is forty lines; no library
would save any, for the graph is behind SPARQL and is never in memory.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from server.site.pictures.ties import HELD, Tie, Ties

LONGEST = 8
"""Steps of the longest way that is looked for."""
MOST_THINGS = 3000
"""Things that are asked about for one search."""
MOST_PATHS = 5
"""Ways of the same length that are given, the firmest first."""
WALKED = 2000
"""Ways of the same length that are compared."""

Reading = Callable[[Iterable[str]], Ties]
"""The ties of some things, as ``ties_of`` gives them."""


@dataclass(frozen=True)
class Step:
    """From one thing to the next: every tie between the two, the firmest first."""

    start: str
    end: str
    ties: tuple[Tie, ...]

    @property
    def weakness(self) -> int:
        """0 where something asserted ties the two, and more the less firmly they are tied."""
        return HELD.index(self.ties[0].held)


@dataclass(frozen=True)
class Found:
    """``paths`` of one length, none if there is no way; ``complete`` is false where the search was broken off."""

    paths: tuple[tuple[Step, ...], ...]
    complete: bool


class _Side:
    """What has been reached from one end: ``border`` are the things that have not been asked about."""

    def __init__(self, end: str) -> None:
        self.seen = {end}
        self.border = {end}

    def advance(self, found: Iterable[Tie]) -> None:
        """Go one step further."""
        reached = {end for tie in found for end in (tie.source, tie.target)}
        self.border = reached - self.seen
        self.seen |= self.border


def paths(start: str, end: str, read: Reading) -> Found:
    """The shortest ways between two different things; ``read`` gives the ties of things."""
    sides = _Side(start), _Side(end)
    known: set[Tie] = set()
    complete, steps = True, 0
    while steps < LONGEST and all(side.border for side in sides):
        side = min(sides, key=lambda each: len(each.border))
        if sum(len(each.seen) for each in sides) > MOST_THINGS:
            complete = False
            break
        found = read(side.border)
        complete &= found.all_read
        known |= set(found.found)
        side.advance(found.found)
        steps += 1
        if not sides[0].seen.isdisjoint(sides[1].seen):
            return Found(_chosen(start, end, known), complete)
    return Found((), complete and steps < LONGEST)


def _chosen(start: str, end: str, known: Iterable[Tie]) -> tuple[tuple[Step, ...], ...]:
    """The firmest of the shortest ways."""
    between = _between(known)
    found = []
    for things in _ways(start, end, between):
        found.append(tuple(Step(a, b, between[a][b]) for a, b in pairwise(things)))
        if len(found) == WALKED:
            break
    found.sort(key=lambda steps: (max(step.weakness for step in steps), [step.weakness for step in steps]))
    return tuple(found[:MOST_PATHS])


def _between(known: Iterable[Tie]) -> Mapping[str, Mapping[str, tuple[Tie, ...]]]:
    """By both ends the ties between them, whichever way these point."""
    found: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for tie in sorted(known, key=lambda tie: (HELD.index(tie.held), tie)):
        found[tie.source][tie.target].append(tie)
        found[tie.target][tie.source].append(tie)
    return {start: {end: tuple(ties) for end, ties in sorted(ends.items())} for start, ends in found.items()}


def _ways(start: str, end: str, between: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[str, ...]]:
    """Every shortest way, thing by thing."""
    far = _distances(end, between)
    waiting: list[tuple[str, ...]] = [(start,)] if start in far else []
    while waiting:
        way = waiting.pop()
        if way[-1] == end:
            yield way
        waiting += [(*way, other) for other in between[way[-1]] if far.get(other) == far[way[-1]] - 1]


def _distances(end: str, between: Mapping[str, Mapping[str, object]]) -> dict[str, int]:
    far = {end: 0}
    border = [end]
    while border:
        reached = [(other, far[one] + 1) for one in border for other in between.get(one, {}) if other not in far]
        far |= dict(reached)
        border = list(dict.fromkeys(other for other, _ in reached))
    return far
