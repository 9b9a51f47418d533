"""What the query page asks for while somebody types: code for the very query, and its short link, which leads back."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from server.errors import asked
from server.site.query_editor import editor
from server.site.short_links import code_of, query_of
from server.site.snippets import Snippet, snippets

blueprint = Blueprint("asking", __name__)


@blueprint.app_context_processor
def _editing() -> dict[str, Callable[[], Mapping[str, object]]]:
    """``query_editor()`` for every page that has a query to mend, pages of errors too."""
    return {"query_editor": editor}


@blueprint.get("/q/<code>")
def short(code: str) -> BaseResponse:
    """To the query that a short link holds; what else stands in the address is kept."""
    kept: dict[str, Any] = {name: request.args.getlist(name) for name in request.args if name != "query"}
    return redirect(url_for("pages.query", query=query_of(code), **kept))


@blueprint.get("/query/code")
def code() -> Response:
    """The code in every language for ``query``, and its short link where it has one, in JSON."""
    query = asked(request.args.get("query", ""))
    found = {item.name: item.code for item in code_for(query)}
    body = json.dumps({"link": short_link(query), "code": found}, ensure_ascii=False)
    return Response(body, content_type="application/json")


def code_for(query: str) -> tuple[Snippet, ...]:
    """The query as code that asks this endpoint, as whoever reads the page reaches it."""
    return snippets(query, url_for("protocol.sparql", _external=True))


def short_link(query: str) -> str | None:
    """The whole address of the query page with this query; None where that would be too long."""
    found = code_of(query)
    return url_for("asking.short", code=found, _external=True) if found and len(found) < MOST else None


MOST = 1800
"""Characters of a code in a link: some programs cut addresses of more than two thousand."""
