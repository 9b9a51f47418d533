"""What several segments say of the same things, put together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


def by_name(found: Iterable[Mapping[bytes, T]]) -> dict[bytes, list[T]]:
    """All that is found under a name, in the order in which it comes."""
    together: defaultdict[bytes, list[T]] = defaultdict(list)
    for one in found:
        for name, value in one.items():
            together[name].append(value)
    return dict(together)
