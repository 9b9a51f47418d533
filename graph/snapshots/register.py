"""The claims and things of one snapshot by name, with marks that tell whether one says the same as in another.

    <id>/register.tsv   a line for each, sorted by IRI: the IRI, a tab, and what is known of it as JSON

So two snapshots are compared line by line (graph/snapshots/changes.py), and one thing is found by halving the file. A
mark is a digest of one aspect of a claim (its sentence, its words, its modality ...): what is no part of what a claim
says, as its number in the text or the day it was encoded, has none. ``graph/snapshots/registering.py`` writes it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from graph.errors import SnapshotDamaged
from graph.files.opening import opened

LAYOUT = 1
CLAIM = "claim"
ASPECTS = ("assertion", "sentence", "words", "position", "modality", "attribution", "source", "relations", "privacy")
"""What of a claim can be corrected, in the order in which it is told."""
TRAITS = ("kind", "names", "statements")
"""The same of a thing that is no claim."""


@dataclass(frozen=True)
class Entry:
    """A claim or a thing; ``kind`` is the word of its IRI (``claim``, ``person``), ``marks`` are by aspect.

    The rest is a claim's: ``modality`` by its local name, whose it is (``by``), its ``quotes``, whether it is
    ``private``, and the claims that it ``revises`` (prov:wasRevisionOf, npx:supersedes) or ``retracts``.
    """

    iri: str
    kind: str
    label: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    modality: str = ""
    editorial: str = ""
    by: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    private: bool = False
    revises: tuple[str, ...] = ()
    retracts: tuple[str, ...] = ()

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> "Entry":
        """From what ``to_json`` gives; KeyError or TypeError for anything else."""
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in found.items()
        }
        return cls(**given)

    def to_json(self) -> dict[str, Any]:
        """Its fields, without the empty ones."""
        fields = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(self).items()}
        return {name: value for name, value in fields.items() if value}

    def withheld(self) -> "Entry":
        """The same without a word of what it says."""
        return replace(self, label="", by=(), quotes=(), private=True)


class Register:
    """The register of one snapshot; nothing is kept in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def is_current(self) -> bool:
        """Whether it is there and of this release."""
        return self.ids is not None

    @property
    def ids(self) -> str | None:
        """What the IRIs in it begin with; None where there is no register of this release."""
        try:
            with opened(self.path) as file:
                _, _, told = file.readline().partition(b"\t")
            found = json.loads(told)
            return str(found["ids"]) if found["layout"] == LAYOUT else None
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def lines(self) -> Iterator[tuple[bytes, bytes]]:
        """The IRI and the JSON of each entry, in their order; OSError if the snapshot has been removed."""
        with opened(self.path) as file:
            file.readline()
            for line in file:
                iri, _, told = line.partition(b"\t")
                yield iri, told.removesuffix(b"\n")

    def find(self, iri: str) -> Entry | None:
        """The entry of this IRI; OSError if the snapshot has been removed."""
        wanted = iri.encode()
        with opened(self.path) as file:
            low, high = 0, self.path.stat().st_size
            while low < high:
                middle = (low + high) // 2
                file.seek(max(middle - 1, 0))
                if middle:
                    file.readline()  # to where the next line begins
                found, _, told = file.readline().partition(b"\t")
                if found == wanted:
                    return entry(told)
                if found and found < wanted:
                    low = file.tell()
                else:
                    high = middle
        return None


def header(ids: str) -> bytes:
    """The first line of a register; it sorts before every IRI."""
    return b"#\t" + json.dumps({"ids": ids, "layout": LAYOUT}).encode() + b"\n"


def line(found: Entry) -> bytes:
    """The line of an entry."""
    return found.iri.encode() + b"\t" + written(found) + b"\n"


def written(found: Entry) -> bytes:
    """The entry as JSON on one line, the same each time."""
    return json.dumps(found.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def entry(told: bytes) -> Entry:
    """The entry that was written so; SnapshotDamaged if none was."""
    try:
        return Entry.of(json.loads(told))
    except (ValueError, TypeError, LookupError) as error:
        hint = "`samizdat snapshots verify` tells whose; `samizdat build --force` publishes anew"
        raise SnapshotDamaged(f"the register of a snapshot is damaged: {error}", hint) from error
