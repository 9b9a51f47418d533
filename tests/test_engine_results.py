"""JSON answers as Python values."""

import json
from typing import Any

import pytest

from graph.engine import Answer, Formats
from graph.engine.results import RESULTS_JSON, Term, ask, table
from graph.errors import EngineUnavailable

XSD = "http://www.w3.org/2001/XMLSchema#"


def bindings(*rows: dict[str, Any], variables: tuple[str, ...] = ("x", "y")) -> Answer:
    document = {"head": {"vars": list(variables)}, "results": {"bindings": list(rows)}}
    return Answer("bindings", RESULTS_JSON, json.dumps(document).encode())


@pytest.mark.parametrize(
    ("found", "term"),
    [
        ({"type": "uri", "value": "a:b"}, Term("iri", "a:b")),
        ({"type": "bnode", "value": "b0"}, Term("blank", "b0")),
        ({"type": "literal", "value": "Ақ жол"}, Term("literal", "Ақ жол")),
        ({"type": "literal", "value": "x", "datatype": f"{XSD}string"}, Term("literal", "x")),
        ({"type": "literal", "value": "x", "xml:lang": "en"}, Term("literal", "x", language="en")),
        (
            {"type": "literal", "value": "1", "datatype": f"{XSD}integer"},
            Term("literal", "1", datatype=f"{XSD}integer"),
        ),
        ({"type": "typed-literal", "value": "1", "datatype": "a:t"}, Term("literal", "1", datatype="a:t")),
        (
            {
                "type": "triple",
                "value": {
                    "subject": {"type": "bnode", "value": "b"},
                    "predicate": {"type": "uri", "value": "a:p"},
                    "object": {"type": "literal", "value": 'say "x"', "xml:lang": "en"},
                },
            },
            Term("triple", '<<( _:b <a:p> "say \\"x\\""@en )>>'),
        ),
    ],
)
def test_every_kind_of_term(found: dict[str, Any], term: Term) -> None:
    read = table(bindings({"x": found}))
    assert read.rows == [{"x": term}]
    assert str(read.rows[0]["x"]) == term.value


def test_variables_keep_their_order_and_unbound_ones_are_missing() -> None:
    read = table(bindings({"y": {"type": "uri", "value": "a:b"}}, {}, variables=("y", "x")))
    assert read.variables == ("y", "x")
    assert [set(row) for row in read.rows] == [{"y"}, set()]


@pytest.mark.parametrize("value", [True, False])
def test_ask(value: bool) -> None:
    assert ask(Answer("boolean", RESULTS_JSON, json.dumps({"head": {}, "boolean": value}).encode())) is value


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"{}", b'{"head":{"vars":[]}}', b'{"head":{},"results":{"bindings":[]}}', b"[" * 100_000]
    + [
        b'{"head":{"vars":["x"]},"results":{"bindings":[%s]}}' % row
        for row in (b"1", b'{"x":1}', b'{"x":{"type":"?"}}')
    ],
)
def test_rubbish_is_the_engines_fault(body: bytes) -> None:
    with pytest.raises(EngineUnavailable, match="no SPARQL result"):
        table(Answer("bindings", RESULTS_JSON, body))


def test_a_truth_value_must_be_one() -> None:
    with pytest.raises(EngineUnavailable):
        ask(Answer("boolean", RESULTS_JSON, b'{"head":{},"boolean":"yes"}'))


def test_only_json_of_the_right_form_is_read() -> None:
    with pytest.raises(ValueError, match="text/csv"):
        table(Answer("bindings", "text/csv", b"x\r\n"))
    with pytest.raises(ValueError, match="expected boolean"):
        ask(bindings())


def test_formats_name_media_types_that_exist() -> None:
    assert Formats(None, None)
    with pytest.raises(ValueError, match="text/html"):
        Formats("text/html", None)
    with pytest.raises(ValueError, match="csv"):
        Formats(None, "text/csv")
