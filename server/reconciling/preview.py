"""What people see of reconciliation: previews to be framed, words to hover over, and the page about the service."""

from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, url_for
from markupsafe import Markup

from graph.errors import UnknownName
from graph.iris import path_of
from graph.searching.index import Record
from server import vocabulary
from server.guarding.security import POLICY
from server.links import page_of
from server.reconciling.features import FEATURES, Feature
from server.reconciling.matching import identified
from server.reconciling.terms import definitions, iri_of
from server.searching import kinds_of, name_of

FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""A preview may stand in anybody's page: nothing on it can be done, and nothing on it is anybody's own."""
NAMES = 8
"""Other names that are shown."""


@dataclass(frozen=True)
class OtherName:
    """A name beside the first: its language, empty if it is English or not known, and what kind of name it is."""

    text: str
    language: str
    kind: str


@dataclass(frozen=True)
class PreviewPage:
    """One thing in a few lines; ``href`` leads to its page."""

    name: str
    kinds: tuple[str, ...]
    country: str
    note: str
    quotes: tuple[str, ...]
    names: tuple[OtherName, ...]
    href: str


@dataclass(frozen=True)
class ReconcilePage:
    """The service: where it is, and what its scores are made of."""

    endpoint: str
    draft: str
    features: tuple[Feature, ...]


def preview_page(name: str) -> Response:
    """The preview of a thing; UnknownName for what is not in the index."""
    page = Response(
        render_template("preview.html", view=_preview(_record(name))), content_type="text/html; charset=utf-8"
    )
    page.headers["Content-Security-Policy"] = FRAMED
    return page


def flyout_of(kind: str, name: str) -> dict[str, Any]:
    """A preview in a few words of HTML, everything in it escaped."""
    if kind == "entity":
        view = _preview(_record(name))
        said = (", ".join(view.kinds), view.country, view.note)
        return {"id": name, "html": _html(view.name, " · ".join(part for part in said if part))}
    iri = iri_of(name)
    if not iri:
        raise UnknownName(f"there is no {kind} {name!r}", "take one that is suggested")
    return {"id": name, "html": _html(vocabulary.in_words(iri), definitions().get(iri, iri))}


def about_page() -> str:
    """The page about the service."""
    view = ReconcilePage(
        endpoint=url_for("reconcile.service", _external=True),
        draft=url_for("reconcile_draft.service", _external=True),
        features=FEATURES,
    )
    return render_template("reconcile.html", view=view)


def _record(name: str) -> Record:
    found = identified(name) if name else None
    if found is None:
        raise UnknownName(f"there is nothing to reconcile with at {name!r}", "take the id of a candidate")
    return found.record


def _preview(record: Record) -> PreviewPage:
    others = record["names"][1 : NAMES + 1]
    return PreviewPage(
        name=name_of(record),
        kinds=tuple(vocabulary.in_words(kind) for kind in kinds_of(record)),
        country=record.get("country", ""),
        note=record.get("note", ""),
        quotes=tuple(record.get("quotes", ())),
        names=tuple(OtherName(text, "" if language == "en" else language, kind) for text, language, kind in others),
        href=page_of(record["id"]) or url_for("linked_data.thing", path=path_of(record["id"])),
    )


def _html(name: str, said: str) -> str:
    return str(Markup("<p><strong>{}</strong></p><p>{}</p>").format(name, said))
