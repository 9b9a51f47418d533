"""The store of a snapshot made from that of the one before, where little has changed.

Files of a store are never written to again, so the next store shares them (hard links) and adds its own: it costs what
the change costs, not what the graph does. Both hold the same quads as one that is loaded anew.
"""

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

SHARE = 10
"""A store is loaded anew if more than one in so many of its quads has changed."""
FILES = 60
"""Files of a store above which it is loaded anew, for each costs every lookup something."""


def replaced(old_store: Path, gone: Collection[bytes], come: Collection[bytes], lines: int, path: Path) -> bool:
    """Make the store at ``path`` from the old one: without some lines of N-Quads, and with others.

    ``lines``: how many the new one has. False where it is better loaded anew, or the old one held something else.
    OSError and ValueError if the old store cannot be read.
    """
    if (len(gone) + len(come)) * SHARE > lines:
        return False
    if sum(name.endswith(".sst") for name in os.listdir(old_store)) > FILES:
        return False
    Store.read_only(str(old_store)).backup(str(path))
    store = Store(str(path))
    for quad in parse(_text(gone), format=RdfFormat.N_QUADS):
        store.remove(quad)
    store.extend(parse(_text(come), format=RdfFormat.N_QUADS))
    store.flush()
    return len(store) == lines


def _text(lines: Iterable[bytes]) -> bytes:
    return b"".join(sorted(lines))
