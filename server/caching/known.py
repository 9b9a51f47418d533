"""What has been worked out before, bounded by bytes: emptied when it is full, since it is soon worked out again."""

import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")

OVERHEAD = 512
"""Bytes of an entry beside what its parts hold."""


class Known(Generic[Value]):
    """A dictionary that forgets. Reading takes no lock, as it is done for every request."""

    def __init__(self, bound: int) -> None:
        """``bound`` in bytes."""
        self._bound = bound
        self._values: dict[Hashable, Value] = {}
        self._bytes = 0
        self._lock = threading.Lock()
        self.get = self._values.get

    @property
    def bytes(self) -> int:
        """What is kept, about."""
        return self._bytes

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep the value, unless its ``size`` (bytes) is too large a part of the bound."""
        size += OVERHEAD
        if size > self._bound // 8:
            return
        with self._lock:
            if self._bytes + size > self._bound:
                self._values.clear()
                self._bytes = 0
            self._values[key] = value
            self._bytes += size
