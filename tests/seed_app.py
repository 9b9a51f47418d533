"""The application over the project's own data, published as a snapshot: everything there is, in this process."""

from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from pyoxigraph import Store
from server_fixtures import UNCACHED, FakeEngine

from graph.engine import Answer, Formats, Query
from graph.snapshot import Snapshots
from queries import questions
from server import create_app


@dataclass
class RememberingEngine(FakeEngine):
    """Of a store that nobody writes to: who looks at every page asks most queries ten times over."""

    answers: dict[tuple[Query, Formats], Answer] = field(default_factory=dict)

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        if (query, formats) not in self.answers:
            self.answers[query, formats] = super().evaluate(query, formats, timeout=timeout)
        return self.answers[query, formats]


def seed_app(content: Store, folder: Path) -> Flask:
    """An application that answers from what is published of ``content`` in the folder; faults are answered."""
    snapshot = Snapshots(folder).publish(list(content), {"counts": {}})
    engine = RememberingEngine(content=Store.read_only(str(snapshot.store_path)))
    app = create_app(UNCACHED, engine=engine, snapshot=snapshot, catalogue=questions())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app
