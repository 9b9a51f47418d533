"""The whole way from the data folder to a snapshot: same bytes, all or nothing, killed at any point."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store
from repository import REPOSITORY

from graph.build import build
from graph.errors import InvalidInput, NoSnapshot
from graph.growing.cache import NAME
from graph.settings import Settings
from graph.snapshot import STAGES, Snapshots

HARBOUR = REPOSITORY / "tests" / "data"

KILLED_AT = """
import os, signal, sys
from graph.build import build
from graph.settings import Settings
seen = []
def on_stage(stage):
    if len(seen) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    if ":" not in stage:  # else it tells how far it is, which depends on what is to be done
        seen.append(stage)
build(Settings.from_environment(), on_stage=on_stage, force=True)
"""

PRINTED = """
from graph.build import build
from graph.settings import Settings
print(build(Settings.from_environment()).snapshot.path)
"""


def folder(root: Path) -> Settings:
    """A small data folder, and its text."""
    data = root / "data"
    (data / "claims" / "1900").mkdir(parents=True)
    shutil.copy(HARBOUR / "valid" / "harbour.yaml", data / "claims" / "1900")
    shutil.copytree(HARBOUR / "entities", data / "entities")
    return Settings(data=data, texts=(HARBOUR / "texts",), home=root / "home")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build of it leaves for the next one."""
    settings = folder(tmp_path_factory.mktemp("kept"))
    build(settings)
    return settings.home / NAME


@pytest.fixture
def harbour(tmp_path: Path, kept: Path) -> Settings:
    """Such a folder of the test's own, of which nothing is published; HermiT, which takes a second, has proved it."""
    settings = folder(tmp_path)
    file = settings.home / NAME
    file.parent.mkdir(parents=True)
    shutil.copy(kept, file)
    return settings


def environment(settings: Settings, **more: str) -> dict[str, str]:
    texts = os.pathsep.join(map(str, settings.texts))
    folders = {"SAMIZDAT_DATA": str(settings.data), "SAMIZDAT_HOME": str(settings.home), "SAMIZDAT_TEXTS": texts}
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), **folders, **more}


def edit(settings: Settings, old: str, new: str) -> None:
    file = settings.data / "claims" / "1900" / "harbour.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_build_publishes_what_was_checked(settings: Settings) -> None:
    built = build(settings)
    assert built.changed
    assert Snapshots(settings.snapshots).current() == built.snapshot
    store = Store.read_only(str(built.snapshot.store_path))
    assert built.counts["claims"] == sum(built.counts["modalities"].values()) > 36
    question = "ASK { ?ban a <https://w3id.org/samizdat/politics#PartyBan> }"
    assert bool(store.query(question))


def test_a_build_is_fast_and_an_unchanged_one_faster(settings: Settings) -> None:
    assert build(settings).seconds < 12  # measured near 3; slow machines and two tests at once are given room
    begun = time.perf_counter()
    again = build(settings)
    assert not again.changed
    assert time.perf_counter() - begun < 1


def test_a_build_by_another_release_brings_its_statistics(harbour: Settings) -> None:
    first = build(harbour).snapshot
    first.statistics_path.chmod(0o644)
    first.statistics_path.write_text('{"layout": 0}')
    again = build(harbour)
    assert again.changed
    assert again.snapshot.id == first.id
    assert again.snapshot.statistics is not None
    assert not build(harbour).changed


def test_same_input_same_bytes_on_another_day_in_another_place(harbour: Settings, tmp_path: Path) -> None:
    first = build(harbour).snapshot
    elsewhere = Settings(data=harbour.data, texts=harbour.texts, home=tmp_path / "elsewhere")
    more = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Almaty", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "86400"}
    run = subprocess.run(
        [sys.executable, "-c", PRINTED], env=environment(elsewhere, **more), cwd="/", check=True, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    second = Path(run.stdout.strip())
    assert second.name == first.id
    for name in ("data.nq.gz", "manifest.json"):
        assert (second / name).read_bytes() == (first.path / name).read_bytes()


def test_the_texts_at_hand_do_not_change_the_bytes(harbour: Settings, tmp_path: Path) -> None:
    without = build(Settings(data=harbour.data, texts=(), home=tmp_path / "without"))
    assert without.snapshot.id == build(harbour).snapshot.id
    assert "not re-read" in without.notes[0]


def test_a_text_that_comes_to_hand_later_is_read(harbour: Settings) -> None:
    build(Settings(data=harbour.data, texts=(), home=harbour.home))
    assert build(harbour).notes == ()


def test_a_quote_that_is_not_in_the_source_stops_the_build(harbour: Settings) -> None:
    edit(harbour, "had deemed a threat", "had called a threat")
    with pytest.raises(InvalidInput) as caught:
        build(harbour)
    assert "[-called-]{+deemed+}" in caught.value.problems[0].what
    with pytest.raises(NoSnapshot):
        Snapshots(harbour.snapshots).current()


def test_no_data_is_a_problem_not_an_empty_snapshot(harbour: Settings) -> None:
    shutil.rmtree(harbour.data / "claims")
    with pytest.raises(InvalidInput) as caught:
        build(harbour)
    assert "no claim file" in caught.value.problems[0].what


def test_a_changed_claim_makes_another_snapshot_and_keeps_the_first(harbour: Settings) -> None:
    first = build(harbour).snapshot
    edit(harbour, "Mara Venn led the harbour council", "Mara Venn headed the harbour council")
    second = build(harbour).snapshot
    assert second.id != first.id
    assert {snapshot.id for snapshot in Snapshots(harbour.snapshots).all()} == {first.id, second.id}


def test_a_damaged_snapshot_is_built_anew(harbour: Settings) -> None:
    snapshot = build(harbour).snapshot
    snapshot.path.chmod(0o755)
    (snapshot.path / "manifest.json").unlink()
    again = build(harbour)
    assert again.changed
    assert again.snapshot.id == snapshot.id
    assert again.snapshot.manifest["counts"]["claims"] == 8


def stages(settings: Settings) -> list[str]:
    seen: list[str] = []
    build(settings, on_stage=seen.append, force=True)
    return [stage for stage in seen if ":" not in stage]


def test_killed_at_any_stage_the_old_snapshot_is_served_and_no_debris_is_left(
    harbour: Settings, tmp_path: Path
) -> None:
    old = build(harbour).snapshot
    seen = stages(Settings(data=harbour.data, texts=harbour.texts, home=tmp_path / "rehearsal"))
    edit(harbour, "Mara Venn led the harbour council", "Mara Venn headed the harbour council")
    # Those of publishing are killed one by one in test_snapshot_crash.py.
    own = [number for number, stage in enumerate(seen) if stage not in set(STAGES) - {"answering", "switching"}]
    assert len(own) > 7
    for number in own:
        run = subprocess.run(
            [sys.executable, "-c", KILLED_AT, str(number)], env=environment(harbour), timeout=120, check=False
        )
        assert run.returncode == -signal.SIGKILL, seen[number]
        current = Snapshots(harbour.snapshots).current()
        assert current.id == old.id, seen[number]
        store = Store.read_only(str(current.store_path))
        assert len(store) > 0
    new = build(harbour).snapshot
    assert new.id != old.id
    assert Snapshots(harbour.snapshots).current() == new
    left = {path.name for path in harbour.snapshots.iterdir()} - {old.id, new.id, "current", "publications.jsonl"}
    assert not {name for name in left if "building" in name}


def test_the_store_and_the_dump_hold_the_same(harbour: Settings) -> None:
    import gzip

    snapshot = build(harbour).snapshot
    dumped = Store()
    dumped.load(gzip.decompress(snapshot.nquads_path.read_bytes()), RdfFormat.N_QUADS)
    count = "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    published = Store.read_only(str(snapshot.store_path))
    counted = [str(next(cast(QuerySolutions, store.query(count)))["n"]) for store in (dumped, published)]
    assert counted[0] == counted[1]
    manifest = json.loads((snapshot.path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["claims"] == 8
