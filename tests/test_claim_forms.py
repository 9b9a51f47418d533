"""A claim as a nanopublication, a Web Annotation and in schema.org's words, each read by its community's parsers."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse
from rdflib import DC, DCTERMS, FOAF, RDF, SDO, URIRef
from server_fixtures import HOSTILE, FakeEngine, make_app, make_client
from test_nanopubs import accepted, faults, parsed
from test_trusty import verified

from graph.dataset import Content
from graph.iris import ID
from ontology.base import BASE
from ontology.terms import OA, POL
from server.claim_forms.structured_data import embedded

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # nanopub uses rdflib's ConjunctiveGraph

JSONLD = "application/ld+json"
BANNED = "claim/2021-01-progress-kazakhstan/democratic-choice-party-banned"
BELIEVED = "claim/2021-01-progress-kazakhstan/elections-rigged"
TWO_QUOTES = "claim/2021-01-progress-kazakhstan/only-two-presidents"
ANNO: dict[str, Any] = {
    **{"id": "@id", "type": "@type", "language": str(DC.language), "format": str(DC["format"]), "name": str(FOAF.name)},
    "value": str(RDF.value),
    **{name: str(OA._NS[name]) for name in ("Annotation", "TextualBody", "SpecificResource", "exact", "prefix")},
    **{name: str(OA._NS[name]) for name in ("TextQuoteSelector", "TextPositionSelector", "suffix", "start", "end")},
    **{name: str(OA._NS[name]) for name in ("describing", "classifying", "tagging", "linking")},
    **{"Person": str(FOAF.Person), "Organization": str(FOAF.Organization)},
    **{
        name: {"@id": str(OA._NS[found]), "@type": "@id"}
        for name, found in {
            **{"body": "hasBody", "target": "hasTarget", "source": "hasSource"},
            **{"selector": "hasSelector", "canonical": "canonical"},
        }.items()
    },
    **{
        "creator": {"@id": str(DCTERMS.creator), "@type": "@id"},
        "rights": {"@id": str(DCTERMS.rights), "@type": "@id"},
    },
    **{"motivation": {"@id": str(OA._NS.motivatedBy), "@type": "@vocab"}},
    **{"purpose": {"@id": str(OA._NS.hasPurpose), "@type": "@vocab"}},
}
"""The terms used here, as Appendix A of the Web Annotation Vocabulary defines them: its context is not fetched."""


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


@pytest.fixture(scope="module")
def paths(seed_content: Content) -> list[str]:
    return [claim.iri.removeprefix(ID) for editorial in seed_content.editorials for claim in editorial.claims]


def loaded(client: FlaskClient, path: str, form: str) -> dict[str, Any]:
    response = client.get(f"/doc/{path}.{form}.jsonld")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = json.loads(response.text)
    return found


def keys(found: Any) -> set[str]:
    """Every key and every type in a document."""
    if isinstance(found, list):
        return {key for item in found for key in keys(item)}
    if not isinstance(found, dict):
        return set()
    own = {key for key in found if not key.startswith("@")} | {found[key] for key in ("type", "@type") if key in found}
    return own | {key for item in found.values() for key in keys(item)}


class TestNanopublication:
    def test_every_claim_is_valid(self, client: FlaskClient, paths: list[str]) -> None:
        for path in paths:
            response = client.get(f"/doc/{path}.nanopub.trig")
            assert response.content_type == "application/trig"
            assert accepted(response.text, "trig"), path
            assert not list(faults(parsed(response.text, "trig"))), path

    def test_it_is_the_four_graphs(self, client: FlaskClient, seed_store: Store) -> None:
        found = set(parse(client.get(f"/doc/{BANNED}.nanopub.trig").data, RdfFormat.TRIG))
        names = (NamedNode(f"{ID}{BANNED}#{name}") for name in ("head", "assertion", "provenance", "pubinfo"))
        assert found == {quad for name in names for quad in seed_store.quads_for_pattern(None, None, None, name)}

    def test_a_trusty_uri_leads_to_what_the_package_verifies(self, client: FlaskClient) -> None:
        from server.claim_forms.documents import trusty_uri

        with client.application.test_request_context():
            uri = trusty_uri(f"{ID}{BELIEVED}")
        assert uri is not None
        moved = client.get(f"/{uri.removeprefix(BASE)}")
        assert moved.status_code == 303
        response = client.get(moved.location)
        assert response.content_type == "application/trig"
        assert verified(response.text)
        assert f"<{uri}>" in response.text

    @pytest.mark.parametrize("code", ["RA" + "A" * 43, "RAshort", "x"])
    def test_a_hash_that_is_not_the_claims_leads_nowhere(self, client: FlaskClient, code: str) -> None:
        for place in (f"/id/{BANNED}/{code}", f"/doc/{BANNED}/{code}.trig"):
            response = client.get(place)
            assert response.status_code == 404
            assert response.content_type == "application/problem+json"


class TestAnnotation:
    def test_every_key_is_a_term_of_the_context(self, client: FlaskClient, paths: list[str]) -> None:
        for path in paths:
            assert keys(loaded(client, path, "annotation")) <= ANNO.keys(), path

    def test_its_targets_are_the_quotes_of_the_graph(
        self, client: FlaskClient, paths: list[str], seed_store: Store
    ) -> None:
        """Under the context, whatever the annotation says of a quote is in the default graph already, all of it."""
        for path in paths:
            document = loaded(client, path, "annotation")
            assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"
            text = json.dumps(document | {"@context": ANNO})
            said = Store()
            said.extend(parse(text, RdfFormat.JSON_LD))
            targets = [quad.object for quad in said.quads_for_pattern(None, NamedNode(str(OA._NS.hasTarget)), None)]
            assert set(targets) == {
                quad.object
                for quad in seed_store.quads_for_pattern(NamedNode(ID + path), NamedNode(str(POL.quote)), None)
            }
            query = "PREFIX oa: <http://www.w3.org/ns/oa#> SELECT DISTINCT ?what ?value ?source WHERE { %s }"
            for target in targets:
                pattern = query % (
                    f"{target} oa:hasSource ?source ; oa:hasSelector ?words "
                    "{ ?words oa:exact|oa:prefix|oa:suffix|oa:start|oa:end ?value ; ?what ?value }"
                )
                ours, theirs = (
                    {(str(row["what"]), plain(row["value"]), str(row["source"])) for row in store.query(pattern)}  # type: ignore[union-attr]
                    for store in (seed_store, said)
                )
                assert ours == theirs
                assert len(ours) >= 3

    def test_a_belief_says_that_it_is_one(self, client: FlaskClient) -> None:
        document = loaded(client, BELIEVED, "annotation")
        (words,) = [body for body in document["body"] if body["type"] == "TextualBody"]
        assert "[believed, attributed to many (people not named)]" in words["value"]
        assert {"type": "SpecificResource", "source": str(POL.believed), "purpose": "classifying"} in document["body"]

    def test_two_passages_are_two_targets(self, client: FlaskClient) -> None:
        starts = [
            selector["start"]
            for target in loaded(client, TWO_QUOTES, "annotation")["target"]
            for selector in target["selector"]
            if selector["type"] == "TextPositionSelector"
        ]
        assert starts == [238, 466]

    def test_it_says_which_profile_it_follows(self, client: FlaskClient) -> None:
        content_type = client.get(f"/doc/{BANNED}.annotation.jsonld").content_type
        assert content_type == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


class TestSchemaOrg:
    def test_every_term_is_one_of_schema_org(self, client: FlaskClient, paths: list[str]) -> None:
        for path in paths:
            for key in keys(loaded(client, path, "schema")):
                assert URIRef(SDO[key]) in SDO, key

    def test_a_belief_is_whose_it_is(self, client: FlaskClient) -> None:
        document = loaded(client, BELIEVED, "schema")
        assert document["@type"] == "Claim"
        assert [agent["name"] for agent in document["author"]] == ["many (people not named)"]
        assert document["description"].endswith("[believed, attributed to many (people not named)]")
        assert document["appearance"]["headline"].startswith("January in Central Asia")
        assert document["appearance"]["datePublished"] == "2021-01"

    def test_nobody_is_made_the_author_of_what_the_editorial_says_itself(self, client: FlaskClient) -> None:
        document = loaded(client, BANNED, "schema")
        assert "author" not in document
        assert "author" not in document["appearance"]
        (words,) = document["citation"]
        assert words["text"] == "the Democratic Choice Party, which was banned after being deemed an extremist group"

    def test_nothing_in_it_ends_the_element_it_is_embedded_in(self) -> None:
        document = {"name": f"</script><!-- {HOSTILE} \u2028"}
        text = embedded(document)
        assert not re.search("[<>&\u2028]", text)
        assert json.loads(text) == document


@pytest.mark.parametrize("ending", ["nanopub.trig", "annotation.jsonld", "schema.jsonld"])
class TestEveryForm:
    def test_head_is_get_without_a_body(self, client: FlaskClient, ending: str) -> None:
        got, head = client.get(f"/doc/{BANNED}.{ending}"), client.head(f"/doc/{BANNED}.{ending}")
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["Content-Type"] == got.headers["Content-Type"]

    def test_nothing_can_be_written(self, client: FlaskClient, ending: str) -> None:
        response = client.put(f"/doc/{BANNED}.{ending}")
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]

    @pytest.mark.parametrize("path", ["claim/one/nope", "claim/x%22/y", "claim/%3E/y", "claim/one/ban%23quote"])
    def test_what_is_no_claim_is_not_found(self, client: FlaskClient, ending: str, path: str) -> None:
        response = client.get(f"/doc/{path}.{ending}")
        assert response.status_code == 404
        assert response.content_type == "application/problem+json"

    def test_scripts_of_other_sites_may_read_it(self, client: FlaskClient, ending: str) -> None:
        assert client.get(f"/doc/{BANNED}.{ending}").headers["Access-Control-Allow-Origin"] == "*"

    def test_it_leads_back_to_the_claim_and_its_licence(self, client: FlaskClient, ending: str) -> None:
        links = client.get(f"/doc/{BANNED}.{ending}").headers.getlist("Link")
        assert f'<{ID}{BANNED}>; rel="describes"' in links
        assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links

    def test_private_life_is_kept_out_of_search_engines(self, ending: str) -> None:
        small = make_client()
        assert small.get(f"/doc/claim/one/children.{ending}").headers["X-Robots-Tag"] == "noindex"
        assert "X-Robots-Tag" not in small.get(f"/doc/claim/one/ban.{ending}").headers

    def test_hostile_words_are_data(self, ending: str) -> None:
        response = make_client().get(f"/doc/claim/one/hostile.{ending}")
        assert response.status_code == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        if ending.endswith("jsonld"):
            assert HOSTILE in json.dumps(json.loads(response.text), ensure_ascii=False).replace('\\"', '"')
        else:
            assert any(
                isinstance(q.object, Literal) and q.object.value == HOSTILE
                for q in parse(response.data, RdfFormat.TRIG)
            )


def plain(value: Any) -> str:
    """A literal without its language or datatype, which the context of Web Annotation does not give."""
    return str(value.value)


PROFILE, SCHEMA_ORG = "http://www.w3.org/ns/anno.jsonld", "https://schema.org"


class TestProfiles:
    @pytest.mark.parametrize(
        ("accept", "form"),
        [
            (f'application/ld+json; profile="{PROFILE}"', "annotation"),
            (f'application/ld+json;profile="{PROFILE}", text/html;q=0.5', "annotation"),
            (f'application/ld+json; profile="http://example.org/other {PROFILE}"', "annotation"),
            (f'application/ld+json; profile="{SCHEMA_ORG}"', "schema"),
            (f'application/ld+json; profile="{PROFILE}";q=0.5, application/ld+json', ""),
            ('application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"', ""),
            ("application/ld+json", ""),
        ],
    )
    def test_a_profile_chooses_the_form(self, accept: str, form: str, client: FlaskClient) -> None:
        response = client.get(f"/id/{BANNED}", headers={"Accept": accept}, follow_redirects=True)
        assert response.status_code == 200
        address = f"/doc/{BANNED}.{form}.jsonld" if form else f"/doc/{BANNED}.jsonld"
        assert response.headers["Content-Location"] == address
        direct = client.get(address)
        assert (response.content_type, response.data) == (direct.content_type, direct.data)
        assert "Accept" in response.headers["Vary"]

    def test_whoever_likes_another_format_better_gets_that(self, client: FlaskClient) -> None:
        accept = f'application/ld+json; profile="{PROFILE}";q=0.4, text/turtle'
        assert client.get(f"/doc/{BANNED}", headers={"Accept": accept}).mimetype == "text/turtle"
        accept = f'application/ld+json; profile="{PROFILE}"'
        assert client.get(f"/doc/{BANNED}.ttl", headers={"Accept": accept}).mimetype == "text/turtle"
        assert client.get(f"/doc/{BANNED}?format=jsonld", headers={"Accept": accept}).content_type == JSONLD

    @pytest.mark.parametrize("path", ["party/progress", "editorial/2021-01-progress-kazakhstan"])
    def test_of_what_is_no_claim_it_may_be_passed_over(self, path: str, client: FlaskClient) -> None:
        response = client.get(f"/doc/{path}", headers={"Accept": f'application/ld+json; profile="{PROFILE}"'})
        assert (response.status_code, response.content_type) == (200, JSONLD)

    def test_what_is_not_there_is_not_found(self, client: FlaskClient) -> None:
        accept = f'application/ld+json; profile="{PROFILE}"'
        assert client.get("/doc/claim/nothing/here", headers={"Accept": accept}).status_code == 404
