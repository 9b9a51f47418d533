"""A store, an engine over it, queries that run away, and a look at processes: shared by the tests of the engines."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pyoxigraph as ox

from graph.engine import Formats, Query
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.engine.results import table

JSON = Formats("application/sparql-results+json", "text/turtle")
E = "http://example.org/"
SIZE = 3000
PRECISION = 0.2
"""Seconds past its deadline within which a query has its error."""

RUNAWAY = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?s{i} ?p{i} ?o{i} .' for i in range(9))} }}"
NUMBERS = " ".join(map(str, range(1000)))
HOSTILE = {
    "values": f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?v{i} {{ {NUMBERS} }}' for i in range(5))} }}",
    "star path": f"SELECT (COUNT(*) AS ?n) {{ ?a <{E}next>* ?b . ?b <{E}next>* ?c }}",
    "sort": "SELECT * { ?a ?p ?b . ?c ?q ?d } ORDER BY ?d ?b",
    "distinct": "SELECT DISTINCT ?a ?c ?d { ?a ?p ?b . ?c ?q ?d }",
    "group_concat": "SELECT (GROUP_CONCAT(?x) AS ?y) "
    "{ SELECT ?a (GROUP_CONCAT(?d) AS ?x) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } GROUP BY ?a }",
    "construct": "CONSTRUCT { ?a ?q ?d } { ?a ?p ?b . ?c ?q ?d }",
}


def example(name: str) -> ox.NamedNode:
    return ox.NamedNode(E + name)


def filled_store(folder: Path) -> Path:
    """A cycle with labels in the default graph, one triple in each of two named graphs."""
    path = folder / "store"
    filled = ox.Store(str(path))
    filled.bulk_extend(
        ox.Quad(example(f"n{i}"), predicate, found, ox.DefaultGraph())
        for i in range(SIZE)
        for predicate, found in (
            (example("next"), example(f"n{(i + 1) % SIZE}")),
            (example("label"), ox.Literal(f"label {i}", language="en")),
        )
    )
    filled.bulk_extend(ox.Quad(example(g), example("in"), ox.Literal(g), example(g)) for g in ("g1", "g2"))
    filled.flush()
    return path


Start = Callable[[Budget], EmbeddedEngine]


@contextmanager
def engines(store: Path) -> Iterator[Start]:
    """Starts engines over the store, with budgets of their own, and closes them all."""
    with ExitStack() as stack:
        yield lambda budget: stack.enter_context(closing(EmbeddedEngine(store, budget)))


def label(engine: EmbeddedEngine, number: int, *, timeout: float | None = None) -> str:
    query = Query(f"SELECT ?label {{ <{E}n{number}> <{E}label> ?label }}")
    return table(engine.evaluate(query, JSON, timeout=timeout)).rows[0]["label"].value


def children(parent: int) -> set[int]:
    """The processes that a process has started and that are not gone, zombies included."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text()
        except OSError:
            continue
        if int(status.rpartition(")")[2].split()[1]) == parent:
            found.add(int(folder.name))
    return found


def executors(parent: int) -> set[int]:
    """The executors of a process that have been forked: the children of its children."""
    return {below for child in children(parent) for below in children(child)}


def running(process: int) -> bool:
    """Whether any thread of the process is left: its first one may be gone before the others."""
    folder = Path(f"/proc/{process}")
    try:
        threads = len(list((folder / "task").iterdir()))
        return threads > 1 or (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def soon(condition: Callable[[], bool], seconds: float = 5) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.01)
    return condition()
