"""The life of executors: closed, killed, interrupted, forked, and orphaned, they leave nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from engine_fixtures import JSON, RUNAWAY, Start, children, engines, executors, filled_store, label, running, soon

from graph.engine import Query
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.errors import EngineUnavailable


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_store(tmp_path_factory.mktemp("engine"))


@pytest.fixture
def start(store: Path) -> Iterator[Start]:
    with engines(store) as starting:
        yield starting


def test_close_ends_everything_and_what_is_under_way(start: Start) -> None:
    before = children(os.getpid()), executors(os.getpid())
    closing = start(Budget(seconds=20))
    with ThreadPoolExecutor(1) as threads:
        runaway = threads.submit(closing.evaluate, Query(RUNAWAY), JSON)
        assert soon(lambda: not runaway.done())
        time.sleep(0.2)
        closing.close()
        assert (children(os.getpid()), executors(os.getpid())) == before
        assert isinstance(runaway.exception(), EngineUnavailable)
    with pytest.raises(EngineUnavailable, match="closed"):
        label(closing, 1)
    closing.close()


def test_an_executor_killed_from_outside(start: Start) -> None:
    before = executors(os.getpid())
    engine = start(Budget(seconds=5))
    assert label(engine, 1) == "label 1"
    (idle,) = executors(os.getpid()) - before
    os.kill(idle, signal.SIGKILL)
    assert soon(lambda: not running(idle))
    assert label(engine, 2) == "label 2", "a dead one is noticed before it is asked"
    with ThreadPoolExecutor(1) as threads:
        runaway = threads.submit(engine.evaluate, Query(RUNAWAY), JSON)
        time.sleep(0.3)
        killed = executors(os.getpid()) - before
        for process in killed:
            os.kill(process, signal.SIGKILL)
        assert isinstance(runaway.exception(), EngineUnavailable)
    assert soon(lambda: not any(map(running, killed)))
    assert label(engine, 3) == "label 3"


WORK = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . { SELECT ?c { ?c ?q ?d } LIMIT 500 } FILTER(STR(?a) != STR(?c)) }"
"""Takes about a second and then has an answer."""


def test_an_interrupted_query_does_not_answer_the_next(start: Start) -> None:
    engine = start(Budget(seconds=5, executors=1))
    assert label(engine, 1) == "label 1"

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    former = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with pytest.raises(KeyboardInterrupt):
            engine.evaluate(Query(WORK), JSON)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
    assert label(engine, 2) == "label 2"


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "missing")
    try:
        with pytest.raises(EngineUnavailable, match="samizdat build"):
            label(engine, 1)
    finally:
        engine.close()


SCRIPT = """
import os, signal, sys, threading, time
from pathlib import Path
from graph.engine import Formats, Query
from graph.engine.embedded import Budget, EmbeddedEngine

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM, signal.SIGTERM])
formats = Formats("application/sparql-results+json", None)
engine = EmbeddedEngine(Path(sys.argv[1]), Budget(seconds=30, executors=2))
"""


def script(store: Path, rest: str) -> "subprocess.Popen[str]":
    library = os.pathsep.join([str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", SCRIPT + rest, str(store), RUNAWAY]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": library})


def test_nothing_outlives_a_parent_that_is_killed(store: Path) -> None:
    asking = """
threading.Thread(target=engine.evaluate, args=(Query(sys.argv[2]), formats), daemon=True).start()
time.sleep(0.2)
engine.evaluate(Query("ASK {}"), formats)
print("ready", flush=True)
time.sleep(60)
"""
    with script(store, asking) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "ready\n"
        assert soon(lambda: len(executors(parent.pid)) == 3), "two that were needed and a spare one"
        left = executors(parent.pid) | children(parent.pid)
        assert len(left) == 4, "and what they are forked from"
        parent.kill()
        assert soon(lambda: not any(map(running, left)), 2), "long before the deadline"


def test_a_forked_process_has_executors_of_its_own(store: Path) -> None:
    forking = """
ask = lambda text: engine.evaluate(Query(text), formats).body
threading.excepthook = lambda _: None
for _ in range(2):
    threading.Thread(target=ask, args=(sys.argv[2],), daemon=True).start()
time.sleep(0.2)
forked = os.fork()
if forked:
    assert os.waitpid(forked, 0)[1] == 0
    print("answered")
    engine.close()
else:
    for number in range(100):
        assert b'"%d"' % number in ask(f"SELECT ({number} AS ?n) {{}}")
    engine.close()
    os._exit(0)
"""
    with script(store, forking) as parent:
        assert parent.stdout
        assert parent.stdout.read() == "answered\n", "in the parent both executors were busy"


def test_an_executor_outlives_the_deadline_of_what_it_has_answered(start: Start) -> None:
    before = executors(os.getpid())
    engine = start(Budget(seconds=2))
    assert label(engine, 1) == "label 1"
    kept = executors(os.getpid()) - before
    time.sleep(2.1)
    assert label(engine, 2) == "label 2"
    assert executors(os.getpid()) - before == kept


def priority(process: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, process)


def test_a_long_query_gives_way_to_short_ones(start: Start) -> None:
    before = executors(os.getpid())
    engine = start(Budget(seconds=60, executors=1))
    (process,) = executors(os.getpid()) - before
    with ThreadPoolExecutor(1) as threads:
        work = threads.submit(engine.evaluate, Query(WORK.replace("500", "150")), JSON)
        assert soon(lambda: priority(process) > priority(0)), "it has run for more than a moment"
        work.result()
    assert label(engine, 2) == "label 2"
    left = executors(os.getpid()) - before
    assert {priority(each) for each in left} == {priority(0)}, "short again, it waits for nobody"
