"""Every bound on a query is held: time, memory, nesting, the answer's size, and the number of processes."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from engine_fixtures import (
    HOSTILE,
    JSON,
    PRECISION,
    RUNAWAY,
    SIZE,
    Start,
    children,
    engines,
    executors,
    filled_store,
    label,
    soon,
)

from graph.engine import Query
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.engine.results import ask
from graph.errors import AnswerTooLarge, EngineUnavailable, QueryMemoryExceeded, QueryRefused, QueryTimeout


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_store(tmp_path_factory.mktemp("engine"))


@pytest.fixture(scope="module")
def engine(store: Path) -> Iterator[EmbeddedEngine]:
    with engines(store) as start:
        yield start(Budget(seconds=5, executors=4))


@pytest.fixture
def start(store: Path) -> Iterator[Start]:
    with engines(store) as starting:
        yield starting


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_deadline_is_kept(engine: EmbeddedEngine, text: str) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"0\.4 s"):
        engine.evaluate(Query(text), JSON, timeout=0.4)
    assert 0.4 <= time.monotonic() - began < 0.4 + PRECISION


def test_a_timeout_lowers_the_bound_and_never_raises_it(start: Start) -> None:
    small = start(Budget(seconds=0.3))
    began = time.monotonic()
    with pytest.raises(QueryTimeout):
        small.evaluate(Query(RUNAWAY), JSON, timeout=60)
    assert time.monotonic() - began < 0.3 + PRECISION


def test_lookups_are_answered_while_others_run_away(start: Start) -> None:
    busy = start(Budget(seconds=5, executors=5))
    with ThreadPoolExecutor(4) as threads:
        runaways = [threads.submit(busy.evaluate, Query(text), JSON) for text in list(HOSTILE.values())[:4]]
        time.sleep(0.2)
        answered = 0
        while not any(runaway.done() for runaway in runaways):
            assert label(busy, answered % SIZE, timeout=4) == f"label {answered % SIZE}"
            answered += 1
    assert answered > 20
    assert all(isinstance(runaway.exception(), QueryRefused) for runaway in runaways)


def test_a_query_waits_for_an_executor_no_longer_than_its_deadline(start: Start) -> None:
    single = start(Budget(seconds=5, executors=1))
    with ThreadPoolExecutor(1) as threads:
        runaway = threads.submit(single.evaluate, Query(RUNAWAY), JSON, timeout=1)
        time.sleep(0.1)
        began = time.monotonic()
        with pytest.raises(EngineUnavailable, match="busy"):
            label(single, 1, timeout=0.2)
        assert 0.2 <= time.monotonic() - began < 0.2 + PRECISION
        assert label(single, 1) == "label 1", "after the runaway's end its place is filled anew"
    assert isinstance(runaway.exception(), QueryTimeout)


def test_memory_is_bounded(start: Start) -> None:
    small = start(Budget(seconds=20, memory_bytes=160 * 1024**2))
    double = " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
    for text in (HOSTILE["sort"], f"SELECT * {{ BIND('x' AS ?x0) {double} }}"):
        with pytest.raises(QueryMemoryExceeded, match="memory"):
            small.evaluate(Query(text), JSON)
    assert label(small, 7) == "label 7"


@pytest.mark.parametrize("nested", ["{" * 100_000 + "}" * 100_000, f"FILTER({'1+' * 500_000}1)"])
def test_nesting_is_bounded(engine: EmbeddedEngine, nested: str) -> None:
    with pytest.raises(QueryMemoryExceeded, match="nested"):
        engine.evaluate(Query(f"ASK {{ {nested} }}"), JSON)


def test_deep_nesting_is_answered(engine: EmbeddedEngine) -> None:
    assert ask(engine.evaluate(Query(f"ASK {{ {'{' * 10_000 + '}' * 10_000} }}"), JSON))


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_the_size_of_an_answer_is_bounded(start: Start, text: str) -> None:
    small = start(Budget(answer_bytes=10_000))
    with pytest.raises(AnswerTooLarge, match="LIMIT"):
        small.evaluate(Query(text), JSON)
    assert len(small.evaluate(Query(f"{text} LIMIT 10"), JSON).body) < 10_000


def test_executors_start_as_they_are_needed(start: Start) -> None:
    before = executors(os.getpid())
    lazy = start(Budget(seconds=0.6, executors=3))
    assert len(executors(os.getpid()) - before) == 1
    with ThreadPoolExecutor(5) as threads:
        futures = [threads.submit(lazy.evaluate, Query(RUNAWAY), JSON) for _ in range(5)]
        assert soon(lambda: len(executors(os.getpid()) - before) == 4), "three at work and a spare one"
        assert all(isinstance(future.exception(), QueryTimeout | EngineUnavailable) for future in futures)
        assert len(executors(os.getpid()) - before) <= 4


def held() -> tuple[int, int, int]:
    """How many files, processes and threads this process has beside those of its forked executors."""
    return files(os.getpid()) - 4 * len(executors(os.getpid())), len(children(os.getpid())), threading.active_count()


def files(process: int) -> int:
    return len(os.listdir(f"/proc/{process}/fd"))


def test_many_kills_leave_nothing_behind(start: Start) -> None:
    before, others = held(), children(os.getpid())
    hunted = start(Budget(executors=3))
    assert label(hunted, 3) == "label 3"
    at_work = held()
    (server,) = children(os.getpid()) - others
    killed = 0
    while killed < 60:
        with pytest.raises((QueryTimeout, EngineUnavailable)) as refused:
            hunted.evaluate(Query(RUNAWAY), JSON, timeout=0.02)
        # On a busy machine a new executor may take longer to start than this query has to wait for one.
        killed += refused.type is QueryTimeout
    assert label(hunted, 3) == "label 3"
    assert soon(lambda: held() == at_work), f"{at_work} became {held()}"
    assert len(children(server)) <= 4, "three and a spare one"
    assert files(server) == 4 + 2 * len(children(server)), "its requests, and two for each executor"
    hunted.close()
    assert soon(lambda: held() == before), f"{before} became {held()}"
