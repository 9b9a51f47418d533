"""Claims as one table, for spreadsheets and statistics packages: a row for each claim.

Where a claim has more than one value, IRIs stand with blanks between them, and texts with a line each.

The words are strangers', and a spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or an end of
line for a formula (https://owasp.org/www-community/attacks/CSV_Injection). In the file such a cell has an apostrophe in
front, and so has one that begins with apostrophes before any of these: whoever takes one apostrophe away from each cell
that matches GUARDED has exactly what was said. A table of typed cells (xlsx) would need no such sign, and a library for
every statistics package; of RDF, where nothing is a formula, there are dumps.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib import DCTERMS, RDF, RDFS, SDO, SKOS

from graph.jsonld import node
from ontology.terms import OA, POL

COLUMNS = (
    *("claim", "sentence", "modality", "attributed_to", "attributed_to_name", "quote", "start", "end"),
    *("condition", "sensitive", "in_tension_with", "mentions", "printed_names"),
    *("editorial", "headline", "date", "position", "created", "licence"),
)
"""``start`` and ``end`` count the code points of the editorial's text; ``date`` is EDTF."""

GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that has an apostrophe more than what was said."""
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")

Place = tuple[str, int, str]
"""Where a row stands among all: by the editorial, then the position in its text, then the claim."""

_Term = NamedNode | BlankNode | Literal | Triple
_Described = defaultdict[str, list[_Term]]
_Known = defaultdict[_Term, _Described]
"""What is said of each subject."""
_LABELS = (SKOS.prefLabel, SDO.headline, RDFS.label)
_CLAIM = node(POL.Claim)
PROPERTIES = frozenset(
    str(term)
    for term in (
        *(RDF.type, POL.modality, POL.attributedTo, POL.quote, POL.condition, POL.sensitive, POL.inTensionWith),
        *(POL.mention, POL.mentionOf, POL.printedName, POL.statedIn, POL.date, POL.edtf),
        *(OA.hasSelector, OA.exact, OA.start, OA.end, SDO.position, DCTERMS.created, DCTERMS.license, *_LABELS),
    )
)
"""What rows are made of."""


def rows(quads: Iterable[Quad]) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """A row of COLUMNS for each claim: editorial by editorial, in the order of the text; and its place in it.

    ``quads``: what the default graph says of the claims and of what they name; of its properties, PROPERTIES suffice.
    """
    known: _Known = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        known[quad.subject][quad.predicate.value].append(quad.object)
    names = _Names(known)
    for place in sorted(_places(known)):
        yield place, _row(known, NamedNode(place[-1]), names)


def guarded(text: str) -> str:
    """A text as it stands in a cell of the file."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(cell: str) -> str:
    """The text that stands so in a cell of the file."""
    return cell[1:] if GUARDED.match(cell) else cell


def _places(known: _Known) -> Iterator[Place]:
    for subject, said in known.items():
        if isinstance(subject, NamedNode) and _CLAIM in said.get(str(RDF.type), ()):
            told = _described(known, subject)
            position = _text(told[str(SDO.position)])
            yield _text(told[str(POL.statedIn)]), int(position) if position.isdecimal() else 0, subject.value


def _row(known: _Known, claim: NamedNode, names: "_Names") -> tuple[str, ...]:
    said = _described(known, claim)
    quotes = [_quote(known, quote) for quote in said[str(POL.quote)]]
    mentions = [_described(known, mention) for mention in said[str(POL.mention)]]
    agents, (editorial, *_) = said[str(POL.attributedTo)], said[str(POL.statedIn)] or [Literal("")]
    return (
        *(claim.value, _text(said[str(RDFS.label)]), _text(said[str(POL.modality)]).rpartition("#")[2]),
        *(_text(agents, " "), "\n".join(names.of(agent) for agent in agents)),
        *("\n".join(column) for column in (zip(*sorted(quotes, key=_place), strict=True) if quotes else ("", "", ""))),
        *(_text(said[str(POL.condition)]), "true" if said[str(POL.sensitive)] else "false"),
        _text(said[str(POL.inTensionWith)], " "),
        " ".join(sorted({_text(mention[str(POL.mentionOf)]) for mention in mentions})),
        "\n".join(sorted({_text(mention[str(POL.printedName)]) for mention in mentions})),
        *(_text([editorial]), names.of(editorial), names.date(editorial), _text(said[str(SDO.position)])),
        *(_text(said[str(DCTERMS.created)]), _text(said[str(DCTERMS.license)])),
    )


def _quote(known: _Known, quote: _Term) -> tuple[str, str, str]:
    """The words, and the places where they begin and end."""
    selectors = [_described(known, selector) for selector in _described(known, quote)[str(OA.hasSelector)]]
    exact, start, end = (
        [value for selector in selectors for value in selector[str(name)]] for name in (OA.exact, OA.start, OA.end)
    )
    return _text(exact), _text(start), _text(end)


def _place(quote: tuple[str, str, str]) -> tuple[int, str]:
    return int(quote[1]) if quote[1].isdecimal() else 0, quote[0]


def _described(known: _Known, subject: _Term) -> _Described:
    """What is said of a thing, by property, in the order of the values."""
    said: Mapping[str, list[_Term]] = known.get(subject, {})
    return defaultdict(list, {name: sorted(values, key=str) for name, values in said.items()})


def _text(values: Iterable[_Term], between: str = "\n") -> str:
    return between.join(value.value for value in values if not isinstance(value, Triple))


class _Names:
    """Names of agents and editorials: few of them stand in many rows."""

    def __init__(self, known: _Known) -> None:
        self._known = known
        self.of = lru_cache(maxsize=10_000)(self._of)
        self.date = lru_cache(maxsize=10_000)(self._date)

    def _of(self, thing: _Term) -> str:
        """The preferred English name, or else any."""
        said = _described(self._known, thing)
        names = [value for name in _LABELS for value in said[str(name)] if isinstance(value, Literal)]
        names.sort(key=lambda name: name.language != "en")
        return names[0].value if names else ""

    def _date(self, thing: _Term) -> str:
        """When an editorial is from."""
        dates = _described(self._known, thing)[str(POL.date)]
        return _text(value for date in dates for value in _described(self._known, date)[str(POL.edtf)])
