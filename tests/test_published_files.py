"""The files that claim files and editors name by their address are served at that address."""

import json

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse
from server_fixtures import make_client

from ontology.base import BASE
from ontology.vocabulary import context
from server.linked_data import PUBLISHED


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return make_client()


@pytest.mark.parametrize("name", PUBLISHED)
def test_each_is_there_for_everybody(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/{name}")
    assert answer.status_code == 200
    assert answer.content_type == PUBLISHED[name]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", [name for name in PUBLISHED if name.endswith(".schema.json")])
def test_a_schema_is_served_at_its_own_name(client: FlaskClient, name: str) -> None:
    assert json.loads(client.get(f"/{name}").data)["$id"] == f"{BASE}{name}"


def test_the_context_and_the_shapes_can_be_read(client: FlaskClient) -> None:
    assert json.loads(client.get("/context.jsonld").data)["@context"] == context()
    assert len(list(parse(client.get("/shapes.ttl").data, RdfFormat.TURTLE))) > 100
