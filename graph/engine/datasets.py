"""What a query sees of a snapshot on an engine whose default graph is not the snapshot's own.

Some engines take the union of all graphs for their default graph, which would make every belief a fact. There the
snapshot's default graph is kept as one more named graph, ``KEPT``, and each query is told its dataset. Engines differ
in what they make of it (``Layout``); README of the server, "Remote engines", says what was found on which.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal
from urllib.parse import urljoin

from graph import iris
from graph.engine import Query
from graph.engine.tokens import Token, tokens
from ontology.base import BASE

KEPT = iris.DEFAULT_GRAPH
"""The named graph that the default graph's triples are kept in."""

NOTHING = "urn:samizdat:no-graph"
"""A graph that exists nowhere: the way to say "and no other"."""

Layout = Literal["own", "listed", "loose"]
"""Own: the default graph is the engine's own, queries go as they are.

Listed: it is KEPT, and the engine reads a dataset as the standard says: each named graph has to be listed.
Loose: it is KEPT, and the engine (Virtuoso) lets GRAPH ?g range over everything unless a named graph is listed. It
breaks down over some hundreds of those, so what GRAPH ?g must not find is filtered out in the query.
"""


@dataclass(frozen=True)
class Dataset:
    """How an engine holds the snapshot; ``named`` graphs are known only where they have to be listed."""

    layout: Layout
    named: tuple[str, ...] = ()

    def fitted(self, query: Query) -> Query:
        """The query that has on this engine the answer which the given one has on the snapshot."""
        if self.layout == "own":
            return query
        found = tokens(query.text)
        clauses = list(_clauses(found))
        if query.default_graphs or query.named_graphs or clauses:
            return _only(_by_parameters(query, found, clauses))
        if self.layout == "loose":
            return _filtered(query, found)
        return replace(query, default_graphs=(KEPT,), named_graphs=self.named or (NOTHING,))


def _by_parameters(query: Query, found: Sequence[Token], clauses: Sequence["_Clause"]) -> Query:
    """The query's own dataset as parameters, which replace it if there are any (SPARQL 1.1 Protocol, 2.1.4).

    Virtuoso would merge the two, and Oxigraph asks the union of all in spite of FROM if it was told to.
    """
    text = _edited(query.text, [(*clause.span, "") for clause in clauses])
    if query.default_graphs or query.named_graphs:
        return replace(query, text=text)
    default, named = (
        tuple(_resolved(clause.name, query, found) for clause in clauses if clause.named == wanted)
        for wanted in (False, True)
    )
    return replace(query, text=text, default_graphs=default, named_graphs=named)


def _only(query: Query) -> Query:
    """The same dataset, said so that nothing else is seen."""
    default, named = query.default_graphs or (NOTHING,), query.named_graphs or (NOTHING,)
    return replace(query, default_graphs=default, named_graphs=named)


@dataclass(frozen=True)
class _Clause:
    """A FROM or FROM NAMED clause: where it begins and ends in the text, and the graph's name."""

    span: tuple[int, int]
    named: bool
    name: Token


def _clauses(found: Sequence[Token]) -> Iterator[_Clause]:
    for at, token in enumerate(found):
        if not token.is_word("FROM"):
            continue
        named = at + 1 < len(found) and found[at + 1].is_word("NAMED")
        last = found[min(at + 1 + named, len(found) - 1)]
        if last.kind in ("iri", "name"):
            yield _Clause((token.offset, last.offset + len(last.text)), named, last)


def _filtered(query: Query, found: Sequence[Token]) -> Query:
    """The default graph is KEPT; a graph's variable is held to the snapshot's graphs right behind its pattern.

    A graph with a fixed name is found only if it is listed, and a listed one is all that a variable finds. Where
    both are in the query, the fixed name is written as an expression, which this engine does not take for one.
    """
    named = [after for before, after in pairwise(found) if before.is_word("GRAPH")]
    fixed = [token for token in named if token.kind in ("iri", "name")]
    if len(fixed) == len(named):
        listed = {_resolved(token, query, found) for token in fixed}
        return replace(query, default_graphs=(KEPT,), named_graphs=tuple(sorted(listed)) or (NOTHING,))
    edits = [(token.offset, token.offset + len(token.text), f"`iri({token.text})`") for token in fixed]
    for token in named:
        end = _end_of_group(found, token) if token.kind == "variable" else None
        if end is not None:
            # Two filters: an expression of two conditions overflows Virtuoso's stack within NOT EXISTS.
            kept = f' FILTER({token.text} != <{KEPT}>) FILTER(STRSTARTS(STR({token.text}), "{BASE}"))'
            edits.append((end, end, kept))
    return replace(query, text=_edited(query.text, edits), default_graphs=(KEPT,))


def _resolved(token: Token, query: Query, found: Sequence[Token]) -> str:
    """The IRI that a token means: relative ones against the base, prefixed names by the last such prefix."""
    if token.kind == "iri":
        return _absolute(token.text[1:-1], query, found)
    prefixes = {
        name.prefix: iri.text[1:-1]
        for word, name, iri in zip(found, found[1:], found[2:], strict=False)
        if word.is_word("PREFIX") and name.kind == "name" and iri.kind == "iri"
    }
    start = prefixes.get(token.prefix)
    # A prefix that nobody declared is the engine's to complain about.
    local = re.sub(r"\\(.)", r"\1", token.text[len(token.prefix) + 1 :])
    return NOTHING if start is None else _absolute(start + local, query, found)


def _absolute(iri: str, query: Query, found: Sequence[Token]) -> str:
    declared = [iri.text[1:-1] for word, iri in pairwise(found) if word.is_word("BASE") and iri.kind == "iri"]
    return iri if re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", iri) else urljoin((declared or [query.base or ""])[-1], iri)


def _end_of_group(found: Sequence[Token], graph_name: Token) -> int | None:
    """Where the braces behind a graph's name close; None if they never do."""
    depth = 0
    for token in found:
        if token.offset > graph_name.offset and token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
            if depth <= 0:
                return token.offset + 1
    return None


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for start, end, put in sorted(edits, reverse=True):
        text = text[:start] + put + text[end:]
    return text
