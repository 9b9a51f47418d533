"""Typed links from a document to what it is about, what describes that, and where it belongs: FAIR Signposting.

https://signposting.org/FAIR/: level 1 in the ``Link`` header of each landing page, and level 2, all of them, as a link
set (RFC 9264) at ``{base}linkset/{path}``. A header has no room for many links, so that the page of an editorial with
more than a few claims names these in its link set alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from graph.iris import ID
from server.claim_forms import documents as claim_forms
from server.claim_forms.details import claims_in, details_of
from server.claim_forms.structured_data import TYPES
from server.describing import citations, cite
from server.describing.licences import licence_of
from server.describing.names import DATASET
from server.linked_data import ENDINGS
from server.negotiation import DOCUMENTS, HTML, TURTLE
from server.versions import versions

LANDING = "https://schema.org/AboutPage"
KINDS = {**TYPES, "claim": "Claim", "dataset": "Dataset"}
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
    """The links from the document about ``path``: that of a thing that there is, or of the dataset."""
    kind = path.partition("/")[0]
    yield Signpost("cite-as", DATASET if path == citations.DATASET else ID + path)
    yield Signpost("type", LANDING)
    yield Signpost("type", f"https://schema.org/{KINDS.get(kind, 'Thing')}")
    yield from _descriptions(path)
    yield from _relatives(path, kind)
    licence = licence_of(path)
    if licence:
        yield Signpost("license", licence)


def _relatives(path: str, kind: str) -> Iterator[Signpost]:
    """What it is a part of, what its parts are, and who made it."""
    if path == citations.DATASET:
        version = versions()[-1]
        for found in version.snapshot.dumps.files.values():
            media_type = "application/gzip" if found.is_packed else found.media_type
            yield Signpost("item", version.address(found.name), media_type)
    elif kind == "claim":
        claim = details_of(ID + path)
        yield from (Signpost("author", creator.iri) for creator in claim.creators)
        yield Signpost("collection", document(claim.source.iri.removeprefix(ID)), HTML.media_type)
    else:
        yield Signpost("collection", document(citations.DATASET), HTML.media_type)
    if kind == "editorial":
        claims = [document(iri.removeprefix(ID)) for iri in claims_in(ID + path)]
        yield from (Signpost("item", href, HTML.media_type, brief=len(claims) <= MANY) for href in claims)


def _descriptions(path: str) -> Iterator[Signpost]:
    """The documents for programs: the description, the forms of a claim, the citation."""
    for item in DOCUMENTS:
        yield Signpost("describedby", document(f"{path}.{ENDINGS[item]}"), item.media_type, brief=item is TURTLE)
    if path.startswith("claim/"):
        for form in claim_forms.FORMS:
            # The page itself holds the claim in schema.org's words.
            brief = form is not claim_forms.STRUCTURED
            yield Signpost("describedby", claim_forms.address(form, path), form.media_type, form.profile, brief)
    if citations.is_citable(path):
        for written in cite.FORMATS:
            yield Signpost("describedby", cite.address(path, written), written.media_type, brief=written is cite.BIBTEX)


def document(path: str) -> str:
    """Where the document about a thing or the dataset is; with an extension, in that format."""
    stem, _, extension = path.partition(".")
    if stem == citations.DATASET:
        return url_for("dataset.as_file", extension=extension) if extension else url_for("dataset.dataset")
    return url_for("linked_data.document", path=path)
