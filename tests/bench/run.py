"""The benchmark: ``make bench``, or ``make bench ARGS="--quads 1200000 --rounds 5"``.

Builds what is not there yet, starts the servers that are installed, measures in rounds and prints the medians.
"""

import argparse
import os
import signal
import sys
from pathlib import Path

from bench import client, report
from bench.generate import ROOT
from bench.measures import Figures, aggregates, first_time, memory, repeated, saved
from bench.servers import NAMES, started
from bench.shapes import endless
from bench.stores import build, read_once

MEASURES = ("repeated", "first", "saved", "aggregates")


def main(arguments: list[str] | None = None) -> int:
    """Measure, print a table and write it into tests/bench/results."""
    chosen = _parsed(arguments)
    if not client.available():
        print("wrk is not installed: apt-get install wrk", file=sys.stderr)
        return 1
    stores = build(chosen.work, chosen.quads)
    facts = report.machine(chosen.quads)
    # Told to end, it ends the servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    figures, pools = Figures(), endless(stores.pools)
    read_once(stores)
    with started(stores, tuple(chosen.servers.split(","))) as servers:
        memory(figures, servers, "at rest")
        for number in range(chosen.rounds):
            print(f"# round {number + 1} of {chosen.rounds}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
            # Another begins in each round: who comes first finds the processor's caches cold.
            servers.append(servers.pop(0))
            if "repeated" in chosen.only:
                repeated(figures, servers, pools, chosen.seconds)
            if "first" in chosen.only:
                first_time(figures, servers, pools, chosen.times)
            if "saved" in chosen.only:
                saved(figures, servers, stores, chosen.seconds)
            if "aggregates" in chosen.only:
                aggregates(figures, servers, pools, 3)
            memory(figures, servers, "after the load")
            facts |= {"load after": os.getloadavg(), "rounds": number + 1}
            text = report.markdown(
                figures, facts, [name for name in NAMES if name in {server.name for server in servers}]
            )
            if not chosen.dry:
                report.write(Path(__file__).parent / "results", figures, facts, text)
    print(text)
    return 0


def _parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quads", type=int, default=120_000, help="how many, at least (120000)")
    parser.add_argument("--rounds", type=int, default=1, help="each server is measured so often, in turn (1)")
    parser.add_argument("--seconds", type=int, default=2, help="of load for each throughput (2)")
    parser.add_argument("--times", type=int, default=30, help="first-time queries of a shape in a round (30)")
    parser.add_argument("--servers", default=",".join(NAMES), help="which, with commas between")
    parser.add_argument("--only", default=",".join(MEASURES), help=f"which of {', '.join(MEASURES)}")
    parser.add_argument("--work", type=Path, default=ROOT / ".samizdat" / "bench", help="the folder of the stores")
    parser.add_argument("--dry", action="store_true", help="print the table, write no results")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
