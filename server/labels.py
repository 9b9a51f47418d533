"""What to call a thing on a page."""

from collections.abc import Iterable, Iterator, Mapping

from graph.engine.results import Term
from graph.iris import local_name
from server import vocabulary
from server.links import page_of
from server.pieces import Cell, Link
from server.reading import Row, iris, select, text_of
from server.words.dates import in_words
from server.words.language import gettext as _

AT_ONCE = 400
"""IRIs asked for in one query."""
ORDER = ("prefLabel", "label", "name", "headline", "title", "edtf")
NUMBERS = ("integer", "decimal", "double", "float")
XSD = "http://www.w3.org/2001/XMLSchema#"


class Names:
    """The names of the things that one page speaks of, asked for together.

    A term of a known vocabulary has its label or prefixed name; a thing its preferred label, its label, its
    headline or its date; what has none of these goes by the last part of its IRI, and by the name of the claim
    it is a part of. On the page about a claim (``inside``) it is "this claim". Names that are ``known`` already win.
    """

    def __init__(self, wanted: Iterable[str], inside: str = "", known: Mapping[str, str] | None = None) -> None:
        asked = set(wanted)
        unknown = sorted({*asked, *map(_whole, asked)} - set(vocabulary.labels()))
        self._inside = inside
        self._known: dict[str, str] = {}
        for start in range(0, len(unknown), AT_ONCE):
            self._known |= _asked(unknown[start : start + AT_ONCE])
        self._known |= known or {}
        if inside:
            self._known[inside] = _("this claim")

    def of(self, iri: str) -> str:
        """The name of one thing."""
        if iri == vocabulary.RDF_TYPE:
            return "is a"
        known = self._known.get(iri) or vocabulary.labels().get(iri)
        if known:
            return known
        whole, short = self._known.get(_whole(iri)), vocabulary.compact(iri)
        return f"{short}: {whole}" if whole and _whole(iri) != self._inside else short

    def link(self, iri: str) -> Link:
        """The name, leading to the page about the thing."""
        return Link(self.of(iri), page_of(iri))

    def cell(self, term: Term | None) -> Cell:
        """A value of an answer: a link for an IRI, the text of a literal with its language or datatype beside it."""
        if term is None:
            return Cell("")
        if term.kind == "iri":
            return Cell(self.of(term.value), page_of(term.value))
        return _literal(term) if term.kind == "literal" else Cell(term.value)


def named_in(rows: Iterable[Mapping[str, Term]]) -> Iterator[str]:
    """Every IRI in some rows."""
    return (term.value for row in rows for term in row.values() if term.kind == "iri")


def _whole(iri: str) -> str:
    """What a part, named by a fragment, is a part of."""
    return iri.partition("#")[0]


def _asked(wanted: list[str]) -> dict[str, str]:
    # A filter, for with the properties in VALUES too Oxigraph reads the whole graph.
    rows = select(
        f"SELECT ?thing ?how ?name WHERE {{ VALUES ?thing {{ {iris(wanted)} }} ?thing ?how ?name "
        "FILTER(?how IN (skos:prefLabel, rdfs:label, foaf:name, schema:headline, pol:edtf)) }"
    )
    rows.sort(key=_rank)
    return {text_of(row, "thing"): _said(row) for row in reversed(rows)}


def _said(row: Row) -> str:
    """The name; a date in words."""
    name = text_of(row, "name")
    return in_words(name) if text_of(row, "how").endswith("#edtf") else name


def _rank(row: Row) -> tuple[int, int, str]:
    """Best first: by property, then English or no language before others."""
    how = text_of(row, "how")
    local = local_name(how)
    other = (row["name"].language or "en") != "en"
    return ORDER.index(local), int(other), row["name"].value


def _literal(literal: Term) -> Cell:
    if literal.language:
        return Cell(literal.value, note="" if literal.language == "en" else literal.language)
    kind = (literal.datatype or "").removeprefix(XSD)
    if kind in NUMBERS:
        return Cell(literal.value, numeric=True)
    if kind == "boolean":
        return Cell(_("yes") if literal.value in ("true", "1") else _("no"))
    plain = kind in ("", "date", "gYear")
    return Cell(literal.value, note="" if plain else vocabulary.compact(literal.datatype or ""))
