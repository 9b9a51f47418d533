"""Measurements as tables: times below each other, and beside each other what was measured, or of whom."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from graph.asking.measurements import Measurement
from server.describing.imported import DataSet
from server.links import page_of
from server.pieces import Link
from server.site.imported.curves import curve
from server.site.imported.indicators import Indicator, indicators, short_names
from server.site.imported.views import Column, Row, Table
from server.words.date_words import date_in_words
from server.words.language import gettext as _

RECENT = 12
"""Times that are shown at once; earlier ones are there to be opened."""
MOST = 8
"""Columns of one table, those of most values."""


def by_data_set(values: Sequence[Measurement], sets: Iterable[DataSet]) -> tuple[Table, ...]:
    """A table for each data set, with a column for each of its indicators."""
    parts: dict[str, list[Measurement]] = defaultdict(list)
    for one in values:
        parts[one.data_set].append(one)
    known = indicators({one.indicator for one in values})
    return tuple(
        _of_data_set(one, parts[one.iri], known) for one in sets if one.iri in parts
    )  # fmt: skip


def _of_data_set(one: DataSet, values: Sequence[Measurement], known: Mapping[str, Indicator]) -> Table:
    title = Link(one.title, page_of(one.iri))
    table = _over_time(one.iri, title, values, known, lambda found: found.indicator, _names_of(values, known))
    return replace(table, note=_("Measured by %(publisher)s; imported, not claimed.", publisher=one.publisher_name))


def by_place(name: str, title: Link, values: Sequence[Measurement], of: Indicator, names: Mapping[str, str]) -> Table:
    """A table of one indicator, with a column for each country or party."""
    known = {one.indicator: of for one in values}
    places = {(one.party or one.country): names.get(one.party or one.country, "") for one in values}
    return _over_time(name, title, values, known, lambda one: one.party or one.country, places)


def by_country(values: Sequence[Measurement], of: Indicator, names: Mapping[str, str]) -> Table | None:
    """Every country with its value of one time, the freest first; all of them are there to be opened."""
    if not values:
        return None
    rows = [
        Row(Link(names.get(one.country, one.country), page_of(one.country)), (Link(one.value, page_of(one.iri)),))
        for one in sorted(values, key=lambda one: _rank(one, of, names))
    ]
    title = _("All countries, %(when)s", when=date_in_words(values[-1].date))
    column = Column(Link(_("value"), None), of.label)
    return Table("latest", Link(title, None), _("country"), (column,), (), tuple(rows), _("Open the table"))


def _rank(one: Measurement, of: Indicator, names: Mapping[str, str]) -> tuple[float, str]:
    try:
        number = float(one.value)
    except ValueError:
        number = 0.0
    return number if of.is_low_free else -number, names.get(one.country, one.country)


def _names_of(values: Iterable[Measurement], known: Mapping[str, Indicator]) -> dict[str, str]:
    """The short name of each indicator."""
    found = {one.indicator: known[one.indicator].label for one in values}
    short = short_names(sorted(set(found.values())))
    return {iri: short[label] for iri, label in found.items()}


def _over_time(
    name: str, title: Link, values: Sequence[Measurement], known: Mapping[str, Indicator],
    column_of: Callable[[Measurement], str], names: Mapping[str, str],
) -> Table:  # fmt: skip
    series: dict[str, list[Measurement]] = defaultdict(list)
    for one in values:
        series[column_of(one)].append(one)
    shown = sorted(sorted(series, key=lambda iri: (-len(series[iri]), iri))[:MOST], key=lambda iri: names[iri])
    columns = tuple(
        Column(Link(names[iri], page_of(iri)), known[series[iri][0].indicator].label,
               curve(series[iri], known[series[iri][0].indicator]))
        for iri in shown
    )  # fmt: skip
    cells = {(one.date, column_of(one)): Link(one.value, page_of(one.iri)) for one in values}
    dates = sorted({one.date for iri in shown for one in series[iri]}, reverse=True)
    rows = [Row(Link(date_in_words(date), None), tuple(cells.get((date, iri)) for iri in shown)) for date in dates]
    short = name.rpartition("/")[2]
    return Table(short, title, _("when"), columns, tuple(rows[:RECENT]), tuple(rows[RECENT:]), _("Earlier"))
