"""The way through the site, at the head of every page."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from server.words.language import gettext as _


@dataclass(frozen=True)
class Destination:
    """A place to go; ``current`` if the page stands there already."""

    text: str
    href: str
    current: bool


def register(app: Flask) -> None:
    """Give the templates ``navigation()``."""
    app.jinja_env.globals["navigation"] = navigation


def navigation() -> tuple[Destination, ...]:
    """Where every page leads."""
    places = (
        ("pages.claims", _("Claims")),
        ("questions.index", _("Questions")),
        ("pictures.index", _("Pictures")),
        ("pages.query", _("Query")),
        ("about.about", _("About")),
    )
    return tuple(
        Destination(text, url_for(endpoint), request.endpoint == endpoint)
        for endpoint, text in places
        if endpoint in current_app.view_functions
    )
