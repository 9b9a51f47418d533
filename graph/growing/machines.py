"""The machines of a Dask cluster (https://distributed.dask.org): they run the very functions that the cores run here.

Nothing needs to be shared between the machines but the code: each task carries what it is about. A task whose worker
ends is given to another one.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from distributed import Client
from distributed.scheduler import KilledWorker

from graph.errors import SamizdatError
from graph.growing.batches import BATCH, batches, run_all
from graph.growing.release import release

T = TypeVar("T")
R = TypeVar("R")
PATIENCE = 10.0
"""Seconds that the scheduler may take to answer."""
AHEAD = 4
"""Batches for each worker that are on their way at once, so that neither memory nor the net is filled with tasks."""


class Machines:
    """The workers of a cluster."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def run(self, function: Callable[[T], R], tasks: Sequence[T], size: int = BATCH) -> Iterator[R]:
        """See ``graph.growing.workers.Workers``."""
        ahead = AHEAD * max(1, len(self._client.scheduler_info()["workers"]))
        waiting: list[Any] = []
        for some in batches(tasks, size):
            waiting.append(self._client.submit(run_all, function, some, pure=False))
            if len(waiting) >= ahead:
                yield from self._answer(waiting.pop(0))
        for future in waiting:
            yield from self._answer(future)

    def _answer(self, future: Any) -> list[R]:
        try:
            found: list[R] = future.result()
        except KilledWorker as error:
            hint = "see the logs of the workers; has their memory run out?"
            raise SamizdatError(f"the cluster lost every worker that it gave one task: {error}", hint) from None
        return found


@contextmanager
def machines(scheduler: str) -> Iterator[Machines]:
    """The cluster of the scheduler at an address such as ``tcp://host:8786``.

    SamizdatError if it does not answer, has no workers, or these have another release of the code.
    """
    hint = "give the address that `dask scheduler` shows, and start workers with `dask worker ADDRESS`"
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, ImportError) as error:
        raise SamizdatError(f"no Dask scheduler answers at {scheduler}: {error}", hint) from None
    with client, warnings.catch_warnings():
        # What is sent with a task is sent once, and must be there for another worker if the first is lost.
        warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
        _same_release(client, scheduler, hint)
        yield Machines(client)


def _same_release(client: Any, scheduler: str, hint: str) -> None:
    own = release()
    found: dict[str, str | BaseException] = client.run(release, on_error="return")
    if not found:
        raise SamizdatError(f"the scheduler at {scheduler} has no workers", hint)
    for worker, other in sorted(found.items()):
        if other != own:
            what = other if isinstance(other, BaseException) else "it has another release, or another SAMIZDAT_BASE"
            raise SamizdatError(f"the worker {worker} is of no use: {what}", "install the same on every machine")
