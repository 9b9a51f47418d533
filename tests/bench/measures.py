"""The measurements, each a generator of figures: rounds go from server to server, so that a busy moment hits all."""

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.client import Connection, throughput
from bench.servers import Server, samizdat, stop
from bench.shapes import AGGREGATES, FIRST_TIME, SIZES, Pools, filled
from bench.stores import Stores, saved_questions

LONGEST = 20.0
"""Seconds after which no more requests of one kind are sent to a server in a round."""


@dataclass
class Figures:
    """``found[table][row][server]``: one figure a round; ``notes``: what went wrong, once each."""

    found: dict[str, dict[str, dict[str, list[float]]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    )
    notes: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    rows: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, row: str, server: str, figure: float | None) -> None:
        """One figure; a note in place of none."""
        if figure is None:
            self.notes.add(f"{table}, {row}: {server} does not answer")
        else:
            self.found[table][row][server].append(figure)


def repeated(figures: Figures, servers: list[Server], pools: Pools, seconds: int) -> None:
    """Answers a second of one query at 16 connections, as it is and compressed."""
    for size, template in SIZES.items():
        query = filled(template, pools)
        for encoding in ("identity", "gzip"):
            for server in servers:
                target = server.target(query)
                length = len(Connection(server).get(target).body)
                figures.add("bytes", size, server.name, length)
                rate = throughput(server, target, seconds, encoding=encoding)
                figures.add("repeated", f"{size}, {encoding}", server.name, rate)


def first_time(figures: Figures, servers: list[Server], pools: Pools, times: int) -> None:
    """Milliseconds (median) of queries never asked before, one after the other."""
    for row, template in FIRST_TIME.items():
        _ask_in_turn(figures, "first time", row, servers, [filled(template, pools) for _ in range(times)])


def aggregates(figures: Figures, servers: list[Server], pools: Pools, times: int) -> None:
    """Milliseconds (median) of aggregates over the whole graph, never asked before."""
    for row, template in AGGREGATES.items():
        _ask_in_turn(figures, "aggregates", row, servers, [filled(template, pools) for _ in range(times)])


def _ask_in_turn(figures: Figures, table: str, row: str, servers: list[Server], asked: list[str]) -> None:
    if figures.asked & set(asked):
        figures.notes.add(f"{table}, {row}: there are too few things to ask of each only once")
    figures.asked.update(asked)
    sizes: dict[str, int] = {}
    for server in servers:
        connection, began = Connection(server), time.monotonic()
        spent: list[float | None] = []
        for query in asked:
            reply = connection.get(server.target(query))
            sizes.setdefault(server.name, _rows(reply.body))
            spent.append(reply.seconds * 1000 if reply.status == 200 else None)
            if time.monotonic() - began > LONGEST:
                break
        connection.close()
        good = [one for one in spent if one is not None]
        figures.add(table, row, server.name, statistics.median(good) if len(good) == len(spent) else None)
    if len(set(sizes.values())) > 1:
        figures.notes.add(f"{table}, {row}: answers differ in rows: {sizes}")


def saved(figures: Figures, servers: list[Server], stores: Stores, seconds: int) -> None:
    """The saved questions: the first request to a server just started, and answers a second afterwards."""
    texts = saved_questions()
    fresh = samizdat(stores)
    try:
        for row, text in texts.items():
            _first(figures, row, fresh, text)
    finally:
        stop(fresh)
    for row, text in texts.items():
        for server in servers:
            if row in server.crashes:
                figures.notes.add(f"saved, {row}: ends {server.name}, so it is not asked")
            elif server.name != "samizdat":
                _first(figures, row, server, text)
    for row in THROUGHPUT:
        for server in servers:
            rate = throughput(server, server.target(texts[row]), seconds, encoding="gzip")
            figures.add("saved, answers a second", row, server.name, rate)


def _first(figures: Figures, row: str, server: Server, text: str) -> None:
    connection = Connection(server)
    connection.get(server.target("ASK {}"))
    reply = connection.get(server.target(text))
    connection.close()
    rows = _rows(reply.body)
    if figures.rows.setdefault(row, rows) != rows:
        figures.notes.add(f"saved, {row}: {server.name} answers {rows} rows, samizdat {figures.rows[row]}")
    figures.add("saved, first request", row, server.name, reply.seconds * 1000 if reply.status == 200 else None)


def _rows(body: bytes) -> int:
    """The rows of a SPARQL JSON answer, or the triples of a graph; 0 for ASK."""
    try:
        answer = json.loads(body)
    except ValueError:
        return body.count(b" .\n")
    return len(answer["results"]["bindings"]) if "results" in answer else 0


THROUGHPUT = (
    "claims-in-tension", "derivations-by-axiom", "media-control", "names-as-printed", "sources", "uncertain-dates",
    "who-is-heard", "who-succeeded-whom",
)  # fmt: skip
"""Questions that go over the whole graph."""


def memory(figures: Figures, servers: list[Server], moment: str) -> None:
    """MB of each server, as it is."""
    for server in servers:
        figures.add("memory", moment, server.name, server.memory())


def medians(figures: Figures) -> Iterator[tuple[str, str, str, float, list[float]]]:
    """Table, row, server, the median and all rounds."""
    for table, rows in figures.found.items():
        for row, by_server in rows.items():
            for server, values in by_server.items():
                yield table, row, server, statistics.median(values), values
