"""The W3C's tests of SPARQL results in JSON, CSV and TSV, as the endpoint sends them."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import BNode, Graph
from server_fixtures import make_app
from w3c import Evaluation, evaluations, needed

from graph.engine.embedded import Budget, EmbeddedEngine

pytestmark = needed

Row = tuple[str, ...]
Rows = tuple[list[str], list[Row]]

JSON = evaluations("json-res/manifest.ttl")
CSV = [test for test in evaluations("csv-tsv-res/manifest.ttl") if test.result.suffix == ".csv"]
TSV = [test for test in evaluations("csv-tsv-res/manifest.ttl") if test.result.suffix == ".tsv"]


@pytest.fixture
def answer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Evaluation, str], bytes]]:
    """Answers the query of a test over its data in a media type."""
    engines = []

    def answered(test: Evaluation, media_type: str) -> bytes:
        path = tmp_path_factory.mktemp("w3c") / "store"
        store = Store(str(path))
        store.bulk_load(path=test.data, format=RdfFormat.TURTLE)
        store.flush()
        del store
        engines.append(EmbeddedEngine(path, Budget(executors=1)))
        client = make_app(engines[-1]).test_client()
        response = client.get("/sparql", query_string={"query": test.query.read_text()}, headers={"Accept": media_type})
        assert (response.status_code, response.mimetype) == (200, media_type), response.text
        return bytes(response.data)

    yield answered
    for engine in engines:
        engine.close()


BY_VALUE = {
    "csv03": "the engine keeps doubles by their value, and writes 1.0e6 as 1000000",
    "tsv03": "the same, and derived types such as xsd:negativeInteger as xsd:integer",
}
"""Tests whose numbers are held to their values only, and why."""


def same(test: Evaluation, answered: Rows, expected: Rows) -> None:
    if test.name in BY_VALUE:
        assert by_value(answered) == by_value(expected)
    else:
        assert answered == expected


Answer = Callable[[Evaluation, str], bytes]


def labelled(head: list[str], rows: list[Row], blank: Callable[[str], bool]) -> Rows:
    """The rows in an order of their own, blank nodes with labels by that order, so that labels make no difference."""
    columns = sorted(range(len(head)), key=lambda i: head[i].lstrip("?"))  # SELECT * has no order of its own
    head, rows = [head[i] for i in columns], [tuple(row[i] for i in columns) for row in rows]
    ordered = sorted(rows, key=lambda row: tuple("_" if blank(cell) else cell for cell in row))
    given: dict[str, str] = {}
    return head, [tuple(given.setdefault(c, f"_:{len(given)}") if blank(c) else c for c in row) for row in ordered]


def is_blank(cell: str) -> bool:
    return cell.startswith("_:")


def read_csv(text: bytes) -> Rows:
    head, *rows = csv.reader(io.StringIO(text.decode(), newline=""))
    return labelled(head, [tuple(row) for row in rows], is_blank)


def read_tsv(text: bytes) -> Rows:
    """Each cell as a Turtle term."""
    head, *rows = [line.split("\t") for line in text.decode().removesuffix("\n").split("\n")]
    return labelled(head, [tuple(map(term, row)) for row in rows], is_blank)


def by_value(rows: Rows) -> Rows:
    """The rows with each number in one spelling and without its datatype."""
    found = [tuple(number(cell) for cell in row) for row in rows[1]]
    return rows[0], sorted(found)


def number(cell: str) -> str:
    text = cell.partition('"^^<http://www.w3.org/2001/XMLSchema#')[0].removeprefix('"')
    return str(Decimal(text) + 0) if re.fullmatch(r"-?[0-9.]+(?:[eE][0-9]+)?", text) else cell


def term(cell: str) -> str:
    if not cell:
        return ""
    value = next(iter(Graph().parse(data=f"<s:> <p:> {cell} .", format="turtle").objects()))
    return cell if isinstance(value, BNode) else value.n3()


def read_json(text: bytes) -> Any:
    answered = json.loads(text)
    if "boolean" in answered:
        return answered["boolean"]
    head = answered["head"]["vars"]
    rows = [tuple(flat(row[name]) if name in row else "" for name in head) for row in answered["results"]["bindings"]]
    return labelled(head, rows, is_blank)


def flat(value: dict[str, str]) -> str:
    return f"_:{value['value']}" if value["type"] == "bnode" else json.dumps(value, sort_keys=True)


@pytest.mark.parametrize("test", [pytest.param(test, id=test.name) for test in JSON])
def test_json(answer: Answer, test: Evaluation) -> None:
    assert read_json(answer(test, "application/sparql-results+json")) == read_json(test.result.read_bytes())


@pytest.mark.parametrize("test", [pytest.param(test, id=test.name) for test in CSV])
def test_csv(answer: Answer, test: Evaluation) -> None:
    answered = answer(test, "text/csv")
    same(test, read_csv(answered), read_csv(test.result.read_bytes()))
    assert answered.count(b"\n") == answered.count(b"\r\n") == len(test.result.read_bytes().splitlines())


@pytest.mark.parametrize("test", [pytest.param(test, id=test.name) for test in TSV])
def test_tsv(answer: Answer, test: Evaluation) -> None:
    same(test, read_tsv(answer(test, "text/tab-separated-values")), read_tsv(test.result.read_bytes()))
