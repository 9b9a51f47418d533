"""A remote engine that a snapshot has been published to: every query means there what it means here.

How the engine holds the snapshot is asked of it with the first query, and again from time to time: it may have been
empty, or down, or another may answer at the same address by then.
"""

import threading
import time

from graph.engine import Answer, Formats, Query, outcomes
from graph.engine.answering import Refusal
from graph.engine.datasets import KEPT, Dataset
from graph.engine.remote import RemoteEngine
from graph.engine.results import RESULTS_JSON, ask, table
from graph.engine.rewriting import NTRIPLES, rewritten
from graph.errors import EngineUnavailable
from ontology.base import BASE

FRESH = 30.0
"""Seconds that what is known of the engine is relied on, where its default graph is kept as a named one."""

BRIEFLY = 2.0
"""Seconds where it is not: the engine may be empty still."""

_JSON = Formats(RESULTS_JSON, None)
_KEPT = f"ASK {{ GRAPH <{KEPT}> {{ ?s ?p ?o }} }}"
_LOOSE = "ASK { GRAPH ?g { ?s ?p ?o } }"
_GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


class PublishedEngine:
    """Answers over the snapshot that an endpoint holds; threads may share it."""

    def __init__(self, endpoint: str, *, seconds: float = 10.0, answer_bytes: int = 64 * 1024**2) -> None:
        """Bounds on time and on the answer's size. Nothing is asked yet; ValueError if the endpoint is no URL."""
        self._remote = RemoteEngine(endpoint, seconds=seconds, answer_bytes=answer_bytes)
        self._seconds = seconds
        self._answer_bytes = answer_bytes
        self._lock = threading.Lock()
        self._known: Dataset | None = None
        self._until = 0.0

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        """The whole answer, or an error of ``graph.errors``: see ``graph.engine.Engine``."""
        began = time.monotonic()
        seconds = self._seconds if timeout is None else min(timeout, self._seconds)
        fitted = self._dataset(seconds).fitted(query)
        left = max(round(seconds - (time.monotonic() - began), 2), 0.01)
        readable = Formats(formats.bindings and RESULTS_JSON, formats.graph and NTRIPLES)
        answer = self._remote.evaluate(fitted, readable, timeout=left)
        return self._in_our_words(answer, formats, query, seconds)

    def _in_our_words(self, answer: Answer, formats: Formats, query: Query, seconds: float) -> Answer:
        """The answer byte for byte as an engine here would write it: in other formats each engine has its dialect."""
        media_type = formats.graph if answer.kind == "graph" else formats.bindings
        try:
            return rewritten(answer, str(media_type), self._answer_bytes, anew=True)
        except Refusal as refusal:
            raise outcomes.error(refusal.failure, refusal.message, query, seconds) from None
        except (SyntaxError, ValueError) as error:
            told = " ".join(str(error).split())[:200]
            raise EngineUnavailable(f"the endpoint's answer cannot be read: {told}", "ask again") from error

    def close(self) -> None:
        """Ask nothing more of the endpoint."""
        self._remote.close()

    def _dataset(self, seconds: float) -> Dataset:
        with self._lock:
            if self._known is None or time.monotonic() > self._until:
                self._known = found = dataset_of(self._remote, seconds)
                self._until = time.monotonic() + (BRIEFLY if found.layout == "own" else FRESH)
            return self._known


def dataset_of(remote: RemoteEngine, seconds: float) -> Dataset:
    """How the engine holds the snapshot, asked of it within so many seconds for each of up to three questions."""

    def holds(text: str, default: tuple[str, ...] = ()) -> bool:
        return ask(remote.evaluate(Query(text, default_graphs=default), _JSON, timeout=seconds))

    if not holds(_KEPT):
        return Dataset("own")
    if holds(_LOOSE, (KEPT,)):  # by the standard, no named graph is in a dataset of default graphs alone
        return Dataset("loose")
    found = table(remote.evaluate(Query(_GRAPHS), _JSON, timeout=seconds)).rows
    graphs = {row["g"].value for row in found}
    return Dataset("listed", tuple(sorted(name for name in graphs if name.startswith(BASE) and name != KEPT)))
