"""Evidence in a snapshot: a named graph of its own, nothing in the default graph, and no snapshot of damaged input."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from importing import KAZAKHSTAN, RSF, imported, made
from pyoxigraph import DefaultGraph, NamedNode, Store

from graph.build import build
from graph.errors import SamizdatError
from graph.evidence import evidence
from graph.iris import COMPARISONS_GRAPH, QUERIES_GRAPH, evidence_graph
from graph.settings import Settings

GRAPH = NamedNode(evidence_graph("rsf"))
COMPARISONS, QUERIES = NamedNode(COMPARISONS_GRAPH), NamedNode(QUERIES_GRAPH)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    return imported("rsf", settings, made(tmp_path, "2021.csv", RSF + KAZAKHSTAN)).folder


def test_a_build_takes_evidence_in_beside_the_claims(settings: Settings, tmp_path: Path) -> None:
    without = build(settings)
    assert "evidence" not in without.counts
    # Where data sets could be but are none, the snapshot is the same, and there is nothing to do.
    (settings.home / "evidence").mkdir()
    assert build(settings).snapshot == without.snapshot
    report = imported("rsf", settings, made(tmp_path, "2021.csv", RSF + KAZAKHSTAN)).report
    built = build(settings)
    assert built.changed
    assert built.counts["evidence"] == {"rsf": report["quads"]}
    assert built.snapshot.manifest["quads"] == built.counts["quads"]
    assert built.snapshot.manifest["inputs"]["evidence/rsf/evidence.nq"] == report["sha256"]
    assert built.snapshot.manifest["code"] == without.snapshot.manifest["code"]
    before, after = (Store.read_only(str(one.snapshot.store_path)) for one in (without, built))
    default = [set(store.quads_for_pattern(None, None, None, DefaultGraph())) for store in (before, after)]
    assert default[0] == default[1]
    assert set(after.named_graphs()) - set(before.named_graphs()) == {GRAPH, COMPARISONS}
    # What was measured beside the claims, and the rules by which it is put there, come with the evidence.
    compared = len(list(after.quads_for_pattern(None, None, None, COMPARISONS)))
    asked = [set(store.quads_for_pattern(None, None, None, QUERIES)) for store in (before, after)]
    assert compared
    assert asked[0] < asked[1]
    assert built.counts["quads"] == without.counts["quads"] + report["quads"] + compared + len(asked[1] - asked[0])
    assert len(list(after.quads_for_pattern(None, None, None, GRAPH))) == report["quads"]
    assert not build(settings).changed


def test_evidence_may_lie_elsewhere(settings: Settings, tmp_path: Path, folder: Path) -> None:
    elsewhere = folder.parent.rename(tmp_path / "elsewhere")
    assert evidence(settings.evidence_folder) == ()
    assert [one.name for one in evidence(replace(settings, evidence=elsewhere).evidence_folder)] == ["rsf"]


def _other_words(folder: Path) -> None:
    lines = gzip.decompress((folder / "evidence.nq.gz").read_bytes())
    (folder / "evidence.nq.gz").write_bytes(gzip.compress(lines.replace(b"49.72", b"94.72")))


def _default_graph(folder: Path) -> None:
    (folder / "evidence.nq.gz").write_bytes(gzip.compress(b"<http://a/b> <http://a/c> <http://a/d> .\n"))


def _bomb(folder: Path) -> None:
    (folder / "evidence.nq.gz").write_bytes(gzip.compress(b"#" * 30_000_000))


def _torn(folder: Path) -> None:
    packed = (folder / "evidence.nq.gz").read_bytes()
    (folder / "evidence.nq.gz").write_bytes(packed[: len(packed) // 2])


def _no_quads(folder: Path) -> None:
    (folder / "evidence.nq.gz").write_bytes(gzip.compress(b"these are no quads\n"))


def _missing(folder: Path) -> None:
    (folder / "evidence.nq.gz").unlink()


def _no_report(folder: Path) -> None:
    (folder / "report.json").unlink()


def _deep_report(folder: Path) -> None:
    (folder / "report.json").write_text("[" * 100_000, encoding="utf-8")


def _of_another_base(folder: Path) -> None:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    (folder / "report.json").write_text(json.dumps(report | {"base": "https://a.example/"}), encoding="utf-8")


def _without_count(folder: Path) -> None:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    (folder / "report.json").write_text(json.dumps(report | {"quads": None}), encoding="utf-8")


def _without_hash(folder: Path) -> None:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    (folder / "report.json").write_text(json.dumps(report | {"sha256": None}), encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        *(_other_words, _default_graph, _bomb, _torn, _no_quads, _missing, _no_report, _deep_report, _of_another_base),
        *(_without_count, _without_hash),
    ],
)
def test_damaged_evidence_is_refused(damage: Callable[[Path], None], settings: Settings, folder: Path) -> None:
    damage(folder)
    with pytest.raises(SamizdatError) as caught:
        [list(one.quads()) for one in evidence(settings.evidence_folder)]
    assert str(folder) in caught.value.what
    assert caught.value.hint == "import its files again, or remove the folder"


def test_a_build_with_damaged_evidence_publishes_nothing(settings: Settings, folder: Path) -> None:
    _other_words(folder)
    with pytest.raises(SamizdatError, match="is not what was imported"):
        build(settings)
    assert not (settings.snapshots / "current").exists()
