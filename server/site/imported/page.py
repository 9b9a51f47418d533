"""What a page tells of what was measured: of countries and parties their values, and what a data set is itself."""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode
from rdflib import CSVW, DCTERMS, PROV, QB, RDF, SKOS

from graph.asking import evidence_statements, measurements
from graph.description import NAMES, Description, value
from graph.iris import ID, path_of
from ontology.terms import POL
from server.describing.imported import DataSet, imported
from server.holdings import holdings
from server.labels import Names
from server.links import page_of
from server.pieces import Link
from server.searching import searchable
from server.site.imported import terms
from server.site.imported.indicators import Indicator, indicator
from server.site.imported.tables import by_country, by_data_set, by_place
from server.site.imported.views import Measured, SourceRow, Table, Term
from server.words.date_words import date_in_words
from server.words.language import gettext as _

COUNTRIES = 6
"""Countries beside each other on the page of an indicator: those that claims speak of most."""


def measured_of(found: Description) -> Measured | None:
    """What there is to tell; None where no data set says anything of the thing."""
    sets = imported()
    if not sets or found.page > 1:
        return None
    kind = path_of(found.iri).partition("/")[0]
    told = {"measurement": _measurement, "indicator": _indicator, "dataset": _data_set}
    if found.evidence and kind in told:
        return told[kind](found, sets)
    note = _note(found, sets) if found.evidence else ""
    tables = _tables(found.iri, kind, sets)
    return Measured(note=note, tables=tables) if note or tables else None


def heading(found: Description) -> str:
    """What the page of a measurement or a data set is called; empty for anything else."""
    kind = path_of(found.iri).partition("/")[0] if found.evidence else ""
    said, names = _said(found), labels(found)
    if kind != "measurement":
        return said.get(str(DCTERMS.title), "") if kind == "dataset" else ""
    return _(
        "%(indicator)s: %(place)s, %(when)s: %(value)s",
        indicator=names.get(said.get(str(POL.indicator), ""), ""),
        place=names.get(said.get(str(POL.party)) or said.get(str(POL.country), ""), ""),
        when=date_in_words(names.get(said.get(str(POL.date), ""), "")),
        value=said.get(str(RDF.value), ""),
    )


def labels(found: Description) -> dict[str, str]:
    """The names in a description that data sets give: the first in the order of their properties."""
    ranked = sorted(
        (NAMES.index(triple.predicate), value(triple.subject), triple.object.value)
        for triple in (*found.names, *found.statements)
        if triple.predicate in NAMES and isinstance(triple.object, Literal)
    )
    return {name: label for _rank, name, label in reversed(ranked)}


def _said(found: Description) -> dict[str, str]:
    """What is said of the thing itself, one value for each property."""
    own = (triple for triple in found.statements if value(triple.subject) == found.iri)
    return {t.predicate.value: t.object.value for t in own if isinstance(t.object, Literal | NamedNode)}


def _note(found: Description, sets: tuple[DataSet, ...]) -> str:
    graphs = evidence_statements.graphs(holdings().engine, NamedNode(found.iri))
    names = ", ".join(one.title for one in sets if one.graph in graphs)
    return _("Imported from %(sets)s; nothing is claimed of it here.", sets=names)


def _tables(iri: str, kind: str, sets: tuple[DataSet, ...]) -> tuple[Table, ...]:
    asked = {"country": measurements.of_country, "party": measurements.of_party}
    if kind not in asked:
        return ()
    return by_data_set(asked[kind](holdings().engine, iri), sets)


def _measurement(found: Description, sets: tuple[DataSet, ...]) -> Measured:
    said, names = _said(found), labels(found)
    of = said.get(str(POL.indicator), "")
    place = said.get(str(POL.party)) or said.get(str(POL.country), "")
    series = [
        one
        for one in measurements.by_indicator(holdings().engine, of, [said.get(str(POL.country), "")])
        if place in (one.party, one.country) and bool(one.party) == (str(POL.party) in said)
    ]
    known = indicator(of, evidence_statements.statements(holdings().engine, [of], 100))
    title = Link(_("Over time"), None)
    return Measured(
        terms=tuple(terms.of_measurement(said, names, known, _of_set(said.get(str(QB.dataSet), ""), sets))),
        row=_row(found),
        tables=(by_place("over-time", title, series, known, names),) if series else (),
    )


def _row(found: Description) -> SourceRow | None:
    rows = {value(t.subject) for t in found.statements if t.predicate.value == str(CSVW.rownum)}
    for row in sorted(rows):
        told = {t.predicate.value: value(t.object) for t in found.statements if value(t.subject) == row}
        words = next(
            (t.object.value for t in found.statements
             if value(t.subject) == row and t.predicate.value == str(PROV.value) and isinstance(t.object, Literal)), ""
        )  # fmt: skip
        file = told.get(str(DCTERMS.isPartOf), "").rpartition("#file-")[2]
        number = next(
            t.object.value for t in found.statements
            if value(t.subject) == row and t.predicate.value == str(CSVW.rownum) and isinstance(t.object, Literal)
        )  # fmt: skip
        return SourceRow(words, file, number)
    return None


def _indicator(found: Description, sets: tuple[DataSet, ...]) -> Measured:
    known = indicator(found.iri, found.statements)
    engine = holdings().engine
    of_set = _of_set(_said(found).get(str(SKOS.inScheme), ""), sets)
    countries = _spoken_of()
    some = measurements.by_indicator(engine, found.iri, countries)
    some.sort(key=lambda one: countries.index(one.country))  # of one country they stay in the order of time
    newest = measurements.latest(engine, found.iri)
    names = _names({one.party or one.country for one in some} | {one.country for one in (*some, *newest)})
    tables = [*_beside(some, known, names)]
    if (table := by_country(newest, known, names)) is not None:
        tables.append(table)
    return Measured(terms=tuple(terms.of_indicator(found, known, of_set)), tables=tuple(tables))


def _beside(values: list[measurements.Measurement], known: Indicator, names: Mapping[str, str]) -> Iterator[Table]:
    """The countries that claims speak of, beside each other; of parties a table for each country."""
    whole = [one for one in values if not one.party]
    if whole:
        title = Link(_("Over time, in the countries that claims speak of"), None)
        yield by_place("over-time", title, whole, known, names)
    for country in dict.fromkeys(one.country for one in values if one.party):
        own = [one for one in values if one.country == country and one.party]
        title = Link(names.get(country, country), page_of(country))
        yield by_place(path_of(country), title, own, known, names)


def _spoken_of() -> list[str]:
    sizes = searchable().claims.sizes("country")
    return [f"{ID}country/{slug}" for slug in sorted(sizes, key=lambda slug: (-sizes[slug], slug))[:COUNTRIES]]


def _names(wanted: Iterable[str]) -> dict[str, str]:
    """What things are called: by the default graph, or else by a data set."""
    asked = set(wanted)
    found = evidence_statements.named(holdings().engine, asked, NAMES)
    theirs = {value(t.subject): t.object.value for t in found if isinstance(t.object, Literal)} if asked else {}
    names = Names(asked, known=theirs)
    return {iri: names.of(iri) for iri in asked}


def _data_set(found: Description, sets: tuple[DataSet, ...]) -> Measured:
    of_set = _of_set(found.iri, sets)
    if of_set is None:
        return Measured()
    held = evidence_statements.in_scheme(holdings().engine, NamedNode(found.iri))
    measures: Iterable[Term] = (
        [Term(_("it measures"), tuple(Link(label, page_of(iri)) for iri, label in held), "en")] if held else []
    )
    return Measured(terms=(*terms.of_data_set(of_set), *measures, *terms.files(found)))


def _of_set(iri: str, sets: tuple[DataSet, ...]) -> DataSet | None:
    return next((one for one in sets if one.iri == iri), None)
