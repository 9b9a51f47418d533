"""The store of a snapshot made from that of the one before, where little has changed.

Files of a store are never written to again, so the next store shares them (hard links) and adds its own: it costs what
the change costs, not what the graph does. Both hold the same quads as one that is loaded anew.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

SHARE = 10
"""A store is loaded anew if more than one in so many of its quads has changed."""
FILES = 60
"""Files of a store above which it is loaded anew, for each costs every lookup something."""
STEP = 1 << 16
"""Bytes that are compared together, for a start."""
LARGEST = 1 << 22
"""The most bytes that are."""


def differences(old: bytes, new: bytes) -> Iterator[tuple[bool, bytes]]:
    """The lines that only one of two sorted contents has, in their order; True for those of the new one."""
    i = j = 0
    while i < len(old) or j < len(new):
        same = _same(old, i, new, j)
        start = old.rfind(b"\n", i, i + same) + 1 if same else i
        if same and start:
            i, j = start, j + start - i
        one, other = old[i : old.find(b"\n", i) + 1], new[j : new.find(b"\n", j) + 1]
        if not one and not other:
            return
        if other and (not one or other < one):
            yield True, other
            j += len(other)
        elif one and (not other or one < other):
            yield False, one
            i += len(one)
        else:
            i, j = i + len(one), j + len(other)


def _same(old: bytes, i: int, new: bytes, j: int) -> int:
    """How many bytes are the same from these places on."""
    at, step, most = 0, STEP, min(len(old) - i, len(new) - j)
    while at < most:
        if at + step <= most and old[i + at : i + at + step] == new[j + at : j + at + step]:
            at, step = at + step, min(step * 2, LARGEST)
        elif step > 1:
            step //= 2
        else:
            break
    return at


def replaced(old_store: Path, old: bytes, new: bytes, path: Path) -> bool:
    """Make the store of the new content from that of the old one; False where it is better loaded anew.

    OSError and ValueError if the old store cannot be read.
    """
    lines = new.count(b"\n")
    changed = []
    for difference in differences(old, new):
        changed.append(difference)
        if len(changed) * SHARE > lines:
            return False
    if sum(name.endswith(".sst") for name in os.listdir(old_store)) > FILES:
        return False
    Store.read_only(str(old_store)).backup(str(path))
    store = Store(str(path))
    for quad in parse(b"".join(line for is_new, line in changed if not is_new), format=RdfFormat.N_QUADS):
        store.remove(quad)
    store.extend(parse(b"".join(line for is_new, line in changed if is_new), format=RdfFormat.N_QUADS))
    store.flush()
    return len(store) == lines
