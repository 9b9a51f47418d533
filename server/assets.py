"""What templates need beside their view: addresses of files that change when the file does, and the page's foot."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, url_for

from server.holdings import holdings
from server.views import Site

FOLDER = Path(__file__).parent / "static"


def register(app: Flask) -> None:
    """Give the templates ``asset(name)`` and ``site``."""
    app.jinja_env.globals["asset"] = asset
    app.context_processor(lambda: {"site": Site(holdings().snapshot.id)})


def asset(name: str) -> str:
    """The address of a file in ``static/``, new whenever its bytes are, so that browsers may keep it."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:8]
