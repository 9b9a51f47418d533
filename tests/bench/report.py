"""What was measured, as tables for people (Markdown) and as one file for later (JSON), with the machine's facts."""

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.measures import Figures

TITLES = {
    "bytes": "Size of the repeated answers (bytes)",
    "repeated": "Repeated answers (a second, 16 connections)",
    "first time": "First-time queries (ms, median, one connection)",
    "saved, first request": "Saved questions: first request after publishing (ms)",
    "saved, answers a second": "Saved questions over the whole graph (answers a second, 16 connections)",
    "aggregates": "Ad-hoc aggregates over the whole graph (ms, median)",
    "memory": "Memory (MB)",
}
MORE_IS_BETTER = {"repeated", "saved, answers a second"}


def machine(quads: int) -> dict[str, Any]:
    """What the figures depend on."""
    processor = next(
        (line.partition(": ")[2] for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), ""
    )
    with open("/proc/meminfo") as file:
        memory = int(file.readline().split()[1]) // 1024
    return {
        "quads": quads, "at": datetime.now(UTC).isoformat(timespec="seconds"), "processor": processor,
        "cores": os.cpu_count(), "memory MB": memory, "kernel": platform.release(), "python": platform.python_version(),
        "load": os.getloadavg(), "commit": _said(["git", "rev-parse", "--short", "HEAD"]),
        "versions": {"pyoxigraph": version("pyoxigraph"), "granian": version("granian"),
                     "virtuoso": _said(["dpkg-query", "-W", "-f", "${Version}", "virtuoso-opensource-7-bin"])},
    }  # fmt: skip


def _said(command: list[str]) -> str:
    try:
        return (
            subprocess.run(command, capture_output=True, check=False, cwd=Path(__file__).parent).stdout.decode().strip()
        )
    except OSError:
        return ""


def markdown(figures: Figures, facts: dict[str, Any], names: list[str]) -> str:
    """A table for each kind of measurement: the medians of the rounds, and how we compare."""
    head = (
        f"{facts['quads']:,} quads; {facts['cores']} cores ({facts['processor']}), {facts['memory MB']:,} MB; "
        f"commit {facts['commit']}; medians of {facts['rounds']} rounds; "
        f"load {facts['load'][0]:.1f} before, {facts['load after'][0]:.1f} after.\n"
    )
    tables = [_table(table, rows, names) for table, rows in figures.found.items()]
    notes = "".join(f"- {note}\n" for note in sorted(figures.notes))
    return "\n".join([head, *tables, *([f"Notes\n\n{notes}"] if notes else [])])


def _table(table: str, rows: dict[str, dict[str, list[float]]], names: list[str]) -> str:
    others = [name for name in names if name != "samizdat"]
    lines = [f"| {TITLES[table]} | {' | '.join([*names, *(f'against {name}' for name in others)])} |"]
    lines.append("|---" + "|---:" * (len(names) + len(others)) + "|")
    for row, values in rows.items():
        medians = {name: statistics.median(found) for name, found in values.items() if found}
        cells = [_number(medians.get(name)) for name in names] + list(_ratios(table, medians, others))
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _ratios(table: str, medians: dict[str, float], others: list[str]) -> Iterator[str]:
    """How many times an other's throughput, or time, ours is."""
    for name in others:
        known = "samizdat" in medians and medians.get(name)
        ratio = medians["samizdat"] / medians[name] if known else None
        yield "" if ratio is None else f"{ratio:,.0f} x" if ratio >= 20 else f"{ratio:.2f} x"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def write(folder: Path, figures: Figures, facts: dict[str, Any], text: str) -> None:
    """Both files, named by the number of quads; those of an earlier run are replaced."""
    folder.mkdir(exist_ok=True)
    whole = {"machine": facts, "notes": sorted(figures.notes), "figures": figures.found}
    name = f"quads-{facts['quads']}"
    (folder / f"{name}.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
