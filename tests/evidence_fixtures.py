"""The project's own data published with imported data sets beside it, and an application over the snapshot."""

from pathlib import Path

from flask import Flask
from importing import RSF, made
from pyoxigraph import Quad, Store
from repository import REPOSITORY
from server_fixtures import UNCACHED, FakeEngine

from graph.evidence import evidence
from graph.importing.importer import import_files
from graph.settings import Settings
from graph.snapshot import Snapshot, Snapshots
from queries import questions
from server import create_app

LICENCE = "https://creativecommons.org/licenses/by-nc/4.0/"
SCORES = """2013;KAZ;160;55,08;Kazakhstan;EEAC
2014;KAZ;161;54,94;Kazakhstan;EEAC
2021;KAZ;155;49,72;Kazakhstan;EEAC
2021;KGZ;79;69,63;Kyrgyzstan;EEAC
2021;NOR;1;93,28;Norway;UE Balkans
"""
PARLIAMENT = """{"persons": [{"id": "1", "name": "Anvar Testov"}], "posts": [], "areas": [], "events": [
    {"id": "term/6", "classification": "legislative period", "name": "6th", "organization_id": "chamber"}],
  "organizations": [{"id": "chamber", "name": "Assembly of Tests", "classification": "legislature"},
    {"id": "party/unity", "name": "Unity of Tests", "classification": "party"}],
  "memberships": [{"person_id": "1", "organization_id": "chamber", "role": "member", "on_behalf_of_id": "party/unity",
    "legislative_period_id": "term/6"}]}
"""


def publish(content: Store, home: Path) -> Snapshot:
    """The content with two data sets, one under a licence and one that states none."""
    settings = Settings(data=REPOSITORY / "graph" / "data", texts=(), home=home)
    home.mkdir(exist_ok=True)
    import_files("rsf", [made(home, "2021.csv", RSF + SCORES)], settings, licence=LICENCE)
    import_files("popolo", [made(home, "kazakhstan-assembly.json", PARLIAMENT)], settings)
    found = evidence(settings.evidence_folder)
    quads: list[Quad] = [*content, *(quad for one in found for quad in one.quads())]
    counts = {"evidence": {one.name: one.size() for one in found}}
    return Snapshots(settings.snapshots).publish(quads, {"counts": counts})


def app_of(snapshot: Snapshot) -> Flask:
    engine = FakeEngine(content=Store.read_only(str(snapshot.store_path)))
    app = create_app(UNCACHED, engine=engine, snapshot=snapshot, catalogue=questions())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app
