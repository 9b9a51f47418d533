"""The application for any WSGI server, its settings read from the environment: ``server.wsgi:application()``."""

import multiprocessing
import os
import signal
import threading

from flask import Flask

from server import create_app
from server.settings import ServerSettings


def application() -> Flask:
    """The application over this machine's current snapshot."""
    made = create_app(ServerSettings.from_environment())
    if multiprocessing.parent_process():
        threading.Thread(target=_end_with_parent, daemon=True).start()
    return made


def _end_with_parent() -> None:
    """A worker whose server was killed would go on holding its port and its executors: end it too."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
