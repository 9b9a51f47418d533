"""Lookups that are certain to be small, answered in this process: the way to an executor costs five times as much.

Certain means: one or two patterns about one thing that is named in the query, and is no hub (it has at most
``graph.snapshots.statistics.DEGREE`` triples), in a grammar without anything nested, repeated or computed. So there are
at most 4,096 solutions, found by reading one thing's triples. Whatever else a query is, it goes to an executor with its
bounds.
"""

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Store

from graph.engine import Answer, Engine, Formats, Query
from graph.engine.answering import Refusal, answer, request_of
from graph.engine.wrapping import Wrapper

LONGEST = 2048
"""Characters of a query that may be so small."""
ANSWER_BYTES = 4 * 1024**2
"""The largest answer made here; for a larger one an executor is asked."""

Hubs = Collection[str]
"""The things with many triples, as N-Triples writes them."""

_IRI = r"<[A-Za-z][A-Za-z0-9+.\-]*+:[^<>\"{}|^`\\\x00-\x20]*+>"
_NAME = r"(?:[A-Za-z][\w\-]*+)?:[A-Za-z][\w\-]*+(?=[\s<?\"};]|\.[\s}])"
_VARIABLE = r"\?\w++"
_VALUE = rf"\"[^\"\\\n\r]*+\"(?:@[A-Za-z]++(?:-[A-Za-z0-9]++)*+|\^\^(?:{_IRI}|{_NAME}))?|\d++(?![\w.])"
_PAIR = rf"(?:a\b|{_VARIABLE}|{_IRI}|{_NAME})\s*+(?:{_VARIABLE}|{_IRI}|{_NAME}|{_VALUE})\s*+"
_DECLARED = rf"\s*+PREFIX\s++([A-Za-z][\w\-]*+)?:\s*+({_IRI})"
_PREFIX = re.compile(_DECLARED, re.ASCII | re.IGNORECASE)
_PROLOGUE = re.compile(rf"(?:{_DECLARED})*+", re.ASCII | re.IGNORECASE)
_LOOKUP = re.compile(
    rf"""\s*+(?:ASK|SELECT\s++(?:DISTINCT\s++)?(?:\*|{_VARIABLE}(?:\s++{_VARIABLE})*+))\s*+(?:WHERE\s*+)?
    \{{\s*+(?P<thing>{_IRI}|{_NAME})\s*+{_PAIR}(?:;\s*+{_PAIR})?\.?\s*+\}}\s*+(?:LIMIT\s++\d++\s*+)?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_MOVED = re.compile(r"/\.")
"""A dot segment: the engine takes it out of an address, and would then look for another thing."""


class LookupEngine(Wrapper):
    """An engine that need not be asked the smallest lookups. Threads may share it."""

    def __init__(self, engine: Engine, store_path: Path, hubs: Callable[[], Hubs | None]) -> None:
        """``hubs`` of the store is asked for with the first lookup; None if they are not known."""
        super().__init__(engine)
        self._hubs = hubs
        self._store: Store | None = None
        with suppress(OSError, ValueError):  # then the engine behind says what is wrong
            self._store = Store.read_only(str(store_path))

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        """The whole answer, or an error of ``graph.errors``: see ``graph.engine.Engine``."""
        store = self._store
        if store and not query.default_graphs and not query.named_graphs and self._is_small(query.text):
            with suppress(Refusal):  # the engine behind explains it
                return Answer(*answer(store, request_of(query, formats), ANSWER_BYTES))
        return self._engine.evaluate(query, formats, timeout=timeout)

    def close(self) -> None:
        """End all that the engine runs, and leave the store."""
        self._store = None
        super().close()

    def _is_small(self, text: str) -> bool:
        thing = named(text)
        if thing is None:
            return False
        hubs = self._hubs()
        return hubs is not None and thing not in hubs


def named(text: str) -> str | None:
    """The one thing that a lookup asks about, as N-Triples writes it; None if the query is not such a lookup."""
    if len(text) > LONGEST:
        return None
    end = _PROLOGUE.match(text).end()  # type: ignore[union-attr]  # it matches the empty text too
    found = _LOOKUP.fullmatch(text, end)
    return _absolute(found["thing"], text[:end]) if found else None


def _absolute(thing: str, prologue: str) -> str | None:
    if not thing.startswith("<"):
        prefix, _, local = thing.partition(":")
        begun = _prefixes(prologue).get(prefix)
        if begun is None:
            return None
        thing = f"{begun[:-1]}{local}>"
    return None if _MOVED.search(thing) else thing


@lru_cache(maxsize=256)
def _prefixes(prologue: str) -> Mapping[str, str]:
    """The prefixes that a prologue declares, the last declaration counting; most queries have one that is known."""
    return {found[1] or "": found[2] for found in _PREFIX.finditer(prologue)}
