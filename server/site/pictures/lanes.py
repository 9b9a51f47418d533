"""How a timeline is laid out: lanes by kind of event, and in each lane rows so that nothing covers anything else.

Rows are decided here, for the whole time that is shown, and stay when a reader comes nearer; so the height of the
picture is known before it is drawn.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from server.site.pictures.dated import Dated

ROOM = 0.3
"""The part of the whole time that an entry's words take on its right."""
ROWS = 14
"""Rows of one lane; what finds no place in them is told of, and stands in the table."""
ROW, GAP, AXIS = 26, 34, 34
"""Pixels: of a row; of a lane's heading and the space above it; of the axis."""
UNDATED = "undated"
"""The last lane: what has no year."""


@dataclass(frozen=True)
class Lane:
    """Entries of one kind, each with its row from 0; ``rest`` found no place; ``rows`` is how many there are."""

    kind: str
    placed: tuple[tuple[Dated, int], ...]
    rest: tuple[Dated, ...]
    rows: int

    @property
    def entries(self) -> tuple[Dated, ...]:
        """All of them, those that are drawn first."""
        return (*(one for one, _row in self.placed), *self.rest)


def extent(entries: Iterable[Dated]) -> tuple[date, date] | None:
    """The first and the last day that any of these may lie on, with some air; None if none has one."""
    bounds = [day for one in entries for day in (one.earliest, one.latest) if day]
    if not bounds:
        return None
    first, last = date.fromisoformat(min(bounds)), date.fromisoformat(max(bounds))
    air = timedelta(days=max(15, (last - first).days // 30))
    return _moved(first, -air), _moved(last, air)


def lanes(entries: Sequence[Dated]) -> tuple[Lane, ...]:
    """The lanes, the one with the first entry first; what has no year is in the last."""
    span = extent(entries)
    by_kind: dict[str, list[Dated]] = defaultdict(list)
    for one in entries:
        by_kind[one.kind if one.earliest or one.latest else UNDATED].append(one)
    undated = by_kind.pop(UNDATED, [])
    found = [Lane(kind, *_placed(kept, span)) for kind, kept in by_kind.items()]
    if undated:
        placed = tuple((one, row) for row, one in enumerate(undated[:ROWS]))
        found.append(Lane(UNDATED, placed, tuple(undated[ROWS:]), len(placed)))
    return tuple(found)


def height(found: Sequence[Lane]) -> int:
    """Pixels of a picture with these lanes."""
    return AXIS + sum(GAP + ROW * lane.rows for lane in found) + 10


def _placed(
    entries: Sequence[Dated], span: tuple[date, date] | None
) -> tuple[tuple[tuple[Dated, int], ...], tuple[Dated, ...], int]:
    """Each entry in the first row that is free where it stands; those for which none is; how many rows there are."""
    days = max((span[1] - span[0]).days, 1) if span else 1
    free: list[int] = []
    placed, rest = [], []
    for one in entries:
        begin, end = _days(one)
        row = next((at for at, day in enumerate(free) if day <= begin), len(free))
        if row == ROWS:
            rest.append(one)
            continue
        free[row:] = [max(end, begin) + round(ROOM * days), *free[row + 1 :]]
        placed.append((one, row))
    return tuple(placed), tuple(rest), max(len(free), 1)


def _days(one: Dated) -> tuple[int, int]:
    """The first and last day of an entry as numbers; an open side is taken for the other."""
    earliest, latest = one.earliest or one.latest or "0001-01-01", one.latest or one.earliest or "0001-01-01"
    return date.fromisoformat(earliest).toordinal(), date.fromisoformat(latest).toordinal()


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def counts(entries: Iterable[Dated]) -> Mapping[str, int]:
    """How many entries there are of each kind, in the order of the lanes."""
    found: dict[str, int] = {}
    for one in entries:
        found[one.kind] = found.get(one.kind, 0) + 1
    return found
