"""The picture of an answer: which one the address asks for, and what its script is given."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from graph.errors import ParameterError
from server.pieces import CATEGORIES, NODES, Answer, Drawable, Link
from server.site.here import here
from server.site.pictures.frame import Frame, credit
from server.words.language import gettext as _

NAME = "answer"
TABLE = "table"
LINE, MOST = 26, 1100
"""Pixels for a row of a picture or a node of a network, and for all of them together."""
LEAST = {"network": 360}


@dataclass(frozen=True)
class Views:
    """The ways to look at an answer: ``links`` to each, the one that is shown, and its picture unless it is the table.

    ``withheld`` rows are about private life, and not in the picture; ``is_graph`` if it is of RDF.
    """

    links: tuple[tuple[str, Link], ...]
    current: str
    frame: Frame | None
    withheld: int
    is_graph: bool


def views_of(answer: Answer) -> Views | None:
    """The ways to look at this answer; None where the table is all there is. ParameterError for an unknown one."""
    found = answer.drawable
    table = _("Text") if found and found.is_graph else _("Table")
    titles = {TABLE: table, "chart": _("Chart"), "network": _("Network"), "timeline": _("Timeline")}
    wanted = request.args.get("view") or TABLE
    if wanted not in titles:
        raise ParameterError(f"there is no view {wanted!r}", f"it is one of {', '.join(titles)}")
    if found is None or not found.views:
        return None
    names = (TABLE, *found.views)
    current = wanted if wanted in names else TABLE
    links = tuple(
        (name, Link(titles[name], here(view=None if name == TABLE else name, x=None, y=None))) for name in names
    )
    frame = None if current == TABLE else _frame(current, titles[current], found, answer)
    return Views(links, current, frame, found.withheld, found.is_graph)


def _frame(view: str, title: str, found: Drawable, answer: Answer) -> Frame:
    data: Mapping[str, object] = {
        "view": view,
        "columns": [{"name": column.name, "title": column.title, "kind": column.kind} for column in found.columns],
        "lines": [
            {
                "texts": line.texts,
                "held": line.held,
                "sentence": line.claim.sentence if line.claim else "",
                "bounds": line.bounds,
            }
            for line in found.lines
        ],
        "words": words(),
    }
    height = min(MOST, max(LEAST.get(view, 180), 90 + LINE * _rows(view, found)))
    label = _("%(view)s of the answer", view=title)
    return Frame(NAME, label, height, data, credit(), answer.downloads)


def _rows(view: str, found: Drawable) -> int:
    """How many rows the picture has at first; of a network, how many nodes."""
    if view == "timeline":
        return sum(line.bounds is not None for line in found.lines)
    if view == "network":
        ends = [at for at, column in enumerate(found.columns) if column.kind in NODES][:2]
        return len({line.texts[at] for line in found.lines for at in ends})
    by = next(at for at, column in enumerate(found.columns) if column.kind in CATEGORIES)
    return len({line.texts[by] for line in found.lines})


def words() -> dict[str, str]:
    """The words that the script sets, in the language of the page."""
    return {
        "by": _("Rows by"),
        "measure": _("Length"),
        "rows": _("number of rows"),
        "from": _("From"),
        "to": _("To"),
        "left": _("Only the first rows fit; the table has them all."),
        "none": _("Nothing to draw with these columns."),
        "held": _("held as"),
    }
