"""Answering the saved questions when a snapshot is published: what ``graph/snapshots/prepared.py`` reads."""

import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from graph.compression import CODINGS, IDENTITY, compressed
from graph.engine import BINDINGS_TYPES, GRAPH_TYPES, Engine, Formats, Query
from graph.engine.answering import Refusal
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.engine.results import RESULTS_JSON
from graph.engine.rewriting import NTRIPLES, rewritten
from graph.errors import SamizdatError
from graph.snapshots.prepared import INDEX, digest, fingerprint, sealed
from ontology.base import BASE

logger = logging.getLogger(__name__)

SECONDS = 600.0
"""The longest that one question may take; nobody waits for it."""
MEMORY, LARGEST = 8 << 30, 64 << 20
"""Bytes that one question may use, and that its answer in one format may have."""
KEPT = (IDENTITY, "br", "gzip")
"""The codings of the files. Zstandard takes no time worth saving."""
ENDINGS = dict(
    zip((*BINDINGS_TYPES, *GRAPH_TYPES), ("json", "xml", "csv", "tsv", "ttl", "nt", "rdf", "jsonld"), strict=True)
)


def prepare(store: Path, questions: Mapping[str, str], folder: Path) -> None:
    """Make the folder and in it the answers to the questions (texts by name) from the store.

    A question without an answer, or with too large a one, is left out with a warning: it is answered when it is asked.
    """
    folder.mkdir()
    budget = Budget(seconds=SECONDS, memory_bytes=MEMORY, answer_bytes=LARGEST, executors=2)
    engine = EmbeddedEngine(store, budget)
    try:
        with ThreadPoolExecutor(2) as pool:
            names = sorted(questions)
            entries = pool.map(lambda name: _entry(engine, name, questions[name], folder), names)
            answers = {name: entry for name, entry in zip(names, entries, strict=True) if entry}
    finally:
        engine.close()
    index = sealed({"questions": fingerprint(questions), "answers": answers})
    (folder / INDEX).write_text(json.dumps(index, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _entry(engine: Engine, name: str, text: str, folder: Path) -> dict[str, Any] | None:
    try:
        answer = engine.evaluate(Query(text, base=BASE), Formats(bindings=RESULTS_JSON, graph=NTRIPLES))
    except SamizdatError as error:
        logger.warning("the question %s has no prepared answer: %s", name, error)
        return None
    files = {}
    for media_type in GRAPH_TYPES if answer.kind == "graph" else BINDINGS_TYPES:
        try:
            body = rewritten(answer, media_type, LARGEST).body
        except Refusal:
            continue
        files[media_type] = _written(folder, f"{name}.{ENDINGS[media_type]}", body)
    return {"query": digest(text.encode()), "kind": answer.kind, "files": files}


def _written(folder: Path, name: str, body: bytes) -> dict[str, tuple[str, str]]:
    """The file, and beside it what is smaller; names and digests by coding."""
    kept = {}
    for coding in KEPT:
        content = body if coding == IDENTITY else compressed(body, coding, best=True)
        if content is not None:
            file = name if coding == IDENTITY else name + CODINGS[coding].suffix
            (folder / file).write_bytes(content)
            kept[coding] = (file, digest(content))
    return kept
