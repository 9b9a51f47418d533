"""What has been loaded into an engine from here: a digest for each graph, noted as soon as it is there.

One file for each engine, of one JSON object a line; whoever is killed leaves a file that says what was done.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class Journal:
    """The journal of one engine."""

    path: Path

    @classmethod
    def of(cls, endpoint: str, home: Path) -> "Journal":
        """The one of the engine at this address, below ``home``; it need not exist."""
        return cls(home / "publishing" / f"{sha256(endpoint.encode()).hexdigest()[:16]}.jsonl")

    def loaded(self) -> dict[str, str]:
        """The digest of each graph that is there, or ``begun`` for one that may be there in part."""
        found: dict[str, str] = {}
        for entry in self._entries():
            if entry.get("digest"):
                found[entry["graph"]] = entry["digest"]
            elif "graph" in entry:
                found.pop(entry["graph"], None)
        return found

    def snapshot(self) -> str | None:
        """The id of the snapshot that the engine was last made to hold, whole; None if there was none."""
        names = [entry["complete"] for entry in self._entries() if "complete" in entry]
        return names[-1] if names else None

    def note(self, iri: str, digest: str) -> None:
        """The graph is there."""
        self._append({"graph": iri, "digest": digest})

    def forget(self, iri: str) -> None:
        """The graph is gone."""
        self._append({"graph": iri})

    def clear(self) -> None:
        """Whatever the engine holds, nothing of it is known."""
        self.path.unlink(missing_ok=True)

    def complete(self, snapshot: str) -> None:
        """The engine holds this snapshot, and the journal is no longer than it has to be."""
        entries = [{"graph": iri, "digest": digest} for iri, digest in self.loaded().items()]
        lines = "".join(f"{json.dumps(entry)}\n" for entry in (*entries, {"complete": snapshot}))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(".new")
        beside.write_text(lines, encoding="utf-8")
        beside.replace(self.path)

    def _append(self, entry: dict[str, str]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(entry)}\n")

    def _entries(self) -> Iterator[dict[str, str]]:
        """What was written; a last line that was broken off is none."""
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        for line in lines:
            try:
                yield json.loads(line)
            except ValueError:
                continue
