"""The generated data where each server wants it: a snapshot of ours, and a Virtuoso database beside it."""

import json
import os
import random
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from bench.generate import generate
from graph.segments.content import Content
from graph.snapshot import Snapshots
from graph.snapshots.renewing import Renewal
from ontology.base import BASE
from ontology.vocabulary import version_iri
from queries import questions

POOLS = {
    "party": r"id/party/[^>#]+", "person": r"id/person/[^>#]+", "country": r"id/country/[^>#]+",
    "editorial": r"id/editorial/[^>#]+", "claim": r"id/claim/[^>#]+",
}  # fmt: skip
POOL = 4000
"""IRIs kept of each kind, to ask of each only once."""


@dataclass(frozen=True)
class Stores:
    """The folder of one size: ``home`` is what SAMIZDAT_HOME names."""

    folder: Path
    quads: int

    @property
    def home(self) -> Path:
        """The folder with our snapshots."""
        return self.folder / "home"

    @property
    def nquads(self) -> Path:
        """The data, sorted and each line once."""
        return self.folder / "data.nq"

    @property
    def store(self) -> Path:
        """The Oxigraph store of the current snapshot."""
        return Snapshots(self.home / "snapshots").current().store_path

    @property
    def pools(self) -> dict[str, list[str]]:
        """IRIs of each kind, in random order."""
        found: dict[str, list[str]] = json.loads((self.folder / "pools.json").read_text(encoding="utf-8"))
        return found


def build(folder: Path, quads: int) -> Stores:
    """The stores of so many quads, generated unless they are there from another run."""
    stores = Stores(folder / str(quads), quads)
    if (stores.folder / "seconds.json").exists():
        _answer_anew(stores)
        return stores
    shutil.rmtree(stores.folder, ignore_errors=True)
    stores.folder.mkdir(parents=True)
    seconds = {}
    for stage, make in (("generate", _generate), ("snapshot", _publish), ("pools", _pools)):
        began = time.perf_counter()
        make(stores)
        seconds[stage] = round(time.perf_counter() - began, 1)
    (stores.folder / "seconds.json").write_text(json.dumps(seconds), encoding="utf-8")
    return stores


def _generate(stores: Stores) -> None:
    unsorted = stores.folder / "unsorted.nq"
    with unsorted.open("wb") as file:
        for chunk in generate(stores.quads):
            file.write(chunk)
    # Sorted outside of this process: 12 million lines would not fit into it.
    command = ["sort", "-u", "-S", "1G", "-T", str(stores.folder), "-o", str(stores.nquads), str(unsorted)]
    subprocess.run(command, check=True, env={**os.environ, "LC_ALL": "C"})
    unsorted.unlink()


def _publish(stores: Stores) -> None:
    """As graph.snapshot publishes, but for sorting."""
    snapshots = Snapshots(stores.home / "snapshots")
    lines = stores.nquads.read_bytes()
    snapshots.publish_content(Content.of(lines), _manifest(lines), questions=saved_questions())


def _answer_anew(stores: Stores) -> None:
    """The saved questions may have changed since the store was built."""
    snapshots = Snapshots(stores.home / "snapshots")
    snapshot, asked = snapshots.current(), saved_questions()
    if not snapshot.prepared.is_current(asked):
        Renewal(snapshots.root).answer(snapshot, asked)


def read_once(stores: Stores) -> None:
    """Have the kernel hold our store's files, or whoever is asked first pays for the disk: two servers read them."""
    for path in sorted(stores.store.iterdir()):
        with path.open("rb") as file:
            while file.read(1 << 24):
                pass


def saved_questions() -> dict[str, str]:
    """Every saved question with its default parameters: what a build answers beforehand."""
    return {name: question.fill({}) for name, question in questions().items()}


def _manifest(content: bytes) -> dict[str, object]:
    quads = content.count(b"\n")
    graphs = content.count(b"#assertion> .\n")
    return {
        "base": BASE,
        "ontology": version_iri(),
        "inputs": {},
        "sources": {},
        "counts": {
            "quads": quads,
            "claims": content.count(b"#Claim> .\n"),
            "editorials": content.count(b"#Editorial> .\n"),
            "entities": content.count(b"core#prefLabel> "),
            "derived": content.count(b"#Derivation> "),
            "default graph": quads - graphs,
            "modalities": {},
            "classes": {},
        },
    }


def _pools(stores: Stores) -> None:
    """Things of each kind, so that a query never has to be asked twice of the same one."""
    rng, pools = random.Random(1), {}
    for kind, pattern in POOLS.items():
        wanted = re.compile(rf"^<({re.escape(BASE)}{pattern})> <[^>]*type>".encode())
        found = set()
        with stores.nquads.open("rb") as file:
            for line in file:
                if match := wanted.match(line):
                    found.add(match[1].decode())
        chosen = sorted(found)
        rng.shuffle(chosen)
        pools[kind] = chosen[:POOL]
    (stores.folder / "pools.json").write_text(json.dumps(pools), encoding="utf-8")
