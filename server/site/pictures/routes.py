"""The index of the pictures, the timeline and the world map; the network and the ties have routes of their own."""

from dataclasses import dataclass

from flask import Response, current_app, make_response, render_template, request, url_for

from server.negotiation import HTML
from server.site.pictures import timeline as timelines
from server.site.pictures import world
from server.site.pictures.blueprint import blueprint
from server.site.pictures.narrowing import LONGEST, narrowing
from server.site.pictures.tabular import as_data, chosen
from server.words.language import gettext as _


@dataclass(frozen=True)
class Offered:
    """A picture in the index."""

    name: str
    title: str
    text: str
    href: str


@blueprint.get("/")
def index() -> str:
    """Every picture there is, and what it shows."""
    return render_template("pictures/index.html", view=tuple(_offered()))


@blueprint.get("/timeline")
def timeline() -> Response:
    """What happened when."""
    choice, asked = chosen(), narrowing()
    if choice.format is not HTML:
        return as_data(choice, timelines.COLUMNS, timelines.records(asked))
    return make_response(render_template("pictures/timeline.html", view=timelines.page(asked)))


@blueprint.get("/map")
def map() -> Response:
    """Of which countries claims speak."""
    choice = chosen()
    if choice.format is not HTML:
        return as_data(choice, world.COLUMNS, world.records())
    return make_response(render_template("pictures/map.html", view=world.page(request.args.get("at", "")[:LONGEST])))


def _offered() -> list[Offered]:
    said = (
        ("timeline", _("Timeline"), _("What happened when, as far as anybody says; what is uncertain is drawn so.")),
        ("network", _("Network"), _("How people, parties, governments and media are tied, and by whose words.")),
        ("control", _("Control of the media"), _("Who is said to control how much of what, and who says so.")),
        ("map", _("World map"), _("Of which countries the claims speak, and how they are held.")),
    )
    views = current_app.view_functions
    return [
        Offered(name, title, text, url_for(f"pictures.{name}"))
        for name, title, text in said
        if f"pictures.{name}" in views
    ]
