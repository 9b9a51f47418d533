"""The SERVICE clauses of a query: where they stand, whom they would ask, and what.

Found by words, not by a grammar: where that could be in doubt, the query is refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.engine.tokens import Token, calls_service, doubtful, head, tokens
from graph.errors import QueryRefused

PLAIN = "write each as SERVICE <endpoint> { ... }, with the endpoint's whole address and none within another"


@dataclass(frozen=True)
class Clause:
    """``text[start:end]`` of the query: the ``endpoint`` is asked for the ``pattern``, braces included."""

    start: int
    end: int
    endpoint: str
    silent: bool
    pattern: str


def prologue(text: str) -> str:
    """The BASE and PREFIX declarations of a query."""
    first = head(tokens(text))
    return text[: first.offset] if first else ""


def clauses(text: str) -> list[Clause]:
    """The clauses in their order; QueryRefused for a query whose clauses cannot be told for certain."""
    found = tokens(text)
    read = list(_clauses(text, found))
    rest = joined(text, [(clause, "{}") for clause in read])
    if doubtful(found) or calls_service(rest) or any(calls_service(clause.pattern) for clause in read):
        raise QueryRefused("it cannot be told whom this query's SERVICE clauses ask", PLAIN)
    return read


def joined(text: str, replaced: Sequence[tuple[Clause, str]]) -> str:
    """The query with other text in the place of its clauses; what follows them stays in its line and column."""
    parts, end = [], 0
    for clause, other in replaced:
        parts += [text[end : clause.start], other, _filling(text[clause.start : clause.end])]
        end = clause.end
    return "".join([*parts, text[end:]])


def _filling(clause: str) -> str:
    lines = clause.count("\n")
    return "\n" * lines + " " * (len(clause) - clause.rfind("\n") - 1) if lines else ""


def _clauses(text: str, found: Sequence[Token]) -> Iterator[Clause]:
    prefixes = {
        name.prefix: iri.text[1:-1] for name, iri in pairwise(found) if name.kind == "name" and iri.kind == "iri"
    }
    position = 0
    while position < len(found):
        if not found[position].is_word("SERVICE"):
            position += 1
            continue
        silent = found[min(position + 1, len(found) - 1)].is_word("SILENT")
        named = position + 1 + silent
        closing = _closing(found, named + 1)
        if closing is None:
            raise QueryRefused("a SERVICE clause is not closed", PLAIN)
        start, end = found[named + 1].offset, found[closing].offset + 1
        yield Clause(found[position].offset, end, _endpoint(found[named], prefixes), silent, text[start:end])
        position = closing + 1


def _endpoint(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind == "name" and token.prefix in prefixes:
        return prefixes[token.prefix] + token.text.partition(":")[2]
    raise QueryRefused(f"SERVICE {token.text[:40]} names no endpoint for certain", PLAIN)


def _closing(found: Sequence[Token], opening: int) -> int | None:
    """The position of the brace that closes the one at ``opening``; None if none does, or none opens there."""
    depth = 0
    for position in range(opening, len(found)):
        if found[position].kind == "mark":
            depth += {"{": 1, "}": -1}.get(found[position].text, 0)
        if depth <= 0:
            return position if position > opening and depth == 0 else None
    return None
