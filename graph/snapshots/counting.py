"""Counts over the whole graph, answered from the statistics of a snapshot.

Only the plainest shapes are known, and every one of them for certain: one pattern, or a class and one property of its
things, counted in all or by property or value. The query is then asked with the counts written into it (VALUES), so
that the engine still sorts, cuts and writes the answer. Anything else goes to the engine as it is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.engine import Answer, Engine, Formats, Query
from graph.engine.tokens import Token, tokens
from graph.engine.wrapping import Wrapper
from graph.snapshots.statistics import TYPE, Property, Scope, Statistics

NOTHING = Property(0, 0, {})
_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:[^\\<>]*>")
_TAIL = re.compile(
    r"(ORDER BY( (ASC|DESC) \( \?\w+ \)| \?\w+)+)?( ?LIMIT \d+)?( ?OFFSET \d+)?( ?LIMIT \d+)?", re.ASCII | re.IGNORECASE
)
LONGEST = 4096
"""Characters of a query that may be so plain."""


class CountingEngine(Wrapper):
    """An engine that need not count what has been counted; ``statistics`` is asked for with the first count."""

    def __init__(self, engine: Engine, statistics: Callable[[], Statistics | None]) -> None:
        super().__init__(engine)
        self._statistics = statistics

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        """The whole answer, or an error of ``graph.errors``: see ``graph.engine.Engine``."""
        if not query.default_graphs and not query.named_graphs and "count" in query.text.lower():
            text = counted(query.text, self._statistics)
            query = Query(text, query.base) if text else query
        return self._engine.evaluate(query, formats, timeout=timeout)


def counted(text: str, statistics: Callable[[], Statistics | None]) -> str | None:
    """The query with its counts in it, the same in meaning; None if it is not one of those that can be."""
    if len(text) > LONGEST:
        return None
    try:
        shape = _Reader(tokens(text)).shape()
        known = statistics()
        return _values(shape, list(_rows(shape, known))) if known else None
    except _Other:
        return None


class _Other(Exception):
    """The query is of another kind, or what it counts is not known."""


@dataclass(frozen=True)
class _Count:
    """``(COUNT(DISTINCT ?of) AS ?name)``; ``of`` is None for the star."""

    of: str | None
    distinct: bool
    name: str


@dataclass
class _Shape:
    """``pairs``: what is said of the one subject; ``place``: the variable of GRAPH; ``tail``: ORDER BY and the rest."""

    selected: list[str | _Count] = field(default_factory=list)
    place: str | None = None
    subject: str = ""
    pairs: list[tuple[str, str]] = field(default_factory=list)
    by: str | None = None
    tail: str = ""


class _Reader:
    """Reads the one grammar there is; _Other at the first token that is not of it."""

    def __init__(self, found: list[Token]) -> None:
        self._left = found[::-1]
        self._prefixes: dict[str, str] = {}

    def shape(self) -> _Shape:
        """The whole query."""
        while self._accept("PREFIX"):
            name = self._take("name").text
            self._prefixes[name.partition(":")[0]] = self._absolute(self._take("iri").text)[1:-1]
        self._expect("SELECT")
        shape = _Shape()
        while not self._accept("WHERE", "{"):
            shape.selected.append(self._selected())
        if self._past == "WHERE":
            self._expect("{")
        if self._accept("GRAPH"):
            shape.place = self._take("variable").text[1:]
            self._expect("{")
        self._pattern(shape)
        if shape.place:
            self._expect("}")
        self._solution(shape)
        return _checked(shape)

    def _selected(self) -> str | _Count:
        if self._next.kind == "variable":
            return self._take("variable").text[1:]
        for word in ("(", "COUNT", "("):
            self._expect(word)
        distinct = self._accept("DISTINCT")
        of = None if self._accept("*") else self._take("variable").text[1:]
        for word in (")", "AS"):
            self._expect(word)
        name = self._take("variable").text[1:]
        self._expect(")")
        return _Count(of, distinct, name)

    def _pattern(self, shape: _Shape) -> None:
        shape.subject = self._take("variable").text[1:]
        shape.pairs.append((self._verb(), self._term()))
        if self._accept(";"):
            shape.pairs.append((self._verb(), self._term()))
        self._accept(".")
        self._expect("}")

    def _solution(self, shape: _Shape) -> None:
        if self._accept("GROUP"):
            self._expect("BY")
            shape.by = self._take("variable").text[1:]
        names = {one if isinstance(one, str) else one.name for one in shape.selected}
        if {token.text[1:] for token in self._left if token.kind == "variable"} - names:
            raise _Other
        shape.tail = " ".join(token.text for token in reversed(self._left))
        if not _TAIL.fullmatch(shape.tail) or shape.tail.upper().count("LIMIT ") > 1:
            raise _Other

    def _verb(self) -> str:
        if self._next.kind == "word" and self._next.text == "a":
            self._left.pop()
            return TYPE
        return self._term()

    def _term(self) -> str:
        """A variable with its mark, or an IRI as N-Triples writes it."""
        token = self._left.pop() if self._left else None
        if token and token.kind == "variable":
            return f"?{token.text[1:]}"
        if token and token.kind == "iri":
            return self._absolute(token.text)
        if token and token.kind == "name" and token.prefix in self._prefixes and "\\" not in token.text:
            # The pattern of a name takes the dot that ends a triple for its last character.
            if token.text.endswith("."):
                raise _Other
            return self._absolute(f"<{self._prefixes[token.prefix]}{token.text.partition(':')[2]}>")
        raise _Other

    def _absolute(self, iri: str) -> str:
        if not _IRI.fullmatch(iri):
            raise _Other
        return iri

    @property
    def _next(self) -> Token:
        if not self._left:
            raise _Other
        return self._left[-1]

    def _take(self, kind: str) -> Token:
        if self._next.kind != kind:
            raise _Other
        return self._left.pop()

    def _accept(self, *words: str) -> bool:
        token = self._left[-1] if self._left else None
        if token and token.kind in ("word", "mark") and token.text.upper() in words:
            self._past = self._left.pop().text.upper()
            return True
        return False

    def _expect(self, word: str) -> None:
        if not self._accept(word):
            raise _Other


def _checked(shape: _Shape) -> _Shape:
    """The shape, if its variables are all different and it selects what it groups by and counts."""
    terms = [f"?{shape.subject}", *(term for pair in shape.pairs for term in pair if term.startswith("?"))]
    terms += [f"?{shape.place}"] if shape.place else []
    counts = [one for one in shape.selected if isinstance(one, _Count)]
    plain = [one for one in shape.selected if isinstance(one, str)]
    new = [f"?{one.name}" for one in counts]
    right = (
        counts
        and len({*terms, *new}) == len(terms) + len(new)
        and all(one.of is None or f"?{one.of}" in terms for one in counts)
        and not any(one.of is None and one.distinct for one in counts)
        and (plain in ([], [shape.by]))
        and (shape.by is None or f"?{shape.by}" in terms)
    )
    if not right:
        raise _Other
    return shape


_Row = tuple[str, int, Mapping[str, int | None]]
"""What is grouped by, the number of solutions, and how many different values each variable has in them."""


def _rows(shape: _Shape, known: Statistics | None) -> Iterator[_Row]:
    if known is None:
        raise _Other
    if shape.place:
        yield from _of_graphs(shape, known)
        return
    scope, (verb, value) = _scope(shape, known)
    if verb.startswith("?"):
        yield from _of_any(shape, scope, verb, value)
    else:
        yield from _of_one(shape, scope.properties.get(verb, NOTHING), value)


def _of_graphs(shape: _Shape, known: Statistics) -> Iterator[_Row]:
    """``GRAPH ?g { ?s ?p ?o }``"""
    if shape.by or len(shape.pairs) > 1 or not all(term.startswith("?") for term in shape.pairs[0]):
        raise _Other
    yield "", known.quads, {shape.place or "": known.graphs}


def _scope(shape: _Shape, known: Statistics) -> tuple[Scope, tuple[str, str]]:
    """Of a pair of patterns the one that names the class, and the other."""
    if len(shape.pairs) == 1:
        return known.whole, shape.pairs[0]
    first, second = shape.pairs
    if first[0] != TYPE or first[1].startswith("?"):
        first, second = second, first
    if first[0] != TYPE or first[1].startswith("?"):
        raise _Other
    return known.classes.get(first[1], Scope(0, {})), second


def _of_any(shape: _Shape, scope: Scope, verb: str, value: str) -> Iterator[_Row]:
    """``?s ?p ?o``, in all or by property."""
    if not value.startswith("?"):
        raise _Other
    if shape.by is None:
        yield "", scope.triples, {shape.subject: scope.subjects, verb[1:]: len(scope.properties)}
    elif f"?{shape.by}" == verb:
        for name, found in scope.properties.items():
            yield name, found.triples, {shape.subject: found.subjects, verb[1:]: 1, value[1:]: _different(found)}
    else:
        raise _Other


def _of_one(shape: _Shape, found: Property, value: str) -> Iterator[_Row]:
    """``?s <p> ?o``, in all or by value, or ``?s <p> <o>``."""
    by = shape.by and f"?{shape.by}"
    if by is None and value.startswith("?"):
        yield "", found.triples, {shape.subject: found.subjects, value[1:]: _different(found)}
        return
    if found.objects is None or (by and by != value):
        raise _Other
    for term in [value] if by is None else found.objects:
        triples = found.objects.get(term, 0)
        # A triple stands in a graph once: as many subjects as triples.
        yield term, triples, {shape.subject: triples, value[1:]: 1}


def _different(found: Property) -> int | None:
    return None if found.objects is None else len(found.objects)


def _values(shape: _Shape, rows: list[_Row]) -> str:
    names = " ".join(f"?{one}" if isinstance(one, str) else f"?{one.name}" for one in shape.selected)
    lines = "\n".join(f"({' '.join(_cell(one, row) for one in shape.selected)})" for row in rows)
    return f"SELECT {names} WHERE {{ VALUES ({names}) {{\n{lines}\n}} }} {shape.tail}"


def _cell(one: str | _Count, row: _Row) -> str:
    if isinstance(one, str):
        return row[0]
    number = row[2].get(one.of) if one.distinct and one.of else row[1]
    if number is None:
        raise _Other
    return str(number)
