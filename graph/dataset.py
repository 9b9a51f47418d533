"""The data folder as one dataset: what is read, and its quads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Dataset as Quads
from rdflib import SDO, XSD

from graph import executables, iris
from graph.claim_graphs import claim_quads, default_quads
from graph.claims import Editorial
from graph.corrections import taken_back
from graph.entities import Entity
from graph.files.sources import LINES
from graph.jsonld import graph_of, node
from graph.jsonld import quads as jsonld_quads
from ontology.vocabulary import source
from queries import questions


@dataclass(frozen=True)
class DataFiles:
    """The files of a data folder."""

    claims: tuple[Path, ...]
    entities: tuple[Path, ...]
    drafts: tuple[Path, ...] = ()
    """Claim files that somebody is still at work on: they are checked, and no snapshot has anything of them."""

    @classmethod
    def of(cls, folder: Path) -> "DataFiles":
        """``claims/**/*`` and ``entities/*`` of YAML (first) and of lines, and ``drafts/**/*.yaml``; sorted."""
        written, drafts = (".yaml", *LINES), (".yaml",)
        kinds = (("claims/**/*", written), ("entities/*", written), ("drafts/**/*", drafts))
        return cls(*(tuple(chain(*(sorted(folder.glob(where + end)) for end in ends))) for where, ends in kinds))


@dataclass(frozen=True)
class Content:
    """Editorials and entities that have been read, with the quads of each."""

    editorials: tuple[Editorial, ...]
    entities: tuple[Entity, ...]
    claim_quads: dict[str, list[Quad]] = field(repr=False)
    """The quads of an editorial's claims, by the editorial's IRI."""
    entity_quads: list[Quad] = field(repr=False)

    def taken_back(self) -> frozenset[str]:
        """The claims that another one supersedes or retracts: they stay in their graphs, and nothing rests on them."""
        return taken_back(self.editorials)

    def stated(self) -> list[Quad]:
        """All that the files state, of whatever modality; nothing derived."""
        return [*self.entity_quads, *(quad for quads in self.claim_quads.values() for quad in quads)]

    def asserted(self) -> list[Quad]:
        """What the reasoner may build on: entities, and assertions that a source makes in its own voice."""
        result, gone = list(self.entity_quads), self.taken_back()
        for editorial in self.editorials:
            own = (claim for claim in editorial.claims if claim.modality == "asserted" and claim.iri not in gone)
            asserted = {claim.part("assertion") for claim in own}
            result += [q for q in self.claim_quads[editorial.iri] if graph_of(q) in asserted]
        return result


def encode(editorials: Sequence[Editorial], entities: Sequence[Entity]) -> Content:
    """The quads of what has been read; no reasoning yet."""
    nodes = [entity.node for entity in entities] + [editorial.node for editorial in editorials]
    in_entities = jsonld_quads([(iris.ENTITIES_GRAPH, nodes)])
    in_entities += [quad for editorial in editorials for quad in _dated(editorial)]
    claims = {editorial.iri: claim_quads(editorial) for editorial in editorials}
    return Content(tuple(editorials), tuple(entities), claims, in_entities)


def _dated(editorial: Editorial) -> Iterator[Quad]:
    # schema.org wants a plain date: the month, if that is all the EDTF text is sure to mean.
    edtf = str(editorial.node.get("date", {}).get("edtf", ""))
    plain = edtf.translate({ord(mark): None for mark in "?~%"})
    kinds = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
    if plain.replace("-", "").isdigit() and len(plain) in kinds:
        published = Literal(plain, datatype=node(kinds[len(plain)]))
        yield Quad(node(editorial.iri), node(SDO.datePublished), published, node(iris.ENTITIES_GRAPH))


@cache
def ontology_quads() -> tuple[Quad, ...]:
    """The ontology in its named graph; its blank nodes bear canonical labels (RDFC-1.0). Read once in a run."""
    text = source("politics.ttl")
    quads = Quads(
        Quad(quad.subject, quad.predicate, quad.object, node(iris.ONTOLOGY_GRAPH))
        for quad in parse(text, RdfFormat.TURTLE)
    )
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(quads)


def ontology_triples() -> list[Triple]:
    """The ontology as triples."""
    return [quad.triple for quad in ontology_quads()]


def is_record(quad: Quad) -> bool:
    """Whether a quad of the inferred graph belongs to the record of a derivation, not to what is derived."""
    return isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(f"{iris.INFERRED_GRAPH}#")


def published_quads(content: Content, derived: Iterable[Quad]) -> Iterator[Quad]:
    """Everything a snapshot holds: the named graphs, and the default graph of the second law."""
    gone = content.taken_back()
    for editorial in content.editorials:
        yield from content.claim_quads[editorial.iri]
        yield from default_quads(editorial, content.claim_quads[editorial.iri], gone)
    for quad in (*content.entity_quads, *derived):
        yield quad
        if not is_record(quad):
            yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
    yield from ontology_quads()
    yield from executables.quads(questions())
