"""Answering the saved questions when a snapshot is published: what ``graph/snapshots/prepared.py`` reads."""

import json
import logging
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import Any

from graph.compression import CODINGS, IDENTITY, compressed
from graph.engine import BINDINGS_TYPES, GRAPH_TYPES, Engine, Formats, Query
from graph.engine.answering import Refusal
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.engine.results import RESULTS_JSON
from graph.engine.rewriting import NTRIPLES, rewritten
from graph.errors import QueryTimeout, SamizdatError
from graph.snapshots.prepared import INDEX, Prepared, digest, fingerprint, sealed
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


def prepare(
    store: Path,
    questions: Mapping[str, str],
    folder: Path,
    known: Prepared | None = None,
    patience: float | None = None,
) -> None:
    """Make the folder and in it the answers to the questions (texts by name) from the store.

    A question without an answer, or with too large a one, is left out with a warning: it is answered when it is asked.
    What is ``known`` already, of the same store, is taken over. Where that would take more than ``patience`` (seconds),
    the rest is left for another time, and the index says so.
    """
    folder.mkdir()
    taken = known.taken_over(questions, folder) if known else {}
    wanted = {name: questions[name] for name in sorted(questions) if name not in taken}
    asked = dict(_asked(store, wanted, folder, patience)) if wanted else {}
    answers = taken | {name: entry for name, entry in asked.items() if entry}
    index = {"questions": fingerprint(questions), "answers": answers, "left": sorted(wanted.keys() - asked.keys())}
    (folder / INDEX).write_text(json.dumps(sealed(index), indent=1, sort_keys=True) + "\n", encoding="utf-8")


_Entry = dict[str, Any]


def _asked(
    store: Path, questions: Mapping[str, str], folder: Path, patience: float | None
) -> Iterator[tuple[str, _Entry | None]]:
    """What the index says of the answer to each question; of those that there was no time for, nothing."""
    engine = EmbeddedEngine(store, Budget(seconds=SECONDS, memory_bytes=MEMORY, answer_bytes=LARGEST, executors=2))
    end = None if patience is None else monotonic() + patience

    def ask(name: str) -> Iterator[tuple[str, _Entry | None]]:
        left = None if end is None else end - monotonic()
        if left is None or left > 0:
            with suppress(_NoTime):
                yield name, _entry(engine, name, questions[name], folder, left)

    try:
        with ThreadPoolExecutor(2) as pool:
            yield from chain.from_iterable(pool.map(lambda name: list(ask(name)), questions))
    finally:
        engine.close()


class _NoTime(Exception):
    """There was less time than the answer takes."""


def _entry(engine: Engine, name: str, text: str, folder: Path, seconds: float | None) -> _Entry | None:
    try:
        answer = engine.evaluate(Query(text, base=BASE), Formats(RESULTS_JSON, NTRIPLES), timeout=seconds)
    except SamizdatError as error:
        if isinstance(error, QueryTimeout) and seconds is not None:
            raise _NoTime from error
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
