"""The timeline: what claims say happened when, with uncertain dates drawn as uncertain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from server import vocabulary
from server.labels import Names
from server.links import page_of
from server.pieces import Claim, Link, Modality
from server.site.pictures import wording
from server.site.pictures.dated import Dated, Found, dated
from server.site.pictures.frame import Frame, frame
from server.site.pictures.lanes import UNDATED, Lane, counts, extent, height, lanes
from server.site.pictures.narrowing import Narrowing
from server.site.pictures.tabular import Record
from server.words.language import gettext as _

COLUMNS = (
    *("kind", "relation", "date", "earliest", "latest", "inferred_from"),
    *("modality", "attributed_to", "sentence", "quotes", "claim"),
)
SHORTEST = 60
"""Characters of a quote in a tooltip, and twice as many again; the page of the claim has all of it."""


@dataclass(frozen=True)
class Row:
    """One entry in words: ``when`` it was said to be, ``notes`` on how sure that is; ``seen``: within the view."""

    claim: Claim
    kind: str
    when: str
    notes: tuple[str, ...]
    earliest: str
    latest: str
    seen: bool
    chosen: bool


@dataclass(frozen=True)
class Choice:
    """A kind that the timeline can be narrowed to."""

    name: str
    text: str
    number: int
    chosen: bool


@dataclass(frozen=True)
class TimelinePage:
    """``asserted`` and ``everything`` are numbers of entries; ``cut``: there are more than are shown."""

    frame: Frame
    about: Link | None
    about_path: str
    rows: tuple[Row, ...]
    kinds: tuple[Choice, ...]
    modalities: tuple[Modality, ...]
    first: str
    last: str
    asserted: int
    everything: int
    cut: bool
    all_href: str


def found_for(asked: Narrowing) -> Found:
    """All entries that the thing and the time asked for have, however held."""
    stretch = (asked.first, asked.last) if asked.first and asked.last else None
    return dated(asked.about, stretch)


def page(asked: Narrowing) -> TimelinePage:
    """The page of what is asked for."""
    found = found_for(asked)
    shown = [one for one in found.entries if asked.shows(one.kind, one.claim.modality.name)]
    held = {one.claim.modality.name for one in shown}
    laid = lanes(shown)
    return TimelinePage(
        frame=frame("timeline", _("What happened when, as far as dates are stated"), height(laid), _data(laid, asked)),
        about=Link(Names([asked.about]).of(asked.about), page_of(asked.about)) if asked.about else None,
        about_path="/".join(asked.about.split("/")[-2:]) if asked.about else "",
        rows=tuple(_row(one, asked) for lane in laid for one in lane.entries),
        kinds=tuple(
            Choice(name, wording.kind(name), number, name in asked.kinds)
            for name, number in counts(found.entries).items()
        ),
        modalities=tuple(vocabulary.modality(name) for name in vocabulary.MARKS if name in held),
        first=asked.first.isoformat() if asked.first else "",
        last=asked.last.isoformat() if asked.last else "",
        asserted=sum(one.claim.modality.name == "asserted" for one in found.entries),
        everything=len(found.entries),
        cut=found.cut,
        all_href=url_for("pictures.timeline"),
    )


def records(asked: Narrowing) -> list[Record]:
    """One record for each date that is shown: see COLUMNS. Several quotes or names stand on a line each."""
    return [
        {
            "kind": one.kind,
            "relation": relation,
            "date": moment.edtf,
            "earliest": moment.earliest or "",
            "latest": moment.latest or "",
            "inferred_from": moment.inferred_from,
            "modality": one.claim.modality.name,
            "attributed_to": "\n".join(agent.text for agent in one.claim.attribution.agents)
            if one.claim.attribution
            else "",
            "sentence": one.claim.sentence,
            "quotes": "\n".join(one.claim.quotes),
            "claim": one.claim.iri,
        }
        for one in found_for(asked).entries
        if asked.shows(one.kind, one.claim.modality.name) and asked.covers(one.earliest, one.latest)
        for relation, moment in one.moments.items()
    ]


def _row(one: Dated, asked: Narrowing) -> Row:
    return Row(
        claim=one.claim,
        kind=wording.kind(one.kind),
        when=when(one),
        notes=tuple(dict.fromkeys(moment.inferred_from for moment in one.moments.values() if moment.inferred_from)),
        earliest=one.earliest or "",
        latest=one.latest or "",
        seen=asked.covers(one.earliest, one.latest),
        chosen=one.claim.anchor == asked.at,
    )


def when(one: Dated) -> str:
    """The dates of an entry in words; of a beginning or an end alone, that the other is not stated."""
    said = {name: moment.said for name, moment in one.moments.items()}
    if "beginning" in said and "end" in said:
        return _("from %(beginning)s to %(end)s", **said)
    if "beginning" in said:
        return _("from %(beginning)s; no end stated", **said)
    if "end" in said:
        return _("to %(end)s; no beginning stated", **said)
    if "deadline" in said:
        return _("by %(deadline)s", **said)
    return "; ".join(said.values())


def _data(laid: tuple[Lane, ...], asked: Narrowing) -> Mapping[str, object]:
    """What the picture is drawn from: see ``frontend/src/timeline.js``."""
    span = extent([one for lane in laid for one in lane.entries])
    return {
        "extent": [day.isoformat() for day in span] if span else None,
        "from": asked.first.isoformat() if asked.first else None,
        "until": asked.last.isoformat() if asked.last else None,
        "at": asked.at,
        "lanes": [_lane(lane) for lane in laid],
        "words": {"nothing": _("Nothing with a date is shown.")},
    }


def _lane(lane: Lane) -> dict[str, Any]:
    text = _("year not stated") if lane.kind == UNDATED else wording.kind(lane.kind)
    return {
        "text": text,
        "undated": lane.kind == UNDATED,
        "rows": lane.rows,
        "rest": _("%(num)s more in the table", num=len(lane.rest)) if lane.rest else "",
        "entries": [_entry(one) | {"row": row} for one, row in lane.placed],
    }


def _entry(one: Dated) -> dict[str, Any]:
    only = next(iter(one.moments.values()))
    spans = not {"beginning", "end"}.isdisjoint(one.moments)
    begin, end = (one.moments.get("beginning"), one.moments.get("end")) if spans else (only, None)
    quote = " […] ".join(one.claim.quotes)
    return {
        "id": one.claim.anchor,
        "href": one.claim.href,
        "sentence": one.claim.sentence,
        "held": one.claim.modality.name,
        "voice": wording.held(one.claim),
        "when": when(one),
        "quote": quote if len(quote) <= 3 * SHORTEST else f"{quote[: 3 * SHORTEST].rsplit(' ', 1)[0]} …",
        "spans": spans,
        "begin": [begin.earliest, begin.latest] if begin else None,
        "end": [end.earliest, end.latest] if end else None,
        "qualified": any(moment.is_qualified for moment in one.moments.values()),
    }
