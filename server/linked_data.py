"""Things and the documents about them: ``{base}id/...`` leads to ``{base}doc/...``, the document about the thing.

A thing is no document, so its own address answers 303 (https://www.w3.org/TR/cooluris/, section 4.2). The document is
negotiated, or of the format that its extension names; ``Content-Location`` names the exact form.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from rdflib import DCTERMS
from werkzeug.wrappers import Response as Redirect

from graph.description import Description, describe, exists, value
from graph.errors import ParameterError, UnknownName
from graph.iris import ID
from ontology.vocabulary import source
from server.claim_forms import documents as claim_forms
from server.claims import is_claim
from server.documents import body_of, pages
from server.holdings import holdings
from server.link_headers import add, link
from server.negotiation import (
    DOCUMENTS,
    HTML,
    JSONLD,
    NQUADS,
    NTRIPLES,
    RDFXML,
    TRIG,
    TURTLE,
    Choice,
    choice_of,
    profiles_of,
)
from server.reading import FORBIDDEN, iris, select, text_of
from server.site import reader
from server.suggestions import must_stand, unknown
from server.things import thing_page

blueprint = Blueprint("linked_data", __name__)

EXTENSIONS = {
    "html": HTML, "ttl": TURTLE, "nt": NTRIPLES, "rdf": RDFXML, "jsonld": JSONLD, "trig": TRIG, "nq": NQUADS,
}  # fmt: skip
"""The format that each extension names."""
ENDINGS = {item: extension for extension, item in EXTENSIONS.items()}
OFFER = (HTML, *DOCUMENTS)
"""A page for whoever takes anything, since that is people, and tools that show what is behind a link."""
PUBLISHED = {
    "context.jsonld": "application/ld+json",
    "document.jsonld": "application/ld+json",
    "claim-file.schema.json": "application/schema+json",
    "entity-file.schema.json": "application/schema+json",
    "shapes.ttl": "text/turtle; charset=utf-8",
}
"""The files of the ontology that claim files, documents and editors name by their address, with their media types."""


@blueprint.get("/id/<path:path>")
def thing(path: str) -> Redirect:
    """See Other: the document about the thing. UnknownName if nothing is said of it, Retracted if a claim was."""
    iri = thing_iri(path)
    must_stand(iri)
    if not exists(holdings().engine, iri):
        unknown(iri)
    asked = request.query_string.decode("latin-1")
    return redirect(url_for(".document", path=path) + (f"?{asked}" if asked else ""), 303)


@blueprint.get("/doc/<path:path>")
def document(path: str) -> Redirect:
    """What the graph says of one thing, a page at a time; errors as of ``thing``."""
    name, wanted = with_extension(path)
    iri = thing_iri(name)
    must_stand(iri)
    named = request.args.get("format") or wanted
    choice = choice_of(OFFER, request.headers.get("Accept"), named)
    if choice.format is JSONLD and not named and is_claim(iri):
        other = claim_forms.profiled(name, profiles_of(request.headers.get("Accept")))
        if other is not None:
            return other
    found = describe(holdings().engine, iri, _page())
    if not any(value(triple.subject) == iri for triple in found.statements) and (new := renamed(iri)):
        return moved(new, path.removeprefix(name))
    if found.is_empty:
        unknown(iri)
    return linked(_written(name, found, choice), name, choice, found)


def renamed(iri: str) -> str | None:
    """What a thing is called now that had this IRI before; None if nothing had."""
    found = select(f"SELECT ?new WHERE {{ ?new <{DCTERMS.replaces}> {iris([iri])} }} ORDER BY ?new LIMIT 1")
    return text_of(found[0], "new") if found else None


def moved(iri: str, extension: str) -> Redirect:
    """Moved Permanently: to the document, in the same format, about what was renamed so."""
    asked: dict[str, Any] = {name: request.args.getlist(name) for name in request.args if name[:1] != "_"}
    response = redirect(url_for(".document", **{**asked, "path": iri.removeprefix(ID) + extension}), 301)
    response.headers.add("Link", link(iri, "successor-version"))
    return response


def with_extension(path: str) -> tuple[str, str | None]:
    """A path without the extension that names a format, and that format's name; None without one."""
    stem, dot, extension = path.rpartition(".")
    return (stem, EXTENSIONS[extension].names[0]) if dot and stem and extension in EXTENSIONS else (path, None)


def linked(response: Response, path: str, choice: Choice, found: Description) -> Response:
    """With the header fields that say which form this is, which others there are, and what it is about."""
    response.headers["Content-Location"] = address(f"{path}.{ENDINGS[choice.format]}", found.page)
    add(response, found.iri, "describes")
    for media_type, href in other_forms(path, found).items():
        if media_type != choice.format.media_type:
            add(response, href, "alternate", type=media_type)
    if choice.format is not HTML:
        add(response, address(f"{path}.html", found.page), "alternate", type=HTML.media_type)
    for relation, href in page_links(path, found).items():
        add(response, href, relation)
    return response


def page_links(path: str, found: Description) -> Mapping[str, str]:
    """The addresses of the other pages, by relation."""
    return {relation: address(path, page) for relation, page in pages(found).items()}


def other_forms(path: str, found: Description) -> Mapping[str, str]:
    """The addresses of the same page of the document in each format for programs, by media type."""
    return {item.media_type: address(f"{path}.{ENDINGS[item]}", found.page) for item in DOCUMENTS}


def address(path: str, page: int = 1) -> str:
    """Where a page of a document is."""
    return url_for(".document", path=path, page=page if page > 1 else None)


def _written(path: str, found: Description, choice: Choice) -> Response:
    if choice.format is HTML and reader.is_editorial(path):
        return reader.respond(found, page_links(path, found), other_forms(path, found))
    if choice.format is not HTML:
        return Response(body_of(found, choice.format), content_type=choice.content_type)
    view = thing_page(found, page_links(path, found), other_forms(path, found))
    page = render_template("claim.html" if view.claim_told else "thing.html", view=view)
    response = Response(page, content_type=choice.content_type)
    if view.claim_told and view.claim_told.is_at_hand:
        # The text around a quote is not for everybody, so no cache may keep it.
        response.headers["Cache-Control"] = "private, no-store"
    return response


def thing_iri(path: str) -> str:
    """The IRI that a path of the address stands for; UnknownName if it can be part of none."""
    if FORBIDDEN.search(path) or {"#", "?"} & set(path):
        raise UnknownName(f"{path!r} cannot be part of an IRI", "see that the address is whole")
    return ID + path


def _page() -> int:
    text = request.args.get("page", "1")
    if not (text.isdecimal() and 0 < len(text) < 7 and int(text) > 0):
        raise ParameterError(f"page={text!r} is not the number of a page", "pages are numbered from 1")
    return int(text)


def published(name: str) -> Response:
    """One of the ``PUBLISHED`` files, under the base IRI in force; scripts of other sites may read it."""
    answer = Response(source(name), content_type=PUBLISHED[name])
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


for _name in PUBLISHED:
    blueprint.add_url_rule(f"/{_name}", f"published-{_name.replace('.', '-')}", published, defaults={"name": _name})
