"""Every error of the tree over HTTP: status, problem details (RFC 9457), and a page for people."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from server_fixtures import BROWSER, FakeEngine, make_app, make_client

from graph import errors
from graph.errors import FormNotAcceptable, InvalidInput, Place, Problem, QuerySyntaxError, SamizdatError
from ontology.base import BASE
from server.problems import KINDS, every_kind, kind_of, name_of
from server.settings import ServerSettings

STATUSES = {
    "SamizdatError": 500,
    "InvalidInput": 400,
    "InvalidQuery": 400,
    "QuerySyntaxError": 400,
    "ParameterError": 400,
    "QueryRefused": 403,
    "QueryTimeout": 503,
    "QueryMemoryExceeded": 507,
    "AnswerTooLarge": 413,
    "FormNotAcceptable": 406,
    "EngineUnavailable": 503,
    "SnapshotError": 500,
    "QueryAbandoned": 503,
    "NoSnapshot": 503,
    "UnknownSnapshot": 404,
    "SnapshotDamaged": 500,
    "BuildInProgress": 503,
    "ReasonerFailed": 500,
    "Retracted": 410,
    "TooManyRequests": 429,
    "UnknownName": 404,
    "UnsupportedAxiom": 500,
}


def tree(root: type[SamizdatError] = SamizdatError) -> Iterator[type[SamizdatError]]:
    yield root
    for child in root.__subclasses__():
        yield from tree(child)


def made(kind: type[SamizdatError]) -> SamizdatError:
    if kind is InvalidInput:
        return InvalidInput([Problem(Place(Path("a.yaml")), "what", "hint", "rule")])
    if kind is FormNotAcceptable:
        return FormNotAcceptable("what", "what to do", kind="bindings")
    return kind("what", "what to do")


def ask(error: SamizdatError, accept: str = "*/*") -> Any:
    return make_client(FakeEngine(error)).get("/sparql?query=ASK%7B%7D", headers={"Accept": accept})


@pytest.fixture
def client() -> FlaskClient:
    return make_client()


def test_the_table_names_the_whole_tree() -> None:
    ours = {kind.__name__ for kind in tree() if kind.__module__ == errors.__name__}
    assert ours == set(STATUSES)


@pytest.mark.parametrize("kind", [kind for kind in tree() if kind.__module__ == errors.__name__])
def test_each_error_has_its_status_and_says_what_to_do(kind: type[SamizdatError]) -> None:
    error = made(kind)
    response = ask(error)
    body = json.loads(response.data)
    assert response.status_code == body["status"] == STATUSES[kind.__name__]
    assert response.mimetype == "application/problem+json"
    assert (body["detail"], body["hint"]) == (error.what, error.hint)
    assert ("Retry-After" in response.headers) == (response.status_code in (429, 503))


@pytest.mark.parametrize("kind", [kind for kind in tree() if kind.__module__ == errors.__name__])
def test_each_type_leads_to_its_explanation(client: FlaskClient, kind: type[SamizdatError]) -> None:
    page, _, fragment = json.loads(ask(made(kind)).data)["type"].removeprefix(BASE).partition("#")
    assert f'id="{fragment}"' in client.get(f"/{page}").text


def test_a_new_error_is_mapped_by_its_parent() -> None:
    class Finer(errors.QueryTimeout):
        pass

    assert kind_of(Finer) == (name_of(errors.QueryTimeout), KINDS[errors.QueryTimeout])


def test_a_syntax_error_shows_its_line() -> None:
    error = QuerySyntaxError("expected a dot", "end the pattern", line=2, column=3)
    client = make_client(FakeEngine(error))
    query = "SELECT * {\n ?s <p>\n}"
    body = json.loads(client.get("/sparql", query_string={"query": query}).data)
    assert (body["line"], body["column"], body["excerpt"]) == (2, 3, " ?s <p>")
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": BROWSER})
    assert page.status_code == 400
    assert "Line 2, column 3" in page.text
    assert '?s &lt;p&gt;\n<span aria-hidden="true">  ^</span>' in page.text
    assert "<textarea" in page.text


@pytest.mark.parametrize("line", [0, 3, 99, None])
def test_a_line_that_is_not_there_is_not_shown(line: int | None) -> None:
    client = make_client(FakeEngine(QuerySyntaxError("bad", "mend it", line=line, column=1)))
    assert "excerpt" not in json.loads(client.get("/sparql", query_string={"query": "ASK {"}).data)


def test_a_table_that_does_not_fit_lists_the_formats() -> None:
    body = json.loads(ask(FormNotAcceptable("no", "ask for one", kind="bindings")).data)
    assert "text/csv" in body["available"]
    assert "text/turtle" not in body["available"]


@pytest.mark.parametrize("path", ["/nope", "/questions/nope", "/id/person/nobody", "/static/nope.css"])
def test_what_is_not_there_is_404_in_both_ways(client: FlaskClient, path: str) -> None:
    told = client.get(path)
    assert (told.status_code, told.mimetype) == (404, "application/problem+json")
    shown = client.get(path, headers={"Accept": BROWSER})
    assert (shown.status_code, shown.mimetype) == (404, "text/html")
    assert "To the first page" in shown.text


@pytest.mark.parametrize(
    ("path", "near"),
    [("/id/person/asja", "person/asya"), ("/questions/band", "banned"), ("/id/claim/one/bann", "claim/one/ban")],
)
def test_the_nearest_name_is_suggested(client: FlaskClient, path: str, near: str) -> None:
    assert json.loads(client.get(path).data)["hint"] == f"did you mean {near}?"


def test_a_fault_of_ours_is_500_and_tells_nothing_inside(caplog: pytest.LogCaptureFixture) -> None:
    def fault() -> str:
        raise ZeroDivisionError("division by zero")

    app = make_app()
    app.view_functions["pages.claims"] = fault
    told = app.test_client().get("/claims")
    assert (told.status_code, told.mimetype) == (500, "application/problem+json")
    assert "division" not in told.text
    shown = app.test_client().get("/claims", headers={"Accept": BROWSER})
    assert (shown.status_code, shown.mimetype) == (500, "text/html")
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("path", ["/sparql", "/nope", "/claims", "/static/samizdat.css", "/id/person/asya"])
def test_every_response_bears_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in headers


@pytest.mark.parametrize(
    ("status", "method", "path", "more"),
    [
        (404, "GET", "/nope", {}),
        (405, "PATCH", "/sparql", {}),
        (413, "POST", "/sparql", {"data": "x" * 2000, "content_type": "application/sparql-query"}),
        (414, "GET", "/sparql?query=" + "x" * 65_600, {}),
        (415, "POST", "/sparql", {"data": "ASK {}", "content_type": "text/plain"}),
    ],
)
def test_errors_of_http_itself_have_types_that_lead_somewhere_and_say_what_to_do(
    status: int, method: str, path: str, more: dict[str, Any]
) -> None:
    client = make_app(settings=ServerSettings(request_kb=1)).test_client()
    response = client.open(path, method=method, **more)
    body = json.loads(response.data)
    assert (response.status_code, body["status"], response.mimetype) == (status, status, "application/problem+json")
    assert body["detail"]
    assert body["hint"]
    page, _, fragment = body["type"].removeprefix(BASE).partition("#")
    assert f'id="{fragment}"' in client.get(f"/{page}").text


def test_every_kind_of_problem_has_a_name_of_its_own() -> None:
    names = [name for name, _ in every_kind()]
    assert len(names) == len(set(names))
