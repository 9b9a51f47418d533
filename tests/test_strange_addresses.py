"""Addresses that name what no IRI can be: nothing is there, and the server says so as of any other."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode
from server_fixtures import make_client

from server.reading import FORBIDDEN

ODD = {
    "a control character": "%C2%82",
    "what is for private use": "%EE%80%80",
    "no character": "%EF%BF%BE",
    "no character of another plane": "%F0%9F%BF%BE",
    "half a character": "%ED%A0%80",
    "no UTF-8": "%FF",
    "a bracket": "%5B",
    "a lone per cent sign": "%25",
    "a per cent sign and no digits": "%25zz",
    "a fragment": "x%23y",
    "a query": "x%3Fy",
}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("start", ["id/", "doc/", "doc/claim/one/", "linkset/", "cite/", "graph/"])
def test_nothing_is_there(client: FlaskClient, start: str, odd: str) -> None:
    reply = client.get(f"/{start}{odd}")
    assert reply.status_code == 404
    assert reply.mimetype == "application/problem+json"


@pytest.mark.parametrize("odd", [*"[%", "\x82", "\ue000", "\ufffe", "\U0001fffe"])
def test_it_names_no_graph(client: FlaskClient, odd: str) -> None:
    reply = client.get("/rdf-graph-store", query_string=f"graph=urn:{quote(odd)}")
    assert (reply.status_code, reply.json and reply.json["hint"]) == (
        400,
        "write the graph's name in full, percent-encoded",
    )


def test_what_is_refused_is_what_the_engine_refuses() -> None:
    edges = {0, 0x20, 0x21, 0x7F, 0xA0, 0xD7FF, 0xE000, 0xF8FF, 0xF900, 0xFDD0, 0xFDF0, 0xFFEF, 0xFFF0, 0x10FFFF}
    planes = {(plane << 16) + place for plane in range(17) for place in (0, 0xFFF, 0x1000, 0xFFFD, 0xFFFE, 0xFFFF)}
    near = {edge + step for edge in edges | planes | set(range(0x80)) for step in (-1, 0, 1)}
    for character in map(chr, sorted(near & set(range(0xD800)) | near & set(range(0xE000, 0x110000)))):
        if character not in "%#?":
            assert is_iri(f"https://example.org/{character}") != bool(FORBIDDEN.search(character)), hex(ord(character))


def is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
