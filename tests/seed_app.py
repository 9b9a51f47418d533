"""The application over the project's own data, published as a snapshot: everything there is, in this process."""

from pathlib import Path

from flask import Flask
from pyoxigraph import Store
from server_fixtures import UNCACHED, FakeEngine

from graph.snapshot import Snapshots
from queries import questions
from server import create_app


def seed_app(content: Store, folder: Path) -> Flask:
    """An application that answers from what is published of ``content`` in the folder; faults are answered."""
    snapshot = Snapshots(folder).publish(list(content), {"counts": {}})
    engine = FakeEngine(content=Store.read_only(str(snapshot.store_path)))
    app = create_app(UNCACHED, engine=engine, snapshot=snapshot, catalogue=questions())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app
