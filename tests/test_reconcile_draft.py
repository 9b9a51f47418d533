"""Reconciliation, the draft of the next version: its routes and shapes, and that it says what version 0.2 says."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Store
from reconcile_schemas import DRAFT_EXTENSION, DRAFT_MANIFEST, DRAFT_RESULTS, PROPOSAL, SUGGESTIONS, check
from server_fixtures import FakeEngine, make_app

from server.reconciling.queries import BATCH

ROOT = "/reconcile/0.3"


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


def matched(client: FlaskClient, *queries: dict[str, Any]) -> list[list[dict[str, Any]]]:
    reply = client.post(f"{ROOT}/match", json={"queries": queries})
    assert reply.status_code == 200, reply.text
    return [found["candidates"] for found in check(reply.json, DRAFT_RESULTS)["results"]]


def named(text: str) -> dict[str, Any]:
    return {"matchType": "name", "v": text}


def test_the_manifest_is_valid(client: FlaskClient) -> None:
    check(client.get(ROOT).json, DRAFT_MANIFEST)
    check(client.get(f"{ROOT}/").json, DRAFT_MANIFEST)


def test_candidates_come_in_the_order_of_the_queries(client: FlaskClient) -> None:
    found = matched(client, *({"conditions": [named(text)]} for text in ("Назарбаев", "zzzz", "Nur Otan")))
    assert [candidates[0]["id"] if candidates else "" for candidates in found] == [
        *("person/nursultan-nazarbayev", "", "party/nur-otan")
    ]
    assert all(feature["name"] for feature in found[0][0]["features"])


def test_it_finds_what_version_0_2_finds(client: FlaskClient) -> None:
    old = client.post("/reconcile", data={"queries": json.dumps({"q": {"query": "Progress Party", "limit": 4}})})
    assert old.json
    new = matched(client, {"conditions": [named("Progress Party")], "limit": 4})[0]
    assert [(item["id"], item["score"]) for item in new] == [(x["id"], x["score"]) for x in old.json["q"]["result"]]


@pytest.mark.parametrize(("name", "value"), [("pid", "v"), ("propertyId", "propertyValue")])
def test_conditions_under_both_names_that_the_draft_has_had(client: FlaskClient, name: str, value: str) -> None:
    condition = {"matchType": "property", name: "pol:country", value: "Kazakhstan", "required": True}
    found = matched(client, {"type": "pol:PoliticalParty", "conditions": [named("party"), condition], "limit": 50})[0]
    assert found
    identifiers = {candidate["id"] for candidate in found}
    assert "party/communist-party-of-the-kazakh-ssr" not in identifiers
    everything = matched(client, {"type": "pol:PoliticalParty", "conditions": [named("party")], "limit": 50})[0]
    assert identifiers < {candidate["id"] for candidate in everything}


@pytest.mark.parametrize(("quantifier", "likeness"), [("any", 100), ("all", 0), ("none", 0)])
def test_of_several_values_any_all_or_none_may_be_asked(client: FlaskClient, quantifier: str, likeness: int) -> None:
    values = ["Kazakhstan", {"id": "country/mali"}]
    condition = {"matchType": "property", "pid": "pol:country", "v": values, "matchQuantifier": quantifier}
    best = matched(client, {"conditions": [named("Nur Otan"), condition]})[0][0]
    assert {item["id"]: item["value"] for item in best["features"]}["property:pol:country"] == likeness


def test_values_of_properties_come_in_the_order_of_the_identifiers(client: FlaskClient) -> None:
    asked = {
        "ids": ["party/progress", "party/nur-otan"],
        "properties": [{"id": "skos:prefLabel"}, {"id": "pol:country"}],
    }
    answered = check(client.post(f"{ROOT}/extend", json=asked).json, DRAFT_EXTENSION)
    assert [row["id"] for row in answered["rows"]] == asked["ids"]
    assert answered["rows"][1]["properties"][0] == {"id": "skos:prefLabel", "values": [{"str": "Nur Otan"}]}


def test_the_other_routes_stand_below_the_endpoint(client: FlaskClient) -> None:
    for kind in ("entity", "type", "property"):
        assert check(client.get(f"{ROOT}/suggest/{kind}?prefix=").json, SUGGESTIONS)["result"]
    assert "Nur Otan" in client.get(f"{ROOT}/preview?id=party/nur-otan").text
    assert check(client.get(f"{ROOT}/extend/propose?type=foaf:Person").json, PROPOSAL)["properties"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{}", "application/json", 400),
        ("[]", "application/json", 400),
        ("{", "application/json", 400),
        ('{"queries": [1]}', "application/json", 400),
        ('{"queries": [{}]}', "application/json", 400),
        (b"\xff", "application/json", 400),
        ('{"queries": []}', "text/plain", 400),
        (json.dumps({"queries": [{"conditions": [named("x")]}] * (BATCH + 1)}), "application/json", 413),
        ('{"queries": []}', "application/json; charset=utf-8", 200),
    ],
)
def test_what_cannot_be_read_is_told(client: FlaskClient, body: str | bytes, content_type: str, status: int) -> None:
    reply = client.post(f"{ROOT}/match", data=body, content_type=content_type)
    assert reply.status_code == status
    assert reply.content_type == ("application/json" if status == 200 else "application/problem+json")


def test_queries_are_posted(client: FlaskClient) -> None:
    reply = client.get(f"{ROOT}/match")
    assert (reply.status_code, "POST" in reply.headers["Allow"]) == (405, True)
