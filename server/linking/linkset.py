"""The signposts of a document: in its ``Link`` header, and as a link set at ``{base}linkset/{path}`` (RFC 9264)."""

import json
from collections import defaultdict
from typing import Any
from urllib.parse import urljoin

from flask import Blueprint, Response, request, url_for

from graph.description import exists
from server.describing.citations import DATASET
from server.holdings import holdings
from server.link_headers import add
from server.linked_data import thing_iri, with_extension
from server.linking.signposting import Signpost, document, signposts
from server.negotiation import HTML
from server.suggestions import must_stand, unknown

blueprint = Blueprint("linkset", __name__)

MEDIA_TYPE = "application/linkset+json"
BACK = {"describedby": "describes", "item": "collection"}
"""What leads from the other end of a link to the document again (FAIR Signposting, level 2)."""


@blueprint.get("/linkset/<path:path>")
def linkset(path: str) -> Response:
    """Every link of the document about a thing, those of its other ends back to it included."""
    if path != DATASET:
        _must_be(thing_iri(path))
    landing = _absolute(document(path))
    contexts = [_context(landing, path)]
    for found in signposts(path):
        if found.rel in BACK:
            back = {"href": landing, "type": HTML.media_type}
            contexts.append({"anchor": _absolute(found.href), BACK[found.rel]: [back]})
    body = json.dumps({"linkset": contexts}, ensure_ascii=False, indent=1)
    return Response(body, content_type=MEDIA_TYPE)


@blueprint.after_app_request
def sign(response: Response) -> Response:
    """Put the links into the header of a document: all that have room there on a page, the link set on any form."""
    path = _path() if response.status_code == 200 else None
    if path is None:
        return response
    if response.mimetype == HTML.media_type:
        for found in signposts(path):
            if found.brief:
                add(response, found.href, found.rel, type=found.media_type, profile=found.profile)
    add(response, url_for("linkset.linkset", path=path), "linkset", type=MEDIA_TYPE)
    return response


def _path() -> str | None:
    """What the document that was asked for is about; None if it is no document of this kind."""
    if request.endpoint in ("dataset.dataset", "dataset.as_file", "dataset.void"):
        return DATASET
    given = request.view_args if request.endpoint == "linked_data.document" else None
    return with_extension(given["path"])[0] if given else None


def _must_be(iri: str) -> None:
    must_stand(iri)
    if not exists(holdings().engine, iri):
        unknown(iri)


def _context(landing: str, path: str) -> dict[str, Any]:
    """All links from the page, by relation."""
    targets: dict[str, list[dict[str, str]]] = defaultdict(list)
    for found in signposts(path):
        targets[found.rel].append(_target(found))
    return {"anchor": landing, **targets}


def _target(found: Signpost) -> dict[str, str]:
    target = {"href": _absolute(found.href), "type": found.media_type, "profile": found.profile}
    return {name: value for name, value in target.items() if value}


def _absolute(href: str) -> str:
    """The address on the host that was asked: who keeps a link set no longer knows where it came from."""
    return urljoin(request.host_url, href)
