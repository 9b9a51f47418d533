"""A claim in the forms of three communities, each a document with an address of its own beside ``doc/claim/...``.

    .nanopub.trig        the nanopublication: its four graphs and nothing else (https://nanopub.net/guidelines/)
    /RA….trig            the same under its trusty URI, which ``id/claim/{editorial}/{claim}/RA…`` leads to
    .annotation.jsonld   a Web Annotation on the words of the editorial
    .schema.jsonld       a schema.org Claim, as it is embedded in the claim's page

An address for each form, and no parameter: so each can be linked to, cited and kept, and says what it is.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from graph.errors import UnknownName
from graph.forms.nanopubs import minted, of_claim, trig
from graph.forms.trusty import CODE
from graph.iris import ID, is_path, path_of
from server.claim_forms import annotation, structured_data
from server.claim_forms.details import ClaimDetails, details_of
from server.holdings import holdings
from server.link_headers import add
from server.pieces import Link
from server.suggestions import must_stand

blueprint = Blueprint("claim_forms", __name__)

Made = Callable[[ClaimDetails], dict[str, Any]]


@dataclass(frozen=True)
class Form:
    """One form: what its address ends in, its media type, and the profile that it follows."""

    name: str
    ending: str
    media_type: str
    profile: str
    title: str

    @property
    def content_type(self) -> str:
        """The Content-Type; the profile is a parameter of JSON-LD's (JSON-LD 1.1, section C)."""
        with_profile = self.media_type == "application/ld+json"
        return f'{self.media_type}; profile="{self.profile}"' if with_profile else self.media_type


NANOPUB = Form("nanopub", "nanopub.trig", "application/trig", "http://www.nanopub.org/nschema#", "Nanopublication")
ANNOTATION = Form("as_annotation", "annotation.jsonld", "application/ld+json", annotation.CONTEXT, "Web Annotation")
STRUCTURED = Form("structured", "schema.jsonld", "application/ld+json", structured_data.CONTEXT, "schema.org Claim")
FORMS = (NANOPUB, ANNOTATION, STRUCTURED)


def address(form: Form, path: str) -> str:
    """Where a form of a claim is; ``path`` as in ``{base}id/{path}``."""
    _, editorial, name = path.split("/")
    return url_for(f"claim_forms.{form.name}", editorial=editorial, name=name)


@blueprint.get("/doc/claim/<editorial>/<name>.nanopub.trig")
def nanopub(editorial: str, name: str) -> Response:
    """The nanopublication of a claim, under the claim's own name."""
    iri = _iri(editorial, name)
    details = details_of(iri)
    return _described(Response(trig(iri, of_claim(holdings().engine, iri)), content_type=NANOPUB.content_type), details)


@blueprint.get("/doc/claim/<editorial>/<name>.annotation.jsonld")
def as_annotation(editorial: str, name: str) -> Response:
    """A claim as a Web Annotation."""
    return _json(ANNOTATION, annotation.annotation, details_of(_iri(editorial, name)))


@blueprint.get("/doc/claim/<editorial>/<name>.schema.jsonld")
def structured(editorial: str, name: str) -> Response:
    """A claim in the words of schema.org."""
    return _json(STRUCTURED, structured_data.structured, details_of(_iri(editorial, name)))


@blueprint.get("/id/claim/<editorial>/<name>/<code>")
def trusty(editorial: str, name: str, code: str) -> Redirect:
    """From a trusty URI to its nanopublication, if the claim says today what it said when the URI was minted."""
    _minted(_iri(editorial, name), code)
    return redirect(url_for(".trusty_nanopub", editorial=editorial, name=name, code=code), 303)


@blueprint.get("/doc/claim/<editorial>/<name>/<code>.trig")
def trusty_nanopub(editorial: str, name: str, code: str) -> Response:
    """The nanopublication of a claim under its trusty URI."""
    iri = _iri(editorial, name)
    body = _minted(iri, code)
    return _described(Response(body, content_type=NANOPUB.content_type), details_of(iri))


def profiled(path: str, profiles: Collection[str]) -> Response | None:
    """The form of a claim that follows one of these profiles, with its own address; None where none does."""
    for form, made in ((ANNOTATION, annotation.annotation), (STRUCTURED, structured_data.structured)):
        if form.profile in profiles:
            response = _json(form, made, details_of(ID + path))
            response.headers["Content-Location"] = address(form, path)
            return response
    return None


def links(iri: str) -> tuple[Link, ...]:
    """The forms of a claim by name, and its trusty URI, on this host."""
    path = path_of(iri)
    found = [Link(form.title, address(form, path)) for form in FORMS]
    uri = trusty_uri(iri)
    if uri:
        _, editorial, name = path.split("/")
        code = uri.rpartition("/")[2]
        found.append(Link("Trusty URI", url_for("claim_forms.trusty", editorial=editorial, name=name, code=code)))
    return tuple(found)


def in_page(iri: str) -> str:
    """A claim in schema.org's words, for its page; empty if it is about private life: search engines must miss it."""
    details = details_of(iri)
    return "" if details.private else structured_data.embedded(structured_data.structured(details))


def trusty_uri(iri: str) -> str | None:
    """The trusty URI of what a claim says in this snapshot; None if it has no graphs of its own."""
    quads = of_claim(holdings().engine, iri)
    return minted(iri, quads)[0] if quads else None


def _minted(iri: str, code: str) -> bytes:
    quads = of_claim(holdings().engine, iri) if CODE.fullmatch(code) else []
    if quads:
        uri, found = minted(iri, quads)
        if uri == f"{iri}/{code}":
            return trig(uri, found)
    path = iri.removeprefix(ID)
    raise UnknownName(
        f"what {path} says has not the hash {code}",
        "another snapshot may have it; the claim itself says what it is now",
    )


def _iri(editorial: str, name: str) -> str:
    """The IRI of a claim that stands; UnknownName if there is none, Retracted if it was taken back."""
    path = f"claim/{editorial}/{name}"
    if not is_path(path):
        raise UnknownName(f"{path!r} is not the path of a claim", "see that the address is whole")
    must_stand(ID + path)
    return ID + path


def _json(form: Form, made: Made, details: ClaimDetails) -> Response:
    body = json.dumps(made(details), ensure_ascii=False, indent=1)
    return _described(Response(body, content_type=form.content_type), details)


def _described(response: Response, details: ClaimDetails) -> Response:
    """With links to the claim and its licence; what is about private life stays out of search engines."""
    add(response, details.iri, "describes")
    if details.licence:
        add(response, details.licence, "license")
    if details.private:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
