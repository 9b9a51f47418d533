"""Data like ours in any size: ``python -m bench.generate --quads 1200000 > data.nq`` (with tests/ on the path).

The project's own data comes first, so that every saved question finds what its parameters name; then countries with
their parties, people, posts and media; then editorials until there are so many quads. The same seed and size give the
same bytes; nothing is kept but the entities.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.derived import Derived
from bench.distributions import load
from bench.editorials import editorial_lines
from bench.world import countries, world_lines
from graph.checking import check
from graph.dataset import ontology_triples, published_quads
from graph.reasoning import derive
from graph.segments.lines import canonical
from graph.settings import Settings

ROOT = Path(__file__).parent.parent.parent
SEED = 20210101
QUADS_OF_A_CLAIM = 88
"""About so many, to know beforehand how many entities there should be."""


def generate(quads: int, seed: int = SEED) -> Iterator[bytes]:
    """N-Quads in chunks, at least ``quads`` lines, none twice; the last editorial is not cut short."""
    own = own_data()
    yield own
    made, found, derived = own.count(b"\n"), load(), Derived()
    world = countries(found, max(quads - made, 0) // QUADS_OF_A_CLAIM, seed)
    for lines in world_lines(world, derived):
        made += lines.count("\n")
        yield lines.encode()
    number = 0
    while made < quads:
        lines = editorial_lines(world[number % len(world)], number, seed, found, derived)
        made, number = made + lines.count("\n"), number + 1
        yield lines.encode()


def own_data() -> bytes:
    """The project's data as a snapshot holds it, ontology and derived statements included, in order."""
    checked = check(Settings(data=ROOT / "graph" / "data", texts=(), home=ROOT / ".samizdat"), reason=False)
    if checked.content is None:
        raise ValueError("\n".join(map(str, checked.problems)))
    return canonical(published_quads(checked.content, derive(ontology_triples(), checked.content.asserted())))


def main(arguments: list[str] | None = None) -> None:
    """Write N-Quads to the standard output."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quads", type=int, default=120_000)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(arguments)
    for chunk in generate(chosen.quads, chosen.seed):
        sys.stdout.buffer.write(chunk)


if __name__ == "__main__":
    main()
