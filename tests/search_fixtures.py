"""Search indexes in memory, of quads that no snapshot holds."""

from graph.iris import ID
from graph.searching.index import SearchIndex
from graph.searching.indexing import indexes
from graph.searching.searchable import Searchable
from graph.segments.content import Content


def searchable_of(lines: bytes, ids: str = ID) -> Searchable:
    """What can be found in sorted N-Quads, each line once."""
    return Searchable(*(SearchIndex(b"".join(pieces)) for pieces in indexes(Content.of(lines, ids))))
