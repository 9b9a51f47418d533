"""What is known of a source, and of what is usually known what is not stated: author, publisher, address."""

from collections.abc import Iterable, Mapping, Sequence

from graph.description import Description
from server.labels import Names
from server.pieces import Link
from server.reading import Row, text_of
from server.site.reader_views import Stated
from server.words.date_words import date_in_words
from server.words.language import gettext as _

Statements = Mapping[str, Sequence[Row]]
"""What is stated of an editorial, by the last part of the property."""


def digest_of(stated: Statements) -> str:
    """The SHA-256 of its text; empty if it is not stated."""
    return _first(stated, "sha256")


def headline_of(stated: Statements) -> str:
    """Its headline; empty if it is not stated."""
    return _first(stated, "headline")


def language_of(stated: Statements) -> str:
    """The language it is written in, as in BCP 47; empty if it is not stated."""
    return _first(stated, "inLanguage")


def date_of(stated: Statements) -> str:
    """When it is from, in words; empty if it is not stated."""
    dates = _dates(stated)
    return date_in_words(text_of(dates[0], "edtf")) if dates else ""


def byline(stated: Statements) -> tuple[str, ...]:
    """Who wrote it and who published it, as the text names them; nobody where it names none."""
    return tuple(text_of(row, "value") for name in ("author", "publisher") for row in stated.get(name, ())
                 if not _is_iri(row))  # fmt: skip


def known(stated: Statements, *, is_at_hand: bool) -> tuple[Stated, ...]:
    """What a reader wants to know of a source first, with what is not stated among it."""
    iris = [row["value"].value for name in ("author", "publisher") for row in stated.get(name, ()) if _is_iri(row)]
    names = Names(iris)
    digest = digest_of(stated)
    return (
        *_when(stated),
        Stated(_("Author"), _links(stated.get("author", ()), names)),
        Stated(_("Published by"), _links(stated.get("publisher", ()), names)),
        Stated(_("Address"), _links(stated.get("url", ()), names)),
        *((Stated(_("Language"), (Link(language_of(stated), None),)),) if language_of(stated) else ()),
        *((Stated(_("SHA-256 of the text"), (Link(digest, None),), _whether(is_at_hand)),) if digest else ()),
    )


def other_parts(found: Description, stated: Statements) -> tuple[str, ...]:
    """The fragments that links to parts of it may end in, but for those of its dates."""
    own = {iri.partition("#")[2] for iri in found.own} - {""}
    return tuple(sorted(own - {_fragment(row) for row in _dates(stated)}))


def _when(stated: Statements) -> Iterable[Stated]:
    dates = _dates(stated)
    for row in dates:
        said = (Link(date_in_words(text_of(row, "edtf")), None),)
        yield Stated(_("Date"), said, inferred=text_of(row, "inferred"), id=_fragment(row))
    if not dates:
        yield Stated(_("Date"), None)


def _whether(is_at_hand: bool) -> str:
    return _("The text lies on this machine.") if is_at_hand else _("The text itself is not published.")


def _dates(stated: Statements) -> list[Row]:
    return [row for row in stated.get("date", ()) if "edtf" in row]


def _fragment(row: Row) -> str:
    return text_of(row, "value").partition("#")[2]


def _links(rows: Sequence[Row], names: Names) -> tuple[Link, ...] | None:
    if not rows:
        return None
    return tuple(
        names.link(row["value"].value) if _is_iri(row) else Link(row["value"].value, None) for row in rows
    )  # fmt: skip


def _is_iri(row: Row) -> bool:
    return row["value"].kind == "iri"


def _first(stated: Statements, name: str) -> str:
    return next((text_of(row, "value") for row in stated.get(name, ())), "")
