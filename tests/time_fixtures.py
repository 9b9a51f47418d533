"""Three snapshots in a home, an application over them, and how a memento client reads links."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask
from pyoxigraph import Quad
from test_register import claim, quads, thing

from graph.snapshot import Snapshot, Snapshots
from graph.snapshots.log import How, Publication
from server import create_app
from server.settings import ServerSettings
from server.switching import switch_of

DAYS = tuple(datetime(2026, month, 1, 12, tzinfo=UTC) for month in (3, 4, 5))
"""When the three were published."""
PRIVATE = claim("children", "Has children", words="two children", provenance="; pol:sensitive true")


def content(*parts: str) -> list[Quad]:
    """The quads of some claims and things, what the default graph holds of them included."""
    found = quads('GRAPH <graph/entities> { <id/editorial/one> a pol:Editorial ; schema:headline "One"@en }', *parts)
    return [*found, *(Quad(quad.subject, quad.predicate, quad.object) for quad in found)]


VERSIONS = (
    content(claim("a", "Ant & <bee>"), claim("b", "Bee"), PRIVATE, thing("party/p", "P")),
    content(claim("a", "Ant & <bee>"), claim("b", "Bee", held="believed"), claim("c", "Cat"), thing("party/p", "Pe")),
    content(claim("b", "Bee", held="believed"), claim("c", "Cat"), thing("party/p", "Pe"), thing("party/q", "Q")),
)


@dataclass(frozen=True)
class Past:
    """Three snapshots, oldest first, and where they are."""

    home: Path
    snapshots: Snapshots
    three: tuple[Snapshot, ...]


def make_past(home: Path, versions: tuple[list[Quad], ...] = VERSIONS) -> Past:
    """The versions published, as if it had been on the DAYS."""
    snapshots = Snapshots(home / "snapshots")
    return Past(home, snapshots, tuple(publish(snapshots, *pair) for pair in zip(versions, DAYS, strict=True)))


def publish(snapshots: Snapshots, version: list[Quad], at: datetime) -> Snapshot:
    """The version published, as if it were that moment."""

    def now(snapshot: str, how: How) -> Publication:
        return Publication(snapshot, at.isoformat(timespec="seconds"), how)

    with patch("graph.snapshot.log.now", now):
        return snapshots.publish(version, {"counts": {}})


@contextmanager
def serving(past: Past, monkeypatch: pytest.MonkeyPatch, **settings: int) -> Iterator[Flask]:
    """The application over what is published there, closed at the end."""
    monkeypatch.setenv("SAMIZDAT_HOME", str(past.home))
    app = create_app(ServerSettings(**{"executors": 2, **settings}))  # type: ignore[arg-type]
    try:
        yield app
    finally:
        switch_of(app).close()


def on(moment: datetime) -> dict[str, str]:
    """The header that asks for this moment."""
    return {"Accept-Datetime": format_datetime(moment, usegmt=True)}


LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[\w*-]+="[^"]*")*)')


def links(text: str) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """The links of a header or a TimeMap, by each of their relations: where they lead, and their attributes."""
    found: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for href, rest in LINK.findall(text):
        attributes = dict(re.findall(r'([\w*-]+)="([^"]*)"', rest))
        for relation in attributes["rel"].split():
            found.setdefault(relation, []).append((href, attributes))
    return found
