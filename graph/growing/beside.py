"""A content with what stands beside the claims: imported data sets, and how they compare; made again if it changed."""

from collections.abc import Sequence
from functools import partial

from pyoxigraph import RdfFormat, parse

from graph.comparing.comparisons import comparisons, telling
from graph.evidence import Evidence
from graph.growing.cache import Cache, key
from graph.growing.content import assembled, besides, others
from graph.growing.lots import Lots
from graph.growing.made import Made
from graph.progress import Stage
from graph.reasoning import Closure
from graph.segments.content import Content, Kept
from graph.segments.lines import canonical


def gathered(
    made: Sequence[Made],
    closure: Closure,
    imported: Sequence[Evidence],
    cache: Cache,
    kept: Kept,
    release: str,
    on_stage: Stage,
) -> tuple[Content, int]:
    """The whole content, and how many of its quads are of imported data sets; SamizdatError for a damaged one."""
    put_together = partial(assembled, made, list(closure.blocks()), cache=cache, kept=kept)
    parts = [others(), *Lots(made, release, cache).each(besides)]
    sets = measured(imported, cache, release)
    if imported:
        on_stage("comparing")
        parts.append(compared(b"".join(put_together(parts).each(telling)), imported, cache, release))
    return put_together([*parts, *sets]), sum(lines.count(b"\n") for lines in sets)


def measured(imported: Sequence[Evidence], cache: Cache, release: str) -> list[bytes]:
    """The sorted N-Quads of each data set; SamizdatError for one that is damaged."""
    sets = {key("evidence", release, one.name, *_digests([one])): one for one in imported}
    found = cache.get_or_make({name: partial(_lines, one) for name, one in sets.items()})
    return [found[name] for name in sets]


def compared(said: bytes, imported: Sequence[Evidence], cache: Cache, release: str) -> bytes:
    """What the rules find, as sorted N-Quads. ``said``: of what there is beside data sets what rules can speak of."""
    one = key("compared", release, said, *_digests(imported))
    found: bytes = cache.get_or_make({one: lambda: canonical(comparisons(parse(said, RdfFormat.N_QUADS), imported))})[
        one
    ]
    return found


def _lines(one: Evidence) -> bytes:
    return canonical(one.quads())


def _digests(imported: Sequence[Evidence]) -> list[str]:
    return [f"{name} {digest}" for one in imported for name, digest in sorted(one.digests().items())]
