"""The outermost layer: every request is measured and logged, whoever answered it."""

from collections.abc import Iterable
from time import perf_counter
from typing import TYPE_CHECKING, Any

from server.settings import ServerSettings
from server.watching.access_log import AccessLog
from server.watching.measuring import Measurements
from server.watching.metrics import measurements
from server.watching.noting import CACHE, NOTE, NOTHING, Note

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask


class Observer:
    """A WSGI application around another; adds some microseconds, and reads no body.

    The time measured ends when the answer is ready to be sent: answers are whole before their first byte goes out.
    """

    def __init__(self, inner: "WSGIApplication", measurements: Measurements, log: AccessLog) -> None:
        self._inner = inner
        self._measurements = measurements
        self._log = log

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Pass the request on, and see what comes back."""
        begun = perf_counter()
        seen: list[Any] = ["500", []]

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            seen[:] = status[:3], headers
            return start_response(status, headers, *rest)

        try:
            return self._inner(environ, started)
        finally:
            self._seen(environ, seen[0], seen[1], perf_counter() - begun)

    def _seen(self, environ: "WSGIEnvironment", status: str, headers: list[tuple[str, str]], seconds: float) -> None:
        note: Note = environ.get(NOTE, NOTHING)
        self._measurements.add(note.kind, status, seconds, environ.get(CACHE))
        if self._log.kept:
            self._log.write(environ, status, {name.lower(): value for name, value in headers}, seconds)


def observed(inner: "WSGIApplication", app: "Flask", settings: ServerSettings) -> Observer:
    """The layer around ``inner``, which is the application or its cache; SamizdatError if the log cannot be opened."""
    return Observer(inner, measurements(app), AccessLog(settings))
