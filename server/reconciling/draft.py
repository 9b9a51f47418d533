"""The next version of the Reconciliation Service API, as far as its draft stands: ``/reconcile/0.3``.

The draft was called 0.3 and is now called 1.0 (https://reconciliation-api.github.io/specs/1.0-draft/). Its routes are
fixed below the endpoint, and queries and extensions are JSON documents sent by POST. Both names that it has had for the
parts of a condition are read: ``pid`` and ``v``, ``propertyId`` and ``propertyValue``.
"""

from typing import Any

from flask import Blueprint, Response, request

from graph.errors import ParameterError
from server.reconciling import api as reconcile
from server.reconciling.extension import extended, extension
from server.reconciling.features import name_of as feature_name
from server.reconciling.manifest import draft_manifest
from server.reconciling.matching import Candidate, matched
from server.reconciling.queries import draft_batch, parsed
from server.search import answer

blueprint = Blueprint("reconcile_draft", __name__, url_prefix="/reconcile/0.3")


@blueprint.get("", strict_slashes=False)
def service() -> Response:
    """The manifest."""
    return answer(draft_manifest())


@blueprint.post("/match")
def match() -> Response:
    """The candidates for each query of a batch, in its order."""
    results = matched(draft_batch(_body()))
    return answer({"results": [{"candidates": [_candidate(item) for item in found]} for found in results]})


def _candidate(found: Candidate) -> dict[str, Any]:
    features = [{"id": name, "name": feature_name(name), "value": value} for name, value in found.features.items()]
    return reconcile.candidate(found) | {"features": features}


@blueprint.post("/extend")
def extend() -> Response:
    """The values of properties, row by row in the order of the identifiers."""
    asked = extension(parsed(_body(), "the body"))
    meta, rows = extended(asked)
    return answer(
        {
            "meta": meta,
            "rows": [
                {
                    "id": name,
                    "properties": [
                        {"id": column.id, "values": cell} for column, cell in zip(asked.columns, row, strict=True)
                    ],
                }
                for name, row in zip(asked.ids, rows, strict=True)
            ],
        }
    )


def _body() -> str:
    if not request.is_json:
        raise ParameterError("the body is not sent as JSON", "send it with Content-Type: application/json")
    try:
        return request.get_data().decode()
    except UnicodeDecodeError:
        raise ParameterError("the body is not UTF-8", "send JSON in UTF-8") from None


blueprint.get("/suggest/<kind>")(reconcile.suggest)
blueprint.get("/preview")(reconcile.preview)
blueprint.get("/extend/propose")(reconcile.propose)
