"""The W3C Reconciliation Service API, version 0.2: names of people and parties matched with ours, as by OpenRefine.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/

Queries and extensions come as JSON in a form or in the address. There is no JSONP, which 0.2 makes optional: it has a
page elsewhere run what we send; pages read the answers by CORS (server/guarding/security.py).
"""

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from graph.errors import ParameterError
from graph.iris import path_of
from graph.searching.search import LONGEST
from server.reconciling.extension import PROPOSED, extended, extension, proposed
from server.reconciling.manifest import manifest
from server.reconciling.matching import Candidate, matched
from server.reconciling.preview import about_page, flyout_of, preview_page
from server.reconciling.queries import batch, parsed
from server.reconciling.suggest import SUGGESTED
from server.reconciling.terms import iri_of, term
from server.search import answer, number
from server.searching import description_of, kinds_of, name_of

blueprint = Blueprint("reconcile", __name__)

MOST_PROPOSED = 500


@blueprint.route("/reconcile", methods=["GET", "POST"], strict_slashes=False)
def service() -> Response:
    """The manifest; or the candidates for ``queries``; or the values that ``extend`` asks for."""
    given = request.values
    if "queries" in given:
        queries = batch(given["queries"])
        results = zip(queries, matched(list(queries.values())), strict=True)
        return answer({name: {"result": [candidate(item) for item in found]} for name, found in results})
    if "extend" in given:
        return answer(_extension(parsed(given["extend"], "extend")))
    if request.method == "POST":
        raise ParameterError("the form has neither queries nor extend", "send queries={...} as a form, percent-encoded")
    return answer(manifest())


def candidate(found: Candidate) -> dict[str, Any]:
    """A candidate as version 0.2 writes it."""
    record = found.hit.record
    return {
        "id": path_of(record["id"]),
        "name": name_of(record),
        "description": description_of(record),
        "type": [term(kind) for kind in kinds_of(record)],
        "score": found.score,
        "features": [{"id": name, "value": value} for name, value in found.features.items()],
        "match": found.match,
    }


def _extension(given: Any) -> dict[str, Any]:
    asked = extension(given)
    meta, rows = extended(asked)
    columns = [column.id for column in asked.columns]
    return {
        "meta": meta,
        "rows": {name: dict(zip(columns, row, strict=True)) for name, row in zip(asked.ids, rows, strict=True)},
    }


@blueprint.get("/reconcile/suggest/<kind>")
def suggest(kind: str) -> Response:
    """Entities, types or properties whose names begin with ``prefix``, after the first ``cursor``.

    Entities of a ``type`` only, where one is given, as OpenRefine does.
    """
    _known(kind)
    prefix = request.args.get("prefix", "").strip()[:LONGEST]
    wanted = request.args.getlist("type")
    kinds = frozenset(map(iri_of, wanted)) if any(wanted) else None
    return answer({"result": SUGGESTED[kind](prefix, number("cursor", 0, 0, 100_000), kinds)})


@blueprint.get("/reconcile/flyout/<kind>")
def flyout(kind: str) -> Response:
    """A few words of HTML about the entity, type or property ``id``."""
    _known(kind)
    return answer(flyout_of(kind, request.args.get("id", "")))


@blueprint.get("/reconcile/preview")
def preview() -> Response:
    """A small page about the entity ``id``, which pages elsewhere may frame."""
    return preview_page(request.args.get("id", ""))


@blueprint.get("/reconcile/extend/propose")
def propose() -> Response:
    """Properties that things of a ``type`` have, the most used first, at most ``limit``."""
    kind = request.args.get("type", "")
    limit = number("limit", PROPOSED, 1, MOST_PROPOSED)
    return answer({"type": kind, "limit": limit, "properties": proposed(kind, limit)})


@blueprint.get("/reconcile/about")
def about() -> str:
    """The service and its scores, for people."""
    return about_page()


def _known(kind: str) -> None:
    if kind not in SUGGESTED:
        raise NotFound(f"there are no suggestions of {kind!r}, only of {', '.join(SUGGESTED)}")
