"""A snapshot published to somebody's engine: loaded there graph by graph, and counted.

No engine replaces thousands of graphs in one step, so the order makes the change as small as it can be for whoever
asks meanwhile: new and changed named graphs first, which nothing in the default graph points to yet; then the default
graph, by one request where it is small enough; then what the snapshot no longer has is removed. What has been loaded
is noted as it is (``journal``): publishing again goes on from there, and the next snapshot loads only what differs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.engine.datasets import KEPT, NOTHING, Layout
from graph.engine.published import dataset_of
from graph.engine.remote import RemoteEngine
from graph.errors import AnswerTooLarge, EngineUnavailable, SamizdatError
from graph.progress import Stage, ignore
from graph.publishing import counting
from graph.publishing.bulk import BulkLoader
from graph.publishing.graph_store import GraphStore
from graph.publishing.journal import Journal
from graph.publishing.parts import DEFAULT, Part, taken_apart
from graph.snapshot import Snapshot, Snapshots

SECONDS = 600.0
"""How long one request of a publication may take: counting everything is a scan of everything."""


@dataclass(frozen=True)
class Target:
    """Where to publish: a SPARQL ``endpoint``, and how it is written to.

    ``store`` is the address of its Graph Store Protocol, found out if None; ``sql`` is Virtuoso's ``host:port`` for
    bulk loading, for which its files have to be readable where the engine runs.
    """

    endpoint: str
    store: str | None = None
    user: str | None = None
    password: str | None = None
    sql: str | None = None


@dataclass(frozen=True)
class Publication:
    """What was done: graphs counted with the default graph as one; ``quads`` is all that the engine now holds."""

    snapshot: str
    layout: Layout
    way: str
    loaded: int
    replaced: int
    unchanged: int
    removed: int
    quads: int
    notes: tuple[str, ...]


def publish(
    snapshot: Snapshot, target: Target, home: Path, *, replace: bool = False, on_stage: Stage = ignore
) -> Publication:
    """Make the engine hold the snapshot, and nothing else below our base; ``home`` keeps what was loaded where.

    ``replace`` loads everything anew, also over a default graph that was not loaded from here. EngineUnavailable, with
    what has been done by then, if the engine fails; publishing again goes on from there.
    """
    on_stage("reading")
    wanted = taken_apart(snapshot)
    done = _Publishing(target, home, on_stage).run(snapshot.id, wanted, replace)
    Snapshots(snapshot.path.parent).held_at(target.endpoint, snapshot)
    return done


class _Publishing:
    def __init__(self, target: Target, home: Path, on_stage: Stage) -> None:
        self._remote = RemoteEngine(target.endpoint, seconds=SECONDS)
        self._store = GraphStore.of(target.endpoint, target.store, target.user, target.password)
        self._journal = Journal.of(target.endpoint, home)
        self._bulk = BulkLoader(target.sql, target.user, target.password, home) if target.sql else None
        self._stage = on_stage

    def run(self, name: str, wanted: Mapping[str, Part], replace: bool) -> Publication:
        """All of it, in order."""
        self._stage("comparing")
        union = self._is_union()
        held = counting.counts(self._remote, union)
        if replace:
            self._journal.clear()
        known = self._journal.loaded()
        if not union and not replace:
            _refuse_foreign_default(held.get(DEFAULT, 0), known)
        same = {iri for iri, part in wanted.items() if _is_there(part, held.get(iri, 0), known.get(iri))}
        todo = [wanted[iri] for iri in sorted(wanted.keys() - same, key=_default_last)]
        stale = sorted(held.keys() - wanted.keys())
        self._load(todo, held, union)
        for iri in stale:
            self._store.remove(iri)
            self._journal.forget(iri)
        self._verify(wanted, union)
        self._journal.complete(name)
        return Publication(
            snapshot=name,
            layout=dataset_of(self._remote, SECONDS).layout,
            way="Virtuoso's bulk loader" if self._bulk else "the Graph Store Protocol",
            loaded=len(todo),
            replaced=sum(part.iri in held for part in todo),
            unchanged=len(same),
            removed=len(stale),
            quads=sum(part.size for part in wanted.values()),
            notes=tuple(self._notes(union)),
        )

    def _is_union(self) -> bool:
        """Whether what is in a named graph is in the default graph too: tried with one triple."""
        triple = f"<{NOTHING}> <{NOTHING}> <{NOTHING}> ."
        self._store.replace(NOTHING, f"{triple}\n".encode())
        try:
            return counting.holds(self._remote, triple)
        finally:
            self._store.remove(NOTHING)

    def _load(self, todo: list[Part], held: Mapping[str, int], union: bool) -> None:
        try:
            if self._bulk:
                self._stage(f"loading {len(todo)} graphs in bulk")
                self._bulk.load(todo, held.keys())
                for part in todo:
                    self._journal.note(part.iri, part.digest)
                return
            for number, part in enumerate(todo, 1):
                self._stage(f"loading graph {number:,} of {len(todo):,}")
                self._load_one(part, union)
        except EngineUnavailable as error:
            done = sum(self._journal.loaded().get(part.iri) == part.digest for part in todo)
            what = f"{error.what}; {done:,} of {len(todo):,} graphs had been loaded"
            raise EngineUnavailable(what, "run the same command again: it goes on from there") from error

    def _load_one(self, part: Part, union: bool) -> None:
        name = None if part.iri == DEFAULT and not union else KEPT if part.iri == DEFAULT else part.iri
        self._journal.note(part.iri, "begun")
        first, *more = part.bodies()
        self._store.replace(name, first)
        for body in more:
            self._store.add(name, body)
        self._journal.note(part.iri, part.digest)

    def _verify(self, wanted: Mapping[str, Part], union: bool) -> None:
        self._stage("verifying")
        held = counting.counts(self._remote, union)
        wrong = [
            (iri or "the default graph", held.get(iri, 0), wanted[iri].size if iri in wanted else 0)
            for iri in sorted(held.keys() | wanted.keys())
            if held.get(iri, 0) != (wanted[iri].size if iri in wanted else 0)
        ]
        if wrong:
            iri, found, expected = wrong[0]
            what = f"{len(wrong)} graphs do not hold what was loaded: {iri} has {found:,} triples, not {expected:,}"
            raise EngineUnavailable(what, "run the same command again: it loads them anew; if it stays, see the engine")

    def _notes(self, union: bool) -> list[str]:
        """What whoever runs the engine should know."""
        try:
            counting.everything(self._remote, union)
        except AnswerTooLarge as error:
            return [f"{error.what}, and of a graph without saying so: raise its bound (Virtuoso: ResultSetMaxRows)"]
        return []


def _refuse_foreign_default(count: int, known: Mapping[str, str]) -> None:
    if count and DEFAULT not in known:
        what = f"the engine's default graph holds what was not published from here (triples: {count:,})"
        raise SamizdatError(what, "publish to an engine of its own, or give --replace to have them replaced")


def _is_there(part: Part, count: int, digest: str | None) -> bool:
    return count == part.size and digest == part.digest


def _default_last(iri: str) -> tuple[bool, str]:
    return iri == DEFAULT, iri
