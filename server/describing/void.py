"""What VoID says of the dataset (https://www.w3.org/TR/void/): how much of what there is, and where to begin.

Its triples are those of the default graph, which a plain query sees. The named graphs below ``{base}graph/`` are told
as subsets; each claim has four more, which the endpoint's own description lists.
"""

from collections.abc import Iterable, Iterator

from flask import url_for
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import DCTERMS, FOAF, RDF, RDFS, VOID, XSD

from graph.errors import QueryRefused
from graph.iris import ID
from graph.jsonld import node
from graph.snapshots.statistics import Scope
from ontology.base import BASE
from server.describing.counts import Measure, measure
from server.graph_counts import counts
from server.holdings import holdings
from server.reading import iris, select, text_of
from server.service_description import FORMATS, NAMES
from server.versions import Version

EXAMPLES = 3
ROOTS = 50
"""Editorials that are named as places to begin."""
_Subject = NamedNode | BlankNode


def void_triples(dataset: NamedNode, version: Version) -> Iterator[Triple]:
    """The dataset in the words of VoID, and the document that describes it."""
    yield from _said(
        dataset,
        (RDF.type, node(VOID.Dataset)),
        (VOID.uriSpace, Literal(ID)),
        (VOID.sparqlEndpoint, node(url_for("protocol.sparql", _external=True))),
        *((VOID.dataDump, node(version.address(name))) for name in version.snapshot.dumps.files),
        *((VOID.feature, node(FORMATS + name)) for name in NAMES.values() if not name.startswith("SPARQL")),
        *((VOID.exampleResource, node(iri)) for iri in _examples()),
        *((VOID.rootResource, node(iri)) for iri in _roots()),
        (RDFS.seeAlso, node(url_for("sitemaps.index", _external=True))),
        (RDFS.seeAlso, node(url_for("graph_store.direct", path="queries", _external=True))),
    )
    measured = measure()
    if measured:
        yield from _counts(dataset, measured)
    yield from _subsets(dataset)
    document = node(f"{BASE}.well-known/void")
    yield from _said(
        document,
        (RDF.type, node(VOID.DatasetDescription)),
        (DCTERMS.title, Literal("What Samizdat's dataset holds", language="en")),
        (FOAF.primaryTopic, dataset),
    )


def _counts(dataset: NamedNode, measured: Measure) -> Iterator[Triple]:
    yield from _said(
        dataset,
        (VOID.triples, _number(measured.whole.triples)),
        (VOID.distinctSubjects, _number(measured.whole.subjects)),
        (VOID.classes, _number(len(measured.classes))),
        (VOID.properties, _number(len(measured.whole.properties))),
        *((VOID.vocabulary, node(space)) for space in _spaces([*measured.whole.properties, *measured.classes])),
    )
    yield from _properties(dataset, measured.whole, "property")
    parts = [(BlankNode(f"class{number}"), *found) for number, found in enumerate(measured.classes.items())]
    yield from _said(dataset, *((VOID.classPartition, part) for part, _, _ in parts))
    for part, name, scope in parts:
        yield from _said(
            part,
            (VOID["class"], node(name)),
            (VOID.entities, _number(scope.subjects)),
            (VOID.triples, _number(scope.triples)),
        )
        yield from _properties(part, scope, f"{part.value}property")


def _properties(of: _Subject, scope: Scope, label: str) -> Iterator[Triple]:
    parts = [(BlankNode(f"{label}{number}"), *found) for number, found in enumerate(scope.properties.items())]
    yield from _said(of, *((VOID.propertyPartition, part) for part, _, _ in parts))
    for part, name, found in parts:
        yield from _said(
            part,
            (VOID.property, node(name)),
            (VOID.triples, _number(found.triples)),
            (VOID.distinctSubjects, _number(found.subjects)),
        )


def _subsets(dataset: NamedNode) -> Iterator[Triple]:
    start = f"{BASE}graph/"
    for name, triples in counts().named:
        if name.startswith(start) and "#" not in name:
            address = url_for("graph_store.direct", path=name.removeprefix(start), _external=True)
            yield from _said(dataset, (VOID.subset, node(name)))
            yield from _said(
                node(name),
                (RDF.type, node(VOID.Dataset)),
                (VOID.triples, _number(triples)),
                (VOID.dataDump, node(address)),
            )


def _spaces(names: Iterable[str]) -> list[str]:
    """The namespaces of terms."""
    return sorted({name[: max(name.rfind("#"), name.rfind("/")) + 1] for name in names})


def _roots() -> list[str]:
    """Editorials, which lead to all claims."""
    return _first("editorial", "pol:Editorial")[:ROOTS]


def _examples() -> list[str]:
    """Some claims. What is somebody's private life is no example of anything."""
    found = iris(_first("claim", "pol:Claim")[:ROOTS])
    return _asked(f"""SELECT ?it WHERE {{ VALUES ?it {{ {found} }}
        FILTER NOT EXISTS {{ ?it pol:sensitive true }} }} ORDER BY ?it LIMIT {EXAMPLES}""")


def _first(kind: str, of_class: str) -> list[str]:
    """The first things of a kind: known, or else asked for."""
    held = holdings().statistics
    if held:
        return list(held.things.get(kind, ()))
    return _asked(f"SELECT ?it WHERE {{ ?it a {of_class} FILTER(isIRI(?it)) }} ORDER BY ?it LIMIT {ROOTS}")


def _asked(text: str) -> list[str]:
    """The IRIs that are found; none where finding them takes too long."""
    try:
        return [text_of(row, "it") for row in select(text)]
    except QueryRefused:
        return []


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=node(XSD.integer))


def _said(subject: _Subject, *pairs: tuple[str, _Subject | Literal]) -> Iterator[Triple]:
    for property_, value in pairs:
        yield Triple(subject, node(property_), value)
