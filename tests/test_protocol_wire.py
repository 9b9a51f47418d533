"""The protocol's corners as a real server answers them: those that other endpoints get wrong, one by one."""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import pytest
from server_fixtures import BROWSER, store
from test_running import ENDLESS, announced, descendants, gone, start

from graph.snapshot import Snapshots
from ontology.base import BASE

SELECT = "/sparql?query=" + quote("SELECT (1 AS ?one) {}")
CONSTRUCT = "/sparql?query=" + quote("CONSTRUCT { <a:s> <a:p> 1 } {}")
JSON = "application/sparql-results+json"
PATHS = (
    *("/", "/claims", "/query", "/politics", "/problems", "/context.jsonld", "/robots.txt", "/static/samizdat.css"),
    *("/id/person/asya", "/id/person/nobody", "/sparql", SELECT, CONSTRUCT, "/sparql?query=ASK", "/sparql.csv?query=x"),
    *("/rdf-graph-store?default", "/graph/inferred", "/graph/none", "/nope"),
)
OURS = 65534
"""The longest request target, in bytes, that the server's HTTP library takes: 64 KiB less two."""


class Wire:
    """A running server, and one request at a time to it."""

    def __init__(self, address: str) -> None:
        self.host, self.port = str(urlsplit(address).hostname), int(urlsplit(address).port or 0)

    def ask(
        self, path: str, accept: str | None = None, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by lower-case name, and body."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(HTTPConnection(self.host, self.port, timeout=30)) as connection:
            connection.request(method, path, body, sent | ({"Accept": accept} if accept else {}))
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    home = tmp_path_factory.mktemp("home")
    Snapshots(home / "snapshots").publish(list(store()), {"counts": {}})
    process = start(home)
    below: set[int] = set()
    try:
        served = Wire(announced(process))
        below = descendants(process.pid)
        yield served
    finally:
        process.terminate()
        process.communicate(timeout=30)
    assert gone(below)


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        (SELECT, f"{JSON};q=0, */*", "application/sparql-results+xml"),
        (SELECT, f"{JSON};q=0, application/*", "application/sparql-results+xml"),
        (SELECT, "text/*;q=0, */*;q=0.1", JSON),
        (SELECT, "text/csv;q=0, text/*", "text/tab-separated-values"),
        (SELECT, "text/*", "text/csv"),
        (SELECT, "*/*", JSON),
        (SELECT, "application/*", JSON),
        (SELECT, "text/turtle, text/*;q=0.5", "text/csv"),
        (SELECT, "text/csv;q=0.1, text/tab-separated-values;q=0.2", "text/tab-separated-values"),
        (SELECT, "text/html, text/csv;q=0.5", "text/html"),
        (SELECT, BROWSER, "text/html"),
        (CONSTRUCT, "text/turtle;q=0, */*", "application/n-triples"),
        (CONSTRUCT, "text/*", "text/turtle"),
        (CONSTRUCT, "application/*;q=0.5, application/trig", "application/trig"),
        (CONSTRUCT, "application/n-quads", "application/n-quads"),
        ("/sparql.tsv?query=ASK%7B%7D", "application/json", "text/tab-separated-values"),
        ("/sparql?format=xml&query=ASK%7B%7D", BROWSER, "application/sparql-results+xml"),
    ],
)
def test_negotiation(wire: Wire, path: str, accept: str, media_type: str) -> None:
    status, headers, body = wire.ask(path, accept)
    assert (status, headers["content-type"].partition(";")[0]) == (200, media_type), body
    assert "accept" in headers["vary"].lower()


@pytest.mark.parametrize(
    ("path", "accept", "offered"),
    [
        (SELECT, "image/png", "text/csv"),
        (SELECT, "*/*;q=0", "text/csv"),
        (SELECT, f"{JSON};q=0, application/sparql-results+xml;q=0, text/*;q=0", "text/csv"),
        (CONSTRUCT, "text/csv", "application/trig"),
        ("/sparql", "text/csv", "application/n-quads"),
        ("/sparql.docx?query=ASK%7B%7D", "*/*", "text/csv"),
    ],
)
def test_what_does_not_fit_is_406_with_what_there_is(wire: Wire, path: str, accept: str, offered: str) -> None:
    status, headers, body = wire.ask(path, accept)
    assert (status, headers["content-type"]) == (406, "application/problem+json")
    assert offered in body.decode()


@pytest.mark.parametrize("accept", [None, BROWSER, "text/csv, text/turtle"])
@pytest.mark.parametrize("path", PATHS)
def test_head_has_the_headers_of_get_and_no_body(wire: Wire, path: str, accept: str | None) -> None:
    (status, headers, body), (head_status, head, nothing) = (
        wire.ask(path, accept, method) for method in ("GET", "HEAD")
    )
    for sent in (headers, head):
        sent.pop("date", None)
    assert (head_status, head, nothing) == (status, headers, b"")
    assert int(head["content-length"]) == len(body)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "PROPFIND"])
@pytest.mark.parametrize("path", PATHS)
def test_what_is_not_done_is_405_with_allow(wire: Wire, path: str, method: str) -> None:
    status, headers, body = wire.ask(path, method=method)
    if path == "/nope":
        assert status == 404
        return
    assert status == 405, body
    assert {"GET", "HEAD", "OPTIONS"} <= set(headers["allow"].split(", "))
    allowed = wire.ask(path, method="OPTIONS")
    assert (allowed[0], set(allowed[1]["allow"].split(", "))) == (200, set(headers["allow"].split(", ")))


@pytest.mark.parametrize("query", [ENDLESS, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l ?a"])
@pytest.mark.parametrize("accept", [JSON, "text/csv", BROWSER])
def test_a_time_out_is_503_and_never_a_part_of_an_answer(wire: Wire, query: str, accept: str) -> None:
    begun = time.monotonic()
    status, headers, body = wire.ask(f"/sparql?timeout=0.3&query={quote(query)}", accept)
    assert (status, time.monotonic() - begun < 3) == (503, True)
    assert int(headers["retry-after"]) > 0
    if accept != BROWSER:
        assert json.loads(body)["status"] == 503


@pytest.mark.parametrize(
    ("content_type", "coding", "status"),
    [
        ("application/sparql-query", "identity", 200),
        ("application/sparql-query; charset=UTF-8", "identity", 200),
        ('application/sparql-query; charset="utf-8"', "identity", 200),
        ("application/sparql-query", "gzip", 415),
        ("application/sparql-query; charset=latin-1", "identity", 415),
        ("application/json", "identity", 415),
        ("text/plain", "identity", 415),
    ],
)
def test_bodies(wire: Wire, content_type: str, coding: str, status: int) -> None:
    got, headers, body = wire.ask(
        "/sparql", method="POST", body="ASK {}", Content_Type=content_type, Content_Encoding=coding
    )
    assert got == status, body
    assert status == 200 or "application/sparql-query" in headers["accept-post"]


def test_a_query_may_be_as_long_as_an_address_can_be(wire: Wire) -> None:
    stem = "/sparql?query=ASK%7B%7D%23"
    for length, expected in ((60_000, 200), (OURS, 200), (65_537, 414), (400_000, 414)):
        assert wire.ask(stem + "x" * (length - len(stem)))[0] == expected
    long = "ASK {} #" + "x" * 500_000
    assert wire.ask("/sparql", method="POST", body=long, Content_Type="application/sparql-query")[0] == 200


def test_many_cookies_and_long_headers_do_not_shorten_it(wire: Wire) -> None:
    stem = "/sparql?query=ASK%7B%7D%23"
    assert wire.ask(stem + "x" * (OURS - len(stem)), Cookie="a=" + "b" * 30_000)[0] == 200


def test_a_mistake_is_told_with_its_line(wire: Wire) -> None:
    status, _, body = wire.ask("/sparql?query=" + quote("SELECT *\n{ ?s foa:name ?n }"))
    told = json.loads(body)
    assert (status, told["line"], told["column"], told["excerpt"]) == (400, 2, 6, "{ ?s foa:name ?n }")
    assert "foaf:" in told["hint"]
    page, fragment = told["type"].rpartition("/")[2].split("#")
    assert f'id="{fragment}"' in wire.ask(f"/{page}", BROWSER)[2].decode()


def test_csv_lines_end_as_rfc_4180_has_it_and_tsv_holds_turtle(wire: Wire) -> None:
    query = quote('SELECT ?a { VALUES ?a { "x,\\"y\\"" <a:b> 4 "é"@en UNDEF } }')
    assert wire.ask(f"/sparql?query={query}", "text/csv")[2].decode() == 'a\r\n"x,""y"""\r\na:b\r\n4\r\né\r\n\r\n'
    tsv = wire.ask(f"/sparql?query={query}", "text/tab-separated-values")[2].decode()
    assert tsv == '?a\n"x,\\"y\\""\n<a:b>\n4\n"é"@en\n\n'


def test_the_dataset_of_the_address_wins_over_the_query_s(wire: Wire) -> None:
    claim = quote(f"{BASE}id/claim/one/ban#assertion", safe="")
    inferred = quote(f"{BASE}graph/inferred", safe="")

    def count(dataset: str, text: str) -> str:
        return wire.ask(f"/sparql.csv?{dataset}&query={quote(text)}")[2].decode().split("\r\n")[1]

    every = "SELECT (COUNT(*) AS ?n) FROM <a:none> { ?s ?p ?o }"
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count("", every) == "0"
    assert count(f"default-graph-uri={claim}", every) == "2"
    assert count(f"default-graph-uri={claim}&default-graph-uri={inferred}", every) == "4"
    assert count(f"default-graph-uri={claim}", named) == "0"
    assert count(f"named-graph-uri={claim}&named-graph-uri={inferred}", named) == "2"
    assert count(f"named-graph-uri={claim}", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == "0"
    assert wire.ask("/sparql?default-graph-uri=not%20an%20iri&query=ASK%7B%7D")[0] == 400


def test_updates_are_refused(wire: Wire) -> None:
    update = "INSERT DATA { <a:s> <a:p> 1 }"
    for form, body in (("sparql-update", update), ("x-www-form-urlencoded", f"update={quote(update)}")):
        status, _, told = wire.ask("/sparql", method="POST", body=body, Content_Type=f"application/{form}")
        assert (status, "read-only" in told.decode()) == (403, True)
    status, _, told = wire.ask("/sparql", method="POST", body=update, Content_Type="application/sparql-query")
    assert (status, "Update" in told.decode()) == (400, True)
