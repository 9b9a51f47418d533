"""What helps somebody whose page is not there: in plain words what happened, and what was probably looked for."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from flask import request

from graph.errors import SamizdatError
from graph.searching.search import search
from server.holdings import holdings
from server.links import page_of
from server.pieces import Link
from server.searching import description_of, name_of
from server.words.language import gettext as _

NEAR = 5
"""The most things that are named."""
LEAST = 45.0
"""The score of the worst of them: see graph/searching/search.py."""
SEPARATORS = re.compile(r"[^\w’']+|_")
SEARCHED = (404, 410)
"""The statuses of addresses that lead to nothing any more, or never did."""


@dataclass(frozen=True)
class Near:
    """Something whose name is like the address, and what it is."""

    link: Link
    what: str


@dataclass(frozen=True)
class Help:
    """``title`` and ``words`` say what happened, empty where the problem's own do; ``text`` what the address names.

    ``is_search``: whether searching for something else is the way on.
    """

    title: str
    words: str
    text: str = ""
    near: tuple[Near, ...] = ()
    is_search: bool = False


def help_with(status: int, *, is_query: bool) -> Help:
    """The help for an answer of this status; ``is_query`` where a query of the reader's own went wrong."""
    title, words = ("", "") if is_query else _words().get(status, ("", ""))
    text = _text() if status in SEARCHED else ""
    return Help(title, words, text, _near(text), is_search=status in SEARCHED or (status >= 500 and not is_query))


def _words() -> dict[int, tuple[str, str]]:
    return {
        404: (
            _("Nothing is here"),
            _("The address may be mistyped, or it names something that this snapshot does not speak of."),
        ),
        406: (_("Not in this format"), _("What you asked for is here, but in none of the formats that you take.")),
        410: (
            _("This claim was taken back"),
            _("Its address stays, so that whoever cited it can find out what became of it."),
        ),
        429: (
            _("A little more slowly, please"),
            _("So that everybody is answered, nobody may ask too often. Wait a minute, then load this page again."),
        ),
        500: (
            _("Something is wrong here"),
            _("The fault is ours, and it has been noted. Load this page again; if it stays, come back later."),
        ),
        503: (
            _("Not at this moment"),
            _("The answer took longer than it may, or what gives it is not ready. Load this page again in a moment."),
        ),
    }


def _text() -> str:
    """The words of the address: its last part, or what is asked of it."""
    given = request.args.get("q") or unquote(request.path).rstrip("/").rpartition("/")[2]
    stem, dot, ending = given.rpartition(".")
    kept = stem if dot and len(ending) <= 6 and ending.isalnum() else given
    return " ".join(SEPARATORS.sub(" ", kept).split())[:100]


def _near(text: str) -> tuple[Near, ...]:
    """Things with names like it, from the snapshot's index, which holds nothing of private life."""
    if not text:
        return ()
    try:
        index = holdings().snapshot.search
        hits = search(index.things, text, prefix=True, least=LEAST)[:NEAR] if index else []
    except (SamizdatError, OSError):
        return ()
    return tuple(
        Near(Link(name_of(hit.record), page_of(hit.record["id"])), description_of(hit.record)) for hit in hits
    )  # fmt: skip
