"""The application for any WSGI server, its settings read from the environment: ``server.wsgi:application()``."""

import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from server import create_app
from server.guarding.hang_ups import hang_ups_of
from server.guarding.rate_limits import behind_proxies, limited
from server.settings import ServerSettings
from server.settings_check import check_file
from server.switching import switch_of
from server.watching.observing import observed

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

AGAIN = 0.25
"""Seconds between two nudges of a main thread that should hear of a signal."""


def application() -> "WSGIApplication":
    """The application over this machine's current snapshot, measured and logged."""
    check_file()
    settings = ServerSettings.from_environment()
    made = create_app(settings)
    switch_of(made).watch()
    hang_ups_of(made).watch()
    if multiprocessing.parent_process():
        end_when_told()
    return behind_proxies(observed(limited(made, made, settings), made, settings), settings)


def end_when_told() -> None:
    """Make sure that a worker ends when it is signalled, and when its server was killed.

    Python runs signal handlers in the main thread only, which in granian's worker waits for a lock. Measured, one
    SIGTERM in ten did not wake it, and the worker lasted until it was killed. The wake-up descriptor is written
    whichever thread receives the signal; then the main thread is nudged with a signal that means nothing. A second
    SIGTERM would cut off the requests under way. Where the server was killed, nothing is left to be careful of: the
    executors end with this process.
    """
    told, teller = os.pipe()
    os.set_blocking(teller, False)
    signal.signal(signal.SIGURG, lambda number, frame: None)
    signal.set_wakeup_fd(teller, warn_on_full_buffer=False)
    threading.Thread(target=_nudge_main, args=(told,), daemon=True).start()


def _nudge_main(told: int) -> None:
    parent, main = multiprocessing.parent_process(), threading.main_thread().ident
    if parent and main:
        if told not in wait([parent.sentinel, told]):
            os.kill(os.getpid(), signal.SIGKILL)
        while True:
            time.sleep(AGAIN)
            signal.pthread_kill(main, signal.SIGURG)
