"""The search indexes of a content, put together from what is made of its segments (graph/segments/content.py).

A segment of claims gives its fragment of their index, and what they tell of things; a segment of things what is said of
these, by us and by imported data sets. How often a thing is spoken of is known only when all have told.
"""

from dataclasses import dataclass

from graph.searching.data_sets import DataSets, Imported
from graph.searching.fragments import Fragment, fragment
from graph.searching.making import Pieces, joined
from graph.searching.reading import read
from graph.searching.records import Collector
from graph.searching.told import Told
from graph.segments.content import Content
from graph.segments.cutting import THINGS


@dataclass(frozen=True)
class OfClaims:
    """What is made of claims and their context."""

    index: Fragment
    told: Told


@dataclass(frozen=True)
class OfThings:
    """What is made of lines about things."""

    told: Told
    imported: Imported


def indexes(content: Content) -> tuple[Pieces, Pieces, Pieces]:
    """The indexes of things, of claims, and of what only imported data sets know."""
    collector, data_sets = Collector(content.ids), DataSets(content.ids)
    for things in content.each(of_things, THINGS):
        collector.learn(things.told)
        data_sets.learn(things.imported)
    fragments = []
    for claims in content.claims(of_claims):
        collector.learn(claims.told)
        fragments.append(claims.index)
    known, imported = collector.things(), data_sets.records(collector)
    every = ([fragment(known)], fragments, [fragment(imported)])
    first, second, third = (joined(some, content.ids) for some in every)
    return first, second, third


def of_claims(lines: bytes, ids: str) -> OfClaims:
    """What is made of sorted N-Quads about claims, and of their context."""
    collector, _ = read(lines, ids)
    return OfClaims(fragment(collector.claims()), collector.told().by_claims(f"{ids}claim/"))


def of_things(lines: bytes, ids: str) -> OfThings:
    """What is made of sorted N-Quads about things."""
    collector, data_sets = read(lines, ids)
    return OfThings(collector.told().elsewhere(), data_sets.told())
