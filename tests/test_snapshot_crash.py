"""Snapshots when processes are killed, or come at the same time: real processes, really killed."""

import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.errors import BuildInProgress
from graph.snapshot import STAGES, Snapshots

ROOT = Path(__file__).parent.parent
NAME = NamedNode("http://example.org/x")

PUBLISH = """
import os, signal, sys
from pathlib import Path
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from graph.errors import BuildInProgress
from graph.snapshot import Snapshots

root, word, stage, deed = sys.argv[1:]
name = NamedNode("http://example.org/x")

def at(now):
    if now == stage and deed == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if now == stage and deed == "wait":
        print("waiting", flush=True)
        sys.stdin.readline()

try:
    Snapshots(Path(root)).publish([Quad(name, name, Literal(word), DefaultGraph())], {}, on_stage=at)
except BuildInProgress as error:
    sys.exit(str(error))
"""

# The audit hook stops the process before the nth time that it does something to a file.
CHANGE = """
import os, signal, sys
from pathlib import Path
from graph.snapshot import Snapshots

root, change, event, left = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])

def hook(name, arguments):
    global left
    if name == event:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hook)
if change == "publish":
    Snapshots(root).publish([], {})
elif change == "prune":
    Snapshots(root).prune(1)
else:
    Snapshots(root).roll_back()
"""


def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", script, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Its return code and what it wrote to standard error."""
    with process:
        errors = process.communicate(timeout=60)[1]
    return process.returncode, errors


def publish(snapshots: Snapshots, word: str) -> str:
    return snapshots.publish([Quad(NAME, NAME, Literal(word), DefaultGraph())], {}).id


def assert_clean(snapshots: Snapshots) -> None:
    """Whole snapshots, and no file that does not belong."""
    for snapshot in snapshots.all():
        snapshot.verify()
    expected = {snapshot.id for snapshot in snapshots.all()} | {"current", "publications.jsonl", "events", ".lock"}
    assert {path.name for path in snapshots.root.iterdir()} == expected


@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_any_stage_the_old_snapshot_is_served_and_no_debris_stays(tmp_path: Path, stage: str) -> None:
    snapshots = Snapshots(tmp_path)
    old = publish(snapshots, "old")
    code, errors = finish(start(PUBLISH, tmp_path, "new", stage, "die"))
    assert (code, errors) == (-signal.SIGKILL, "")

    served = snapshots.current()
    served.verify()
    assert (served.id == old) == (stage not in ("recording", "completing")), "only a finished switch shows"
    assert snapshots.history()[-1].snapshot == served.id

    newest = publish(snapshots, "newest")
    assert snapshots.current().id == newest
    assert_clean(snapshots)
    assert [entry.snapshot for entry in snapshots.history()[-2:]] == [served.id, newest]


@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_any_stage_of_the_first_build_the_next_one_succeeds(tmp_path: Path, stage: str) -> None:
    finish(start(PUBLISH, tmp_path, "new", stage, "die"))
    snapshots = Snapshots(tmp_path)
    assert publish(snapshots, "new") == snapshots.current().id
    assert_clean(snapshots)
    assert len(snapshots.history()) == 1


SWITCHING = [("roll back", "os.symlink", 1), ("roll back", "os.rename", 1)]
PUBLISHING = [("publish", event, 1) for event in ("os.mkdir", "os.chmod", "os.symlink")]
RENAMING = [("publish", "os.rename", 1), ("publish", "os.rename", 2)]


@pytest.mark.parametrize(("change", "event", "count"), PUBLISHING + RENAMING + SWITCHING)
def test_killed_before_a_file_is_touched_the_old_snapshot_is_served(
    tmp_path: Path, change: str, event: str, count: int
) -> None:
    snapshots = Snapshots(tmp_path)
    older, old = publish(snapshots, "older"), publish(snapshots, "old")
    code, errors = finish(start(CHANGE, tmp_path, change, event, count))
    assert (code, errors) == (-signal.SIGKILL, "")
    assert snapshots.current().id == old
    assert snapshots.roll_back().id == older
    assert_clean(snapshots)


@pytest.mark.parametrize(
    ("event", "count"), [("os.rename", 1), ("os.chmod", 1), ("shutil.rmtree", 1), ("os.remove", 5)]
)
def test_killed_while_pruning_no_half_snapshot_stays(tmp_path: Path, event: str, count: int) -> None:
    snapshots = Snapshots(tmp_path)
    old, new = publish(snapshots, "old"), publish(snapshots, "new")
    code, errors = finish(start(CHANGE, tmp_path, "prune", event, count))
    assert (code, errors) == (-signal.SIGKILL, "")

    assert snapshots.current().id == new
    assert [snapshot.id for snapshot in snapshots.all()] == ([new, old] if event == "os.rename" else [new])
    snapshots.prune(2)
    assert_clean(snapshots)


def test_a_second_builder_is_told_who_is_building(tmp_path: Path) -> None:
    first = start(PUBLISH, tmp_path, "first", "loading", "wait")
    assert first.stdout is not None
    first.stdout.readline()
    snapshots = Snapshots(tmp_path)
    for change in (lambda: publish(snapshots, "second"), snapshots.roll_back, lambda: snapshots.prune(1)):
        with pytest.raises(BuildInProgress, match=f"process {first.pid} is publishing"):
            change()
    first.stdin.write("\n") if first.stdin else None
    assert finish(first) == (0, "")
    assert publish(snapshots, "second") == snapshots.current().id
    assert_clean(snapshots)
    assert len(snapshots.all()) == 2


def test_the_lock_of_a_killed_builder_is_free(tmp_path: Path) -> None:
    first = start(PUBLISH, tmp_path, "first", "loading", "wait")
    assert first.stdout is not None
    first.stdout.readline()
    os.kill(first.pid, signal.SIGKILL)
    finish(first)
    publish(Snapshots(tmp_path), "second")
    assert_clean(Snapshots(tmp_path))


def test_of_many_at_once_each_publishes_or_is_told(tmp_path: Path) -> None:
    outcomes = [finish(process) for process in [start(PUBLISH, tmp_path, word, "", "") for word in "abcd"]]
    assert 0 in {code for code, _ in outcomes}
    assert all(code == 0 or re.search("process .* is publishing", errors) for code, errors in outcomes), outcomes
    snapshots = Snapshots(tmp_path)
    snapshots.current().verify()
    assert len(snapshots.all()) == sum(code == 0 for code, _ in outcomes)
    assert_clean(snapshots)


def test_whoever_reads_meanwhile_always_finds_a_whole_snapshot(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    publish(snapshots, "first")
    done = Event()

    def read() -> int:
        times = 0
        while not done.is_set():
            snapshots.current().verify()
            times += 1
        return times

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        for word in range(5):
            publish(snapshots, str(word))
        done.set()
        assert reading.result(timeout=60) > 0
