"""Queries with empty VALUES blocks, and the terms that are put into them.

A template is a whole query: ``VALUES ?item {}`` or ``VALUES (?name ?class) {}`` says where terms go. They are written
by rdflib (``n3``), which escapes what a term holds, and put between the braces; nothing else of a template changes.
"""

from collections.abc import Iterator, Mapping, Sequence

from rdflib import Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from graph.engine.tokens import Token, head, tokens
from graph.errors import InvalidQuery

Row = Mapping[str, URIRef | Literal]


def bound(template: str, *parameters: Sequence[Row]) -> str:
    """The query with rows in each empty VALUES block: those of the first parameter that has all its variables.

    InvalidQuery for a block that none of them fills, and for a term that cannot be written.
    """
    written = template
    for variables, offset in reversed(list(_blocks(template))):
        rows = next((rows for rows in parameters if rows and set(variables) <= rows[0].keys()), None)
        if rows is None:
            what = f"nothing is given for VALUES ({' '.join(f'?{name}' for name in variables)})"
            raise InvalidQuery(what, "name the variables as the documentation of profiles does")
        several = len(variables) > 1
        terms = dict.fromkeys(_written([row[name] for name in variables], several=several) for row in rows)
        written = f"{written[:offset]} {' '.join(terms)} {written[offset:]}"
    return written


def check(template: str) -> tuple[frozenset[str], ...]:
    """The variables of each empty block; InvalidQuery for a text that is no SELECT query or cannot be read."""
    first = head(tokens(template))
    if first is None or not first.is_word("SELECT"):
        raise InvalidQuery("no SELECT query", "begin with SELECT, after the prefixes")
    try:
        prepareQuery(template)
    except Exception as fault:  # rdflib has no error of its own: its parser's, and plain ones
        line, column = getattr(fault, "lineno", None), getattr(fault, "col", None)
        place = f" at line {line}, column {column}" if line else ""
        raise InvalidQuery(f"not SPARQL{place}", "correct the query") from None
    return tuple(frozenset(variables) for variables, _ in _blocks(template))


def _blocks(template: str) -> Iterator[tuple[list[str], int]]:
    """The variables of each empty block, and where what fills it goes."""
    found = tokens(template)
    for at, token in enumerate(found):
        if not token.is_word("VALUES"):
            continue
        variables = _variables(found[at + 1 :])
        after = at + 1 + len(variables) + (2 if found[at + 1 : at + 2] and found[at + 1].text == "(" else 0)
        if [one.text for one in found[after : after + 2]] == ["{", "}"]:
            yield [one.text[1:] for one in variables], found[after].offset + 1


def _variables(found: Sequence[Token]) -> list[Token]:
    if found and found[0].kind == "variable":
        return [found[0]]
    variables = []
    for token in found[1:] if found and found[0].text == "(" else ():
        if token.kind != "variable":
            break
        variables.append(token)
    return variables


def _written(terms: Sequence[URIRef | Literal], *, several: bool) -> str:
    try:
        written = " ".join(_one(term) for term in terms)
    except Exception as fault:  # rdflib raises a plain Exception for an IRI that cannot be one
        raise InvalidQuery(f"{terms[0]!r:.100} cannot be written into a query", "correct it") from fault
    return f"({written})" if several else written


def _one(term: URIRef | Literal) -> str:
    if isinstance(term, URIRef) and not _is_iri(term):
        raise ValueError("not an IRI")
    return term.n3()


def _is_iri(term: URIRef) -> bool:
    return ":" in term and not any(character in '<>"{}|^`\\' or character <= " " for character in term)
