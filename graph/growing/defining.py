"""What claim files define, as far as it is remembered: who checks one file need not read all others."""

from collections.abc import Mapping
from pathlib import Path

from graph.growing.cache import NAME, Cache
from graph.growing.reading import Reader
from graph.growing.release import release
from graph.growing.workers import Alone
from graph.progress import ignore
from graph.settings import Settings


def defined(settings: Settings) -> Mapping[Path, frozenset[str]]:
    """By claim file the IRIs of the editorials, the claims, and what these define; without files that have problems.

    What is kept where something was built is looked at, and left as it is.
    """
    if not (settings.home / NAME).is_file():
        return {}
    found: dict[Path, frozenset[str]] = {}
    left_out = set()
    with Cache(settings.home, noting=False) as cache:
        for source, piece in Reader(settings, release(), cache, Alone(), ignore).remembered():
            if piece is None or piece.problems or not piece.iri:
                left_out.add(source.file)
            else:
                found[source.file] = found.get(source.file, frozenset()) | piece.defined
    return {file: names for file, names in found.items() if file not in left_out}
