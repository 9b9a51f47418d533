"""The snapshots that were published up to the one in force: the versions of the dataset."""

from dataclasses import dataclass

from flask import request, url_for

from graph.snapshot import Snapshot, Snapshots
from ontology.base import BASE
from server.addresses import MEMENTO, Place
from server.holdings import holdings
from server.timeline import Moment


@dataclass(frozen=True)
class Version:
    """A snapshot, first ``issued`` at a moment (ISO 8601, UTC; empty if nobody noted it)."""

    snapshot: Snapshot
    issued: str

    @property
    def iri(self) -> str:
        """The name of this version of the dataset."""
        return f"{BASE}snapshot/{self.snapshot.id}/dataset"

    @property
    def name(self) -> str:
        """What people call it by."""
        return self.snapshot.id[:12]

    def address(self, name: str) -> str:
        """Where a dump of it is, in full; a file is of all time, also where its address stands in an old document."""
        found = url_for("dumps.dump", snapshot=self.snapshot.id, name=name, _external=True)
        memento: tuple[Moment, Place] | None = request.environ.get(MEMENTO)
        return found.replace(f"{Place.prefix(memento[0])}/dump/", "/dump/") if memento else found


def versions() -> tuple[Version, ...]:
    """Those that are still there, oldest first; the last one is in force.

    What was published later is left out, as after a roll-back: so the same snapshot gives the same answer.
    """
    held = holdings().snapshot
    issued = first_issued(held)
    names = list(issued)
    before = names[: names.index(held.id)] if held.id in issued else []
    found = [Snapshot(name, held.path.parent / name) for name in before]
    kept = [Version(one, issued[one.id]) for one in found if (one.path / "manifest.json").exists()]
    return (*kept, Version(held, issued.get(held.id, "")))


def first_issued(snapshot: Snapshot) -> dict[str, str]:
    """When each snapshot beside this one became current for the first time, oldest first."""
    found: dict[str, str] = {}
    for entry in Snapshots(snapshot.path.parent).history():
        found.setdefault(entry.snapshot, entry.at)
    return found
