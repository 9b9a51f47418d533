"""The description of every HTTP path: valid, whole, and true of what the server does."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator
from pyoxigraph import NamedNode, Store
from seed_app import seed_app
from server_fixtures import FakeEngine, make_app
from werkzeug.test import TestResponse

from graph.errors import QueryTimeout
from graph.iris import ID
from ontology.base import BASE
from server.negotiation import DOCUMENTS, HTML, TABLES
from server.openapi.document import OPERATIONS, key, template
from server.openapi.headers import KEPT
from server.problems import every_kind

Described = Mapping[str, Any]
SPARQL = "/sparql"
FORMS = {"table": "SELECT * WHERE { ?s a ?o } LIMIT 1", "graph": "CONSTRUCT WHERE { ?s a ?o } LIMIT 1"}
UNTRIED = {"*/*", "multipart/byteranges"}
"""What any address may be given as, and what comes only where parts are asked for."""


@pytest.fixture(scope="module")
def app(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return seed_app(seed_store, tmp_path_factory.mktemp("snapshots"))


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> Described:
    reply = client.get("/openapi.json")
    assert (reply.status_code, reply.content_type) == (200, "application/json")
    found: Described = reply.json or {}
    return found


def operations(described: Described) -> Iterator[tuple[str, str, Described]]:
    """Path, method and description of each operation."""
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def examples(operation: Described, where: str) -> dict[str, Any]:
    return {item["name"]: item["example"] for item in operation.get("parameters", ()) if item.get("in") == where
            and "example" in item}  # fmt: skip


def addresses(path: str, operation: Described) -> Iterator[str]:
    """The path with an example for each of its parameters; with every value of one that has few."""
    given = examples(operation, "path")
    given |= {"number": 1} if "{number}" in path else {}
    schemas = {item["name"]: item["schema"] for item in operation.get("parameters", ()) if item.get("in") == "path"}
    # Of several lists the first one has what is always there.
    lists = {name: found["enum"] for name, schema in schemas.items()
             for found in [schema.get("anyOf", [schema])[0]] if "enum" in found}  # fmt: skip
    listed = next(iter(lists), None)
    for value in lists[listed] if listed else [None]:
        filled = given | ({listed: value} if listed else {})
        yield re.sub(r"\{(\w+)\}", lambda found: str(filled[found[1]]), path)  # noqa: B023


def asked(client: FlaskClient, address: str, method: str, operation: Described, accept: str) -> TestResponse:
    """The answer to the example of an operation."""
    content = operation.get("requestBody", {}).get("content", {})
    media_type, example = next(((name, item["example"]) for name, item in content.items()), (None, None))
    body: dict[str, Any] = {}
    if isinstance(example, dict):
        body = {"json": example} if media_type == "application/json" else {"data": example}
    needed = {} if address == "/rdf-graph-store" else examples(operation, "query")
    given = {"graph": examples(operation, "query")["graph"]} if address.startswith("/rdf-graph-store") else needed
    given = {name: value for name, value in given.items() if name != "queries"}
    return client.open(address, method=method, query_string=given, headers={"Accept": accept}, **body)


def test_it_is_a_valid_description(described: Described) -> None:
    assert not [error.message for error in OpenAPIV31SpecValidator(dict(described)).iter_errors()]


def test_it_tells_of_every_route_and_of_no_other(app: Flask, described: Described) -> None:
    routes = {
        (template(rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(path, method) for path, method, _ in operations(described)} == routes
    assert all("<" not in path for path, _ in routes)


def test_everything_declared_belongs_to_a_route(app: Flask) -> None:
    used = {key(method, rule.endpoint) for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert not OPERATIONS.keys() - used


def test_a_route_that_nobody_described_is_noticed() -> None:
    app = make_app()
    app.add_url_rule("/new", "new", lambda: "new")
    assert app.test_client().get("/openapi.json").status_code == 500


def test_every_parameter_declared_for_a_path_is_in_one(app: Flask) -> None:
    used: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        for method in rule.methods or ():
            used.setdefault(key(method, rule.endpoint), set()).update(rule.arguments)
    for name, operation in OPERATIONS.items():
        assert {item.name for item in operation.path} <= used[name], name


def test_every_refusal_of_the_server_is_described(described: Described) -> None:
    told = described["components"]["responses"]
    for name, kind in every_kind():
        assert f"(`{name}`)" in told[f"{kind.status}" if kind.status < 500 else "5XX"]["description"]


def test_every_media_type_that_is_promised_is_given(client: FlaskClient, described: Described) -> None:
    """By the examples, which therefore lead somewhere; each at one address at least, where there are several."""
    for path, method, operation in operations(described):
        promised = set(operation["responses"].get("200", {}).get("content", {})) - UNTRIED
        assert given(client, path, method, operation, promised) == promised, path


def given(client: FlaskClient, path: str, method: str, operation: Described, promised: set[str]) -> set[str]:
    """The media types of answers; whatever else comes is a refusal of the format, or what is not negotiated."""
    found = set()
    for address in addresses(path, operation):
        for accept in promised or {"*/*"}:
            for reply in replies(client, address, method, operation, accept):
                assert str(reply.status_code) in operation["responses"], (address, accept, reply.text)
                if reply.status_code == 200 and promised:
                    found.add(reply.content_type.partition(";")[0])
                assert not promised or reply.status_code in (200, 406), (address, accept, reply.text)
                reply.close()
    return found


def replies(client: FlaskClient, address: str, method: str, operation: Described, accept: str) -> list[TestResponse]:
    """The answers to the example; of the endpoint also to a query for a graph."""
    found = [asked(client, address, method, operation, accept)]
    if address.startswith(SPARQL):
        found += [
            client.open(address, method="GET", query_string={"query": text}, headers={"Accept": accept})
            for text in FORMS.values()
        ]
    return found


def test_formats_are_those_of_the_server(described: Described) -> None:
    told = described["paths"]["/sparql"]["get"]["responses"]["200"]["content"]
    assert {item.media_type for item in (*TABLES, *DOCUMENTS, HTML)} <= set(told)


def test_head_is_answered_wherever_get_is(client: FlaskClient, described: Described) -> None:
    for path, method, operation in operations(described):
        if method == "GET":
            address = next(addresses(path, operation))
            got, head = (client.open(address, method=name) for name in ("GET", "HEAD"))
            assert (head.status_code, head.content_type, head.data) == (got.status_code, got.content_type, b""), address
            got.close()
            head.close()


def test_it_says_where_it_is_mounted() -> None:
    client = make_app().test_client()
    mounted = client.get("/openapi.json", environ_overrides={"SCRIPT_NAME": "/graphs/press"}).json or {}
    assert mounted["servers"] == [{"url": "/graphs/press"}]
    assert (client.get("/openapi.json").json or {})["servers"] == [{"url": "/"}]


@pytest.mark.parametrize("accept", ["application/openapi+json", "application/vnd.oai.openapi+json", "application/json"])
def test_it_goes_by_every_name_of_its_format(client: FlaskClient, accept: str) -> None:
    reply = client.get("/openapi.json", headers={"Accept": accept})
    assert (reply.status_code, reply.content_type) == (200, accept)
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_other_formats_are_refused(client: FlaskClient) -> None:
    assert client.get("/openapi.json", headers={"Accept": "application/yaml"}).status_code == 406


def test_without_examples_it_is_still_there() -> None:
    app = make_app(FakeEngine(error=QueryTimeout("too long", "ask for less")))
    reply = app.test_client().get("/openapi.json")
    assert reply.status_code == 200
    thing = (reply.json or {})["paths"]["/doc/{path}"]["get"]["parameters"][0]
    assert (thing["name"], "example" in thing) == ("path", False)


def test_no_example_is_of_private_life(seed_store: Store, described: Described) -> None:
    marked = seed_store.quads_for_pattern(None, NamedNode(f"{BASE}politics#sensitive"), None)
    private = {quad.subject.value for quad in marked if isinstance(quad.subject, NamedNode)}
    example = described["paths"]["/doc/{path}"]["get"]["parameters"][0]["example"]
    assert private
    assert ID + example not in private


def test_a_tag_is_promised_of_what_may_be_kept_alone(client: FlaskClient, described: Described) -> None:
    """What no cache may keep has none: a page with the text around a quote, an answer that others had a part in."""
    paths, fields = described["paths"], described["components"]["headers"]
    promised = {path: paths[path]["get"]["responses"]["200"]["headers"]["ETag"]["$ref"].rpartition("/")[2]
                for path in ("/doc/{path}", "/sparql", "/query", "/claims")}  # fmt: skip
    assert promised == dict.fromkeys(("/doc/{path}", "/sparql", "/query"), KEPT) | {"/claims": "ETag"}
    assert fields["ETag"]["required"] is True
    assert fields[KEPT]["required"] is False
    assert KEPT not in {name for path, methods in paths.items() for one in methods.values()
                        for reply in one["responses"].values() for name in reply.get("headers", ())}  # fmt: skip
