"""What was measured beside a claim, in sentences: the value with its scale and direction, the year, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, url_for

from graph.asking.compared import ORDER, Compared, compared, counted
from graph.iris import COMPARISONS_GRAPH, local_name
from queries import rules
from server.claims import claims_by_iri
from server.describing.imported import imported
from server.holdings import holdings
from server.labels import Names
from server.links import ELSEWHERE, page_of
from server.pieces import Claim, Link
from server.reading import iris, select, text_of
from server.words.date_words import date_in_words
from server.words.language import gettext as _
from server.words.language import ngettext

MARKS = {"supports": "+", "disputes": "−", "beside": "∥"}
MOST = 200
"""Claims that are listed beside one measurement."""
HELD = ("asserted", "reported", "believed")
"""How a claim is held that a measurement may support or dispute."""


@dataclass(frozen=True)
class Measured:
    """One measurement beside a claim. ``anchor`` is where links to it lead; ``row`` are the exact words of its source.

    ``value`` is empty for a time in an office. ``notes`` are short sentences on the year, the scale and what to know.
    """

    anchor: str
    relation: str
    mark: str
    indicator: Link
    about: Link
    value: str
    scale: str
    category: str
    years: str
    notes: tuple[str, ...]
    data_set: Link
    publisher: str
    licence: Link
    rule: Link
    rule_text: str
    row: str
    row_place: str
    measurement: Link


@dataclass(frozen=True)
class Beside:
    """All that was measured beside a claim; ``pack`` is where to take it away, ``caution`` how the claim is held."""

    items: tuple[Measured, ...]
    summary: str
    caution: str
    pack: str


def register(app: Flask) -> None:
    """Give the templates what pages say of measurements beside claims."""
    words = {"relation_word": relation_word, "nothing_to_compare": nothing_to_compare}
    app.jinja_env.globals |= {"measured_beside": measured, "claims_beside": claims_beside, **words}


def measured(claim: Claim) -> Beside | None:
    """What the page of a claim shows beside it; None where nothing is imported that could be."""
    found = compared(holdings().engine, [claim.iri])
    if not found:
        return None
    _root, _kind, editorial, name = claim.iri.rsplit("/", 3)
    return Beside(
        items=told(found),
        summary=summary_of(Counter(one.relation for one in found)),
        caution=_caution(claim),
        pack=url_for("packs.pack", editorial=editorial, name=name),
    )


def claims_beside(measurement: str) -> tuple[tuple[str, Claim], ...]:
    """The claims that a measurement supports, disputes or stands beside, each with how; none about private life."""
    stands = f"GRAPH <{COMPARISONS_GRAPH}> {{ {iris([measurement])} ?relation ?claim }}"
    rows = select(f"SELECT ?claim ?relation WHERE {{ {stands} }} ORDER BY ?claim LIMIT {MOST}")
    found = claims_by_iri(text_of(row, "claim") for row in rows)
    return tuple(
        (local_name(text_of(row, "relation")), found[text_of(row, "claim")])
        for row in rows
        if text_of(row, "claim") in found and not found[text_of(row, "claim")].private
    )


def told(found: Sequence[Compared]) -> tuple[Measured, ...]:
    """Each measurement in words; what supports or disputes first."""
    names = Names({one.about for one in found}, known={one.about: one.about_label for one in found if one.about_label})
    ranked = sorted(found, key=lambda one: ORDER.index(one.relation))
    return tuple(_measured(one, names) for one in ranked)


def summaries(claims: Iterable[Claim]) -> Mapping[str, str]:
    """How many measurements stand beside each of these claims that has any, in words."""
    found = counted(holdings().engine, [claim.iri for claim in claims])
    return {claim: summary_of(counts) for claim, counts in found.items()}


def summary_of(counts: Mapping[str, int]) -> str:
    """“1 supports, 4 beside”."""
    words = {
        "supports": lambda n: ngettext("%(n)s measurement supports it", "%(n)s measurements support it", n, n=n),
        "disputes": lambda n: ngettext("%(n)s measurement disputes it", "%(n)s measurements dispute it", n, n=n),
        "beside": lambda n: ngettext("%(n)s measurement stands beside", "%(n)s measurements stand beside", n, n=n),
    }
    return ", ".join(words[name](counts[name]) for name in ORDER if counts.get(name))


def nothing_to_compare(query: str) -> bool:
    """Whether a query asks for comparisons where nothing is imported that could be compared."""
    return f"<{COMPARISONS_GRAPH}>" in query and not imported()


def relation_word(relation: str) -> str:
    """How a measurement stands to the claim."""
    words = {"supports": _("supports it"), "disputes": _("disputes it"), "beside": _("beside it")}
    return words.get(relation, relation)


def _measured(one: Compared, names: Names) -> Measured:
    rule = rules().get(one.rule)
    return Measured(
        anchor=f"measured-{one.record.rpartition('#')[2][:12]}",
        relation=one.relation,
        mark=MARKS[one.relation],
        indicator=Link(one.indicator_label or names.of(one.indicator), page_of(one.indicator)),
        about=names.link(one.about),
        value=" ".join(filter(None, (one.value, _unit(one.unit)))),
        scale=_scale(one),
        category=one.category,
        years=_years(one),
        notes=tuple(_notes(one)),
        data_set=Link(one.data_set_title, page_of(one.data_set)),
        publisher=one.publisher,
        licence=_licence(one),
        rule=Link(rule.summary if rule else one.rule, url_for("rules.rule", name=one.rule)),
        rule_text=rule.description if rule else "",
        row=one.row_words,
        row_place=_("row %(number)s of %(file)s", number=one.row_number, file=one.file),
        measurement=Link(_("the measurement"), page_of(one.measurement)),
    )


def _unit(unit: str) -> str:
    return {"percent": "%"}.get(unit, unit)


def _scale(one: Compared) -> str:
    """From where to where, and which end is the freest; as far as the publisher gives it."""
    if one.unit or not one.value:
        return ""
    bounds = {"low": one.lowest, "high": one.highest, "best": one.freest}
    if one.lowest and one.highest:
        plain = _("from %(low)s to %(high)s", **bounds)
        return _("from %(low)s to %(high)s, where %(best)s is the freest", **bounds) if one.freest else plain
    return _("%(best)s is the freest", **bounds) if one.freest else ""


def _years(one: Compared) -> str:
    """The year that was measured and how far it is from the claim's."""
    if not one.value:
        begun, ended = (date_in_words(day) if day else "?" for day in (one.edition, one.until))
        return " ".join((_("From %(start)s until %(end)s.", start=begun, end=ended), _apart(one.apart)))
    bears_another = one.covers != one.edition[:4]
    year = _("For %(year)s, by the edition of %(edition)s:", year=one.covers, edition=one.edition)
    return " ".join((year if bears_another else _("For %(year)s:", year=one.covers), _apart(one.apart)))


def _apart(years: int) -> str:
    if not years:
        return _("the time of the claim.")
    n = abs(years)
    before = ngettext("%(n)s year before the claim.", "%(n)s years before the claim.", n, n=n)
    return before if years < 0 else ngettext("%(n)s year after the claim.", "%(n)s years after the claim.", n, n=n)


def _notes(one: Compared) -> Iterable[str]:
    if one.claimed:
        when = date_in_words(one.claimed)
        by_text = _("The claim states no date; its editorial is of %(date)s.", date=when)
        yield _("The claim is of %(date)s.", date=when) if one.is_own else by_text
    if one.inferred:
        yield _("That date is inferred and not stated.")
    if one.scope:
        yield one.scope


def _licence(one: Compared) -> Link:
    if one.licence.startswith(ELSEWHERE):
        return Link(one.licence.removeprefix("https://").removeprefix("http://").rstrip("/"), one.licence)
    return Link(one.rights, None)


def _caution(claim: Claim) -> str:
    """What to know of how the claim is held before its measurements are read."""
    if claim.modality.name == "asserted":
        return ""
    if claim.modality.name in HELD:
        return _("The editorial does not say this in its own voice. What is compared is what the claim says.")
    return _("A claim that is held in this way is neither supported nor disputed by a measurement: they stand beside.")
