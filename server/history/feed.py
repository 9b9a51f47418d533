"""The changes of claims as an Atom feed (RFC 4287): the newest, and all older ones as archived pages (RFC 5005).

Claims about somebody's private life are left out.
"""

import re
from datetime import datetime
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, request, url_for

from graph.claim_graphs import LICENCE
from graph.errors import ParameterError, UnknownName
from graph.snapshots.event import PAGE, Event
from ontology.base import BASE
from server.history.pieces import as_of
from server.history.wording import in_words, name_of
from server.timeline import iso, past

blueprint = Blueprint("feed", __name__)

NEWEST = 50
"""Entries of the feed itself."""
ATOM, HISTORY = "http://www.w3.org/2005/Atom", "http://purl.org/syndication/history/1.0"
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, section 2.2."""
TITLES = {"added": "Added", "corrected": "Corrected", "retracted": "Retracted", "removed": "Removed"}

ET.register_namespace("", ATOM)
ET.register_namespace("fh", HISTORY)


@blueprint.get("/feed.atom")
def atom() -> Response:
    """The newest changes; with ``page=`` the changes of one page of the log, oldest first, which stays as it is."""
    total = _total()
    archived = request.args.get("page")
    if archived is None:
        number, events = None, newest(NEWEST)
    else:
        number = page_number(archived, total)
        events = [event for event in reversed(past().events.page(number, total)) if not event.entry.private]
    feed = _feed(number, total, events)
    for event in events:
        feed.append(_entry(event))
    body = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body + b"\n", content_type="application/atom+xml; charset=utf-8")


def newest(count: int) -> list[Event]:
    """The last events that may be told, the newest first."""
    total = _total()
    found: list[Event] = []
    page = (total - 1) // PAGE + 1
    while page > 0 and len(found) < count:
        found += [event for event in reversed(past().events.page(page, total)) if not event.entry.private]
        page -= 1
    return found[:count]


def page_number(text: str, total: int) -> int:
    """The number of a page of the log, from 1; ParameterError or UnknownName if there is none such.

    The page after the last full one is there, if only to be empty: something will come to stand on it.
    """
    if not text.isdecimal() or not text.isascii():
        raise ParameterError(f"{text[:20]!r} is no number of a page", "pages are numbered from 1")
    number, last = int(text[:9]), total // PAGE + 1
    if not 1 <= number <= last:
        raise UnknownName(f"there is no page {number}", f"there are {last}")
    return number


def event_iri(event: Event) -> str:
    """The name of an event: a part of its page of the event stream."""
    return f"{BASE}ldes/{event.page}#event-{event.number}"


def memento_of(event: Event) -> str:
    """The address of the claim as it was from then on, or for the last time."""
    snapshot = event.previous if event.how == "removed" and event.previous else event.snapshot
    root = request.host_url.rstrip("/")
    return root + (as_of(snapshot, event.entry.iri) or "")


def _total() -> int:
    recorded = past().timeline().recorded
    return recorded[-1].total if recorded else 0


def _feed(number: int | None, total: int, events: list[Event]) -> ET.Element:
    feed = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": "en"})
    changed = events[0].at if events else past().timeline().changes[-1].at.isoformat()
    _text(feed, "id", f"{BASE}feed.atom" + (f"?page={number}" if number else ""))
    _text(feed, "title", "Samizdat: claims added, corrected, retracted and removed")
    _text(feed, "updated", _time(changed))
    _text(feed, "rights", "CC BY 4.0")
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", "Samizdat")
    _link(feed, "self", url_for("feed.atom", page=number, _external=True), "application/atom+xml")
    _link(feed, "alternate", url_for("changes.history", _external=True), "text/html")
    _link(feed, "license", LICENCE)
    full = total // PAGE
    if number and number <= full:
        ET.SubElement(feed, f"{{{HISTORY}}}archive")
    if number:
        _link(feed, "current", url_for("feed.atom", _external=True))
    older, newer = (number - 1, number + 1) if number else (full, None)
    if older:
        _link(feed, "prev-archive", url_for("feed.atom", page=older, _external=True))
    if newer and newer <= full:
        _link(feed, "next-archive", url_for("feed.atom", page=newer, _external=True))
    return feed


def _entry(event: Event) -> ET.Element:
    entry = ET.Element(f"{{{ATOM}}}entry")
    claim = event.entry
    _text(entry, "id", event_iri(event))
    _text(entry, "title", f"{TITLES[event.how]}: {name_of(claim)}")
    _text(entry, "published", _time(event.at))
    _text(entry, "updated", _time(event.at))
    _link(entry, "alternate", memento_of(event), "text/html")
    _link(entry, "related", claim.iri)
    for term, scheme in ((event.how, f"{BASE}changes"), (claim.modality, f"{BASE}politics#")):
        if term:
            ET.SubElement(entry, f"{{{ATOM}}}category", {"term": term, "scheme": scheme})
    _text(entry, "summary", _summary(event))
    return entry


def _summary(event: Event) -> str:
    words = " … ".join(f"“{quote}”" for quote in event.entry.quotes)
    what = f"Corrected: {in_words(event.aspects)}." if event.aspects else ""
    return " ".join(part for part in (f"{event.entry.modality.capitalize()}:" * bool(words), words, what) if part)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = ILLEGAL.sub("\ufffd", text)


def _link(parent: ET.Element, relation: str, href: str, media_type: str | None = None) -> None:
    told = {"rel": relation, "href": href} | ({"type": media_type} if media_type else {})
    ET.SubElement(parent, f"{{{ATOM}}}link", told)


def _time(at: str) -> str:
    return iso(datetime.fromisoformat(at))
