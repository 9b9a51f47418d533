"""Search by name and by words, in JSON: ``/search?q=``.

What it finds stands in the index of the snapshot (graph/search_index.py), which nothing sensitive is in.
"""

import json
from typing import Any

from flask import Blueprint, Response, request, url_for

from graph.errors import ParameterError
from graph.search import LONGEST, Hit, search
from server import vocabulary
from server.links import page_of
from server.names import expanded, shortened
from server.searching import description_of, kinds_of, name_of, searchable

blueprint = Blueprint("search", __name__)

USUAL, MOST = 10, 50
"""Results of each kind that are given at once, if nobody says, and at most."""
KINDS = ("things", "claims")


@blueprint.get("/search")
def find() -> Response:
    """Things and claims that fit ``q``: with ``kind`` only one of these, with ``type`` only those of a class."""
    text = request.args.get("q", "").strip()
    if not text or len(text) > LONGEST:
        raise ParameterError("q is missing or too long", f"give what to look for in q, at most {LONGEST} characters")
    kind = request.args.get("kind")
    if kind and kind not in KINDS:
        raise ParameterError(f"there is no kind {kind!r}", f"it is one of {', '.join(KINDS)}, or left out")
    limit, offset = number("limit", USUAL, 1, MOST), number("offset", 0, 0, 1000)
    found = {name: _hits(name, text) for name in KINDS if kind in (None, name)}
    more = any(len(hits) > offset + limit for hits in found.values())
    here: dict[str, Any] = {name: request.args.getlist(name) for name in ("q", "kind", "type", "limit")}
    return answer(
        {
            "query": text,
            **{name: [_result(hit) for hit in hits[offset : offset + limit]] for name, hits in found.items()},
            "next": url_for("search.find", offset=offset + limit, **here) if more else None,
        }
    )


def _hits(kind: str, text: str) -> list[Hit]:
    index = searchable().things if kind == "things" else searchable().claims
    wanted = request.args.getlist("type")
    sets = index.sets_with(frozenset(map(expanded, wanted))) if wanted else None
    return search(index, text, sets=sets, prefix=True, quotes=kind == "claims")


def _result(hit: Hit) -> dict[str, Any]:
    record = hit.record
    shown = {
        "id": record["id"],
        "href": page_of(record["id"]),
        "name": name_of(record),
        "types": [{"id": shortened(kind), "name": vocabulary.in_words(kind)} for kind in kinds_of(record)],
        "description": description_of(record),
        "score": hit.score,
        "matched": {"name": hit.features.name, "kind": hit.features.kind},
    }
    more = {name: record[name] for name in ("quotes", "editorial") if name in record}
    held = record.get("modality")
    return shown | more | ({"modality": vocabulary.modality(held).name} if held else {})


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
