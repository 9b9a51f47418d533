"""Tasks in batches, as they go to whoever does them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
BATCH = 16
"""Tasks that go to a worker together."""


def run_all(function: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
    """The function's answer to each task."""
    return [function(task) for task in tasks]


def batches(tasks: Sequence[T], size: int) -> Iterator[list[T]]:
    """The tasks in lists of this size, the last one shorter."""
    left = iter(tasks)
    while some := list(islice(left, size)):
        yield some
