"""Whether the server lives (``/healthz``) and whether it can answer (``/readyz``), for what watches over it."""

from time import perf_counter

from flask import Blueprint, Response, jsonify

from graph.engine import Query
from server.holdings import holdings
from server.reading import READABLE

blueprint = Blueprint("health", __name__)

BOUND = 2.0
"""Seconds within which a trivial query must be answered, the start of a new executor included."""


@blueprint.get("/healthz")
def healthz() -> Response:
    """That the process answers, and from which snapshot; says nothing of its executors."""
    return _now({"status": "ok", "snapshot": holdings().snapshot.id})


@blueprint.get("/readyz")
def readyz() -> Response:
    """That the snapshot is open and an executor answers; the error that stands in the way otherwise (503 mostly)."""
    held = holdings()
    begun = perf_counter()
    held.engine.evaluate(Query("ASK {}"), READABLE, timeout=BOUND)
    return _now({"status": "ready", "snapshot": held.snapshot.id, "seconds": round(perf_counter() - begun, 4)})


def _now(told: dict[str, str | float]) -> Response:
    answer = jsonify(told)
    answer.headers["Cache-Control"] = "no-store"
    return answer
