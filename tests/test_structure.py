"""The structure of claim and entity files: each fault once, at its place, with what to do about it."""

import json
import re
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from graph.files.structure import faults, problems
from graph.files.yaml_reader import Document, read

CLAIMS = Path(__file__).parent / "data" / "valid" / "harbour.yaml"
ENTITIES = Path(__file__).parent / "data" / "entities" / "harbour.yaml"
HEAD = """\
"@context": https://w3id.org/samizdat/context.jsonld
id: editorial/e
type: Editorial
headline: Headline
inLanguage: en
sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
encodedBy: group/g
encodedOn: 2026-11-22
claims:
  - id: a
    label: A claim.
    modality: asserted
    quote: { exact: words, start: 1, end: 6 }
    assertion:
"""
NODES_FROM = HEAD.count("\n") + 1


def found(text: str, tmp_path: Path) -> list[str]:
    """The problems of a file, without its name."""
    file = tmp_path / "file.yaml"
    file.write_text(text, encoding="utf-8")
    return [str(problem).removeprefix(f"{file}:") for problem in problems(read(file))]


def in_node(text: str, tmp_path: Path) -> list[str]:
    """The problems of one node (its lines), with lines counted from the node's first."""
    node = "".join(f"      {'- ' if at == 0 else '  '}{line}\n" for at, line in enumerate(text.splitlines()))
    lines = [problem.split(":", 1) for problem in found(HEAD + node, tmp_path)]
    return [f"{int(line) - NODES_FROM + 1}:{rest}" for line, rest in lines]


@pytest.mark.parametrize("file", [CLAIMS, ENTITIES], ids=lambda file: file.parent.name)
def test_a_valid_file_has_no_problems(file: Path) -> None:
    assert problems(read(file)) == []


@pytest.mark.parametrize(
    ("node", "problem"),
    [
        ("type: PartyBann", "1:15: there is no class PartyBann - did you mean “PartyBan”?"),
        (
            "type: PartyBan\nbanedParty: party/p",
            "2:9: a party ban has no key “banedParty” - did you mean “bannedParty”?",
        ),
        ("type: PartyBan\nground: a threat", "1:9: a party ban without “bannedParty” - name the party that was banned"),
        ("type: PartyBan\nbannedParty: person/a", "2:22: “bannedParty” is person/a - name the party that was banned"),
        ("type: PartyBan\nbannedParty: [party/p, P]", "2:32: item 2 of “bannedParty” is P - name the party"),
        ("type: Tenure\nmember: person/a", "1:9: a tenure without “post” or “content” - say what was held"),
        ("type: Goal\nthreshold: 5", "1:9: a goal without “unit” - write what the number counts"),
        ("type: Goal\ncontent: [a, b]", "2:18: “content” is a list, and not a text - write the content as an English"),
        (
            "type: Goal\ncontent: 5",
            "2:18: “content” is a number, and not a text - write the content as an English text",
        ),
        (
            "type: Goal\ncontent: c\ndate: 2020",
            "3:15: “date” is a number, and not a mapping - write date: { edtf: 2020-",
        ),
        (
            "type: Goal\ncontent: c\ndate: { edtf: June }",
            "3:23: “edtf” is June - write one date in digits, such as 1989",
        ),
        ("type: Goal\ncontent: c\nnote:", "3:14: “note” is empty - write the note as an English text"),
        (
            "bannedParty: party/p",
            "1:9: a node without “type” - choose a class of the politics ontology, such as type: ",
        ),
        (
            "id: party/p\nprefLabel: { en: P }",
            "2:9: a political party has no key “prefLabel” - it may have “type”, “id",
        ),
        ("type: ElectionResult\nwinner: person/a\nmaxValue: 101", "3:19: “maxValue” is 101 - give one number from 0 "),
        ("type: Protest\nagent: [person/a, person/a]", "2:16: “agent” has the same value twice - keep one of the two"),
        (
            "type: Goal\nid: person/a\ncontent: c",
            "2:13: “id” is person/a - write # and a name of your own, or leave it",
        ),
    ],
)
def test_a_fault_in_a_node(node: str, problem: str, tmp_path: Path) -> None:
    [only] = in_node(node, tmp_path)
    assert only.startswith(problem)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("label: A", "lable: A", "11:5: a claim has no key “lable” - did you mean “label”?"),
        ("asserted", "Asserted", "12:15: there is no modality Asserted - did you mean “asserted”?"),
        ("start: 1, ", "", "13:12: a quote without “start” - give the start of the quote as one whole number"),
        (
            "{ exact: words, start: 1, end: 6 }",
            "words",
            "13:12: “quote” is a text, and not a mapping - write quote: { ex",
        ),
        ("inLanguage: en", "inLanguage: English", "5:13: “inLanguage” is English - give the one language of the text"),
        ("2026-11-22", "2026-13-22", "8:12: “encodedOn” is 2026-13-22 - give the one day on which the editorial was"),
        ("type: Editorial", "type: Article", "3:7: “type” is Article - write Editorial"),
        (
            "label: A",
            "sensitive: no\n    label: A",
            "11:16: “sensitive” is no - write true for a claim about somebody's",
        ),
    ],
)
def test_a_fault_in_an_editorial_or_a_claim(before: str, after: str, problem: str, tmp_path: Path) -> None:
    assert before in HEAD
    [only] = found(HEAD.replace(before, after, 1) + "      - { type: Statement, content: said }\n", tmp_path)
    assert only.startswith(problem)


@pytest.mark.parametrize(
    ("entity", "problem"),
    [
        ("type: Person, prefLabel: { en: A }", "3:5: an entity without “id” - write a kind (person, party, government"),
        ("id: person/a, type: Person", "3:5: a person without “prefLabel” - give one preferred name in English"),
        ("id: person/a, type: Person, prefLabel: { kk: A }", "3:46: a name without “en” - give one preferred name"),
        ("id: person/a, type: Person, prefLabel: { en: A, kazakh: B }", "3:55: “kazakh” is not a language - write its"),
        (
            "id: person/a, type: Person, prefLabel: A",
            "3:46: “prefLabel” is a text, and not a mapping - write prefLabel:",
        ),
        ("id: sector/s, type: MediaSector, prefLabel: { en: A }, medium: paper", "3:70: there is no medium paper"),
        ("id: person/a, type: Person, prefLabel: { en: A }, ideology: green", "3:57: a person has no key “ideology”"),
    ],
)
def test_a_fault_in_an_entity(entity: str, problem: str, tmp_path: Path) -> None:
    text = f'"@context": https://w3id.org/samizdat/context.jsonld\nentities:\n  - {{ {entity} }}\n'
    [only] = found(text, tmp_path)
    assert only.startswith(problem)


def test_all_faults_are_found_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = HEAD.replace("en\n", "English\n", 1).replace("asserted", "belived") + "      - type: PartyBan\n"
    assert [problem.split(":")[0] for problem in found(text, tmp_path)] == ["5", "12", "15"]


def test_a_file_that_is_a_list(tmp_path: Path) -> None:
    [problem] = found("- id: person/a\n", tmp_path)
    assert problem.startswith("1:1: the file is not a mapping - begin with keys")


def test_the_steps_lead_to_the_part_that_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_text(HEAD + "      - { type: Statement, contents: said }\n", encoding="utf-8")
    [(steps, problem)] = faults(read(file))
    assert steps == ("claims", 0, "assertion", 0, "contents")
    assert (problem.rule, problem.place.line) == ("structure:unknown-key", NODES_FROM)


# --- whatever is done to a file, the answer is problems in words ---


def steps_of(data: Any, steps: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [steps, *(inner for key, value in pairs for inner in steps_of(value, (*steps, key)))]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=8), inner, max_size=2),
    max_leaves=4,
)
VALID = {file: read(file).data for file in (CLAIMS, ENTITIES)}


def is_wrong(data: Any) -> bool:
    """What the package that words come from says of the structure."""
    if not isinstance(data, dict):
        return True
    kind = "entity" if "entities" in data else "claim"
    schema = files("ontology").joinpath(f"{kind}-file.schema.json").read_text(encoding="utf-8").replace('$"', '\\\\Z"')
    errors = Draft202012Validator(json.loads(schema)).iter_errors(data)
    return any("graph.consistency" not in str(getattr(error.schema, "get", str)("$comment")) for error in errors)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), file=st.sampled_from([CLAIMS, ENTITIES]), junk=JUNK)
def test_damage_anywhere_is_put_into_words(data: st.DataObject, file: Path, junk: Any) -> None:
    whole = {"whole": deepcopy(VALID[file])}
    steps = data.draw(st.sampled_from(steps_of(whole)[1:]))
    parent: Any = whole
    for step in steps[:-1]:
        parent = parent[step]
    parent[steps[-1]] = junk
    around = steps[1:-1]  # what was damaged may be at odds with what stands beside it
    found = faults(Document(file, whole["whole"], {}, {}))
    assert bool(found) == is_wrong(whole["whole"])  # the fast check, which is asked first, overlooks nothing
    for found_at, problem in found:
        assert found_at[: len(around)] == around
        assert problem.what
        assert problem.hint
        assert not re.search("is not valid under|does not match|is not of type|required property", problem.what)
