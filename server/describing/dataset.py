"""The dataset about itself: ``{base}dataset``, a page and a document; ``{base}.well-known/void`` for crawlers."""

from flask import Blueprint, Response, render_template, request, url_for
from pyoxigraph import serialize
from werkzeug.exceptions import NotFound

from graph.engine.prefixes import PREFIXES
from server.describing.description import triples
from server.describing.page import dataset_page
from server.link_headers import add
from server.negotiation import DOCUMENTS, HTML, Choice, Format, choice_of
from server.pieces import Link
from server.service_description import NAMES, VOID
from server.syntaxes import SYNTAX

blueprint = Blueprint("dataset", __name__)

ENDINGS = {
    "html": HTML, **dict(zip(("ttl", "nt", "rdf", "jsonld", "trig", "nq"), DOCUMENTS, strict=True)),
}  # fmt: skip
"""Every format by its extension."""
USED = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": VOID,
    **{name: PREFIXES[name] for name in ("dcterms", "foaf", "rdfs", "xsd", "pol")},
}


@blueprint.get("/dataset")
def dataset() -> Response:
    """The description in the format that the client likes best; a page for people."""
    return _described(choice_of((*DOCUMENTS, HTML), request.headers.get("Accept"), request.args.get("format")))


@blueprint.get("/dataset.<extension>")
def as_file(extension: str) -> Response:
    """The description in one format."""
    if extension not in ENDINGS:
        raise NotFound(f"The dataset is described in {', '.join(ENDINGS)}, and not in {extension[:16]!r}.")
    return _described(choice_of([ENDINGS[extension]], None))


@blueprint.get("/.well-known/void")
def void() -> Response:
    """The same document, where VoID says to look for it (section 7.2)."""
    return dataset()


def _described(choice: Choice) -> Response:
    if choice.format is HTML:
        body: str | bytes | None = render_template("dataset.html", view=dataset_page(_formats()))
    else:
        body = serialize(triples(), format=SYNTAX[choice.format], prefixes=USED)
    response = Response(body, content_type=choice.content_type)
    response.headers["Content-Location"] = _address(choice.format)
    for item in ENDINGS.values():
        if item is not choice.format:
            add(response, _address(item), "alternate", type=item.media_type)
    add(response, url_for("protocol.sparql"), "service-desc")
    add(response, url_for("openapi.description"), "service-desc", type="application/openapi+json")
    return response


def _formats() -> tuple[Link, ...]:
    return tuple(Link(NAMES[item.media_type], _address(item)) for item in DOCUMENTS)


def _address(item: Format) -> str:
    extension = next(name for name, known in ENDINGS.items() if known is item)
    return url_for("dataset.as_file", extension=extension)
