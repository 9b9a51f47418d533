"""Values over time as a small line, drawn by the server: up is freer, where a publisher says which way that is."""

from collections.abc import Sequence

from graph.asking.measurements import Measurement
from server.site.imported.indicators import Indicator
from server.site.imported.views import Curve
from server.words.language import gettext as _

WIDTH, HEIGHT, EDGE = 96.0, 24.0, 2.5
LEAST = 3
"""Values that make a line."""


def curve(values: Sequence[Measurement], of: Indicator) -> Curve | None:
    """The line through some values in the order of time; None where they are too few, or no numbers."""
    numbers = [(int(one.date[:4]), number) for one in values if (number := _number(one.value)) is not None]
    years = [year for year, _number_ in numbers]
    if len(numbers) < LEAST or len(set(years)) < LEAST:
        return None
    low, high = min(number for _year, number in numbers), max(number for _year, number in numbers)
    points = [_point(pair, (years[0], years[-1]), (low, high), upside_down=of.is_low_free) for pair in numbers]
    return Curve(" ".join(f"{x:.1f},{y:.1f}" for x, y in points), points[-1], _words(values, of))


def _point(
    pair: tuple[int, float], years: tuple[int, int], bounds: tuple[float, float], *, upside_down: bool
) -> tuple[float, float]:
    year, number = pair
    along = (year - years[0]) / (years[1] - years[0])
    up = (number - bounds[0]) / (bounds[1] - bounds[0]) if bounds[1] > bounds[0] else 0.5
    down = up if upside_down else 1 - up
    return round(EDGE + along * (WIDTH - 2 * EDGE), 1), round(EDGE + down * (HEIGHT - 2 * EDGE), 1)


def _words(values: Sequence[Measurement], of: Indicator) -> str:
    first, last = values[0], values[-1]
    told = _(
        "From %(first)s in %(begin)s to %(last)s in %(end)s.",
        first=first.value, begin=first.date[:4], last=last.value, end=last.date[:4],
    )  # fmt: skip
    return f"{told} {_('Up is freer.')}" if of.is_low_free or of.is_high_free else told


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
