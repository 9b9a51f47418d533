"""HermiT proves the ontology and the facts, finds planted faults, and leaves nothing behind."""

import os
import tempfile
import time
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, XSD
from reasoning_cases import claim, ontology, said, triples

from graph.errors import ReasonerFailed
from graph.logic.axioms import Axioms
from graph.logic.hermit import Proof, clash, clashes, prove
from ontology.base import BASE
from ontology.terms import POL

TEST = f"{BASE}id/test/"
RESERVED = (str(OWL), str(RDF), str(RDFS), str(XSD))


@pytest.fixture(scope="module")
def proof() -> Proof:
    """Of the ontology, with a few facts of every difficult kind."""
    facts = """:otan a pol:PoliticalParty . :x pol:party :otan ; pol:role pol:ruling .
        :x pol:date [] . :day pol:edtf "2020-12-18" ; pol:earliest "2020-12-18"^^xsd:date .
        :sector pol:hasOutlet :outlet ; pol:ownedBy :government . :government a pol:Government .
        :result pol:winner :p ; <https://schema.org/minValue> 70.5 ; rdfs:label "70%"@en ; :unheard-of :thing ."""
    return prove(ontology(), said(a=facts))


def test_the_ontology_is_consistent_and_every_class_satisfiable(proof: Proof) -> None:
    assert proof.consistent
    assert proof.unsatisfiable == ()


def test_indirect_types_and_relations_are_told(proof: Proof) -> None:
    kinds = {kind for thing, kind in proof.types if thing == f"{TEST}otan"}
    assert {str(POL.RulingParty), str(POL.PoliticalParty), "http://xmlns.com/foaf/0.1/Agent"} <= kinds
    assert (f"{TEST}x", "http://www.w3.org/ns/org#role", str(POL.ruling)) in proof.relations


def test_a_chain_reaches_what_the_super_property_defines(proof: Proof) -> None:
    # HermiT on its own misses this: graph.logic.hermit_input tells why and gives it the same ontology in another form.
    assert (f"{TEST}outlet", str(POL.whollyControlledBy), f"{TEST}government") in proof.relations
    assert (f"{TEST}outlet", str(POL.StateControlledMedia)) in proof.types


def test_what_is_told_is_only_about_what_was_given(proof: Proof) -> None:
    assert not [name for each in (*proof.types, *proof.relations) for name in each if ".invalid/" in name]


def test_an_unsatisfiable_class_is_caught() -> None:
    fault = triples(":Both a owl:Class ; rdfs:subClassOf foaf:Person, pol:PoliticalParty .")
    found = prove([*ontology(), *fault])
    assert found.consistent
    assert found.unsatisfiable == (f"{TEST}Both",)


def test_a_person_who_is_also_a_party_is_inconsistent() -> None:
    found = prove(ontology(), said(a=":p a pol:PoliticalParty .", b=":x pol:detained :p ."))
    assert found == Proof(consistent=False)


def test_a_value_that_is_none_of_its_datatype_is_inconsistent() -> None:
    facts = said(fine=":x pol:threshold 5 .", wrong=":y pol:threshold 'many'^^xsd:integer .")
    found = clash(ontology(), facts)
    assert found is not None
    assert found.sources == (claim("wrong"),)
    assert "y - threshold - “many” (claim/test/wrong)" in str(found)


def test_a_clash_that_rules_see_needs_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.logic.hermit.prove", lambda *_, **__: pytest.fail("HermiT was asked"))
    found = clashes(ontology(), said(a=":p a pol:PoliticalParty .", b=":p a foaf:Person .", c=":q a pol:Goal ."))
    assert [each.sources for each in found] == [(claim("a"), claim("b"))]


def test_a_clash_that_only_hermit_sees_is_narrowed_down_to_its_claims() -> None:
    facts = said(
        entities=":p a foaf:Person .",
        a=":q a pol:PoliticalParty .",
        b=":r a pol:PoliticalParty .",
        c=":p owl:sameAs :q .",
        d=":s a foaf:Person .",
    )
    (found,) = clashes(ontology(), facts)
    assert found.sources == (claim("a"), claim("c"))
    assert found.minimal
    assert "p - same as - q (claim/test/c)" in str(found)


def test_the_search_for_a_clash_is_bounded() -> None:
    facts = said(a=":p a foaf:Person .", b=":q a pol:PoliticalParty .", c=":p owl:sameAs :q .", d=":s a foaf:Person .")
    (found,) = clashes(ontology(), facts, proofs=1)
    assert not found.minimal
    assert {claim("a"), claim("b"), claim("c")} <= set(found.sources)


def test_facts_that_agree_do_not_clash() -> None:
    assert clash(ontology(), said(a=":p a foaf:Person .", b=":x pol:detained :p .")) is None


# --- the process ---


def test_neither_folder_nor_environment_of_the_caller_matters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir("/")
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:+NoSuchOption")
    monkeypatch.setenv("_JAVA_OPTIONS", "-XX:+NoSuchOption")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert not prove(ontology(), said(a=":p a foaf:Person, pol:Goal ."), relations=False).consistent
    assert list(tmp_path.iterdir()) == []


def test_a_missing_java_is_no_inconsistency(tmp_path: Path) -> None:
    with pytest.raises(ReasonerFailed) as failed:
        prove(ontology(), java=tmp_path / "java")
    assert failed.value.exit_code == 6
    assert "java" in failed.value.what
    assert failed.value.hint


def test_a_java_that_answers_nothing_is_no_proof(tmp_path: Path) -> None:
    silent = tmp_path / "java"
    silent.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    silent.chmod(0o755)
    with pytest.raises(ReasonerFailed, match="could not read its input"):
        prove(ontology(), java=silent)


def test_a_proof_ends_at_its_deadline_with_everything_it_started(tmp_path: Path) -> None:
    stuck = tmp_path / "java"
    stuck.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 60\n", encoding="utf-8")
    stuck.chmod(0o755)
    with pytest.raises(ReasonerFailed, match="no answer in 2 s"):
        prove(ontology(), timeout=2, java=stuck)
    if not (tmp_path / "pid").is_file():
        pytest.skip("the machine is so busy that Java had not been started at the deadline")
    pid = int((tmp_path / "pid").read_text(encoding="utf-8"))
    end = time.monotonic() + 5
    while runs(pid) and time.monotonic() < end:
        time.sleep(0.01)
    assert not runs(pid)


def runs(pid: int) -> bool:
    """Whether a process is there and no zombie that its new parent has yet to look after."""
    try:
        os.kill(pid, 0)
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not Path("/proc").is_dir()


# --- OWL 2 DL, Structural Specification, sections 5.1 to 5.8 ---


def test_every_term_the_ontology_uses_is_declared_as_one_kind_of_thing() -> None:
    axioms = Axioms(ontology())
    kinds = {
        kind: set(axioms.are(kind))
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    }
    properties = [kinds[kind] for kind in kinds if kind != OWL.Class]
    used = {triple.predicate for triple in axioms.triples if not triple.predicate.value.startswith(RESERVED)}
    assert used <= set.union(*properties)
    assert sum(map(len, properties)) == len(set.union(*properties))
    classes = {axiom.object for axiom in axioms.triples if axiom.predicate.value == str(RDFS.subClassOf)}
    assert {each for each in classes if isinstance(each, NamedNode)} <= kinds[OWL.Class]


def test_no_reserved_name_is_used_as_a_term_of_its_own() -> None:
    kinds = {NamedNode(str(kind)) for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)}
    declared = {triple.subject for triple in ontology() if triple.object in kinds}
    assert not {name for name in declared if isinstance(name, NamedNode) and name.value.startswith(RESERVED)}
