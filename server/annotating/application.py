"""The application of the annotating page, and how it is served: on loopback alone, below a secret, until Ctrl-C."""

import json
import os
import socket
import threading
from contextlib import closing
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from graph.annotating.desk import Desk
from graph.settings import Settings
from server.annotating.guard import guarded, hosts_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from flask import Flask

LOOPBACK = "127.0.0.1"
GIVEN = "SAMIZDAT_ANNOTATING"
"""What the serving process is given by the one that started it; no setting."""
LONGEST = 1 << 20
"""Bytes of a request."""
THREADS = 8
GRACE = 5
"""Seconds that a request under way gets when the page is closed."""


def create(desk: Desk) -> "Flask":
    """The application for one claim file. It is not guarded yet."""
    from flask import Flask
    from jinja2 import StrictUndefined

    from server import assets
    from server.annotating import routes
    from server.site import claim_words
    from server.words import language

    folder = Path(__file__).parent.parent
    app = Flask("server", root_path=str(folder))
    app.config["MAX_CONTENT_LENGTH"] = LONGEST
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {"asset": assets.asset, "script": assets.script}
    app.extensions[routes.DESK] = desk
    language.register(app)
    claim_words.register(app)
    app.register_blueprint(routes.blueprint)
    return app


def application() -> "WSGIApplication":
    """What the serving process runs."""
    from server.wsgi import end_when_told

    given = json.loads(os.environ.pop(GIVEN))
    desk = Desk(Settings.from_environment(), given["file"])
    end_when_told()
    threading.Thread(target=desk.warm, daemon=True).start()
    return guarded(create(desk), given["token"], hosts_of(given["port"]))


def annotate(settings: Settings, named: str, port: int) -> None:
    """Serve the page for this claim file or editorial until Ctrl-C, and print its address once it answers.

    CannotAnnotate or InvalidInput if it cannot be opened, SamizdatError if the port cannot be had.
    """
    from server.running import announce, available, serve_threaded

    file = Desk(settings, named).file
    _, _, free = available(LOOPBACK, port)
    token = token_urlsafe(32)
    os.environ[GIVEN] = json.dumps({"file": str(file), "token": token, "port": free})
    told = f"{file.name} can be annotated at http://{LOOPBACK}:{free}/{token}/ - stop it with Ctrl-C"
    announce(lambda: _answers(free), told)
    serve_threaded("server.annotating.application:application", LOOPBACK, free, THREADS, GRACE)


def _answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0
