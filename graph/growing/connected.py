"""Which things are connected, in however many steps."""

from collections.abc import Iterable, Iterator, Sequence


class Connected(Iterable[bytes]):
    """Things of which some have been connected (https://en.wikipedia.org/wiki/Disjoint-set_data_structure)."""

    def __init__(self, connected: Iterable[Sequence[bytes]]) -> None:
        self._above: dict[bytes, bytes] = {}
        for things in connected:
            for thing in things:
                self._above.setdefault(thing, thing)
                self._above[self.top(thing)] = self.top(things[0])

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._above)

    def top(self, thing: bytes) -> bytes:
        """The same for all that are connected."""
        above = self._above
        while above[thing] != thing:
            above[thing] = above[above[thing]]
            thing = above[thing]
        return thing
