"""The JSON Schemas that editors and ``samizdat check`` use: made from the shapes, and precise in what they refuse."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from graph.files.yaml_reader import read
from ontology.editor_drafts import NO_TERMS
from ontology.editor_nodes import ELSEWHERE, IDENTITY, with_names
from ontology.editor_schema import FOLDER, files
from ontology.editor_values import kind, nodes
from ontology.shapes import EXAMPLES, shapes
from ontology.terms import POL
from ontology.vocabulary import context, source

ROOT = Path(__file__).parent.parent
WRITTEN = [
    *ROOT.glob("graph/data/**/*.yaml"),
    *ROOT.glob("tests/data/valid/*.yaml"),
    *ROOT.glob("tests/data/entities/*.yaml"),
]
CLAIM_FILE = json.loads((FOLDER / "claim-file.schema.json").read_text(encoding="utf-8"))
ENTITY_FILE = json.loads((FOLDER / "entity-file.schema.json").read_text(encoding="utf-8"))
Schema = dict[str, Any]


def parts(schema: Any) -> Iterator[Schema]:
    """Every schema inside a schema, with the whole first; of ``properties`` the values, not the keys."""
    if isinstance(schema, dict):
        yield schema
        for key, inner in schema.items():
            if key in ("properties", "patternProperties", "$defs"):
                for value in inner.values():
                    yield from parts(value)
            elif key not in ("examples", "enum", "const"):
                yield from parts(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from parts(inner)


def resolved(root: Schema, schema: Any) -> Any:
    """The definition that a schema refers to, if that is all it says."""
    only_refers = isinstance(schema, dict) and schema.keys() == {"$ref"}
    return root["$defs"][schema["$ref"].removeprefix("#/$defs/")] if only_refers else schema


def term_names(iris: Any) -> set[str]:
    """The local names of the terms of ours among these."""
    return {str(iri).split("#")[-1] for iri in iris if isinstance(iri, URIRef) and iri in POL}


def validator(root: Schema, name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": root["$defs"]})


def errors(root: Schema, name: str, value: Any) -> list[ValidationError]:
    """The errors that an author must mend; those that another check words better come with them in an editor."""
    found = validator(root, name).iter_errors(value)
    return [error for error in found if not checked_elsewhere(error)]


def checked_elsewhere(error: ValidationError) -> bool:
    return isinstance(error.schema, dict) and error.schema.get("$comment") == ELSEWHERE


def example(root: Schema, schema: Schema) -> Any:
    """A value for a key: its first example, its first choice, or some text."""
    schema = resolved(root, schema)
    return schema["examples"][0] if "examples" in schema else schema["enum"][0] if "enum" in schema else "text"


def smallest(root: Schema, name: str) -> dict[str, Any]:
    """A node (or entity) of a class with just what it must have."""
    schema, shape, keys = root["$defs"][name], nodes()[name], set(root["$defs"][name]["required"])
    if root is CLAIM_FILE and name not in EXAMPLES:
        keys |= {part.key for part in shape.properties if part.required}
        keys |= {rule.keys[0] for rule in shape.rules if not rule.given}
    wanted = {key: example(root, schema["properties"][key]) for key in sorted(keys - {"id", "type"})}
    return {
        "type": name,
        **({"id": EXAMPLES.get(name, "event/x")} if "id" in keys or root is ENTITY_FILE else {}),
        **wanted,
    }


@pytest.fixture(scope="module")
def politics() -> Graph:
    return Graph().parse(data=source("politics.ttl"), format="turtle")


# --- made, and made well ---


@pytest.mark.parametrize("name", sorted(files()))
def test_the_committed_file_is_what_the_program_makes(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == files()[name], "run python -m ontology.editor_schema"


@pytest.mark.parametrize("schema", [CLAIM_FILE, ENTITY_FILE], ids=["claims", "entities"])
def test_it_is_a_json_schema_without_alternatives_that_blur_errors(schema: Schema) -> None:
    Draft202012Validator.check_schema(schema)
    assert not [part for part in parts(schema) if "oneOf" in part]


@pytest.mark.parametrize("schema", [CLAIM_FILE, ENTITY_FILE], ids=["claims", "entities"])
def test_every_example_can_be_copied(schema: Schema) -> None:
    shown = [part for part in parts(schema) if "examples" in part]
    assert len(shown) > 10
    for part in shown:
        for value in part["examples"]:
            Draft202012Validator(part | {"$defs": schema["$defs"]}).validate(value)


@pytest.mark.parametrize("schema", [CLAIM_FILE, ENTITY_FILE], ids=["claims", "entities"])
def test_every_key_is_explained_and_known_to_the_context(schema: Schema) -> None:
    known = context().keys() | context()["quote"]["@context"].keys() | {"@context", "en", *NO_TERMS}
    closed = [part for part in parts(schema) if part.get("additionalProperties") is False and "properties" in part]
    assert len(closed) > 20
    for part in closed:
        assert part["properties"].keys() <= known
        for key, inner in part["properties"].items():
            said = resolved(schema, inner)
            assert said is True or key in ("en", "type") or said["description"].strip(), key


def test_no_key_of_a_draft_alone_can_become_a_triple() -> None:
    assert not context().keys() & set(NO_TERMS)


def test_the_choices_are_the_concepts_of_the_ontology(politics: Graph) -> None:
    for key in ("modality", "status", "role", "medium"):
        concepts = term_names(politics.subjects(RDF.type, politics.value(POL[key], RDFS.range)))
        [choices] = {part.choices for shape in shapes().values() for part in shape.properties if part.key == key}
        assert set(choices) == concepts


def test_every_class_that_somebody_can_write_has_its_schema(politics: Graph) -> None:
    concluded = term_names(politics.subjects(OWL.equivalentClass, None)) | {"Derivation", "Premise"}
    concluded |= {"Indicator", "Measurement", "Comparison"}  # evidence is imported and compared
    concepts = {"Medium", "Modality", "PartyStatus", "PoliticalRole"}
    written = term_names(politics.subjects(RDF.type, OWL.Class)) - concluded - concepts
    assert written - {"Claim", "Editorial"} <= CLAIM_FILE["$defs"].keys()


# --- what it accepts ---


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.name)
def test_what_has_been_written_is_valid(file: Path) -> None:
    data = read(file).data
    Draft202012Validator(ENTITY_FILE if "entities" in data else CLAIM_FILE).validate(data)


@pytest.mark.parametrize("name", list(nodes()))
def test_a_node_with_what_it_must_have_is_valid_and_without_is_not(name: str) -> None:
    node = smallest(CLAIM_FILE, name)
    assert errors(CLAIM_FILE, "node", node) == []
    for key in node.keys() - {"type"}:
        [error] = errors(CLAIM_FILE, "node", {other: value for other, value in node.items() if other != key})
        assert error.validator in ("required", "anyOf")
        assert list(error.absolute_path) == []


@pytest.mark.parametrize("name", with_names())
def test_an_entity_with_what_it_must_have_is_valid_and_without_is_not(name: str) -> None:
    entity = smallest(ENTITY_FILE, name)
    assert errors(ENTITY_FILE, "entity", entity) == []
    for key in entity.keys() - {"type"}:
        [error] = errors(ENTITY_FILE, "entity", {other: value for other, value in entity.items() if other != key})
        assert (error.validator, list(error.absolute_path)) == ("required", [])


def test_an_entity_file_holds_identity_only() -> None:
    for name in with_names():
        assert ENTITY_FILE["$defs"][name]["properties"].keys() <= {"id", "type", *IDENTITY}
    assert "ideology" in CLAIM_FILE["$defs"]["PoliticalParty"]["properties"]
    assert "prefLabel" not in CLAIM_FILE["$defs"]["PoliticalParty"]["properties"]


def test_a_claim_about_a_shared_event_need_not_repeat_what_another_claim_says() -> None:
    node = {"id": "event/in-power", "type": "Tenure", "end": {"edtf": 2019}}
    assert errors(CLAIM_FILE, "node", node) == []
    assert {error.validator for error in errors(CLAIM_FILE, "node", node | {"id": "#in-power"})} == {
        "required",
        "anyOf",
    }


@pytest.mark.parametrize("value", ["party/p", ["party/p", "party/q"]])
def test_one_or_several_may_be_named(value: Any) -> None:
    assert errors(CLAIM_FILE, "node", {"type": "PartyBan", "bannedParty": value}) == []


# --- what it refuses: one error, at the value that is wrong ---


@pytest.mark.parametrize(
    ("change", "path", "keyword"),
    [
        ({"bannedPart": "party/p"}, [], "additionalProperties"),
        ({"winner": "person/a"}, [], "additionalProperties"),
        ({"bannedParty": "person/a"}, ["bannedParty"], "pattern"),
        ({"bannedParty": ["party/p", "Progress"]}, ["bannedParty", 1], "pattern"),
        ({"bannedParty": []}, ["bannedParty"], "minItems"),
        ({"bannedParty": ["party/p", "party/p"]}, ["bannedParty"], "uniqueItems"),
        ({"ground": ["one", "another"]}, ["ground"], "type"),
        ({"ground": ""}, ["ground"], "minLength"),
        ({"date": "2019"}, ["date"], "type"),
        ({"date": {"edtf": "June"}}, ["date", "edtf"], "pattern"),
        ({"date": {"edtf": 89}}, ["date", "edtf"], "minimum"),
        ({"date": {"edtf": "2019", "latest": "2019-12-31"}}, ["date"], "additionalProperties"),
        ({"date": [{"edtf": "2019"}, {"inferredFrom": "the headline"}]}, ["date", 1], "required"),
        ({"type": "PartyBann"}, ["type"], "enum"),
        ({"id": "party/p"}, ["id"], "pattern"),
        ({"id": "Ban of the party"}, ["id"], "pattern"),
    ],
)
def test_an_error_is_about_the_value_that_is_wrong(change: dict[str, Any], path: list[Any], keyword: str) -> None:
    node = {"type": "PartyBan", "bannedParty": "party/p"} | change
    found = {(tuple(error.absolute_path), str(error.validator)) for error in errors(CLAIM_FILE, "node", node)}
    assert (tuple(path), keyword) in found
    assert {steps for steps, _ in found} == {tuple(path)}


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ({"modality": "asserted"}, False),
        ({"modality": "asserted", "attributedTo": "person/a"}, True),
        ({"modality": "reported"}, True),
        ({"modality": "believed", "attributedTo": "group/many"}, False),
        ({"modality": "conditional"}, True),
        ({"modality": "conditional", "condition": "If so"}, False),
        ({"modality": "predicted", "condition": "If so"}, True),
    ],
)
def test_an_editor_shows_what_a_modality_asks_for(claim: dict[str, str], wrong: bool) -> None:
    node = {"type": "Statement", "content": "something"}
    whole = {"id": "a", "label": "A.", "quote": {"exact": "a"}, "assertion": [node]} | claim
    found = list(validator(CLAIM_FILE, "claim").iter_errors(whole))
    assert bool(found) is wrong
    assert all(checked_elsewhere(error) for error in found)


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_an_editor_shows_a_name_of_another_kind(name: str) -> None:
    entity = smallest(ENTITY_FILE, name) | {"id": "event/x"}
    assert errors(ENTITY_FILE, "entity", entity) == []
    [error] = validator(ENTITY_FILE, "entity").iter_errors(entity)
    assert kind(name) in str(error.validator_value)
