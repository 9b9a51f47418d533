"""A sign of life for whoever waits at a terminal longer than a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from graph.progress import Stage
from server.terminal.output import remarks

PATIENCE = 1.0
"""Seconds before the sign shows."""


@contextmanager
def waiting(stage: str) -> Iterator[Stage]:
    """Shows the stage on standard error while the block runs, if that is a terminal; yields a way to change it."""
    console = remarks()
    if not console.is_terminal:
        yield lambda stage: None
        return
    status = console.status(f"{stage} …")
    timer = Timer(PATIENCE, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda stage: status.update(f"{stage} …")
    finally:
        timer.cancel()
        timer.join()
        status.stop()
