"""What templates need beside their view: addresses of files that change when the file does, and the page's foot."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request, url_for
from markupsafe import Markup, escape

from server.addresses import MEMENTO, Place
from server.caching.store import FOREVER
from server.history.pieces import said
from server.holdings import holdings
from server.timeline import Moment
from server.views import AsOf, Site

VARIABLE = re.compile(r"\?[A-Za-z]\w*")
FOLDER = Path(__file__).parent / "static"


def register(app: Flask) -> None:
    """Give the templates ``asset(name)``, ``script(name)``, ``site`` and the filters ``marked`` and ``sentence``."""
    app.jinja_env.globals |= {"asset": asset, "script": script}
    app.jinja_env.filters |= {"marked": marked, "sentence": sentence}
    app.after_request(_last)
    app.context_processor(lambda: {"site": Site(holdings().snapshot.id, as_of_now())})


def asset(name: str) -> str:
    """The address of a file in ``static/``, new whenever its bytes are, so that browsers may keep it."""
    found, memento = url_for("static", filename=name, v=_digest(name)), request.environ.get(MEMENTO)
    # One address on the pages of all snapshots.
    return memento[1].script + found.removeprefix(request.script_root) if memento else found


def script(name: str) -> Markup:
    """The element that loads a module of ``server/frontend/src``; nothing where the front end has not been built."""
    built = f"built/{name}.js"
    if not (FOLDER / built).is_file():
        return Markup("")
    return Markup('<script type="module" src="{}"></script>').format(asset(built))


def _last(response: Response) -> Response:
    """A file asked for by an address that names its bytes may be kept."""
    if request.endpoint == "static" and response.status_code == 200:
        name = (request.view_args or {})["filename"]
        if request.args.get("v") == _digest(name) or name.startswith("built/chunks/"):
            response.headers["Cache-Control"] = FOREVER[1]
    return response


def as_of_now() -> AsOf | None:
    """When what the page is answered from was current, and where the same page is now; None for the current one."""
    memento: tuple[Moment, Place] | None = request.environ.get(MEMENTO)
    return AsOf(said(memento[0].at), memento[1].here(memento[1].original)) if memento else None


def marked(text: str) -> Markup:
    """The text escaped, with the variables it speaks of (``?extent``) set as code."""
    return Markup(VARIABLE.sub(r"<code>\g<0></code>", str(escape(text))))


def sentence(text: str) -> str:
    """A message as a sentence: with a capital, and a full stop if it has no end of its own."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


@cache
def _digest(name: str) -> str:
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:8]
