"""The review file: who of a data set may be who of the graph, for a person to decide.

    matches:
      - evidence: party/popolo-kazakhstan-assembly-1-6b86b273
        known: party/nur-otan
        decision: unsure

``decision`` is ``same``, ``different`` or ``unsure``. A build says owl:sameAs of the same, and of nobody else. A later
import adds what is new at the end and leaves every line as it is.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph import iris
from graph.errors import InvalidInput, Problem
from graph.files.yaml_reader import Document, read
from graph.importing.reconciling import Candidate

NAME = "review.yaml"
DECISIONS = ("same", "different", "unsure")
_KEYS = {"evidence", "known", "name", "knownName", "score", "why", "decision"}
_HEAD = """\
# Who of this data set may be who of the graph. Decide each one: same, different or unsure; then `samizdat build`.
# Only of those that are the same the graph says so (owl:sameAs). Nothing here is decided by a program.
matches:
"""


def decided(file: Path) -> list[tuple[str, str]]:
    """The pairs of IRIs that a person has found to be the same; ``InvalidInput`` where the file is wrong."""
    return [
        (iris.ID + item["evidence"], iris.ID + item["known"]) for item in _matches(file) if item["decision"] == "same"
    ]


def carry(old: Path, new: Path, candidates: Sequence[Candidate]) -> int:
    """Put the review file of the folder ``old`` into ``new``, with new candidates at its end.

    Returns how many are undecided; makes no file where nobody has to decide anything.
    """
    matches: list[dict[str, Any]] = []
    target = new / NAME
    if (old / NAME).exists():
        matches = _matches(old / NAME)
        shutil.copyfile(old / NAME, target)
    known = {(item["evidence"], item["known"]) for item in matches}
    fresh = [item for item in sorted(candidates) if (item.evidence, item.known) not in known]
    if fresh:
        start = target.read_text(encoding="utf-8") if target.exists() else _HEAD
        start += "" if start.endswith("\n") else "\n"
        target.write_text(start + "".join(map(_written, fresh)), encoding="utf-8")
    return len(fresh) + len([item for item in matches if item["decision"] == "unsure"])


def _written(item: Candidate) -> str:
    fields = {"evidence": item.evidence, "known": item.known, "name": item.name, "knownName": item.known_name}
    fields |= {"score": item.score, "why": item.why, "decision": "unsure"}  # type: ignore[dict-item]
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "  - " + "\n    ".join(lines) + "\n"


def _matches(file: Path) -> list[dict[str, Any]]:
    document = read(file)
    data = document.data
    matches = data.get("matches") if isinstance(data, dict) and data.keys() == {"matches"} else None
    if not isinstance(matches, list):
        raise InvalidInput(
            [document.problem((), "no list of matches", "write matches: and the list below it", "review")]
        )
    problems = [problem for at, item in enumerate(matches) if (problem := _problem(document, at, item)) is not None]
    if problems:
        raise InvalidInput(problems)
    return matches


def _problem(document: Document, at: int, item: Any) -> Problem | None:
    steps = ("matches", at)
    if not isinstance(item, dict):
        return document.problem(steps, "not a match", "write evidence, known and decision", "review")
    for key in item:
        if key not in _KEYS:
            return document.problem((*steps, key), f"an unknown key {key!r}", "take it out", "review", key=True)
    for key in ("evidence", "known"):
        if not isinstance(item.get(key), str) or not iris.is_path(item[key]):
            return document.problem(
                (*steps, key), f"{key} names no thing", "write a path such as party/progress", "review"
            )
    if item.get("decision") not in DECISIONS:
        return document.problem(
            (*steps, "decision"), "no decision", f"write one of {', '.join(DECISIONS)}", "review"
        )  # fmt: skip
    return None
