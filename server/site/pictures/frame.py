"""The frame that every picture stands in: its place on the page, the data it is drawn from, and how to take it away.

The data goes into the page as JSON that no browser runs, and ``frontend/src/pictures/common.js`` reads it. Beside it
stands a table of the same, which is the picture for those who do not see it, and for browsers without scripts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request, url_for

from server.holdings import holdings
from server.pieces import Download
from server.words.language import gettext as _

DATA_FORMATS = ("csv", "json")


@dataclass(frozen=True)
class Frame:
    """One picture: ``label`` says what it shows, ``height`` is in pixels and known before anything is drawn.

    ``data`` is JSON; its ``words`` are the words of the page's language that the script sets.
    """

    name: str
    label: str
    height: int
    data: Mapping[str, object]
    credit: str
    downloads: tuple[Download, ...]


def frame(name: str, label: str, height: int, data: Mapping[str, object]) -> Frame:
    """The frame of the picture on the page that is being made."""
    return Frame(name, label, height, data, credit(), data_downloads(f"samizdat-{name}"))


def credit() -> str:
    """What a picture says of its source wherever it goes; its script adds the address of the view."""
    return _("Samizdat, snapshot %(start)s, CC BY 4.0", start=holdings().snapshot.id[:12])


def data_downloads(name: str) -> tuple[Download, ...]:
    """The data of this page in other formats, narrowed as the page is."""
    given = {key: request.args.getlist(key) for key in request.args if key != "format"}
    values = {**given, **(request.view_args or {})}
    return tuple(
        Download(wanted, url_for(request.endpoint or "", **values, format=wanted), f"{name}.{wanted}")
        for wanted in DATA_FORMATS
    )
