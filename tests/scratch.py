"""Where the folders of the tests lie: in memory where it can be had, for publishing waits for the disk every time."""

import os
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 << 30
"""Bytes that must be free there; the tests leave some 200 MB, and what lies there takes memory from all else."""


def memory() -> Path | None:
    """The folder in memory, where the machine has one that holds the tests' files and runs their programs."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK | os.X_OK):
        return None
    found = os.statvfs(MEMORY)
    runs = not found.f_flag & os.ST_NOEXEC
    return MEMORY if runs and found.f_bavail * found.f_frsize >= ROOM else None
