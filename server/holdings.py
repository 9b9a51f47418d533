"""What one application serves: an engine, the snapshot it answers from, and the saved questions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from flask import Flask, current_app, has_request_context, request

from graph.engine import Engine
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.engine.lookups import Hubs, LookupEngine
from graph.engine.published import PublishedEngine
from graph.settings import Settings
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots.counting import CountingEngine
from graph.snapshots.prepared import Prepared, PreparedEngine
from graph.snapshots.statistics import Statistics
from queries import StoredQuery, questions
from server.settings import ServerSettings

KEY = "samizdat"
"""In the application's extensions its ``Switch``; in a request's WSGI environment the holdings it is answered from."""


@dataclass(frozen=True)
class Holdings:
    """Never changes while a request is answered; a new snapshot means new holdings.

    ``statistics`` are None where the snapshot has none, or a remote engine answers.
    """

    engine: Engine
    snapshot: Snapshot
    catalogue: Mapping[str, StoredQuery]
    prepared: Prepared
    statistics: Statistics | None = None


def published() -> Snapshots:
    """The snapshots in this machine's home."""
    return Snapshots(Settings.from_environment().snapshots)


def link() -> Path:
    """The symbolic link to what is served: the current snapshot, or the one that SAMIZDAT_ENGINE was given last."""
    return published().link(Settings.from_environment().engine)


def open_holdings(
    settings: ServerSettings,
    engine: Engine | None = None,
    snapshot: Snapshot | None = None,
    catalogue: Mapping[str, StoredQuery] | None = None,
) -> Holdings:
    """What is given, and for the rest the published snapshot in this machine's home; NoSnapshot if there is none."""
    held = snapshot or published().named_by(link())
    prepared = held.prepared.load()
    asked = PreparedEngine(engine or _engine(held, settings), prepared)
    remote = engine is None and Settings.from_environment().engine
    # Read now, and not when somebody waits.
    statistics = None if remote else held.statistics
    return Holdings(asked, held, questions() if catalogue is None else catalogue, prepared, statistics)


def _engine(snapshot: Snapshot, settings: ServerSettings) -> Engine:
    """An engine over the snapshot: the remote one that SAMIZDAT_ENGINE names, or one on this machine."""
    endpoint = Settings.from_environment().engine
    if endpoint:
        return PublishedEngine(endpoint, seconds=settings.seconds, answer_bytes=settings.answer_mb << 20)
    return _engine_here(snapshot, settings)


def open_old(settings: ServerSettings, snapshot: Snapshot, executors: int) -> Holdings:
    """A snapshot that is not the current one, always on this machine; SamizdatError if it cannot be opened."""
    snapshot.check()
    prepared = snapshot.prepared.load()
    engine = PreparedEngine(_engine_here(snapshot, replace(settings, executors=executors)), prepared)
    return Holdings(engine, snapshot, questions(), prepared, snapshot.statistics)


def _engine_here(snapshot: Snapshot, settings: ServerSettings) -> Engine:
    budget = Budget(
        seconds=settings.seconds,
        memory_bytes=settings.memory_mb << 20,
        answer_bytes=settings.answer_mb << 20,
        executors=settings.executors,
        services=tuple(settings.services.split()),
    )
    counting = CountingEngine(EmbeddedEngine(snapshot.store_path, budget), lambda: snapshot.statistics)
    return LookupEngine(counting, snapshot.store_path, lambda: _hubs(snapshot))


def _hubs(snapshot: Snapshot) -> Hubs | None:
    return snapshot.statistics.hubs if snapshot.statistics else None


class InForce(Protocol):
    """What knows which holdings are in force: see ``server/switching.py``."""

    current: Holdings


def hold(app: Flask, switch: InForce) -> None:
    """Let the application's requests see what is in force."""
    app.extensions[KEY] = switch


def holdings() -> Holdings:
    """The holdings that the current request is answered from."""
    leased: Holdings | None = request.environ.get(KEY) if has_request_context() else None
    if leased:
        return leased
    switch: InForce = current_app.extensions[KEY]
    return switch.current
