"""What one application serves: an engine, the snapshot it answers from, and the saved questions."""

import atexit
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app

from graph.engine import Engine
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.settings import Settings
from graph.snapshot import Snapshot, Snapshots
from queries import StoredQuery, questions
from server.settings import ServerSettings

KEY = "samizdat"


@dataclass(frozen=True)
class Holdings:
    """Never changes while a request is answered; a new snapshot means new holdings."""

    engine: Engine
    snapshot: Snapshot
    catalogue: Mapping[str, StoredQuery]


def open_holdings(
    settings: ServerSettings,
    engine: Engine | None,
    snapshot: Snapshot | None,
    catalogue: Mapping[str, StoredQuery] | None,
) -> Holdings:
    """What is given, and for the rest the published snapshot in this machine's home; NoSnapshot if there is none."""
    held = snapshot or Snapshots(Settings.from_environment().snapshots).current()
    return Holdings(engine or _engine(held, settings), held, questions() if catalogue is None else catalogue)


def _engine(snapshot: Snapshot, settings: ServerSettings) -> Engine:
    budget = Budget(
        seconds=settings.seconds,
        memory_bytes=settings.memory_mb << 20,
        answer_bytes=settings.answer_mb << 20,
        executors=settings.executors,
    )
    opened = EmbeddedEngine(snapshot.store_path, budget)
    atexit.register(opened.close)
    return opened


def hold(app: Flask, held: Holdings) -> None:
    """Make these the holdings that the application's requests see."""
    app.extensions[KEY] = held


def holdings() -> Holdings:
    """The holdings of the application that answers the current request."""
    held: Holdings = current_app.extensions[KEY]
    return held
