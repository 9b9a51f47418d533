"""Statements as text: there are hundreds of thousands, and text is what they come from and end in."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from sys import intern

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from graph.logic.axioms import Term

Fact = tuple[str, str, str]
"""Subject, predicate and object, as N-Triples writes them."""
Stated = tuple[str, str, str, str]
"""The same, and the graph that states it."""

_LINE = re.compile(r"([^ \n]+) ([^ \n]+) (.+) ([^ \n]+) \.$", re.MULTILINE)
_ANY = "<urn:any>"


def facts_in(lines: bytes) -> list[Stated]:
    """What N-Quads state, each line in a named graph and written as N-Quads are canonically."""
    found = _LINE.findall(lines.decode())
    # Each term is kept once, for most stand in many facts: a quarter less memory, in the same time.
    return [
        (intern(subject), intern(predicate), intern(value), intern(place)) for subject, predicate, value, place in found
    ]


def stated_of(quad: Quad) -> Stated:
    """A quad as text."""
    return (*fact_of(quad.triple), str(quad.graph_name))


def fact_of(triple: Triple) -> Fact:
    """A triple as text."""
    return str(triple.subject), str(triple.predicate), str(triple.object)


def triple_of(fact: Fact) -> Triple:
    """A triple, of its text."""
    quad: Quad = next(parse(f"{' '.join(fact)} .", RdfFormat.N_QUADS))
    return quad.triple


def term_of(text: str) -> Term:
    """A term, of its text."""
    if text.startswith("<") and not text.startswith("<<"):
        return NamedNode(text[1:-1])
    return triple_of((_ANY, _ANY, text)).object


@cache
def text_of(term: Term) -> str:
    """The text of a term that an axiom names, spelt as that of facts is."""
    return spelt([(_ANY, _ANY, str(term), _ANY)])[0][2]


def spelt(stated: Iterable[Stated]) -> list[Stated]:
    """The same, with numbers and dates as a store spells them: "01" of xsd:integer as "1"."""
    found = list(stated)
    typed = {value for _, _, value, _ in found if value[0] not in "<_" and '"^^<' in value}
    other = {old: new for old, new in _spellings(typed) if old != new}
    if not other:
        return found
    return [(subject, predicate, other.get(value, value), place) for subject, predicate, value, place in found]


def _spellings(literals: Iterable[str]) -> Iterator[tuple[str, str]]:
    some = list(literals)
    store = Store()
    numbered = "".join(f"<urn:{number}> {_ANY} {literal} .\n" for number, literal in enumerate(some))
    store.bulk_extend(parse(numbered, RdfFormat.N_QUADS))
    for subject, _, value, _ in map(stated_of, store):
        yield some[int(subject[len("<urn:") : -1])], value
