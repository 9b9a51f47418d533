"""Quads as lines: sorted N-Quads, each once, which is what a snapshot holds and is named by."""

import hashlib
from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, Store


def canonical(quads: Iterable[Quad]) -> bytes:
    """The quads as N-Quads: each line once, sorted by code point, ended by LF; UTF-8.

    They pass through a store first, which puts numbers and dates into one spelling ("01" becomes "1"), so that the
    file says what a query answers. Blank nodes keep their labels: who gives other labels gives other bytes.
    """
    store = Store()
    store.bulk_extend(quads)
    return sorted_lines(store)


def sorted_lines(store: Store) -> bytes:
    """Everything in the store, as ``canonical`` gives it."""
    dumped = store.dump(format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(dumped.splitlines(keepends=True)))


def joined(*parts: bytes) -> bytes:
    """Several contents as one."""
    some = [part for part in parts if part]
    if len(some) == 1:
        return some[0]
    return b"".join(sorted({line for part in some for line in part.splitlines(keepends=True)}))


def digest(content: bytes) -> str:
    """SHA-256, as 64 hexadecimal digits: the name of the snapshot with this content."""
    return hashlib.sha256(content).hexdigest()
