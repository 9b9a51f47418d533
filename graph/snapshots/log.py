"""Which snapshot was current when: one line of JSON for each change of ``current``, only ever appended to.

The link is changed first and the line is written after. So a process killed between the two leaves the log one line
short, and every reading makes up for it from the link; a line torn by a loss of power is passed over.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from graph.files.opening import bytes_of

How = Literal["published", "rolled back"]


@dataclass(frozen=True)
class Publication:
    """``snapshot`` (its id) became current ``at`` a moment (ISO 8601, UTC), by being published or rolled back to."""

    snapshot: str
    at: str
    how: How


def read(log: Path) -> tuple[Publication, ...]:
    """Every change of ``current`` that is recorded, oldest first."""
    lines = bytes_of(log).splitlines() if log.exists() else []
    return tuple(entry for line in lines if (entry := _parsed(line)))


def unrecorded(log: Path, link: Path) -> tuple[Publication, ...]:
    """The last change, if the ``link`` tells of it and the log does not; the moment is the link's own."""
    if not link.is_symlink():
        return ()
    name = link.readlink().name
    known = read(log)
    if known and known[-1].snapshot == name:
        return ()
    return (Publication(name, _moment(link.lstat().st_mtime), "published"),)


def append(log: Path, publications: Iterable[Publication]) -> None:
    """The publications added in one write; on a line of their own, even after a torn one."""
    text = "".join(json.dumps(asdict(entry), sort_keys=True) + "\n" for entry in publications)
    if not text:
        return
    torn = log.exists() and not bytes_of(log).endswith(b"\n")
    with log.open("a", encoding="utf-8") as file:
        file.write("\n" + text if torn else text)
        file.flush()
        os.fsync(file.fileno())


def now(snapshot: str, how: How) -> Publication:
    """The snapshot becomes current at this moment."""
    return Publication(snapshot, _moment(datetime.now(UTC).timestamp()), how)


def trail(publications: Iterable[Publication]) -> list[str]:
    """The snapshots that rolling back goes through, the current one last.

    Publishing steps forward and rolling back steps back, as in a browser's history: rolling back twice goes two back.
    """
    steps: list[str] = []
    for entry in publications:
        if entry.how == "rolled back" and entry.snapshot in steps:
            while steps[-1] != entry.snapshot:
                steps.pop()
        elif steps[-1:] != [entry.snapshot]:
            steps.append(entry.snapshot)
    return steps


def _parsed(line: bytes) -> Publication | None:
    try:
        return Publication(**json.loads(line))
    except (ValueError, TypeError):
        return None


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
