"""Requests about the past (RFC 7089), in front of the response cache.

What is below ``/snapshot/{id}/`` is answered as its own address would be, from that snapshot: the prefix passes from
the path to the script name, so that every link in the answer stays within the snapshot. An original resource that is
asked with Accept-Datetime answers in the same way at its own address (section 4.1, pattern 1: it is its own TimeGate).
"""

import atexit
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.http import http_date, parse_date

from graph.errors import ParameterError
from graph.snapshot import Snapshot, Snapshots
from server.addresses import ADDRESSED, LISTING, MEMENTO, TIMED, Place, has_past, is_static
from server.caching.cache import EDITION, SOURCE
from server.errors import of_samizdat
from server.history.archive import EXECUTORS, Archive, Archived
from server.holdings import Holdings, open_old
from server.link_headers import link
from server.settings import ServerSettings
from server.switching import Switch
from server.timeline import Moment, Past, Timeline, register
from server.watching.noting import CACHE, NOTE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

UNDATED = frozenset({"400", "405", "406", "413", "414", "415", "429"})
"""What says something of the request and nothing of the past, as every 5xx does."""
OURS = ('rel="original', 'rel="timegate', 'rel="timemap')


class TimeTravel:
    """A WSGI application around another."""

    def __init__(self, inner: "WSGIApplication", app: Flask, switch: Switch, past: Past, archive: Archive) -> None:
        """``app`` writes the refusals."""
        self._inner = inner
        self._app = app
        self._switch = switch
        self._past = past
        self._archive = archive

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from the snapshot that the request is about."""
        path = environ["PATH_INFO"]
        if path.startswith((*TIMED, *LISTING)):
            environ[EDITION] = self._past.timeline().edition
        if path.startswith(TIMED):
            addressed = ADDRESSED.fullmatch(path)
            if addressed:
                return self._addressed(environ, start_response, addressed[1], addressed[2])
        elif "HTTP_ACCEPT_DATETIME" in environ and has_past(path):
            return self._negotiated(environ, start_response)
        return self._inner(environ, start_response)

    def _addressed(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", name: str, path: str
    ) -> Iterable[bytes]:
        """What stands below a snapshot's address; the application explains one that there is not."""
        timeline = self._past.timeline()
        found = next((memento for memento in timeline.mementos if memento.snapshot.id == name), None)
        if found is None or not (has_past(path) or is_static(path)):
            return self._inner(environ, start_response)
        place = Place.of(environ, path)
        return self._travel(environ, start_response, timeline, found, place)

    def _negotiated(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        place = Place.of(environ, environ["PATH_INFO"])
        try:
            when = moment_of(environ["HTTP_ACCEPT_DATETIME"])
        except ParameterError as error:
            with self._app.request_context(environ):
                response = self._app.process_response(of_samizdat(error))
                return response(environ, start_response)
        timeline = self._past.timeline()
        return self._travel(environ, start_response, timeline, timeline.at(when), place, negotiated=True)

    def _travel(
        self,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
        timeline: Timeline,
        found: Moment,
        place: Place,
        *,
        negotiated: bool = False,
    ) -> Iterable[bytes]:
        """The inner application's answer, from this snapshot, with the headers of a memento (section 4.2)."""
        source = Archived(found.snapshot, self._archive, self._switch)
        inside = {**environ, "SCRIPT_NAME": place.script + place.prefix(found), "PATH_INFO": place.path}
        inside |= {SOURCE: source, MEMENTO: (found, place)}
        if not place.path.startswith(LISTING):
            inside.pop(EDITION, None)
        inside.pop("HTTP_ACCEPT_DATETIME", None)

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if is_static(place.path):
                return start_response(status, headers, *rest)
            kept = [
                (name, value) for name, value in headers if name != "Link" or not any(map(value.__contains__, OURS))
            ]
            added = _headers(status, timeline, found, place)
            located = any(name == "Content-Location" for name, _ in kept) or not place.is_got
            if negotiated and status.startswith("200") and not located:
                added.append(("Content-Location", place.here(place.memento(found))))
            return start_response(status, [*kept, *added], *rest)

        answer = self._inner(inside, started)
        environ.update({name: inside[name] for name in (NOTE, CACHE) if name in inside})
        return answer


def _headers(status: str, timeline: Timeline, found: Moment, place: Place) -> list[tuple[str, str]]:
    if status[:3] in UNDATED or status.startswith("5"):
        return []
    # What was once said is kept for those who ask for it, and is not what search engines should find.
    told = [("Memento-Datetime", http_date(found.at)), ("X-Robots-Tag", "noindex")]
    return told + [("Link", one) for one in links(timeline, place, found)]


def links(timeline: Timeline, place: Place, found: Moment | None = None) -> list[str]:
    """The links of a memento or a TimeGate (section 2.2): all that lead through time from this address."""
    if place.is_too_long:
        return []
    told = [
        link(place.original, "original"),
        link(place.timegate, "timegate"),
        link(place.timemap, "timemap", type="application/link-format"),
    ]
    mementos = timeline.mementos
    here = mementos.index(found) if found else len(mementos) - 1
    named: dict[int, list[str]] = {}
    for relation, number in (("first", 0), ("prev", here - 1), ("next", here + 1), ("last", len(mementos) - 1)):
        if 0 <= number < len(mementos):
            named.setdefault(number, []).append(relation)
    named.setdefault(here, [])
    for number, relations in sorted(named.items()):
        memento = mementos[number]
        told.append(link(place.memento(memento), " ".join([*relations, "memento"]), datetime=http_date(memento.at)))
    return told


def moment_of(header: str) -> datetime:
    """The time that an Accept-Datetime header names (section 2.1.1); ParameterError if it names none."""
    found = parse_date(header)
    if found is None:
        raise ParameterError(
            f"Accept-Datetime: {header[:80]} is no date of HTTP", "write it as Sun, 22 Nov 2026 20:35:00 GMT"
        )
    return found


def install(app: Flask, switch: Switch, settings: ServerSettings, snapshots: Snapshots | None) -> None:
    """Let the application answer from its past."""

    def opened(snapshot: Snapshot) -> Holdings:
        return open_old(settings, snapshot, EXECUTORS)

    archive = Archive(opened)
    past = Past(snapshots, switch)
    atexit.register(archive.close)
    register(app, past)
    app.wsgi_app = TimeTravel(app.wsgi_app, app, switch, past, archive)  # type: ignore[method-assign]
