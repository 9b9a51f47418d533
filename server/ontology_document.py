"""The politics ontology at ``{base}politics``, negotiated like the documents about things.

The page is this server's own. pyLODE 3.6 stops at our nested class expressions; without these its page leaves the
alignments out, has styles and a script inside it, which the Content-Security-Policy here forbids, and cannot say what
the graph holds of each term.
"""

from functools import cache

from flask import Blueprint, Response, render_template, request, url_for
from pyoxigraph import BlankNode, Quad

from graph.dataset import ontology_triples
from graph.errors import UnknownName
from graph.iris import ONTOLOGY
from ontology.vocabulary import version_iri
from server import vocabulary
from server.documents import written
from server.framing import Frame
from server.link_headers import add
from server.linked_data import ENDINGS, EXTENSIONS
from server.negotiation import DOCUMENTS, HTML, JSONLD, NQUADS, TRIG, TURTLE, Format, choice_of
from server.pieces import Link
from server.term_uses import with_uses
from server.views import OntologyPage

blueprint = Blueprint("ontology", __name__)

OFFER = tuple(item for item in (*DOCUMENTS, HTML) if item not in (TRIG, NQUADS))
"""Turtle for whoever takes anything, since that is most of what reads ontologies."""


@blueprint.get("/politics")
@blueprint.get("/politics.<extension>")
@blueprint.get("/politics/<version>")
def document(extension: str | None = None, version: str | None = None) -> Response:
    """The ontology in the version in force, which may be named; UnknownName for another, or an unknown extension."""
    if version and f"{ONTOLOGY}/{version}" != version_iri():
        raise UnknownName(f"there is no version {version!r} here", f"<{version_iri()}> is in force")
    if extension and EXTENSIONS.get(extension) not in OFFER:
        raise UnknownName(f"the ontology is in no format {extension!r}", f"there are {', '.join(_extensions())}")
    named = EXTENSIONS[extension].names[0] if extension else None
    choice = choice_of(OFFER, request.headers.get("Accept"), request.args.get("format") or named)
    body = _page() if choice.format is HTML else _written(choice.format)
    response = Response(body, content_type=choice.content_type)
    response.headers["Content-Location"] = url_for(".document", extension=ENDINGS[choice.format])
    add(response, ONTOLOGY, "describes")
    for item in OFFER:
        if item is not choice.format:
            add(response, url_for(".document", extension=ENDINGS[item]), "alternate", type=item.media_type)
    return response


def _page() -> str:
    formats = tuple(Link(item.media_type, url_for(".document", extension=ENDINGS[item])) for item in OFFER[:-1])
    view = OntologyPage(ONTOLOGY, vocabulary.description(), with_uses(vocabulary.groups()), formats)
    return render_template("ontology.html", view=view)


def _extensions() -> list[str]:
    return [ENDINGS[item] for item in OFFER]


@cache
def _written(wanted: Format) -> bytes:
    """The Turtle as it was written, with its comments; in other formats the same triples."""
    if wanted is TURTLE:
        return vocabulary.turtle().encode()
    triples = ontology_triples()
    if wanted is JSONLD:
        blank = frozenset(str(triple.subject) for triple in triples if isinstance(triple.subject, BlankNode))
        return Frame(ONTOLOGY, triples, blank, named=False).document()
    return written((Quad(t.subject, t.predicate, t.object) for t in triples), wanted)
