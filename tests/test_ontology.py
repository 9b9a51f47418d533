"""The vocabulary: three files that define the same terms, all documented, aligned and usable as JSON-LD."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, TIME, VANN, XSD, Graph, Literal, URIRef
from rdflib.namespace import DefinedNamespace, DefinedNamespaceMeta

from ontology.base import BASE
from ontology.terms import CITO, NP, NPX, OA, POL, SEM
from ontology.vocabulary import context, expand, iri_keys, predicates, source, term

ONTOLOGY = URIRef(f"{BASE}politics")
CLASSES_AND_PROPERTIES = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
ALIGNING = (
    RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty,
    SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch,
)  # fmt: skip
CONCLUDED = "a conclusion, defined by other terms of ours and written by nobody"
WORDS = "keeps the words of the source; the public terms nearby hold a fact instead"
CONTROL = "public vocabularies know ownership of media, and not control of them"
UNALIGNED = {
    **dict.fromkeys(("BannedParty", "RulingParty", "OppositionParty"), CONCLUDED),
    **dict.fromkeys(("StateControlledMedia", "DetainedPerson", "OfficeHolder"), CONCLUDED),
    **dict.fromkeys(("ban", "detention"), "the inverse of an aligned property, there for the reasoner"),
    **dict.fromkeys(("ground", "statedReason", "count", "condition"), WORDS),
    **dict.fromkeys(("controller", "controlled", "wholeControlOf"), CONTROL),
    **dict.fromkeys(("controlledBy", "whollyControlledBy", "controls"), CONTROL),
    "modality": "how a source holds a claim; no vocabulary in use names these seven ways",
    "sensitive": "our own rule of restraint",
    "yearsApart": "a difference of two years; no vocabulary in use has it",
    "category": "what a publisher calls a value, in its own word",
}  # fmt: skip
BUNDLED: tuple[type[DefinedNamespace], ...] = (FOAF, ORG, PROV, SDO, SKOS, TIME, DCTERMS, VANN, OA, NP, NPX, CITO, SEM)
NOT_BUNDLED = {
    SDO._NS.PoliticalParty: "schema.org has it since version 14; rdflib's copy is older",
    SDO._NS.StatisticalVariable: "rdflib's copy of schema.org is older",
    CITO._NS.citesAsRelated: "aligned to, and not used",
    CITO._NS.confirms: "aligned to, and not used",
    CITO._NS.disagreesWith: "aligned to, and not used",
    CITO._NS.refutes: "aligned to, and not used",
    SEM._NS.eventProperty: "aligned to, and not used",
    SEM._NS.hasActor: "aligned to, and not used",
    SEM._NS.hasTime: "aligned to, and not used",
}


@pytest.fixture(scope="module")
def politics() -> Graph:
    return Graph().parse(data=source("politics.ttl"), format="turtle")


@pytest.fixture(scope="module")
def shapes_graph() -> Graph:
    return Graph().parse(data=source("shapes.ttl"), format="turtle")


def ours(iris: Any) -> set[URIRef]:
    return {iri for iri in iris if isinstance(iri, URIRef) and iri.startswith(f"{ONTOLOGY}#")}


def defined(politics: Graph) -> set[URIRef]:
    return ours(politics.subjects())


def local(iri: URIRef) -> str:
    return iri.removeprefix(f"{ONTOLOGY}#")


def in_context() -> set[URIRef]:
    """The IRIs of all keys of the context, those of its nested context included."""
    items = [item for item in (*context().values(), *context()["quote"]["@context"].values()) if item != 1.1]
    compact = [item if isinstance(item, str) else item.get("@id", item.get("@reverse", "")) for item in items]
    return {URIRef(expand(item)) for item in compact if not item.startswith(("@", "http"))}


# --- the same terms everywhere ---


def test_turtle_and_namespace_class_define_the_same_terms(politics: Graph) -> None:
    assert set(POL.__annotations__) - {"_fail", "_NS"} == {local(iri) for iri in defined(politics)}


def test_turtle_and_context_define_the_same_terms(politics: Graph) -> None:
    assert ours(in_context()) == defined(politics)


def test_an_unknown_term_raises() -> None:
    with pytest.raises(AttributeError):
        _ = POL.PartyBann


def test_every_term_of_ours_in_the_shapes_is_defined(politics: Graph, shapes_graph: Graph) -> None:
    used = ours(iri for triple in shapes_graph for iri in triple)
    assert len(used) > 60
    assert used <= defined(politics)


def test_what_has_a_domain_or_range_of_ours_names_a_class_of_ours(politics: Graph) -> None:
    named = ours(politics.objects(None, RDFS.domain)) | ours(politics.objects(None, RDFS.range))
    assert all((iri, RDF.type, OWL.Class) in politics for iri in named)


# --- documented ---


def test_every_term_is_documented(politics: Graph) -> None:
    for iri in defined(politics):
        for predicate in (RDFS.label, SKOS.definition, SKOS.example):
            texts = list(politics.objects(iri, predicate))
            assert [text.language for text in texts if isinstance(text, Literal) and text.strip()] == ["en"], (
                iri,
                predicate,
            )
        assert list(politics.objects(iri, RDFS.isDefinedBy)) == [ONTOLOGY], iri


def test_labels_tell_terms_apart(politics: Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)
    for kind in kinds:
        labels = [str(politics.value(iri, RDFS.label)) for iri in ours(politics.subjects(RDF.type, kind))]
        assert len(labels) == len(set(labels)), kind


def test_the_version_is_named_once(politics: Graph) -> None:
    assert str(politics.value(ONTOLOGY, OWL.versionIRI)) == f"{ONTOLOGY}/{politics.value(ONTOLOGY, OWL.versionInfo)}"


# --- aligned ---


def aligned(politics: Graph) -> set[str]:
    pairs = [pair for predicate in ALIGNING for pair in politics.subject_objects(predicate)]
    outward = [iri for iri, target in pairs if isinstance(target, URIRef) and not ours([target])]
    return {local(iri) for iri in ours(outward)}


def test_every_class_and_property_is_aligned_or_has_a_reason_not_to_be(politics: Graph) -> None:
    terms = {local(iri) for kind in CLASSES_AND_PROPERTIES for iri in ours(politics.subjects(RDF.type, kind))}
    assert terms - aligned(politics) == set(UNALIGNED)


def test_reused_terms_exist_where_they_are_said_to(politics: Graph, shapes_graph: Graph) -> None:
    used = {iri for data in (politics, shapes_graph) for triple in data for iri in triple if isinstance(iri, URIRef)}
    for iri in used | in_context():
        for namespace in BUNDLED:
            start = str(namespace._NS)
            if iri.startswith(start) and iri != URIRef(start) and iri not in NOT_BUNDLED:
                assert isinstance(namespace, DefinedNamespaceMeta)
                assert iri in namespace, iri
    assert NOT_BUNDLED.keys() <= used


def test_every_reused_term_is_declared(politics: Graph, shapes_graph: Graph) -> None:
    languages = tuple(str(start) for start in (OWL, RDF, RDFS, SH, XSD, f"{BASE}shapes"))
    used = {iri for triple in shapes_graph if triple[0] != URIRef(f"{BASE}shapes") for iri in triple}
    used |= set(politics.predicates()) | set(politics.objects(None, RDF.type)) | in_context()
    reused = {iri for iri in used if isinstance(iri, URIRef) and not str(iri).startswith(languages)}
    assert {iri for iri in reused if (iri, RDF.type, None) not in politics} == set()


# --- the context ---


def expanded(node: dict[str, Any]) -> set[Triple]:
    document = json.dumps({"@context": context(), **node}).encode()
    return {quad.triple for quad in parse(document, RdfFormat.JSON_LD)}


@pytest.mark.parametrize("key", sorted(predicates()))
def test_a_key_expands_to_its_property(key: str) -> None:
    definition = context()[key]
    sample: Any = {"en": "x"} if definition.get("@container") == "@language" else "television"
    if definition.get("@container") == "@graph":
        sample = [{"id": "person/b", "label": "x"}]
    found = {triple.predicate.value for triple in expanded({"id": "person/a", key: sample})}
    assert predicates()[key] in found


def test_names_are_paths_below_id() -> None:
    [triple] = expanded({"id": "person/a", "country": "country/k"})
    assert (triple.subject, triple.object) == (NamedNode(f"{BASE}id/person/a"), NamedNode(f"{BASE}id/country/k"))


@pytest.mark.parametrize("key", ["medium", "modality", "role", "status"])
def test_concepts_are_written_by_their_keys(key: str, politics: Graph) -> None:
    concepts = politics.subjects(RDF.type, politics.value(POL[key], RDFS.range))
    for concept in concepts:
        assert isinstance(concept, URIRef)
        [triple] = expanded({"id": "person/a", key: local(concept)})
        assert triple.object == NamedNode(concept)


def test_classes_are_written_by_their_keys(politics: Graph) -> None:
    for key in [key for key, item in context().items() if isinstance(item, str) and key[0].isupper()]:
        [triple] = expanded({"id": "x", "type": key})
        assert triple.object == NamedNode(term(key))
        assert (URIRef(term(key)), RDF.type, OWL.Class) in politics


def test_object_properties_name_things_and_the_others_hold_values(politics: Graph) -> None:
    concepts = {"medium", "modality", "role", "status"}
    for key, iri in predicates().items():
        kinds = set(politics.objects(URIRef(iri), RDF.type))
        if OWL.ObjectProperty in kinds and key not in ("identifier", "assertion"):
            assert key in iri_keys() | concepts, key
        if OWL.DatatypeProperty in kinds:
            assert key not in iri_keys() | concepts, key


def test_the_context_that_is_published_is_the_one_in_the_repository() -> None:
    text = (Path(__file__).parent.parent / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    assert json.loads(text)["@context"].keys() == context().keys()
