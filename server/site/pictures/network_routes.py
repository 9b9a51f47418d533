"""Where the network with its path finder is, and the view of who controls media; the other routes come with it."""

from flask import Response, render_template

from server.negotiation import HTML
from server.site.pictures import control as control_data
from server.site.pictures import network as network_data
from server.site.pictures import routes
from server.site.pictures.blueprint import blueprint
from server.site.pictures.tabular import as_data, chosen

__all__ = ["blueprint", "routes"]


@blueprint.get("/network")
def network() -> str | Response:
    """What ties people, parties, governments and media, and how one of them is tied to another (``from``, ``to``)."""
    choice = chosen()
    if choice.format is not HTML:
        return as_data(choice, network_data.COLUMNS, network_data.network_records())
    return render_template("pictures/network.html", view=network_data.network_page())


@blueprint.get("/control")
def control() -> str | Response:
    """Who controls how much of which media; ``country`` narrows it."""
    choice = chosen()
    if choice.format is not HTML:
        return as_data(choice, control_data.COLUMNS, control_data.control_records())
    return render_template("pictures/control.html", view=control_data.control_page())
