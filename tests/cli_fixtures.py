"""A published snapshot and a saved question for the command line's tests, and a way to run it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Quad, RdfFormat, parse

import queries
from graph.snapshot import Snapshots
from ontology.base import rebased
from server.cli import main

TURTLE = rebased("""
PREFIX pol: <https://w3id.org/samizdat/politics#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
BASE <https://w3id.org/samizdat/>
<id/party/nur-otan> a pol:RulingParty ; skos:prefLabel "Nur Otan"@en .
<id/party/el-tiregi> a pol:PoliticalParty ; skos:prefLabel "El Tiregi"@en .
""")
PARTY = """#+ summary: What is this party called?
#+ description: Its preferred label.
#+ tags: parties
#+ parameter: party iri id/party/nur-otan — the party asked about
#+ parameter: limit integer 10 — how many names at most
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name WHERE { ?_party skos:prefLabel ?name } LIMIT ?_limit
"""
NAMES = "SELECT ?p ?name { ?p <http://www.w3.org/2004/02/skos/core#prefLabel> ?name } ORDER BY ?p"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{n} {{ {'1 ' * 40} }}" for n in range(12)) + " }"


def quads(turtle: str) -> Iterator[Quad]:
    return (Quad(item.subject, item.predicate, item.object) for item in parse(turtle.encode(), RdfFormat.TURTLE))


def make_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one published snapshot and one saved question; the current folder is its parent."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SAMIZDAT_HOME", str(folder / "home"))
    saved = folder / "saved" / "questions"
    saved.mkdir(parents=True)
    (saved / "party-name.rq").write_text(PARTY, encoding="utf-8")
    monkeypatch.setattr(queries, "HERE", saved.parent)
    Snapshots(folder / "home" / "snapshots").publish(quads(TURTLE), {"triples": 4})
    return folder / "home"


def run(*arguments: str, text: str = "") -> Result:
    """The command line in this process; ``text`` is its standard input."""
    return CliRunner().invoke(main, arguments, input=text, prog_name="samizdat")


def pretend(monkeypatch: pytest.MonkeyPatch, name: str, **contents: Any) -> None:
    """Puts contents in the place of a module that a command imports when it runs."""
    module = ModuleType(name)
    vars(module).update(contents)
    monkeypatch.setitem(sys.modules, name, module)
