"""Whoever does the work, the bytes are the same: this process, several, or the machines of a cluster."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from growth_fixtures import at_once, grown, made
from repository import REPOSITORY

from graph.errors import SamizdatError
from graph.growing.batches import run_all
from graph.growing.workers import Alone, Cores, workers
from graph.settings import Settings

distributed = pytest.importorskip("distributed")
SCRIPT = """
import signal, sys, time
from graph.growing.workers import Cores
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background jobs have not
    cores = Cores(2)
    try:
        print(len(list(cores.run(abs, range(100)))), flush=True)
        list(cores.run(time.sleep, [30] * 100))
    finally:
        cores.close()
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("graph.growing.proving.consistent", lambda *_: True)
    return made(tmp_path)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers, each a process of its own, on this machine."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as found:
        yield found


def test_several_processes_give_the_same_bytes(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.growing.workers.FEW", 0)
    cores = Cores(2)
    try:
        assert grown(settings, cores) == at_once(settings)
    finally:
        cores.close()


def test_a_cluster_gives_the_same_bytes(settings: Settings, cluster: Any) -> None:
    with workers(cluster.scheduler_address) as machines:
        assert grown(settings, machines) == at_once(settings)


def end_first_time(task: tuple[str, int]) -> int:
    """Ends the process that is given the seventh task first."""
    mark, number = task
    if number == 7 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return -number


def test_a_worker_that_dies_is_survived(cluster: Any, tmp_path: Path) -> None:
    cluster.wait_for_workers(2)
    with workers(cluster.scheduler_address) as machines:
        tasks = [(str(tmp_path / "ended"), number) for number in range(12)]
        assert list(machines.run(end_first_time, tasks, size=1)) == [-number for number in range(12)]
    assert (tmp_path / "ended").exists()


def test_workers_of_another_release_are_refused(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster.wait_for_workers(2)
    monkeypatch.setattr("graph.growing.machines.release", other_release)
    with pytest.raises(SamizdatError, match="another release"), workers(cluster.scheduler_address):
        pass


def other_release() -> str:
    """Another one in each process."""
    return str(os.getpid())


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.growing.machines.PATIENCE", 0.5)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(SamizdatError, match="no Dask scheduler answers"), workers(f"tcp://127.0.0.1:{port}"):
            pass


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_all_processes_end_with_the_first(sent: signal.Signals) -> None:
    """An interrupt at the terminal is sent to all of them, another signal to the first alone."""
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT], env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True, text=True,
    ) as run:  # fmt: skip
        try:
            assert run.stdout is not None
            assert run.stdout.readline() == "100\n"
            (os.killpg if sent is signal.SIGINT else os.kill)(run.pid, sent)
            assert run.wait(60) != 0
            deadline = time.monotonic() + 30
            while _is_alive(run.pid):
                assert time.monotonic() < deadline, "a process goes on"
                time.sleep(0.05)
        finally:
            if _is_alive(run.pid):
                os.killpg(run.pid, signal.SIGKILL)


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_is_damaged_is_made_again(settings: Settings) -> None:
    expected = grown(settings)
    with sqlite3.connect(settings.home / "cache" / "growth.sqlite") as base:
        base.execute(HALF)
    base.close()
    assert grown(settings) == expected
    file = settings.home / "cache" / "growth.sqlite"
    for content in (b"no database", b""):
        file.write_bytes(content)
        assert grown(settings) == expected
    file.unlink()
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE entries (key BLOB PRIMARY KEY, value BLOB)")  # of another release
    base.close()
    assert grown(settings) == expected
    rmtree(settings.home / "cache")
    (settings.home / "cache").write_text("a file where a folder should be", encoding="utf-8")
    assert grown(settings) == expected


HALF = "UPDATE entries SET value = zeroblob(9) WHERE number < 0"


def test_few_tasks_start_no_process() -> None:
    cores = Cores(2)
    assert list(cores.run(abs, [-1, -2])) == list(Alone().run(abs, [-1, -2])) == run_all(abs, [-1, -2])
    assert cores._pool is None
