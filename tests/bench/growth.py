"""How long a build takes from nothing, and after one editorial of many has changed.

``python -m bench.growth --editorials 1000`` (with tests/ on the path) writes results/growth.md: on one core, on all,
and with two workers of a Dask cluster on this machine. Each build is a process of its own; nothing here is asserted
but that all of them make the same snapshot.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.claim_files import write
from bench.generate import ROOT

RESULTS = Path(__file__).parent / "results" / "growth.md"
ONE = """
import json, os, sys
from contextlib import nullcontext
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
def main():
    from graph.build import build
    from graph.settings import Settings
    cores, cluster = int(sys.argv[1]), None
    if cores:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    else:
        from distributed import LocalCluster
        cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1")
    began, reached = perf_counter(), {}
    def seen(stage):
        reached.setdefault(stage, perf_counter() - began)
    with cluster or nullcontext():
        built = build(Settings.from_environment(), on_stage=seen, scheduler=cluster and cluster.scheduler_address)
    told = {"id": built.snapshot.id, "seconds": built.seconds, "quads": built.counts["quads"]}
    told["served"] = reached["recording"]
    told["memory"] = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**told, "stages": built.snapshot.timings["timings"]}))
if __name__ == "__main__":
    main()
"""
CHECKING = ("reading", "validating", "reasoning", "proving")
"""The stages of what `samizdat check` does."""


@dataclass(frozen=True)
class Run:
    """One build, by what it was: ``told`` is what it says of itself, ``load`` that of the machine as it began.

    ``busy``: seconds of processors that it and all that it started took.
    """

    name: str
    editorials: int
    told: dict[str, Any]
    load: float
    busy: float

    def row(self) -> str:
        """Its line in the table."""
        stages, seconds, quads = self.told["stages"], self.told["seconds"], self.told["quads"]
        checked = sum(stages.get(stage, 0.0) for stage in CHECKING)
        shown = ", ".join(f"{name} {took:.1f}" for name, took in stages.items() if took >= 0.05)
        return (
            f"| {self.editorials:,} | {self.name} | {self.busy:.1f} | {checked:.1f} | {self.told['served']:.1f} | "
            f"{seconds:.1f} | {self.editorials / seconds:,.1f} | {quads / seconds:,.0f} | {self.told['memory']:,.0f} | "
            f"{self.load:.1f} | {shown} |"
        )


def measured(editorials: int, folder: Path, *, only_all_cores: bool) -> list[Run]:
    """Builds from nothing, then one after a change."""
    write(folder / "data", editorials, texts=folder / "texts")
    ways = {"from nothing, all cores": len(os.sched_getaffinity(0))}
    if not only_all_cores:
        ways = {"from nothing, one core": 1, "from nothing, Dask, two workers": 0} | ways
    runs = []
    for name, cores in ways.items():
        rmtree(folder / "home", ignore_errors=True)
        runs.append(_run(name, editorials, folder, cores))
    if len({run.told["id"] for run in runs}) > 1:
        raise ValueError("two ways to build give two snapshots")
    for name, text in (("one label changed", "in other words"), ("another", "in few words")):
        file = sorted((folder / "data" / "claims").rglob("*.yaml"))[editorials // 2]
        said = file.read_text(encoding="utf-8")
        file.write_text(said.replace('"label": "', f'"label": "{text.capitalize()}: ', 1), encoding="utf-8")
        runs.append(_run(f"after a change: {name}", editorials, folder, len(os.sched_getaffinity(0))))
    return runs


def _run(name: str, editorials: int, folder: Path, cores: int) -> Run:
    places = {"SAMIZDAT_DATA": "data", "SAMIZDAT_TEXTS": "texts", "SAMIZDAT_HOME": "home"}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **{key: str(folder / at) for key, at in places.items()}}
    script, load, begun = folder / "one.py", os.getloadavg()[0], perf_counter()
    script.write_text(ONE, encoding="utf-8")
    before = getrusage(RUSAGE_CHILDREN)
    out = subprocess.run([sys.executable, script, str(cores)], env=environment, check=True, stdout=subprocess.PIPE)
    after = getrusage(RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = json.loads(out.stdout.splitlines()[-1])
    print(f"{editorials} {name}: {perf_counter() - begun:.1f} s", file=sys.stderr, flush=True)
    return Run(name, editorials, told, load, busy)


def report(runs: list[Run]) -> str:
    """The table, with what it was measured on."""
    head = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}"
    lines = [
        "# Growth",
        "",
        f"Made by `python -m bench.growth` on {head}. Seconds of the clock; the load is that of the machine",
        "(one minute) when the build began: where it is above the cores, others took their part, and the seconds of",
        "processors tell more. Checking is reading, validating, reasoning and proving: what `samizdat check` does.",
        "Served is when the new snapshot was the current one; answers to saved questions that take long come after it.",
        "Memory is the most that the first process held, in MB.",
        "Every build of one size and state gave the same snapshot.",
        "",
        "| editorials | build | processor s | checking | served | in all | editorials/s | quads/s | memory | load "
        "| stages (s) |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---|",
        *(run.row() for run in runs),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--editorials", type=int, nargs="+", default=[1000])
    parser.add_argument("--only-all-cores", type=int, default=5000, help="from so many editorials on")
    parser.add_argument("--output", type=Path, default=RESULTS)
    chosen = parser.parse_args()
    runs: list[Run] = []
    for editorials in chosen.editorials:
        with TemporaryDirectory(prefix="samizdat-growth-") as folder:
            runs += measured(editorials, Path(folder), only_all_cores=editorials >= chosen.only_all_cores)
        chosen.output.write_text(report(runs), encoding="utf-8")


if __name__ == "__main__":
    main()
