"""Queries that ask other endpoints: their answers are nobody's to keep, for those endpoints may change."""

from flask import Flask, Response, current_app, g

from graph.engine.tokens import calls_service
from server.settings import ServerSettings

KEY = "SAMIZDAT_SERVICES"


def register(app: Flask, settings: ServerSettings) -> None:
    """Have the application say whether it federates, and keep no answer that rests on another endpoint's."""
    app.config[KEY] = settings.services.split()
    app.after_request(_let_go)


def federates() -> bool:
    """Whether queries may ask any other endpoint."""
    return bool(current_app.config.get(KEY))


def _let_go(response: Response) -> Response:
    if federates() and calls_service(g.get("query", "")):
        response.headers["Cache-Control"] = "no-store"
    return response
