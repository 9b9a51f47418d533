"""The graph of one data set, written as it is read: nothing of it is held but what is described only once.

    <id/dataset/rsf>                    a dcat:Dataset, qb:DataSet ; dcterms:title, publisher, license or rights
    <id/dataset/rsf#file-2021.csv>      a dcat:Distribution ; dcterms:title "2021.csv" ; pol:sha256 …
    <id/dataset/rsf#row-2021.csv-12>    a csvw:Row, prov:Entity ; csvw:rownum 12 ; prov:value "2021;KAZ;…" ;
                                        dcterms:isPartOf the file
    <id/measurement/rsf/2021/KAZ/score> a pol:Measurement, qb:Observation ; pol:indicator … ; rdf:value 50.28 ;
                                        prov:wasDerivedFrom the row

csvw:rownum counts the rows below the header from 1 (Model for Tabular Data, section 4.4); of a JSON file, the records
of a list. prov:value is the row as it stands in the file; of a JSON record, the parts that were taken.
"""

import re
from collections.abc import Callable, Iterable

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import CSVW, DCAT, DCTERMS, PROV, QB, RDF, SDO, SKOS, TIME, XSD

from graph import iris
from graph.dates import Moment
from graph.importing.countries import Country
from graph.importing.files import SourceFile
from graph.importing.mapping import Indicator
from graph.importing.slugs import slug
from graph.jsonld import node
from ontology.terms import POL

Object = NamedNode | Literal
LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*")
"""A language tag that RDF takes (BCP 47)."""
INTEGER, DAY, DECIMAL = node(XSD.integer), node(XSD.date), node(XSD.decimal)
_TYPE = node(RDF.type)
_ROW = (node(CSVW.Row), node(PROV.Entity))
_ROWNUM, _WORDS, _PART_OF, _DERIVED = (
    node(CSVW.rownum), node(PROV.value), node(DCTERMS.isPartOf), node(PROV.wasDerivedFrom),
)  # fmt: skip
_MEASUREMENT = (node(POL.Measurement), node(QB.Observation))
_IN, _INDICATOR, _COUNTRY, _PARTY, _DATE, _VALUE = (
    node(QB.dataSet), node(POL.indicator), node(POL.country), node(POL.party), node(POL.date), node(RDF.value),
)  # fmt: skip


class Sink:
    """Takes what is read of one data set and passes it on as quads."""

    def __init__(self, dataset: str, put: Callable[[Quad], object]) -> None:
        self.name = dataset
        self.iri = iris.dataset(dataset)
        self._graph = node(iris.evidence_graph(dataset))
        self._put = put
        self._self = node(self.iri)
        self._once: set[str] = set()
        self._dates: dict[str, NamedNode] = {}

    def say(self, subject: NamedNode, predicate: NamedNode | str, value: Object) -> None:
        """One statement."""
        self._put(Quad(subject, node(predicate) if isinstance(predicate, str) else predicate, value, self._graph))

    def first(self, iri: str) -> bool:
        """Whether this is not described yet; from now on it is."""
        if iri in self._once:
            return False
        self._once.add(iri)
        return True

    def dataset(self, title: str, publisher: str, homepage: str, licence: str, files: Iterable[SourceFile]) -> None:
        """The data set itself, when its files have been read."""
        by = node(iris.local(self.iri, "publisher"))
        for kind in (DCAT.Dataset, QB.DataSet):
            self.say(self._self, _TYPE, node(kind))
        self.say(self._self, DCTERMS.title, Literal(title, language="en"))
        self.say(self._self, DCTERMS.publisher, by)
        self.say(by, _TYPE, node(SDO.Organization))
        self.say(by, SDO.name, Literal(publisher))
        if homepage:
            self.say(self._self, DCAT.landingPage, node(homepage))
        if licence.startswith(("http://", "https://")):
            self.say(self._self, DCTERMS.license, node(licence))
        else:
            self.say(self._self, DCTERMS.rights, Literal(licence or NOT_STATED, language="en"))
        for file in files:
            self._file(file)

    def _file(self, file: SourceFile) -> None:
        subject = self.file(file.name)
        self.say(self._self, DCAT.distribution, subject)
        self.say(subject, _TYPE, node(DCAT.Distribution))
        self.say(subject, DCTERMS.title, Literal(file.name))
        self.say(subject, str(POL.sha256), Literal(file.sha256))
        self.say(subject, DCAT.byteSize, Literal(str(file.size), datatype=node(XSD.nonNegativeInteger)))

    def file(self, name: str) -> NamedNode:
        """A file that is read."""
        return node(iris.local(self.iri, f"file-{name}"))

    def row(self, file: str, number: int, words: str, place: str = "") -> NamedNode:
        """The row of a file, or the record of a list in it (``place``), with its words."""
        subject = node(iris.local(self.iri, "-".join(filter(None, ("row", file, place, str(number))))))
        for kind in _ROW:
            self.say(subject, _TYPE, kind)
        self.say(subject, _ROWNUM, Literal(str(number), datatype=INTEGER))
        self.say(subject, _WORDS, Literal(words))
        self.say(subject, _PART_OF, self.file(file))
        return subject

    def derived(self, subject: NamedNode, row: NamedNode) -> None:
        """That something was read from a row."""
        self.say(subject, _DERIVED, row)

    def date(self, moment: Moment) -> NamedNode:
        """The node of a date: one for each text in a data set."""
        known = self._dates.get(moment.edtf)
        if known is None:
            known = self._dates[moment.edtf] = node(iris.moment(self.iri, moment.edtf))
            self.say(known, _TYPE, node(TIME.TemporalEntity))
            self.say(known, str(POL.edtf), Literal(moment.edtf))
            for term, day in ((POL.earliest, moment.earliest), (POL.latest, moment.latest)):
                if day:
                    self.say(known, str(term), Literal(day, datatype=DAY))
        return known

    def indicator(self, indicator: Indicator) -> NamedNode:
        """What is measured, described once."""
        subject = node(iris.indicator(self.name, indicator.code))
        if self.first(subject.value):
            for kind in (POL.Indicator, SKOS.Concept):
                self.say(subject, _TYPE, node(kind))
            self.say(subject, SKOS.inScheme, self._self)
            self.say(subject, SKOS.notation, Literal(indicator.code))
            texts = {SKOS.prefLabel: indicator.label, SKOS.definition: indicator.definition}
            texts |= {SKOS.scopeNote: indicator.scope, POL.unit: indicator.unit}
            for term, text in texts.items():
                if text:
                    self.say(subject, str(term), Literal(text, language="en"))
            if indicator.source:
                self.say(subject, DCTERMS.source, node(indicator.source))
            bounds = {POL.lowest: indicator.lowest, POL.highest: indicator.highest, POL.freest: indicator.freest}
            for term, number in bounds.items():
                if number is not None:
                    self.say(subject, str(term), Literal(format(number, "f"), datatype=DECIMAL))
        return subject

    def country(self, country: Country) -> NamedNode:
        """A country, described here if the graph does not have it."""
        subject = node(country.iri)
        if not country.known and self.first(country.iri):
            self.say(subject, _TYPE, node(SDO.Country))
            self.say(subject, SKOS.prefLabel, Literal(country.name, language="en"))
            for scheme, code in (("ISO 3166-1 alpha-2", country.alpha_2), ("ISO 3166-1 alpha-3", country.alpha_3)):
                if code:
                    self.identifier(subject, scheme, code, "pycountry")
        return subject

    def identifier(self, subject: NamedNode, scheme: str, value: str, confirmed_by: str) -> None:
        """What somebody else calls it, and who says so."""
        owner, _, own = subject.value.partition("#")
        part = node(iris.local(owner, "-".join(filter(None, (own, "identifier", slug(scheme), value)))))
        if self.first(part.value):
            self.say(subject, SDO.identifier, part)
            self.say(part, _TYPE, node(SDO.PropertyValue))
            self.say(part, SDO.propertyID, Literal(scheme))
            self.say(part, SDO.value, Literal(value))
            self.say(part, DCTERMS.source, Literal(confirmed_by))

    def measurement(
        self,
        subject: NamedNode,
        indicator: NamedNode,
        country: NamedNode,
        date: NamedNode,
        value: Literal,
        row: NamedNode,
        party: NamedNode | None = None,
    ) -> None:
        """One value."""
        for kind in _MEASUREMENT:
            self.say(subject, _TYPE, kind)
        self.say(subject, _IN, self._self)
        self.say(subject, _INDICATOR, indicator)
        self.say(subject, _COUNTRY, country)
        if party is not None:
            self.say(subject, _PARTY, party)
        self.say(subject, _DATE, date)
        self.say(subject, _VALUE, value)
        self.say(subject, _DERIVED, row)


NOT_STATED = "No licence is stated in the files that were imported; ask the publisher."
"""What is said of a data set whose files do not tell under which licence they are."""
