"""Answers kept ready to send, bounded by bytes: the least recently used go first."""

import hashlib
import threading
import zlib
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from cachetools import LRUCache

from graph.compression import IDENTITY
from server.watching.noting import NOTHING, Note

Headers = list[tuple[str, str]]

LARGEST: Final = 8
"""An entry over this fraction of the bound is not kept: it would push out what many ask for."""
OVERHEAD: Final = 2048
"""Bytes of an entry beside its body: headers, keys and their containers. Measured, with room."""

CACHING: Final = ("Cache-Control", "public, no-cache")
"""Anybody may keep an answer, and asks each time whether it is still current (304, some microseconds).

An answer of one snapshot never changes, but which snapshot is current does. With a max-age a page and the query on
it could come from two snapshots, and what is taken back by a roll-back would be shown on.
"""
FOREVER: Final = ("Cache-Control", "public, max-age=604800, immutable")
"""What the application says of the few answers that no publication changes (RFC 8246). A week and no longer, so that
what turns out to be about somebody's private life leaves the caches of others too."""
VARY: Final = ("Vary", "Accept, Accept-Encoding, Accept-Datetime")
VARY_PAGE: Final = ("Vary", f"{VARY[1]}, Accept-Language")
"""Pages are written in several languages, data is not."""
OURS = frozenset({"content-length", "content-encoding", "etag", "vary", "cache-control", "date"})
"""Headers that the cache sets itself; ``Vary`` names what decides the variant and nothing else."""
NOT_IN_304 = frozenset({"content-type", "content-disposition", "content-language"})


class Entry:
    """One variant of one answer as it is sent: to GET with its body, to a client that has it as 304 without."""

    __slots__ = ("body", "etag", "headers", "note", "parts", "short_headers", "size")

    def __init__(self, headers: Headers, body: bytes, coding: str, note: Note = NOTHING, digest: str = "") -> None:
        """``headers`` are the application's; ``digest`` is the SHA-256 of the body if it is known."""
        kept = [(name, value) for name, value in headers if name.lower() not in OURS]
        content_type = next((value for name, value in kept if name.lower() == "content-type"), "")
        page = content_type.startswith("text/html")
        self.body = body
        self.parts = [body]
        self.note = note
        self.etag = strong_tag(digest or hashlib.sha256(body).hexdigest(), content_type, coding)
        shared = [("ETag", self.etag), FOREVER if FOREVER in headers else CACHING, VARY_PAGE if page else VARY]
        encoding = [] if coding == IDENTITY else [("Content-Encoding", coding)]
        self.headers = [*kept, *encoding, ("Content-Length", str(len(body))), *shared]
        self.short_headers = [*(item for item in kept if item[0].lower() not in NOT_IN_304), *shared]
        self.size = len(body) + OVERHEAD


def strong_tag(digest: str, content_type: str, coding: str) -> str:
    """An entity tag that no other bytes, type or coding have (RFC 9110, section 8.8.3)."""
    return f'"{digest[:32]}-{zlib.crc32(f"{content_type} {coding}".encode()):08x}"'


@dataclass
class Counters:
    """What ``/metrics`` tells of the cache. Counts since the start; bytes and entries now."""

    hits: int = 0
    misses: int = 0
    prepared: int = 0
    """Misses answered from the snapshot's prepared answers."""
    joined: int = 0
    """Misses that waited for another request's answer to the same question."""
    not_modified: int = 0
    evictions: int = 0
    refused: int = 0
    """Answers too large to be kept."""
    bytes: int = 0
    entries: int = 0
    bound: int = 0


class Store:
    """Entries by key. Threads may share it."""

    def __init__(self, bound: int) -> None:
        """``bound`` in bytes; 0 keeps nothing."""
        self.counters = Counters(bound=bound)
        self._largest = bound // LARGEST
        self._lock = threading.Lock()
        self._entries: LRUCache[Hashable, tuple[Entry, int]] = LRUCache(max(bound, 1), getsizeof=_size)

    def get(self, key: Hashable) -> Entry | None:
        """The entry, which is then the last to go; a hit or a miss is counted."""
        with self._lock:
            try:
                entry = self._entries[key][0]
            except KeyError:
                self.counters.misses += 1
                return None
            self.counters.hits += 1
            return entry

    def peek(self, key: Hashable) -> Entry | None:
        """The entry; nothing is counted."""
        with self._lock:
            found = self._entries.get(key)
        return found[0] if found else None

    def put(self, key: Hashable, entry: Entry, key_bytes: int) -> None:
        """Keep the entry, unless it is too large; ``key_bytes`` is what the key takes."""
        size = entry.size + key_bytes
        with self._lock:
            if size > self._largest:
                self.counters.refused += 1
                return
            before = len(self._entries) + (key not in self._entries)
            self._entries[key] = (entry, size)
            self.counters.evictions += before - len(self._entries)
            self.counters.bytes, self.counters.entries = int(self._entries.currsize), len(self._entries)

    def count(self, what: str) -> None:
        """One more of a counter by name."""
        with self._lock:
            setattr(self.counters, what, getattr(self.counters, what) + 1)


def _size(kept: tuple[Entry, int]) -> int:
    return kept[1]
