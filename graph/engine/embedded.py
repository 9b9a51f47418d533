"""Oxigraph over a snapshot, in executor processes: a query that runs away costs one process, which is replaced.

Oxigraph has no time-out and no memory bound, and cannot be interrupted; a process can. Executors should
outnumber the runaways to be expected, and the threads that call ``evaluate`` should outnumber the executors.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from graph.engine import Answer, Formats, Kind, Query, outcomes
from graph.engine.answering import request_of
from graph.engine.federation import Federation
from graph.engine.interest import declared
from graph.engine.kills import KILLS
from graph.engine.pool import Pool
from graph.engine.process import Ended
from graph.engine.starting import Starter
from graph.engine.tokens import calls_service


@dataclass(frozen=True)
class Budget:
    """What a query may take, and how many may be answered at once.

    ``seconds`` of time, waiting for an executor included; ``memory_bytes`` of data in its process, which holds
    some 80 MB before the first query; ``answer_bytes`` of answer. ``executors`` is the most queries under way, each
    in a process: the machine should have their memory together, and some 15 MB for a spare process and the one that all
    are forked from. ``services`` are the endpoints that a query may ask by SERVICE.
    """

    seconds: float = 10.0
    memory_bytes: int = 1024**3
    answer_bytes: int = 64 * 1024**2
    executors: int = 8
    services: tuple[str, ...] = ()


DEFAULT_BUDGET = Budget()


class EmbeddedEngine:
    """Answers over one read-only store. Threads may share it; close it when the store is no longer served."""

    def __init__(self, store_path: Path, budget: Budget = DEFAULT_BUDGET) -> None:
        """Start the first executor; EngineUnavailable if no process can be started."""
        store_path = store_path.absolute()
        self._budget = budget
        self._federation = Federation(budget.services)
        self._pool = Pool(Starter(store_path, budget.memory_bytes, budget.answer_bytes), budget.executors)

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        """The whole answer, or an error of ``graph.errors``: see ``graph.engine.Engine``."""
        seconds = self._budget.seconds if timeout is None else min(timeout, self._budget.seconds)
        deadline = time.monotonic() + seconds
        asked = self._federation.resolved(query, deadline, seconds) if calls_service(query.text) else query
        header, body = self._ask(asked, formats, deadline, seconds)
        if "failure" in header:
            raise outcomes.error(header["failure"], header["message"], query, seconds)
        return Answer(cast(Kind, header["kind"]), header["media_type"], body)

    def executors(self) -> dict[str, int]:
        """How many executors are ``busy`` and ``idle``; one that is starting counts as busy."""
        return self._pool.counts()

    def close(self) -> None:
        """End every executor and wait until all are gone; a query under way raises EngineUnavailable."""
        self._pool.close()

    def _ask(self, query: Query, formats: Formats, deadline: float, seconds: float) -> tuple[dict[str, str], bytes]:
        request = request_of(query, formats) | {"deadline": deadline}
        asker = declared()
        executor = self._pool.take(deadline, asker)
        try:
            with asker.ending(executor.kill, under_way=True):
                answered = executor.ask(request, deadline)
        except Ended as end:
            self._pool.replace(executor)
            if asker.lost:
                raise outcomes.abandoned() from None
            if self._pool.closed:
                raise self._pool.gone() from None
            KILLS.add(end.failure)
            raise outcomes.error(end.failure, end.message, query, seconds) from None
        except BaseException:
            # Its answer to this query may still come, and must never be taken for the answer to the next.
            self._pool.replace(executor)
            KILLS.add("abandoned")
            raise
        self._pool.give_back(executor)
        return answered
