"""What changed: every publication, and the claims and things that differ between two snapshots."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from graph.errors import ParameterError, UnknownName, UnknownSnapshot
from graph.snapshot import Snapshot
from graph.snapshots.changes import Change, changes, counts
from graph.snapshots.register import Register, entry
from server.history.pieces import english, item, said
from server.history.views import ComparisonPage, HistoryPage, Publication, Turns
from server.holdings import holdings
from server.negotiation import HTML, Format, choice_of
from server.pieces import Link
from server.timeline import Timeline, iso, past
from server.words.page_words import tallied

Chosen = TypeVar("Chosen")

blueprint = Blueprint("changes", __name__)

JSON = Format(("json",), "application/json")
PAGE = 100
"""Publications, or changes, on one page."""
MOST = 20_000
"""Claims and things that may differ; the command line has no such bound."""


@blueprint.get("/changes")
def history() -> Response:
    """Every change of the current snapshot, the last first."""
    timeline = past().timeline()
    choice = choice_of((HTML, JSON), request.headers.get("Accept"), request.args.get("format"))
    chosen, turns = _page(list(range(len(timeline.changes) - 1, -1, -1)))
    rows = tuple(_publication(timeline, number) for number in chosen)
    if choice.format is JSON:
        told = [{**asdict(row), "said": english(datetime.fromisoformat(row.at))} for row in rows]
        return _json({"publications": told, **asdict(turns)})
    view = HistoryPage(rows, turns, url_for("feed.atom"), url_for("event_stream.stream"))
    return Response(render_template("changes.html", view=view), content_type=choice.content_type)


@blueprint.get("/changes/<before>/<after>")
def comparison(before: str, after: str) -> BaseResponse:
    """The claims and things that were added, corrected, retracted and removed from one snapshot to another."""
    timeline = past().timeline()
    old, new = (timeline.starting(name).snapshot for name in (before, after))
    if (before, after) != (old.id, new.id):
        given: dict[str, Any] = request.args.to_dict()
        return redirect(url_for("changes.comparison", before=old.id, after=new.id, **given))
    choice = choice_of((HTML, JSON), request.headers.get("Accept"), request.args.get("format"))
    everything = compared(old, new)
    hidden = _private(holdings().snapshot)
    open_to_all = [change for change in everything if not change.private and change.entry.iri not in hidden]
    chosen, turns = _page(open_to_all)
    withheld = len(everything) - len(open_to_all)
    if choice.format is JSON:
        told = {"from": old.id, "to": new.id, "counts": _counted(open_to_all), "withheld": withheld}
        return _json({**told, "changes": [change.to_json() for change in chosen], **asdict(turns)})
    view = _comparison(old, new, open_to_all, chosen, withheld, turns)
    return Response(render_template("comparison.html", view=view), content_type=choice.content_type)


def compared(old: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """What differs; UnknownSnapshot where a snapshot has no register, AnswerTooLarge where too much does."""
    for snapshot in (old, new):
        if not snapshot.register.is_current:
            raise UnknownSnapshot(
                f"snapshot {snapshot.id[:12]} was published by an earlier release, and cannot be compared yet",
                "`samizdat build` adds what is missing",
            )
    try:
        return _compared(old.register.path, new.register.path)
    except OSError:
        what = "one of the snapshots has been removed"
        raise UnknownSnapshot(what, "the page of changes lists those there are") from None


@lru_cache(maxsize=4)
def _compared(old: Path, new: Path) -> tuple[Change, ...]:
    """Kept, since all pages of a comparison and all its forms are made of it; a snapshot never changes."""
    before, after = Register(old), Register(new)
    return tuple(changes(before.lines(), after.lines(), before.find, MOST))


def _private(snapshot: Snapshot) -> frozenset[str]:
    """The claims that are marked as private now, whatever they were in the snapshots compared."""
    try:
        return _marked(snapshot.register.path) if snapshot.register.is_current else frozenset()
    except OSError:
        return frozenset()  # it has been removed, and another is about to be served


@lru_cache(maxsize=2)
def _marked(path: Path) -> frozenset[str]:
    lines = Register(path).lines()
    return frozenset(iri.decode() for iri, told in lines if b'"private":true' in told and entry(told).private)


def _comparison(
    old: Snapshot, new: Snapshot, found: Sequence[Change], chosen: Sequence[Change], withheld: int, turns: Turns
) -> ComparisonPage:
    def link(snapshot: Snapshot) -> Link:
        memento = past().timeline().of(snapshot.id)
        return Link(f"{snapshot.id[:12]} ({said(memento.at)})", f"{request.script_root}/snapshot/{snapshot.id}/")

    items = [(change, item(change, old.id, new.id)) for change in chosen]
    return ComparisonPage(
        before=link(old),
        after=link(new),
        claims=tuple(made for change, made in items if change.is_claim),
        things=tuple(made for change, made in items if not change.is_claim),
        counts=tallied(found),
        withheld=withheld,
        turns=turns,
        other_way=url_for("changes.comparison", before=new.id, after=old.id),
        json_href=url_for("changes.comparison", before=old.id, after=new.id, format="json"),
    )


def _counted(found: Sequence[Change]) -> dict[str, dict[str, int]]:
    claims, things = ([change for change in found if change.is_claim is of] for of in (True, False))
    return {"claims": {**_plain(claims)}, "things": {**_plain(things)}}


def _plain(found: Sequence[Change]) -> dict[str, int]:
    return {str(how): number for how, number in counts(found).items()}


def _publication(timeline: Timeline, number: int) -> Publication:
    """A line of the list; what it changed is told by the log, where that knows of it."""
    change = timeline.changes[number]
    before = timeline.changes[number - 1].snapshot if number else None
    at = change.at.isoformat()
    known = next((one for one in timeline.recorded if (one.snapshot, one.at) == (change.snapshot.id, at)), None)
    name = change.snapshot.id
    differ = before is not None and before.id != name
    return Publication(
        snapshot=name,
        at=iso(change.at),
        said=said(change.at),
        how=known.how if known else "published",
        is_current=number == len(timeline.changes) - 1 and holdings().snapshot.id == name,
        href=f"{request.script_root}/snapshot/{name}/",
        counts=known.counts if known else None,
        changes=url_for("changes.comparison", before=before.id, after=name) if before and differ else None,
    )


def _page(found: Sequence[Chosen]) -> tuple[Sequence[Chosen], Turns]:
    """The part of the list that ``page=`` names, from 1."""
    pages = max((len(found) - 1) // PAGE + 1, 1)
    text = request.args.get("page", "1")
    if not text.isdecimal() or not text.isascii():
        raise ParameterError(f"page={text[:20]} is no number of a page", f"give one from 1 to {pages}")
    page = int(text[:9])
    if not 1 <= page <= pages:
        raise UnknownName(f"there is no page {page}", f"there are {pages}")
    return found[(page - 1) * PAGE : page * PAGE], Turns(page, pages, _turn(page - 1, pages), _turn(page + 1, pages))


def _turn(page: int, pages: int) -> str | None:
    if not 1 <= page <= pages or request.endpoint is None:
        return None
    given: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {}), "page": page}
    return url_for(request.endpoint, **given)


def _json(told: dict[str, Any]) -> Response:
    return Response(json.dumps(told, ensure_ascii=False, indent=1) + "\n", content_type="application/json")
