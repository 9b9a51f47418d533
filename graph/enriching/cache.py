"""Answers of endpoints, kept on disk under the hash of endpoint and query, each with its time and its ETag.

An answer is there whole or not at all, so whoever was interrupted goes on where he was. The folder is readable by its
owner alone: what somebody has looked up says whom he is interested in.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from graph.files.opening import bytes_of


@dataclass(frozen=True)
class Kept:
    """An answer as it came; ``fetched`` is the time in UTC, as ISO 8601 writes it."""

    endpoint: str
    query: str
    fetched: str
    etag: str
    answer: str


class Cache:
    """One folder; it is made when the first answer comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, endpoint: str, query: str) -> Kept | None:
        """The answer to this query; None if there is none, or what is there is none."""
        try:
            found = json.loads(bytes_of(self._file(endpoint, query)))
            kept = Kept(**found)
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        whole = all(isinstance(value, str) for value in asdict(kept).values())
        return kept if whole and (kept.endpoint, kept.query) == (endpoint, query) else None

    def put(self, kept: Kept) -> None:
        """Keep an answer in place of an older one."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = json.dumps(asdict(kept), ensure_ascii=False, indent=1)
        with NamedTemporaryFile("w", encoding="utf-8", dir=self.folder, prefix=".", delete=False) as beside:
            try:
                beside.write(content)
                beside.flush()
                os.replace(beside.name, self._file(kept.endpoint, kept.query))
            except BaseException:
                with suppress(FileNotFoundError):
                    os.unlink(beside.name)
                raise

    def _file(self, endpoint: str, query: str) -> Path:
        name = sha256("\n".join((endpoint, query)).encode()).hexdigest()
        return self.folder / f"{name}.json"
