"""``{base}openapi.json``: every path of the server, described as OpenAPI 3.1 for programs that read such."""

import json

from flask import Blueprint, Response, current_app, request

from server.negotiation import Format, choice_of
from server.openapi.document import document
from server.openapi.examples import examples
from server.openapi.serving import MEDIA_TYPES

blueprint = Blueprint("openapi", __name__)

JSON = Format(("json",), "application/json", MEDIA_TYPES)


@blueprint.get("/openapi.json")
def description() -> Response:
    """The description of this server as it stands."""
    choice = choice_of((JSON,), request.headers.get("Accept"))
    body = json.dumps(document(current_app, examples(), request.script_root), ensure_ascii=False, indent=1)
    return Response(body + "\n", content_type=choice.content_type)
