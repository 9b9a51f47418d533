"""Changes of claims and things in words, for pages and for the command line."""

from collections.abc import Sequence

from graph.snapshots.changes import Change, counts
from graph.snapshots.register import Entry

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
    return entry.label or last_part(entry.iri)


def last_part(iri: str) -> str:
    """What an IRI ends in."""
    return iri.rpartition("/")[2]
