"""Search by name and by words: ``/search?q=``, a page for people, JSON for programs, with the same parameters.

What it finds stands in the index of the snapshot (graph/searching/index.py), which nothing sensitive is in.
"""

import json
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from graph.errors import ParameterError
from graph.searching.index import Record
from graph.searching.marks import marks
from graph.searching.search import LONGEST, Features
from server import vocabulary
from server.links import page_of
from server.names import shortened
from server.negotiation import HTML, Format, choice_of
from server.searching import description_of, kinds_of, name_of, searchable
from server.site import search_page
from server.site.search_found import GROUPS, Result, Search
from server.site.search_request import Wanted, wanted

blueprint = Blueprint("search", __name__)

USUAL, MOST = 10, 50
"""Results of each kind that are given at once, if nobody says, and at most."""
KINDS = GROUPS
"""The lists in an answer."""
OFFER = (Format(("json",), "application/json"), HTML)


@blueprint.get("/search")
def find() -> BaseResponse:
    """Things and claims that fit ``q``, or on the page without one whatever has the values chosen of facets."""
    chosen = choice_of(OFFER, request.headers.get("Accept"), request.args.get("format"))
    asked = wanted()
    limit, offset = number("limit", 0, 1, MOST), number("offset", 0, 0, 1000)
    if chosen.format is HTML:
        return search_page.respond(asked, limit, offset)
    if not asked.text:
        raise ParameterError("q is missing", f"give what to look for in q, at most {LONGEST} characters")
    return answer(_found(asked, limit or USUAL, offset))


def _found(asked: Wanted, limit: int, offset: int) -> dict[str, Any]:
    search = Search(asked, searchable())
    part = slice(offset, offset + limit)
    more = any(search.number(group) > part.stop for group in search.groups)
    return {
        "query": asked.text,
        **{group: [_result(one, asked.text) for one in search.results(group, part)] for group in search.groups},
        "facets": search.facets(),
        "next": asked.address(limit=limit, offset=part.stop) if more else None,
    }


def _result(found: Result, text: str) -> dict[str, Any]:
    record = found.record
    name = name_of(record)
    shown = {
        "id": record["id"],
        "href": page_of(record["id"]),
        "name": name,
        "language": record["names"][0][1],
        "marks": marks(name, text),
        "kind": record["facets"]["kind"][0],
        "types": [{"id": shortened(kind), "name": vocabulary.in_words(kind)} for kind in kinds_of(record)],
        "description": description_of(record),
        "score": found.score,
    }
    matched = {"matched": _matched(found.features, text)} if found.features else {}
    return shown | matched | _more(record)


def _matched(features: Features, text: str) -> dict[str, Any]:
    """The name that was found, which may be another than the one shown."""
    return {"name": features.name, "kind": features.kind, "marks": marks(features.name, text)}


def _more(record: Record) -> dict[str, Any]:
    more = {name: record[name] for name in ("quotes", "editorial", "attributedTo", "imported") if name in record}
    held = record.get("modality")
    return more | ({"modality": vocabulary.modality(held).name} if held else {})


def number(name: str, usual: int, least: int, most: int) -> int:
    """A whole number of the address, no larger than ``most``; ParameterError for what is none."""
    given = request.args.get(name, "").strip()
    if not given:
        return usual
    if not (given.isascii() and given.isdecimal() and len(given) < 10) or int(given) < least:
        raise ParameterError(f"{name} is {given!r}", f"give a number from {least} to {most}")
    return min(int(given), most)


def answer(value: Any) -> Response:
    """The value as JSON."""
    return Response(json.dumps(value, ensure_ascii=False), content_type="application/json")
