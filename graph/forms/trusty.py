"""Trusty URIs: a nanopublication under a name that holds the hash of what it says.

Version 1 of the specification, module RA (http://trustyuri.net/spec/v1.FADQoZWcYugekAb4jW-Zm3_5Cd9tmkkYEV0bxK2fLSKao).
Whoever has the name can tell whether what they were given is what was meant, wherever they have it from. Two points are
as all implementations have them: language tags are hashed in small letters, and a statement counts once.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

CODE = re.compile(r"RA[A-Za-z0-9_-]{43}")
"""An artifact code: the module, and a SHA-256 in the Base64 of URLs."""
GAP = " "
"""What stands for the code in the names that are hashed: no IRI holds one."""

Row = tuple[str, str, str, str | Literal]
"""Graph, subject, predicate and object, IRIs as text; the default graph is empty."""


def mint(quads: Iterable[Quad], iri: str, pointers: Iterable[Quad] = ()) -> tuple[str, list[Quad]]:
    """The trusty URI of a nanopublication, ``{iri}/RA…``, and its quads with that in the place of ``iri``.

    What is named by a fragment of ``iri``, as its graphs are, is renamed with it; but the objects of ``pointers``,
    quads that it has besides, stay as they are. ValueError for a blank node or a triple term, which the module does
    not cover.
    """

    def moved(name: str) -> str:
        return f"{iri}/{GAP}{name[len(iri) :]}" if name == iri or name.startswith(f"{iri}#") else name

    rows = [_with_names(_row(quad), moved) for quad in quads]
    rows += [(*_with_names(row, moved)[:3], row[3]) for row in map(_row, pointers)]
    code = _code(rows)
    found = [_with_names(row, lambda name: name.replace(GAP, code)) for row in rows]
    return f"{iri}/{code}", [_quad(row) for row in found]


def is_trusty(quads: Iterable[Quad], uri: str) -> bool:
    """Whether these quads are what a trusty URI names."""
    code = uri[-45:]
    rows = (_with_names(_row(quad), lambda name: name.replace(code, GAP)) for quad in quads)
    return bool(CODE.fullmatch(code)) and _code(rows) == code


def _code(rows: Iterable[Row]) -> str:
    """The artifact code of rows in which a gap stands for it."""
    whole = "".join(map(_written, sorted(set(rows), key=_order)))
    digest = sha256(whole.encode()).digest()
    return "RA" + urlsafe_b64encode(digest).decode().rstrip("=")


def _order(row: Row) -> tuple[str, str, str, bool, str, str, str]:
    """By graph, subject, predicate; IRIs before literals; literals by their text, their datatype, their language."""
    name, subject, predicate, value = row
    if isinstance(value, str):
        return name, subject, predicate, False, value, "", ""
    datatype = "" if value.language else value.datatype.value
    return name, subject, predicate, True, value.value, datatype, (value.language or "").lower()


def _written(row: Row) -> str:
    """Four lines."""
    return "".join(f"{part if isinstance(part, str) else _of_literal(part)}\n" for part in row)


def _of_literal(value: Literal) -> str:
    escaped = value.value.replace("\\", "\\\\").replace("\n", "\\n")
    return f"@{value.language.lower()} {escaped}" if value.language else f"^{value.datatype.value} {escaped}"


def _with_names(row: Row, renamed: Callable[[str], str]) -> Row:
    name, subject, predicate, value = row
    end = renamed(value) if isinstance(value, str) else value
    return renamed(name), renamed(subject), renamed(predicate), end


def _row(quad: Quad) -> Row:
    value = quad.object
    end = value if isinstance(value, Literal) else _name(value)
    return _name(quad.graph_name), _name(quad.subject), _name(quad.predicate), end


def _name(term: NamedNode | BlankNode | DefaultGraph | Triple) -> str:
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, DefaultGraph):
        return ""
    raise ValueError(f"{term} has no name of its own: a trusty URI covers IRIs and literals")


def _quad(row: Row) -> Quad:
    name, subject, predicate, value = row
    end = NamedNode(value) if isinstance(value, str) else value
    return Quad(NamedNode(subject), NamedNode(predicate), end, NamedNode(name) if name else DefaultGraph())
