"""Typed links from a document to what it is about, what describes that, and where it belongs: FAIR Signposting.

https://signposting.org/FAIR/: level 1 in the ``Link`` header of each landing page, and level 2, all of them, as a link
set (RFC 9264) at ``{base}linkset/{path}``. A header has no room for many links, so that the page of an editorial with
more than a few claims names these in its link set alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from graph.claim_graphs import LICENCE
from graph.iris import ID
from server import cite, claim_forms
from server.citations import is_citable
from server.claim_details import claims_in, details_of
from server.linked_data import ENDINGS
from server.negotiation import DOCUMENTS, HTML, TURTLE
from server.structured_data import TYPES

LANDING = "https://schema.org/AboutPage"
KINDS = {**TYPES, "claim": "Claim"}
MANY = 10
"""The most items that are named in a header."""


@dataclass(frozen=True)
class Signpost:
    """One link from a landing page; ``brief`` where it is named in the header too."""

    rel: str
    href: str
    media_type: str | None = None
    profile: str | None = None
    brief: bool = True


def signposts(path: str) -> Iterator[Signpost]:
    """The links from the document about ``path``, which must be that of a thing that there is."""
    kind = path.partition("/")[0]
    yield Signpost("cite-as", ID + path)
    yield Signpost("type", LANDING)
    yield Signpost("type", f"https://schema.org/{KINDS.get(kind, 'Thing')}")
    yield from _descriptions(path)
    if kind == "claim":
        claim = details_of(ID + path)
        yield from (Signpost("author", creator.iri) for creator in claim.creators)
        yield Signpost("collection", document(claim.source.iri.removeprefix(ID)), HTML.media_type)
    if kind == "editorial":
        claims = claims_in(ID + path)
        yield from (
            Signpost("item", document(iri.removeprefix(ID)), HTML.media_type, brief=len(claims) <= MANY)
            for iri in claims
        )
    yield Signpost("license", LICENCE)


def _descriptions(path: str) -> Iterator[Signpost]:
    """The documents for programs: the description, the forms of a claim, the citation."""
    for item in DOCUMENTS:
        yield Signpost("describedby", document(f"{path}.{ENDINGS[item]}"), item.media_type, brief=item is TURTLE)
    if path.startswith("claim/"):
        for form in claim_forms.FORMS:
            yield Signpost("describedby", claim_forms.address(form, path), form.media_type, form.profile)
    if is_citable(path):
        for written in cite.FORMATS:
            yield Signpost("describedby", cite.address(path, written), written.media_type, brief=written is cite.BIBTEX)


def document(path: str) -> str:
    """Where the document about a thing is; with an extension, in that format."""
    return url_for("linked_data.document", path=path)
