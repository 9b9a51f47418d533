"""What is known of an imported data set, of what it measures and of one value, line by line."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal
from rdflib import DCAT, DCTERMS, RDF, SKOS

from graph.description import Description, value
from ontology.terms import POL
from server.describing.imported import DataSet
from server.links import page_of
from server.pieces import Link
from server.site.imported.indicators import Indicator
from server.site.imported.views import Term
from server.words.date_words import date_in_words
from server.words.language import gettext as _


def of_measurement(
    said: Mapping[str, str], names: Mapping[str, str], of: Indicator, data_set: DataSet | None
) -> Iterator[Term]:
    """The value with its scale, what is measured, of whom, when, and by whom."""
    yield _plain(_("value"), f"{said.get(str(RDF.value), '')} {of.unit}".strip(), "en" if of.unit else "")
    yield Term(_("what is measured"), (Link(of.label, page_of(of.iri)),), "en")
    yield from _scale(of)
    for what, term in ((_("party"), POL.party), (_("country"), POL.country)):
        if iri := said.get(str(term)):
            yield Term(what, (Link(names.get(iri, iri), page_of(iri)),), "en")
    if when := said.get(str(POL.date)):
        yield _plain(_("when"), date_in_words(names.get(when, when)))
    yield from _whose(data_set)


def of_indicator(found: Description, of: Indicator, data_set: DataSet | None) -> Iterator[Term]:
    """What it measures, what one has to know to compare, its scale and direction, and whose it is."""
    said = {t.predicate.value: t.object.value for t in found.statements
            if value(t.subject) == found.iri and isinstance(t.object, Literal)}  # fmt: skip
    for what, name in ((_("what is measured"), SKOS.definition), (_("to compare it"), SKOS.scopeNote)):
        if text := said.get(str(name)):
            yield _plain(what, text, "en")
    yield from _scale(of)
    if of.unit:
        yield _plain(_("unit"), of.unit, "en")
    sources = [value(t.object) for t in found.statements if t.predicate.value == str(DCTERMS.source)]
    if sources:
        yield Term(_("described at"), tuple(Link(iri, page_of(iri)) for iri in sorted(sources)), "en")
    yield from _whose(data_set)


def of_data_set(one: DataSet) -> Iterator[Term]:
    """Whose it is, under which licence, and how much there is."""
    yield _plain(_("publisher"), one.publisher_name, "en")
    yield _licence(one)
    if one.homepage:
        yield Term(_("at home at"), (Link(one.homepage, page_of(one.homepage)),), "en")
    if all(one.years):
        yield _plain(_("years"), "–".join(dict.fromkeys(one.years)))
    for what, number in (
        (_("rows"), one.rows), (_("measurements"), one.measurements), (_("statements"), one.triples),
    ):  # fmt: skip
        if number:
            yield _plain(what, f"{number:,}")
    yield Term(_("graph"), (Link(one.graph, page_of(one.graph)),), "en")


def files(found: Description) -> Iterator[Term]:
    """The files that were read, each with its SHA-256."""
    names: dict[str, dict[str, str]] = {}
    for triple in found.statements:
        if "#file-" in value(triple.subject) and isinstance(triple.object, Literal):
            names.setdefault(value(triple.subject), {})[triple.predicate.value] = triple.object.value
    kept = [told for _iri, told in sorted(names.items()) if str(DCAT.byteSize) in told]
    if kept:
        told = (f"{one.get(str(DCTERMS.title), '')} · SHA-256 {one.get(str(POL.sha256), '')}" for one in kept)
        yield Term(_("files read"), tuple(Link(text, None) for text in told), "en")


def _scale(of: Indicator) -> Iterator[Term]:
    if of.lowest and of.highest:
        yield _plain(_("scale"), _("from %(lowest)s to %(highest)s", lowest=of.lowest, highest=of.highest))
    if of.freest:
        yield _plain(_("freest"), of.freest)


def _whose(one: DataSet | None) -> Iterator[Term]:
    if one is not None:
        yield Term(_("data set"), (Link(one.title, page_of(one.iri)),), "en")
        yield _plain(_("publisher"), one.publisher_name, "en")
        yield _licence(one)


def _licence(one: DataSet) -> Term:
    return Term(_("licence"), (Link(one.terms, page_of(one.licence) if one.licence else None),), "en")


def _plain(what: str, text: str, language: str = "") -> Term:
    return Term(what, (Link(text, None),), language)
