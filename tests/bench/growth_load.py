"""From editorials to a snapshot, as YAML and as lines, against plain ``oxigraph load`` of the same quads.

``python -m bench.growth_load --editorials 1000 10000`` (with tests/ on the path) writes results/growth-load.md. Every
build begins with nothing remembered. Whether YAML and lines make the same snapshot is looked at too.
"""

import argparse
import gzip
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread

from bench.claim_files import write
from bench.generate import ROOT
from bench.servers import Server
from graph.dataset import DataFiles
from graph.feeding.converting import write_lines
from graph.snapshot import Snapshot, Snapshots

RESULTS = Path(__file__).parent / "results" / "growth-load.md"
EVERY = 0.3
"""Seconds between looks at the memory: each goes through all pages."""
LOADS = 3
"""How often `oxigraph load` is measured: its median counts."""
UNDERSTANDING = ("reading", "comparing quotes with their texts", "validating", "reasoning", "proving")
"""Stages of a build that `oxigraph load` has none of: what is said is read, checked, encoded, reasoned over, proved."""
STORING = ("collecting", "sorting", "packing", "writing", "loading")


@dataclass(frozen=True)
class Run:
    """One program: its seconds, those of the processor, the most memory (MB) and the load average at its end."""

    seconds: float
    processor: float
    memory: float
    load: float
    stages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """What was measured with so many editorials."""

    editorials: int
    claims: int
    quads: int
    runs: Mapping[str, Run]


def measured(editorials: int, folder: Path) -> Figures:
    """Everything, of a data folder of this size."""
    write(folder / "yaml", editorials)
    lines = _lines_of(folder / "yaml", folder / "lines")
    runs = {}
    snapshots = []
    for kind, data in (("YAML", folder / "yaml"), ("lines", folder / "lines")):
        _say(f"building {editorials:,} editorials from {kind}")
        home = folder / f"home-{kind}"
        run = _timed([sys.executable, "-m", "server.cli", "build"], {"SAMIZDAT_DATA": data, "SAMIZDAT_HOME": home})
        snapshot = Snapshots(home / "snapshots").current()
        runs[f"build from {kind}"] = replace(run, stages=snapshot.timings["timings"])
        snapshots.append(snapshot)
    if snapshots[0].id != snapshots[1].id:
        raise ValueError("YAML and lines have made two snapshots")
    _say("feeding")
    (folder / "fed").mkdir()
    feed = [sys.executable, "-m", "server.cli", "feed", str(lines)]
    runs["feed"] = _timed(feed, {"SAMIZDAT_DATA": folder / "fed", "SAMIZDAT_HOME": folder / "home-feed"})
    _say("loading")
    runs["oxigraph load"] = _loaded(snapshots[0], folder)
    counts = snapshots[0].manifest["counts"]
    return Figures(editorials, counts["claims"], counts["quads"], runs)


def _lines_of(data: Path, folder: Path) -> Path:
    """The same data as lines in a data folder, and all of it as one stream."""
    found = DataFiles.of(data)
    write_lines(found.entities, folder / "entities" / "all.jsonl")
    write_lines(found.claims, folder / "claims" / "all.jsonl")
    stream = folder / "stream.jsonl"
    write_lines([*found.entities, *found.claims], stream)
    return stream


def _loaded(snapshot: Snapshot, folder: Path) -> Run:
    """The median of several loads, each into a new store."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if program is None:
        raise FileNotFoundError("oxigraph is not installed")
    quads = folder / "data.nq"
    with gzip.open(snapshot.nquads_path) as packed, quads.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked)
    runs = []
    for number in range(LOADS):
        store = folder / f"store-{number}"
        runs.append(_timed([program, "load", "--location", str(store), "--file", str(quads)], {}))
        shutil.rmtree(store)
    seconds, processor = (median(found) for found in zip(*((run.seconds, run.processor) for run in runs), strict=True))
    return Run(seconds, processor, max(run.memory for run in runs), runs[-1].load)


def _timed(command: Sequence[str], settings: Mapping[str, Path]) -> Run:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAMIZDAT_")}
    environment |= {"PYTHONPATH": str(ROOT)} | {name: str(value) for name, value in settings.items()}
    begun, before = time.perf_counter(), _processor()
    silent, told = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdout=silent, stderr=told) as process, _watched(process) as watch:
        _, errors = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{command}: {errors.decode()[-2000:]}")
    return Run(time.perf_counter() - begun, _processor() - before, watch.most, os.getloadavg()[0])


def _processor() -> float:
    """Seconds of the processor that all children which have ended took, and theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _watched:
    """Looks again and again how much memory a process and its children have; shared pages in equal parts."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._server = Server("", process, 0, "")
        self._ended = Event()
        self._thread = Thread(target=self._look)
        self.most = 0.0

    def __enter__(self) -> "_watched":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(EVERY):
            self.most = max(self.most, self._server.memory())


def report(found: Sequence[Figures]) -> str:
    """The figures as a page."""
    return "\n".join([*_head(), *(line for figures in found for line in _table(figures))]) + "\n"


def _head() -> Iterator[str]:
    yield "# From editorials to a snapshot, against `oxigraph load`"
    yield ""
    yield f"`python -m bench.growth_load`, {datetime.now(UTC):%Y-%m-%d}, {len(os.sched_getaffinity(0))} cores."
    yield "Data: `bench.claim_files`. Each build begins with nothing remembered; YAML and lines made the same snapshot."
    yield "Others worked on the same machine (load average at the end of each run): ratios are worth more than figures."


def _table(figures: Figures) -> Iterator[str]:
    load = figures.runs["oxigraph load"]
    yield ""
    yield f"## {figures.editorials:,} editorials, {figures.claims:,} claims, {figures.quads:,} quads"
    yield ""
    yield "| | s | editorials/s | quads/s | times `oxigraph load` | of processor time | MB at most | load |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, run in figures.runs.items():
        times = run.processor / load.processor
        rest = f"{run.processor:.1f} s, {times:.1f} times | {run.memory:,.0f} | {run.load:.1f}"
        yield _row(name, run.seconds, figures, load, rest)
        for what, stages in _parts(run):
            yield _row(f"… {what}", sum(run.stages.get(stage, 0) for stage in stages), figures, load, "| |")
    yield ""
    for name, run in figures.runs.items():
        if run.stages:
            yield f"Stages of the {name}: " + ", ".join(f"{stage} {took:.1f}" for stage, took in run.stages.items())


def _parts(run: Run) -> Iterator[tuple[str, Sequence[str]]]:
    if run.stages:
        yield "read, checked and encoded", ("reading", "comparing quotes with their texts")
        yield "the same, with shapes, rules and proofs", UNDERSTANDING
        yield "quads sorted, written and in the store", STORING
        yield "dumps and prepared answers", ("dumping", "answering")


def _row(name: str, seconds: float, figures: Figures, load: Run, rest: str) -> str:
    rates = f"{figures.editorials / seconds:,.0f} | {figures.quads / seconds:,.0f}" if seconds else "|"
    return f"| {name} | {seconds:.1f} | {rates} | {seconds / load.seconds:.1f} | {rest} |"


def _say(what: str) -> None:
    print(f"# {datetime.now(UTC):%H:%M:%S} {what}", file=sys.stderr, flush=True)


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--editorials", type=int, nargs="+", default=[1000])
    parser.add_argument("--output", type=Path, default=RESULTS)
    chosen = parser.parse_args()
    found = []
    for editorials in chosen.editorials:
        with TemporaryDirectory(prefix="samizdat-growth-") as folder:
            found.append(measured(editorials, Path(folder)))
        chosen.output.write_text(report(found), encoding="utf-8")


if __name__ == "__main__":
    main()
