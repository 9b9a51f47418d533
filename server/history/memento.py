"""TimeGates and TimeMaps for every resource (RFC 7089, sections 4.2 and 5), and the way to a snapshot by a short name.

The mementos themselves are answered before the application: see ``server/history/time_travel.py``.
"""

import json
import re

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.http import http_date
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as BaseResponse

from graph.description import exists
from graph.errors import UnknownName
from graph.forms.trusty import CODE
from graph.iris import ID
from server.addresses import MEMENTO, SELF, Place, has_past
from server.history.time_travel import links, moment_of
from server.holdings import holdings
from server.link_headers import link
from server.negotiation import Format, choice_of
from server.reading import FORBIDDEN
from server.timeline import Moment, Timeline, iso, past

blueprint = Blueprint("memento", __name__)

LINKS = Format(("link",), "application/link-format", ("text/plain",))
JSON = Format(("json",), "application/json")
FORMATS = (LINKS, JSON)
NAMED = ("id/", "doc/", "linkset/", "cite/")
"""Where the rest of the path names a thing."""
FORM = re.compile(
    rf"(/{CODE.pattern})?"
    r"(\.(html|ttl|nt|rdf|jsonld|trig|nq|nanopub\.trig|annotation\.jsonld|schema\.jsonld|bib|ris|csl\.json|cff))?\Z"
)
"""What stands behind a thing's name in the address of one form of it."""


@blueprint.get("/snapshot/")
def snapshots() -> BaseResponse:
    """The snapshots stand on the page of changes."""
    return redirect(url_for("changes.history"))


@blueprint.get("/snapshot/<name>")
@blueprint.get("/snapshot/<name>/<path:address>")
@blueprint.get("/snapshot/<name>/", defaults={"address": ""})
def snapshot(name: str, address: str = "") -> BaseResponse:
    """The whole name for a short one; what has no past is at its own address."""
    found = past().timeline().starting(name)
    place = _at(address)
    return redirect(place.here(place.memento(found) if has_past(place.path) else place.original))


@blueprint.get("/timegate/", defaults={"address": ""})
@blueprint.get("/timegate/<path:address>")
def timegate(address: str) -> BaseResponse:
    """To the memento of the time in Accept-Datetime, or to the last one without it (pattern 2.1: 302)."""
    place = _place(address)
    timeline = _timeline(place)
    wanted = request.headers.get("Accept-Datetime")
    found = timeline.at(moment_of(wanted)) if wanted else timeline.mementos[-1]
    answer = redirect(place.here(place.memento(found)))
    answer.headers.extend([("Link", one) for one in links(timeline, place, found)])
    return answer


@blueprint.get("/timemap/", defaults={"address": ""})
@blueprint.get("/timemap/<path:address>")
def timemap(address: str) -> Response:
    """Every memento of a resource; ``link/`` or ``json/`` before its path chooses the format whatever is accepted.

    The parameters of the address are the resource's own.
    """
    kind, slash, rest = address.partition("/")
    named = kind if kind in ("link", "json") and (slash or address == kind) else None
    place = _place(rest if named else address)
    choice = choice_of(FORMATS, request.headers.get("Accept"), named)
    timeline = _timeline(place)
    text = _as_json(timeline, place) if choice.format is JSON else _as_links(timeline, place)
    return Response(text, content_type=choice.content_type)


def _place(address: str) -> Place:
    """The original resource; NotFound if there is nothing at its address or it has no past."""
    place = _at(address)
    if not has_past(place.path) or not _is_route(f"/{address}"):
        raise NotFound
    return place


def _at(address: str) -> Place:
    return Place.of(request.environ, "/" + address.encode().decode("latin-1"))


def _is_route(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    assert adapter
    try:
        adapter.match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True


def _timeline(place: Place) -> Timeline:
    """The timeline of one resource: for a thing, of the snapshots that tell of it; UnknownName if none does."""
    whole = past().timeline()
    thing = next((place.path[1:].removeprefix(start) for start in NAMED if place.path[1:].startswith(start)), None)
    if thing is None:
        return whole
    names = {thing, FORM.sub("", thing)}
    if "dataset" in names:
        return whole
    kept = tuple(memento for memento in whole.mementos if any(_tells_of(memento, ID + name) for name in names))
    if not kept and any(exists(holdings().engine, ID + name) for name in names if not FORBIDDEN.search(name)):
        return whole  # a thing that stands in claims alone, such as an event, is in no register
    if not kept:
        raise UnknownName(f"no snapshot tells of {thing}", "see whether its name is whole")
    ids = {memento.snapshot.id for memento in kept}
    changes = tuple(change for change in whole.changes if change.snapshot.id in ids)
    return Timeline(kept, changes, whole.recorded, whole.edition)


def _tells_of(memento: Moment, iri: str) -> bool:
    """Whether the thing is in the snapshot; True where that is not known."""
    register = memento.snapshot.register
    try:
        return not register.is_current or register.find(iri) is not None
    except OSError:
        return False


def _as_links(timeline: Timeline, place: Place) -> str:
    """Link format (RFC 6690, as RFC 7089 section 5 uses it)."""
    mementos = timeline.mementos
    told = [
        link(place.original, "original"),
        link(
            *(place.timemap, "self"),
            type=LINKS.media_type,
            **{"from": http_date(mementos[0].at), "until": http_date(mementos[-1].at)},
        ),
        link(place.timemap_in("json"), "timemap", type=JSON.media_type),
        link(place.timegate, "timegate"),
    ]
    for number, memento in enumerate(mementos):
        ends = ("first",) * (number == 0) + ("last",) * (number == len(mementos) - 1)
        told.append(link(place.memento(memento), " ".join([*ends, "memento"]), datetime=http_date(memento.at)))
    return ",\n".join(told) + "\n"


def _as_json(timeline: Timeline, place: Place) -> str:
    """The same as memento clients have it in JSON; ``periods`` tells of every time that a snapshot was current."""
    mementos = [{"datetime": iso(one.at), "uri": place.memento(one)} for one in timeline.mementos]
    told = {
        "original_uri": place.original,
        "timegate_uri": place.timegate,
        "timemap_uri": {kind: place.timemap_in(kind) for kind in ("link", "json")},
        "mementos": {"first": mementos[0], "last": mementos[-1], "list": mementos},
        "periods": [{"from": iso(one.at), "snapshot": one.snapshot.id} for one in timeline.changes],
    }
    return json.dumps(told, indent=1) + "\n"


@blueprint.after_app_request
def tell_of_the_past(response: Response) -> Response:
    """An original resource names its TimeGate and its TimeMap; what is said of a memento is added later."""
    if MEMENTO in request.environ or not has_past(request.path) or response.status_code >= 400:
        return response
    if request.path.startswith("/sparql"):
        response.headers.add("Link", SELF)
        return response
    place = Place.of(request.environ, request.environ["PATH_INFO"])
    if not place.is_too_long:
        response.headers.add("Link", link(place.timegate, "timegate"))
        response.headers.add("Link", link(place.timemap, "timemap", type=LINKS.media_type))
    return response
