"""Each claim as a nanopublication of its own, as other people's tools take it: TriG, and if wanted with a trusty URI.

Nanopublication guidelines, https://nanopub.net/guidelines/working_draft/: four graphs and nothing beside them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize
from rdflib import DCTERMS, RDF

from graph.asking.records import term_of
from graph.engine import Engine, Formats, Query
from graph.engine.prefixes import PREFIXES
from graph.engine.results import RESULTS_JSON, table
from graph.forms import trusty
from graph.iris import PARTS, part, path_of
from graph.jsonld import graph_of, node
from ontology.terms import NP


def of_claim(engine: Engine, iri: str) -> list[Quad]:
    """The quads of a claim's four graphs; none if there is no such claim."""
    names = " ".join(f"<{part(iri, name)}>" for name in PARTS)
    text = f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
    rows = table(engine.evaluate(Query(text), Formats(bindings=RESULTS_JSON, graph=None))).rows
    found = []
    for row in rows:
        subject = term_of(row["s"])
        if not isinstance(subject, Literal):
            quad = Quad(subject, node(row["p"].value), term_of(row["o"]), node(row["g"].value))
            found.append(quad)
    return in_order(found)


def in_store(store: Store) -> Iterator[tuple[str, list[Quad]]]:
    """Every claim of a store with its quads, one after another."""
    for found in store.quads_for_pattern(None, node(RDF.type), node(NP.Nanopublication), None):
        claim = found.subject
        if isinstance(claim, NamedNode) and graph_of(found) == part(claim.value, "head"):
            graphs = (node(part(claim.value, name)) for name in PARTS)
            quads = (quad for name in graphs for quad in store.quads_for_pattern(None, None, None, name))
            yield claim.value, in_order(quads)


def in_order(quads: Iterable[Quad]) -> list[Quad]:
    """Head, assertion, provenance, pubinfo; within each by subject, so that the same claim gives the same bytes."""
    places = {name: number for number, name in enumerate(PARTS)}
    return sorted(quads, key=lambda quad: (places[graph_of(quad).rpartition("#")[2]], str(quad)))


def minted(iri: str, quads: Iterable[Quad]) -> tuple[str, list[Quad]]:
    """A claim's nanopublication under its trusty URI, as a version (``dcterms:isVersionOf``) of the claim.

    Other claims are named as they always are: two that name each other could not each hold the other's hash.
    """
    pointer = Quad(node(iri), node(DCTERMS.isVersionOf), node(iri), node(part(iri, "pubinfo")))
    name, found = trusty.mint(quads, iri, [pointer])
    return name, in_order(found)


def trig(iri: str, quads: Iterable[Quad]) -> bytes:
    """A nanopublication as TriG, with the prefixes it needs and those its readers know: ``this:`` and ``sub:``."""
    kept = list(quads)
    names = {term.value for quad in kept for term in quad if isinstance(term, NamedNode)}
    names |= {quad.object.datatype.value for quad in kept if isinstance(quad.object, Literal)}
    known = {key: space for key, space in PREFIXES.items() if any(name.startswith(space) for name in names)}
    written = serialize(kept, format=RdfFormat.TRIG, prefixes={**known, "this": iri, "sub": f"{iri}#"}) or b""
    # The prefixes come in any order, and the same claim is to give the same bytes.
    lines = written.splitlines(keepends=True)
    return b"".join(sorted(lines[: len(known) + 2]) + lines[len(known) + 2 :])


def export(store: Store, folder: Path, *, with_trusty: bool = False) -> int:
    """Write ``{editorial}/{claim}.trig`` for every claim; how many. A trusty file has the code before its ending."""
    count = 0
    for iri, quads in in_store(store):
        name, kept = minted(iri, quads) if with_trusty else (iri, quads)
        code = name.removeprefix(iri).replace("/", ".")
        file = folder / f"{path_of(iri).removeprefix('claim/')}{code}.trig"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(trig(name, kept))
        count += 1
    return count
