"""What is made of the segments of a content, remembered from build to build: see graph/segments/content.py."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from graph.growing.cache import Cache, key
from graph.growing.workers import Alone, Workers
from graph.segments.content import Load, Make

T = TypeVar("T")
AT_ONCE = 32
"""Segments whose products are held in memory together, beside those that somebody keeps."""

LITTLE = 5_000_000
"""Bytes of lines of which most things are made in less than a second."""


class Remembered:
    """Makes what is missing on all cores. ``release`` stands for the code that makes it."""

    def __init__(self, cache: Cache, workers: Workers, release: str) -> None:
        self._cache, self._workers, self._release = cache, workers, release

    def each(self, make: Make[T], ids: str, lines: Sequence[tuple[bytes, Load]]) -> Iterator[T]:
        """See ``graph.segments.content.Kept``."""
        for at in range(0, len(lines), AT_ONCE):
            some = lines[at : at + AT_ONCE]
            keys = [key("made", self._release, make.__module__, make.__qualname__, ids, one) for one, _ in some]
            known = self._cache.get(keys)
            missing = {name: load for name, (_, load) in zip(keys, some, strict=True) if name not in known}
            tasks = [(make, load(), ids) for load in missing.values()]
            # A little is done sooner than other processes have started.
            worker = self._workers if sum(len(lines) for _, lines, _ in tasks) > LITTLE else Alone()
            new = dict(zip(missing, worker.run(made_of, tasks, size=1), strict=True))
            self._cache.put(new)
            known |= new
            yield from (known[name] for name in keys)


def made_of(task: tuple[Make[Any], bytes, str]) -> Any:
    """What is made of some lines: a question that can be sent to another process."""
    make, lines, ids = task
    return make(lines, ids)
