"""Statements as readable sentences, of pieces that a page can set: words of ours, names that lead somewhere, values.

    said = Writer(values_of(statements)).of(node, statements)    # what is said of one node
    str(said[0])                                                 # as plain text
    said[0].pieces                                               # as a page sets it: templates/sentences.html
    said[0].statements                                           # which statements it puts into words

A sentence says what is stated and nothing of how that is held: whoever shows it says that too (the second law).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from babel import Locale
from babel.numbers import format_decimal
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.iris import ID, ONTOLOGY, local_name
from server import vocabulary
from server.labels import Names
from server.links import page_of
from server.site.patterns import CLASSES, DETAILS, KINDS, OTHER, PLACEHOLDER, PROPERTIES, STATES, TYPE, Pattern
from server.words.date_words import date_in_words
from server.words.language import gettext as _
from server.words.language import language

NUMBERS = ("integer", "decimal", "double", "float")
EDTF, LABEL = f"{ONTOLOGY}#edtf", vocabulary.LABEL
HIDDEN = ("earliest", "latest", "edtf", "inferredFrom")
"""What is said of a date, which stands in sentences itself."""


@dataclass(frozen=True)
class Piece:
    """Some of the words of a sentence. ``language`` is empty where it is that of the page.

    ``href`` is where a name leads. ``is_value``: whether this is what the graph holds, not our words around it.
    """

    text: str
    href: str | None = None
    language: str = ""
    is_value: bool = False


@dataclass(frozen=True)
class Sentence:
    """A sentence and the statements it puts into words."""

    pieces: tuple[Piece, ...]
    statements: tuple[Triple, ...] = ()

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Values:
    """What things are called, and the EDTF text of dates by IRI. No link leads to what the page is about: ``here``."""

    names: Names
    dates: Mapping[str, str]
    here: str = ""

    def piece(self, term: object) -> Piece:
        """One value as words."""
        if isinstance(term, Literal):
            return _literal(term)
        return self.named(local_iri(term))

    def named(self, iri: str) -> Piece:
        """What a thing is called; a date in words."""
        if iri in self.dates:
            return Piece(date_in_words(self.dates[iri]), is_value=True)
        href = page_of(iri) if iri.startswith(ID) and iri != self.here else None
        # A part of a claim is called by the claim's sentence, whose full stop would end ours.
        return Piece(self.names.of(iri).removesuffix("."), href, "en", is_value=True)


def values_of(statements: Iterable[Triple], here: str = "", known: Mapping[str, str] | None = None) -> Values:
    """The names of everything in some statements, and of what the page is about, asked for together.

    Names that are ``known`` win: those of claims that are not to be told.
    """
    kept = list(statements)
    dates = {local_iri(t.subject): _text(t.object) for t in kept if t.predicate.value == EDTF}
    labels = {local_iri(t.subject): _text(t.object) for t in kept if t.predicate.value == LABEL}
    wanted = {term.value for triple in kept for term in triple if isinstance(term, NamedNode)}
    return Values(Names({*wanted, here} - {""}, known={**labels, **(known or {})}), dates, here)


class Writer:
    """Puts statements into sentences in the language of the page."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def of(self, node: str, statements: Sequence[Triple], kinds: Iterable[str] = ()) -> tuple[Sentence, ...]:
        """What is said of a node, the main sentence first; ``kinds`` are classes that stand elsewhere."""
        own = [triple for triple in statements if local_iri(triple.subject) == node]
        by_name: dict[str, list[Triple]] = defaultdict(list)
        for triple in own:
            by_name[local(triple.predicate)].append(triple)
        typed = [local(triple.object) for triple in by_name.pop("type", [])]
        kind = next((name for name in (*typed, *map(local_name, kinds)) if name in CLASSES), None)
        return tuple(self._event(node, kind, by_name, own) if kind else self._thing(node, by_name, own, typed))

    def _event(
        self, node: str, kind: str, by_name: dict[str, list[Triple]], own: Sequence[Triple]
    ) -> Iterator[Sentence]:
        """Of something that happened or holds: its sentence, then what that leaves out."""
        found = next((pattern for pattern in CLASSES[kind] if self._fits(pattern, by_name)), None)
        used = found.uses if found else frozenset()
        if found:
            naming = [triple for triple in own if local(triple.predicate) in ("type", "label", *used)]
            yield self._filled(found, self._fillings(found, by_name, node), naming)
        for name, triples in sorted(by_name.items()):
            if name in used or name in HIDDEN or (found and name == "label"):
                continue
            detail = DETAILS.get("asOf" if name == "date" and kind in STATES else name)
            if found and detail:
                yield self._filled(detail, {"value": self._pieces(triples)}, triples)
            else:
                yield self.other(node, triples)

    def _thing(
        self, node: str, by_name: dict[str, list[Triple]], own: Sequence[Triple], typed: Sequence[str]
    ) -> Iterator[Sentence]:
        """Of a thing itself: what it is, then a sentence for each property."""
        subject = (self._values.named(node),)
        for triple in own:
            name = local(triple.object)
            if name in typed and local(triple.predicate) == "type":
                yield self._filled(
                    KINDS.get(name, TYPE), {"subject": subject, "value": (self._values.piece(triple.object),)}, [triple]
                )
        for name, triples in sorted(by_name.items()):
            if name in PROPERTIES:
                fillings = {"subject": subject, "value": self._pieces(triples)}
                yield self._filled(PROPERTIES[name], fillings, triples, len(triples))
            elif name not in (*HIDDEN, "label"):
                yield self.other(node, triples)

    def other(self, node: str, triples: Sequence[Triple]) -> Sentence:
        """Subject, property, value: for what there are no better words."""
        fillings = {
            "subject": (self._values.named(node),),
            "property": (Piece(vocabulary.in_words(triples[0].predicate.value), language="en", is_value=True),),
            "value": self._pieces(triples),
        }
        return self._filled(OTHER, fillings, triples)

    def _fits(self, pattern: Pattern, by_name: Mapping[str, list[Triple]]) -> bool:
        given = all(
            local(triple.object) == value for name, value in pattern.given.items() for triple in by_name.get(name, [])
        )
        values = {str(triple.object) for name in pattern.same for triple in by_name.get(name, [])}
        return given and len(values) <= 1 and all(name in by_name for name in pattern.uses)

    def _fillings(self, pattern: Pattern, by_name: dict[str, list[Triple]], node: str) -> dict[str, tuple[Piece, ...]]:
        """The values of each placeholder."""
        filled = {name: self._pieces(by_name[name]) for name in pattern.placeholders if name != "subject"}
        if "subject" in pattern.placeholders:
            filled["subject"] = (self._values.named(node),)
        return filled

    def _pieces(self, triples: Sequence[Triple]) -> tuple[Piece, ...]:
        return listed([(self._values.piece(triple.object),) for triple in _in_order(triples)])

    def _filled(
        self, pattern: Pattern, fillings: dict[str, tuple[Piece, ...]], statements: Sequence[Triple], number: int = 0
    ) -> Sentence:
        """The pattern in the language of the page, ``many`` for several values of what it counts by."""
        first = fillings[pattern.placeholders[0]] if pattern.placeholders else ()
        several = (number or sum(piece.is_value for piece in first)) > 1
        said = _(pattern.many if several and pattern.many else pattern.text)
        return Sentence(filled(said, fillings), tuple(statements))


def filled(said: str, fillings: Mapping[str, tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """A translated text with pieces in place of its named placeholders; the first word has a capital."""
    parts = PLACEHOLDER.split(said)
    found = [
        piece
        for at, part in enumerate(parts)
        for piece in (fillings.get(part, ()) if at % 2 else [Piece(part)] if part else [])
    ]
    if found and found[0].text[:1].islower():
        found[0] = replace(found[0], text=found[0].text[:1].upper() + found[0].text[1:])
    return tuple(found)


def listed(items: Sequence[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Things one after another, as the language of the page lists them: "a, b and c"."""
    patterns = Locale.parse(language().code).list_patterns["standard"]
    found: list[Piece] = []
    for at, item in enumerate(items):
        if at:
            place = "2" if len(items) == 2 else "end" if at == len(items) - 1 else "start" if at == 1 else "middle"
            found.append(Piece(_between(patterns[place])))
        found += item
    return tuple(found)


def local(term: object) -> str:
    """The last part of an IRI."""
    return local_name(local_iri(term))


def local_iri(term: object) -> str:
    """The IRI of a named node, the name of a blank node; a literal's text."""
    return term.value if isinstance(term, NamedNode | BlankNode | Literal) else str(term)


def _in_order(triples: Sequence[Triple]) -> list[Triple]:
    return sorted(triples, key=lambda triple: str(triple.object))


def _between(pattern: str) -> str:
    """What stands between two items of a list: ``{0}, {1}`` has a comma and a space."""
    return pattern.replace("{0}", "").replace("{1}", "")


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else ""


def _literal(literal: Literal) -> Piece:
    kind = literal.datatype.value.rpartition("#")[2]
    if kind in NUMBERS:
        try:
            return Piece(str(format_decimal(literal.value, locale=language().code)), is_value=True)
        except ArithmeticError:
            return Piece(literal.value, is_value=True)
    return Piece(literal.value.removesuffix("."), language=literal.language or "en", is_value=True)
