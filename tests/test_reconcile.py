"""Reconciliation, version 0.2, as OpenRefine and the public test bench ask, over the project's own data."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Store
from reconcile_schemas import EXTENSION, FLYOUT, MANIFEST, PROPOSAL, RESULTS, SUGGESTIONS, check
from server_fixtures import TRIG, FakeEngine, make_app, make_client
from werkzeug.test import TestResponse

from graph.errors import QueryTimeout
from graph.iris import ID
from server.reconciling.extension import MOST_THINGS
from server.reconciling.queries import BATCH, MOST

NAZARBAYEV = "person/nursultan-nazarbayev"


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


def asked(client: FlaskClient, **queries: dict[str, Any]) -> Any:
    """The candidates for each query, posted as OpenRefine posts them."""
    reply = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert reply.status_code == 200, reply.text
    assert reply.content_type == "application/json"
    answered = check(reply.json, RESULTS)
    assert set(answered) == set(queries)
    return {name: found["result"] for name, found in answered.items()}


def candidates(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(client, q0=query)["q0"]
    return found


def extended(client: FlaskClient, ids: list[str], *properties: dict[str, Any]) -> Any:
    reply = client.post("/reconcile", data={"extend": json.dumps({"ids": ids, "properties": properties})})
    assert reply.status_code == 200, reply.text
    return check(reply.json, EXTENSION)


def features(candidate: dict[str, Any]) -> dict[str, float | bool]:
    return {feature["id"]: feature["value"] for feature in candidate["features"]}


def test_the_manifest_is_valid_and_names_addresses_that_answer(client: FlaskClient) -> None:
    manifest = check(client.get("/reconcile").json, MANIFEST)
    assert manifest["identifierSpace"] == ID
    assert {"id": "foaf:Person", "name": "person"} in manifest["defaultTypes"]
    view = manifest["view"]["url"].replace("{{id}}", NAZARBAYEV.replace("/", "%2F"))
    for address in (view, manifest["documentation"], manifest["logo"]):
        with client.get(address, follow_redirects=True) as reply:
            assert reply.status_code == 200, address
    for kind, known in (("entity", NAZARBAYEV), ("type", "foaf:Person"), ("property", "pol:country")):
        described = manifest["suggest"][kind]
        assert client.get(described["service_url"] + described["service_path"] + "?prefix=na").status_code == 200
        flyout = described["flyout_service_url"] + described["flyout_service_path"].replace("${id}", known)
        assert check(client.get(flyout).json, FLYOUT)["id"] == known


def test_the_manifest_is_true_where_the_service_is_mounted() -> None:
    manifest = check(make_client().get("/reconcile", base_url="https://example.org/under/").json, MANIFEST)
    assert manifest["preview"]["url"] == "https://example.org/under/reconcile/preview?id={{id}}"
    service = manifest["suggest"]["entity"]
    assert service["service_url"] + service["service_path"] == "https://example.org/under/reconcile/suggest/entity"


@pytest.mark.parametrize("text", ["Назарбаев", "Nazarbaev", "Nazerbayev", "Nazarbayev N.", "Нұрсұлтан Назарбаев"])
def test_a_name_is_found_however_it_is_written(client: FlaskClient, text: str) -> None:
    assert candidates(client, query=text)[0]["id"] == NAZARBAYEV


def test_a_batch_as_openrefine_sends_it(client: FlaskClient) -> None:
    country = {"pid": "pol:country", "v": {"id": "country/kazakhstan", "name": "Kazakhstan"}}
    party = {
        "query": "Progress",
        "type": "pol:PoliticalParty",
        "type_strict": "should",
        "limit": 5,
        "properties": [country],
    }
    found = asked(client, q0=party, q1={"query": "Asya Tulesova", "limit": 3}, q2={"query": "zzzzz"})
    assert found["q0"][0]["id"] == "party/progress"
    assert found["q0"][0]["match"] is True
    assert found["q0"][0]["score"] == 100
    assert features(found["q0"][0])["type_match"] is True
    assert features(found["q0"][0])["property:pol:country"] == 100
    assert found["q1"][0]["match"] is True
    assert found["q2"] == []


def test_the_test_bench_asks_by_get(client: FlaskClient) -> None:
    reply = client.get("/reconcile", query_string={"queries": json.dumps({"q0": {"query": "Nur Otan"}})})
    assert check(reply.json, RESULTS)["q0"]["result"][0]["id"] == "party/nur-otan"
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_a_type_restricts_or_only_counts(client: FlaskClient) -> None:
    strict = candidates(client, query="Progress", type="pol:PoliticalParty")
    assert {found["id"].partition("/")[0] for found in strict} == {"party"}
    assert all(features(found)["type_match"] for found in strict)
    loose = candidates(client, query="Progress", type=["pol:PoliticalParty"], type_strict="should")
    others = [found for found in loose if not features(found)["type_match"]]
    assert others
    assert not any(found["match"] for found in others)
    assert candidates(client, query="Progress", type="pol:NoSuchType") == []
    both = candidates(client, query="Nur Otan", type=["pol:PoliticalParty", "foaf:Agent"], type_strict="all")
    assert both[0]["id"] == "party/nur-otan"
    assert candidates(client, query="Nur Otan", type=["pol:PoliticalParty", "foaf:Person"], type_strict="all") == []


def test_a_class_above_is_a_type_too(client: FlaskClient) -> None:
    assert (
        candidates(client, query="Nur Otan", type="http://www.w3.org/ns/org#Organization")[0]["id"] == "party/nur-otan"
    )


def test_properties_move_the_score_and_may_refute_a_match(client: FlaskClient) -> None:
    right = candidates(client, query="Nur Otan", properties=[{"pid": "pol:country", "v": "Қазақстан"}])[0]
    wrong = candidates(client, query="Nur Otan", properties=[{"pid": "pol:country", "v": {"id": "country/mali"}}])[0]
    assert right["id"] == wrong["id"] == "party/nur-otan"
    assert right["score"] > wrong["score"]
    assert features(wrong)["property:pol:country"] == 0
    assert wrong["match"] is False


def test_a_property_alone_is_enough(client: FlaskClient) -> None:
    found = candidates(
        client, properties=[{"pid": "pol:country", "v": "Kazakhstan"}], type="pol:PoliticalParty", limit=50
    )
    assert {"party/nur-otan", "party/progress"} <= {candidate["id"] for candidate in found}
    named = candidates(client, properties=[{"pid": "skos:prefLabel", "v": "nur otan"}])
    assert [candidate["id"] for candidate in named] == ["party/nur-otan"]
    assert not any(candidate["match"] for candidate in named)


def test_an_identifier_finds_its_thing(client: FlaskClient) -> None:
    for name in (NAZARBAYEV, ID + NAZARBAYEV):
        assert candidates(client, query=name)[0]["id"] == NAZARBAYEV


def test_what_is_not_quite_the_name_is_no_match(client: FlaskClient) -> None:
    for text in ("Nazarbayev", "Nazarbayev N.", "Asya Tolesova"):
        assert not any(found["match"] for found in candidates(client, query=text))


def test_claims_are_candidates_only_where_they_are_asked_for(client: FlaskClient) -> None:
    text = "The Democratic Choice Party was banned after being deemed an extremist group."
    assert not [found for found in candidates(client, query=text) if found["id"].startswith("claim/")]
    assert candidates(client, query=text, type="pol:Claim")[0]["id"].startswith("claim/")


def test_nothing_sensitive_is_told(client: FlaskClient) -> None:
    private = "claim/2021-01-progress-kazakhstan/zholboldina-children"
    assert not [found for found in candidates(client, query=private, type="pol:Claim") if found["id"] == private]
    everything = client.get("/reconcile/suggest/entity?prefix=" + private).text
    assert "children" not in everything
    assert client.get("/reconcile/preview?id=" + private).status_code == 404
    answered = extended(client, [private], {"id": "rdfs:label"}, {"id": "pol:quote"})
    assert answered["rows"][private] == {"rdfs:label": [], "pol:quote": []}
    person = extended(client, ["person/aliya-zholboldina"], *({"id": name} for name in ("schema:children", "rdf:type")))
    assert "hild" not in json.dumps(person["rows"]["person/aliya-zholboldina"]["schema:children"])


PRIVATE = """
    <id/person/a> a foaf:Person ; skos:prefLabel "Anna"@en ; foaf:knows <id/person/b> ; foaf:nick "Annie", "Nan" .
    <id/person/b> a foaf:Person ; skos:prefLabel "Berta"@en .
    <id/claim/one/x> a pol:Claim ; pol:sensitive true ; np:hasAssertion <id/claim/one/x#assertion> .
    <id/claim/one/z> a pol:Claim ; pol:sensitive true ; np:hasAssertion <id/claim/one/z#assertion> .
    <id/claim/one/y> a pol:Claim ; rdfs:label "Of Berta"@en ; np:hasAssertion <id/claim/one/y#assertion> ;
        pol:attributedTo <id/person/a>, <id/person/b> .
    GRAPH <id/claim/one/x#assertion> { <id/person/a> foaf:knows <id/person/b> ; foaf:nick "Annie", "Nan" }
    GRAPH <id/claim/one/z#assertion> { <id/person/a> foaf:knows <id/person/b> }
    GRAPH <id/claim/one/y#assertion> { <id/person/a> foaf:nick "Nan" }"""


def test_what_only_sensitive_claims_state_is_no_value() -> None:
    content = Store()
    prefixes = TRIG[: TRIG.index("<id/editorial/one>")]
    content.load((prefixes + PRIVATE).encode(), format=RdfFormat.TRIG)
    client = make_app(FakeEngine(content=content)).test_client()
    rows = extended(client, ["person/a"], {"id": "foaf:knows"}, {"id": "foaf:nick"}, {"id": "skos:prefLabel"})["rows"]
    assert rows["person/a"] == {"foaf:knows": [], "foaf:nick": [{"str": "Nan"}], "skos:prefLabel": [{"str": "Anna"}]}
    assert candidates(client, properties=[{"pid": "foaf:knows", "v": {"id": "person/b"}}]) == []
    assert candidates(client, properties=[{"pid": "foaf:nick", "v": "annie"}]) == []
    assert [found["id"] for found in candidates(client, properties=[{"pid": "foaf:nick", "v": "nan"}])] == ["person/a"]


def test_limits_are_kept(client: FlaskClient) -> None:
    assert len(candidates(client, query="party", limit=2)) == 2
    assert len(candidates(client, query="kazakhstan", limit=10_000)) <= MOST
    reply = client.post("/reconcile", data={"queries": json.dumps({f"q{n}": {"query": "x"} for n in range(BATCH + 1)})})
    assert reply.status_code == 413
    extend = {"ids": ["x"] * (MOST_THINGS + 1), "properties": []}
    assert client.post("/reconcile", data={"extend": json.dumps(extend)}).status_code == 413


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"queries": "{"},
        {"queries": "[]"},
        {"queries": '{"q0": "Nazarbayev"}'},
        {"queries": '{"q0": {"query": "\\ud800"}}'},
        {"extend": "1"},
        {"extend": '{"ids": [1], "properties": []}'},
        {"extend": '{"ids": [], "properties": ["x"]}'},
    ],
)
def test_what_cannot_be_read_is_told(client: FlaskClient, fields: dict[str, str]) -> None:
    reply = client.post("/reconcile", data=fields)
    assert reply.status_code == 400
    assert reply.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"query": ""},
        {"query": None},
        {"query": 3748},
        {"query": "Nur", "limit": "x", "type": 3, "properties": {}},
        {"query": "Nur", "properties": [{"pid": "> } DROP", "v": ['\n"\\', {}, None, True, 1e999]}]},
        {"properties": [{"pid": "rdfs:label", "v": '"\\ \n } UNION { ?s ?p ?o }'}]},
        {"query": "x" * 5000, "type": [{"id": "foaf:Person"}, None, "<>"]},
        {"query": "<script>", "properties": [{"pid": "nope:nope", "v": {"id": "<> ."}}]},
    ],
)
def test_odd_queries_are_answered(client: FlaskClient, query: dict[str, Any]) -> None:
    candidates(client, **query)


def test_values_of_properties(client: FlaskClient) -> None:
    answered = extended(
        client,
        ["party/nur-otan", ID + "party/progress", "party/nobody"],
        {"id": "pol:country"},
        {"id": "skos:altLabel"},
        {"id": "rdf:type", "settings": {"count": "on"}},
        {"id": "rdf:type", "settings": {"limit": "1"}},
    )
    kazakhstan = {"id": "country/kazakhstan", "name": "Kazakhstan"}
    assert answered["meta"][0] == {
        "id": "pol:country",
        "name": "country",
        "type": {"id": "schema:Country", "name": "country"},
    }
    rows = answered["rows"]
    assert rows["party/nur-otan"]["pol:country"] == rows[ID + "party/progress"]["pol:country"] == [kazakhstan]
    assert rows["party/nur-otan"]["skos:altLabel"] == [{"str": "Нұр Отан Халықтық Демократиялық Партиясы"}]
    assert rows["party/nobody"]["pol:country"] == []


def test_a_date_keeps_its_uncertainty(client: FlaskClient) -> None:
    editorial = "editorial/2021-01-progress-kazakhstan"
    rows = extended(client, [editorial], {"id": "pol:date"})["rows"]
    assert rows[editorial]["pol:date"] == [{"str": "2021?-01"}]


def test_proposed_properties_can_be_fetched(client: FlaskClient) -> None:
    reply = client.get("/reconcile/extend/propose?type=pol:PoliticalParty&limit=4")
    proposal = check(reply.json, PROPOSAL)
    assert (proposal["type"], proposal["limit"], len(proposal["properties"])) == ("pol:PoliticalParty", 4, 4)
    rows = extended(client, ["party/nur-otan"], *({"id": item["id"]} for item in proposal["properties"]))["rows"]
    assert any(rows["party/nur-otan"].values())
    assert client.get("/reconcile/extend/propose?type=x:y").json["properties"] == []  # type: ignore[index]


def suggestions(client: FlaskClient, kind: str, **given: Any) -> list[dict[str, Any]]:
    reply: TestResponse = client.get(f"/reconcile/suggest/{kind}", query_string=given)
    found: list[dict[str, Any]] = check(reply.json, SUGGESTIONS)["result"]
    return found


def test_suggestions_while_somebody_types(client: FlaskClient) -> None:
    assert suggestions(client, "entity", prefix="Наз")[0]["id"] == NAZARBAYEV
    assert suggestions(client, "entity", prefix=NAZARBAYEV)[0]["id"] == NAZARBAYEV
    assert suggestions(client, "type", prefix="polit")[0]["id"] == "pol:PoliticalParty"
    assert suggestions(client, "type", prefix="pol:Government")[0]["id"] == "pol:Government"
    assert {"pol:count", "pol:country"} <= {item["id"] for item in suggestions(client, "property", prefix="coun")}
    parties = suggestions(client, "entity", prefix="", type="pol:PoliticalParty")
    assert parties
    assert all(found["id"].startswith("party/") for found in parties)


def test_a_cursor_leads_through_all_suggestions(client: FlaskClient) -> None:
    seen: list[str] = []
    while found := suggestions(client, "entity", prefix="", cursor=len(seen)):
        seen += [item["id"] for item in found]
    assert len(seen) == len(set(seen))
    assert {NAZARBAYEV, "party/nur-otan", "country/kazakhstan"} <= set(seen)


def test_a_preview_may_be_framed_by_others_and_runs_nothing() -> None:
    reply = make_client().get("/reconcile/preview?id=person/hostile")
    policy = reply.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "<script>alert" not in reply.text
    assert "&lt;script&gt;alert" in reply.text
    other = make_client().get("/reconcile/about")
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]


def test_a_flyout_escapes_what_it_tells() -> None:
    html = make_client().get("/reconcile/flyout/entity?id=person/hostile").json["html"]  # type: ignore[index]
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_every_feature_of_an_answer_is_explained(client: FlaskClient) -> None:
    page = client.get("/reconcile/about").text
    query = {
        "query": "Nur Otan",
        "type": "pol:PoliticalParty",
        "properties": [{"pid": "pol:country", "v": "Kazakhstan"}],
    }
    for name in features(candidates(client, **query)[0]):
        assert f'id="{name.partition(":")[0]}"' in page


@pytest.mark.parametrize(
    "path", ["/reconcile/suggest/nothing", "/reconcile/flyout/type?id=", "/reconcile/preview?id=%3C%3E"]
)
def test_what_is_not_there_is_told(client: FlaskClient, path: str) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.content_type) == (404, "application/problem+json")


def test_methods_and_cors() -> None:
    client = make_client()
    assert client.head("/reconcile").status_code == 200
    refused = client.delete("/reconcile")
    assert refused.status_code == 405
    assert {"GET", "HEAD", "POST"} <= set(refused.headers["Allow"].split(", "))
    preflight = client.options(
        "/reconcile", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]


def test_without_an_index_and_without_an_engine_it_says_so() -> None:
    reply = make_client(FakeEngine(error=QueryTimeout("too long", "ask less"))).get("/reconcile")
    assert reply.status_code == 503
    assert "search index" in reply.json["detail"]  # type: ignore[index]
