"""Changes of claims and things, and times, as pages say them."""

from datetime import datetime

from flask import request

from graph.snapshots.changes import Change
from graph.snapshots.register import CLAIM, Entry
from server import vocabulary
from server.history.views import ChangedItem
from server.history.wording import last_part, name_of
from server.links import page_of
from server.pieces import Link, Modality
from server.words.date_words import moment_in_words
from server.words.dates import in_words
from server.words.page_words import aspects_told


def said(moment: datetime) -> str:
    """The moment as people say it, to the minute: ``22 November 2026, 20:35 UTC``."""
    return moment_in_words(moment)


def english(moment: datetime) -> str:
    """The same for programs, whatever the language of a page would be."""
    return f"{in_words(moment.date().isoformat())}, {moment:%H:%M} UTC"


def as_of(snapshot: str, iri: str) -> str | None:
    """The address that told of an IRI when this snapshot was current."""
    page, root = page_of(iri), request.script_root
    return f"{root}/snapshot/{snapshot}{page.removeprefix(root)}" if page and page.startswith("/") else page


def item(change: Change, old: str, new: str) -> ChangedItem:
    """A change from one snapshot to another (their ids), ready to show."""
    entry = change.entry
    return ChangedItem(
        how=change.how,
        kind=entry.kind,
        label=name_of(entry),
        before=_link(change.before, old),
        after=_link(change.after, new),
        held=_held(change),
        quotes=entry.quotes,
        corrected=aspects_told(change.aspects),
        cause=Link(last_part(change.cause), as_of(new, change.cause)) if change.cause else None,
    )


def _held(change: Change) -> tuple[Modality, ...]:
    """How the claim is held; where that was corrected, how it was held before that."""
    names = [one.modality for one in (change.before, change.after) if one and one.kind == CLAIM and one.modality]
    return tuple(vocabulary.modality(name) for name in dict.fromkeys(names))


def _link(entry: Entry | None, snapshot: str) -> Link | None:
    return Link(name_of(entry), as_of(snapshot, entry.iri)) if entry else None
