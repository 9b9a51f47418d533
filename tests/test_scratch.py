"""The tests' folders lie in memory only where it has room for them and runs what they write."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
import scratch


@pytest.mark.parametrize(
    ("free", "flags", "is_used"), [(scratch.ROOM, 0, True), (scratch.ROOM - 1, 0, False), (scratch.ROOM, 8, False)]
)
def test_memory_is_used_where_it_has_room_and_runs_programs(
    free: int, flags: int, is_used: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "MEMORY", tmp_path)
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=flags, f_bavail=free, f_frsize=1))
    assert scratch.memory() == (tmp_path if is_used else None)


def test_a_machine_may_have_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "MEMORY", tmp_path / "none")
    assert scratch.memory() is None
