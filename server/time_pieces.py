"""Changes of claims and things, and times, as pages say them."""

from collections.abc import Sequence
from datetime import datetime

from flask import request

from graph.changes import Change, counts
from graph.register import CLAIM, Entry
from server import vocabulary
from server.dates import MONTHS
from server.links import page_of
from server.pieces import Link, Modality
from server.time_views import ChangedItem

ASPECTS = {
    "assertion": "what it asserts",
    "sentence": "its wording here",
    "words": "the words quoted",
    "position": "the place in the text",
    "modality": "how it is held",
    "attribution": "whose it is",
    "source": "its source",
    "relations": "its relations",
    "privacy": "its privacy",
    "kind": "what it is",
    "names": "its names",
    "statements": "what is stated of it",
}


def said(moment: datetime) -> str:
    """The moment as people say it, to the minute: ``22 November 2026, 20:35 UTC``."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"


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
        corrected=in_words(change.aspects),
        cause=Link(_last(change.cause), as_of(new, change.cause)) if change.cause else None,
    )


def in_words(aspects: Sequence[str]) -> str:
    """What was corrected, as part of a sentence."""
    words = [ASPECTS[name] for name in aspects]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def tally(found: Sequence[Change]) -> tuple[str, ...]:
    """How many claims, and how many other things, were added, corrected and so on, each as a phrase."""
    said_of = []
    for noun, chosen in (
        ("claim", [change for change in found if change.is_claim]),
        ("thing", [change for change in found if not change.is_claim]),
    ):
        for how, number in counts(chosen).items():
            said_of.append(f"{number:,} {noun}{'' if number == 1 else 's'} {how}")
    return tuple(said_of)


def name_of(entry: Entry) -> str:
    """What a claim says, or what a thing is called."""
    return entry.label or _last(entry.iri)


def _held(change: Change) -> tuple[Modality, ...]:
    """How the claim is held; where that was corrected, how it was held before that."""
    names = [one.modality for one in (change.before, change.after) if one and one.kind == CLAIM and one.modality]
    return tuple(vocabulary.modality(name) for name in dict.fromkeys(names))


def _link(entry: Entry | None, snapshot: str) -> Link | None:
    return Link(name_of(entry), as_of(snapshot, entry.iri)) if entry else None


def _last(iri: str) -> str:
    return iri.rpartition("/")[2]
