"""The access log: one JSON object a line for each request, without what would tell who asked what.

Our readers may be at risk. The log is off unless asked for, holds no query and nothing else of an address after its
path, and no client's address unless a setting says so. A query is known by its hash alone: equal queries can be
counted, and one that somebody reports can be found.
"""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from graph.errors import SamizdatError
from server.settings import ServerSettings
from server.watching.noting import CACHE, NOTE, NOTHING, Note

STDERR = "stderr"
LONGEST = 300
"""Characters of a path that are kept."""


class AccessLog:
    """Where the lines go. Each is one write to a file opened for appending, so that none are mixed."""

    def __init__(self, settings: ServerSettings) -> None:
        """Open what SAMIZDAT_ACCESS_LOG names, readable by its owner alone; SamizdatError if that cannot be done."""
        self._clients = settings.log_clients
        self._file = _opened(settings.access_log)

    @property
    def kept(self) -> bool:
        """Whether there is a log."""
        return self._file is not None

    def write(self, environ: Mapping[str, Any], status: str, headers: Mapping[str, str], seconds: float) -> None:
        """Log one request, ``status`` as three digits and the names of headers in small letters, if there is a log."""
        if self._file is None:
            return
        line = json.dumps(self.record(environ, status, headers, seconds)) + "\n"
        os.write(self._file, line.encode("ascii"))

    def record(
        self, environ: Mapping[str, Any], status: str, headers: Mapping[str, str], seconds: float
    ) -> dict[str, Any]:
        """What is logged of a request; ``headers`` are the answer's, their names in small letters."""
        note: Note = environ.get(NOTE, NOTHING)
        found = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "method": environ["REQUEST_METHOD"][:20],
            "path": environ.get("PATH_INFO", "")[:LONGEST],
            "status": int(status),
            "bytes": 0 if environ["REQUEST_METHOD"] == "HEAD" else int(headers.get("content-length", 0)),
            "seconds": round(seconds, 6),
            "kind": note.kind,
            "query": note.query or None,
            "snapshot": note.snapshot or None,
            "cache": environ.get(CACHE),
        }
        return found | {"client": environ.get("REMOTE_ADDR")} if self._clients else found

    def close(self) -> None:
        """Close the file; standard error stays open."""
        if self._file not in (None, 2):
            os.close(self._file)
        self._file = None


def _opened(name: str) -> int | None:
    if not name:
        return None
    if name == STDERR:
        return 2
    try:
        return os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    except OSError as error:
        what = f"SAMIZDAT_ACCESS_LOG is {name!r}, which cannot be written: {(error.strerror or str(error)).lower()}"
        raise SamizdatError(what, "name a file in a folder that may be written, or stderr") from None
