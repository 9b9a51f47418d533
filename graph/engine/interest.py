"""Whether anybody still waits for an answer: a query that nobody waits for is ended before its deadline.

Who asks on somebody's behalf declares an interest; an engine that can end a query looks for it. Without any,
a query runs to its end.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Interest:
    """Somebody's interest in the answers that one thread evaluates; once lost, it does not come back.

    ``since`` is when the first evaluation was asked for (time.monotonic), None before; ``under_way`` whether one has
    begun and not only waits for its turn.
    """

    def __init__(self) -> None:
        self.lost = False
        self.since: float | None = None
        self.under_way = False
        self._lock = threading.Lock()
        self._ending: Callable[[], None] | None = None

    def lose(self) -> None:
        """End what is being evaluated, and all that would be evaluated after it. From any thread."""
        with self._lock:
            self.lost = True
            if self._ending:
                self._ending()

    @contextmanager
    def ending(self, end: Callable[[], None], *, under_way: bool) -> Iterator[None]:
        """Within the block, have ``end`` called if the interest is lost, or is lost already; never after it."""
        with self._lock:
            self.since = self.since or time.monotonic()
            self._ending, self.under_way = end, under_way
            if self.lost:
                end()
        try:
            yield
        finally:
            with self._lock:
                self._ending, self.under_way = None, False


_declared: ContextVar[Interest | None] = ContextVar("interest", default=None)


def declared() -> Interest:
    """The interest on whose behalf this thread evaluates, or one that is never lost."""
    return _declared.get() or Interest()


@contextmanager
def interest() -> Iterator[Interest]:
    """Declare an interest for all that is evaluated in the block."""
    mine = Interest()
    token = _declared.set(mine)
    try:
        yield mine
    finally:
        _declared.reset(token)
