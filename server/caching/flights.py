"""One evaluation for many requests that ask the same at the same time."""

import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Flight(Generic[Result]):
    """An evaluation under way; ``result`` is None if it broke off."""

    def __init__(self) -> None:
        self.result: Result | None = None
        self._landed = threading.Event()

    def wait(self, seconds: float) -> Result | None:
        """The result once it is there; None if there will be none, or not in time."""
        return self.result if self._landed.wait(seconds) else None

    def land(self) -> None:
        """Let those who wait go on."""
        self._landed.set()


class Flights(Generic[Result]):
    """The evaluations under way, by what is asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[Hashable, Flight[Result]] = {}

    def join(self, key: Hashable) -> tuple[Flight[Result], bool]:
        """The flight for this key, and whether the caller is the one who has to evaluate, and to ``land`` it."""
        with self._lock:
            flight = self._under_way.get(key)
            if flight is not None:
                return flight, False
            flight = self._under_way[key] = Flight()
            return flight, True

    def land(self, key: Hashable, flight: Flight[Result]) -> None:
        """The flight is over: whoever comes from now on begins another."""
        with self._lock:
            del self._under_way[key]
        flight.land()
