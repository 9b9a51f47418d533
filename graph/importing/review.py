"""The review file of an import: who of a data set may be who of the graph, for a person to decide.

    matches:
      - evidence: party/popolo-kazakhstan-assembly-1-6b86b273
        known: party/nur-otan
        decision: unsure

A build says owl:sameAs of the same, and of nobody else. A later import adds what is new at the end and leaves every
line as it is (``graph/editing/reviews.py``).
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graph import iris
from graph.editing import reviews
from graph.files.yaml_reader import read
from graph.importing.reconciling import Candidate

NAME = "review.yaml"
_HEAD = """\
# Who of this data set may be who of the graph. Decide each one: same, different or unsure; then `samizdat build`.
# Only of those that are the same the graph says so (owl:sameAs). Nothing here is decided by a program.
"""
_PATH = (reviews.is_path, "a path such as party/progress")
FORM = reviews.Form(
    head=_HEAD,
    pair=("evidence", "known"),
    keys=frozenset({"evidence", "known", "name", "knownName", "score", "why", "decision"}),
    fits={"evidence": _PATH, "known": _PATH},
)


def decided(file: Path) -> list[tuple[str, str]]:
    """The pairs of IRIs that a person has found to be the same; ``InvalidInput`` where the file is wrong."""
    found = reviews.matches(read(file), FORM)
    return [(iris.ID + item["evidence"], iris.ID + item["known"]) for item in found if item["decision"] == "same"]


def carry(old: Path, new: Path, candidates: Sequence[Candidate]) -> int:
    """Put the review file of the folder ``old`` into ``new``, with new candidates at its end.

    Returns how many are undecided; makes no file where nobody has to decide anything.
    """
    found = [_entry(candidate) for candidate in sorted(candidates)]
    source, target = old / NAME, new / NAME
    if not source.exists():
        if found:
            target.write_text(reviews.fresh(FORM, found, {}), encoding="utf-8")
        return len(found)
    known = reviews.matches(read(source), FORM)
    fresh = reviews.new_ones(found, known, FORM)
    if fresh:
        text = reviews.changed(source, source.read_bytes().decode("utf-8"), {"matches": [*known, *fresh]})
        target.write_bytes(text.encode())
    else:
        shutil.copyfile(source, target)
    return len(fresh) + reviews.undecided(known)


def _entry(item: Candidate) -> dict[str, Any]:
    entry = {"evidence": item.evidence, "known": item.known, "name": item.name, "knownName": item.known_name}
    return {**entry, "score": item.score, "why": item.why, "decision": "unsure"}
