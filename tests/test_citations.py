"""Citations: each format read by a parser of its own, and nothing cited that is not stated."""

import json
import re
from typing import Any

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from flask.testing import FlaskClient
from jsonschema import Draft7Validator
from pylatexenc.latex2text import LatexNodes2Text
from pyoxigraph import Store
from server_fixtures import HOSTILE, FakeEngine, make_app, make_client

from graph.dataset import Content
from graph.iris import ID
from ontology.base import BASE
from server.describing.citation_formats import bibtex, cff, csl_json, ris
from server.describing.citations import Citation as Cited
from server.describing.citations import Date, date_of
from server.describing.description import TITLE

EDITORIAL = "editorial/2021-01-progress-kazakhstan"
BELIEVED = "claim/2021-01-progress-kazakhstan/elections-rigged"
PATHS = ("dataset", EDITORIAL, BELIEVED)
TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "cff": "application/yaml",
}
HARD = Cited(
    kind="claim",
    key="a-b",
    title="50% & more_of #1 {a} \\b ~c ^d $e\nnext “line” Назарбаев",
    url="https://example.org/a",
    version="12e456789012",
    authors=("A and B", "Ç, D"),
    date=Date((2021, 2), circa=True),
    note=HOSTILE,
)
"""What an entry could hold to break out of its format."""
TEXT = {"type": "string", "minLength": 1}
NAMES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"literal": TEXT},
        "required": ["literal"],
        "additionalProperties": False,
    },
}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
            "minItems": 1,
            "maxItems": 2,
        },
        "circa": {"type": "boolean"},
    },
    "additionalProperties": False,
}
CSL = Draft7Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "type": {"enum": ["dataset", "article-newspaper", "document"]},
                "author": NAMES,
                "issued": DATE,
                **dict.fromkeys(("id", "title", "container-title", "publisher", "genre", "version", "language"), TEXT),
                **dict.fromkeys(("abstract", "note", "URL"), TEXT),
            },
            "required": ["type", "id"],
            "additionalProperties": False,
        },
    }
)
"""What the CSL-JSON schema 1.0 asks of the members used here, and no other."""
URL = {"type": "string", "pattern": "^(https|http|ftp|sftp)://.+"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "properties": {"name": TEXT}, "required": ["name"], "additionalProperties": False},
}
REFERENCE = {
    "type": "object",
    "properties": {
        "type": {"enum": ["data", "newspaper-article"]},
        "authors": AUTHORS,
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "languages": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]{2,3}$"}},
        "license": {"const": "CC-BY-4.0"},
        "url": URL,
        "publisher": AUTHORS["items"],
        **dict.fromkeys(("title", "collection-title", "version", "notes"), TEXT),
    },
    "required": ["authors", "title", "type"],
    "additionalProperties": False,
}
CFF = Draft7Validator(
    {
        "type": "object",
        "properties": {
            "cff-version": {"const": "1.2.0"},
            "type": {"enum": ["dataset", "software"]},
            "authors": AUTHORS,
            "date-released": {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])$"},
            "license": {"const": "CC-BY-4.0"},
            "url": URL,
            "identifiers": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"type": {"const": "other"}, "value": TEXT, "description": TEXT},
                    "required": ["type", "value"],
                    "additionalProperties": False,
                },
            },
            "preferred-citation": REFERENCE,
            **dict.fromkeys(("message", "title", "abstract", "version"), TEXT),
        },
        "required": ["authors", "cff-version", "message", "title"],
        "additionalProperties": False,
    }
)
"""What the schema of the Citation File Format 1.2.0 asks of the keys used here, and no other."""


@pytest.fixture(scope="module")
def client(seed_store: Store) -> FlaskClient:
    return make_app(FakeEngine(content=seed_store)).test_client()


@pytest.fixture(scope="module")
def every(seed_content: Content) -> list[str]:
    claims = [claim.iri.removeprefix(ID) for editorial in seed_content.editorials for claim in editorial.claims]
    return ["dataset", EDITORIAL, *claims]


def cited(client: FlaskClient, path: str, ending: str) -> str:
    response = client.get(f"/cite/{path}.{ending}")
    assert response.status_code == 200, response.text
    assert response.mimetype == TYPES[ending]
    return response.text


def bibtex_entry(text: str) -> dict[str, str]:
    """The fields of the one entry, as LaTeX would set them."""
    library = parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    read = LatexNodes2Text(keep_braced_groups=False).latex_to_text
    return {"ENTRYTYPE": entry.entry_type, "ID": entry.key} | {
        field.key: read(str(field.value)) for field in entry.fields
    }


def formatted(text: str) -> str:
    """The item as a citation processor sets it, in a style that shows every part that matters here."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    items = json.loads(text)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(Citation([CitationItem(items[0]["id"])]))
    return str(bibliography.bibliography()[0])


class TestEveryCitation:
    def test_bibtex(self, client: FlaskClient, every: list[str]) -> None:
        for path in every:
            entry = bibtex_entry(cited(client, path, "bib"))
            assert entry["ENTRYTYPE"] == "misc"
            assert entry["title"]
            assert entry["url"].startswith(BASE)

    def test_ris(self, client: FlaskClient, every: list[str]) -> None:
        for path in every:
            text = cited(client, path, "ris")
            (entry,) = rispy.loads(text)
            assert entry["type_of_reference"] == ("NEWS" if path == EDITORIAL else "DATA")
            assert entry["title"]
            assert entry["urls"][0].startswith(BASE)
            assert "unknown_tag" not in entry

    def test_csl_json(self, client: FlaskClient, every: list[str]) -> None:
        for path in every:
            CSL.validate(json.loads(cited(client, path, "csl.json")))

    def test_citation_file_format(self, client: FlaskClient, every: list[str]) -> None:
        for path in every:
            CFF.validate(yaml.safe_load(cited(client, path, "cff")))

    def test_all_formats_say_the_same(self, client: FlaskClient, every: list[str]) -> None:
        for path in every:
            (item,) = json.loads(cited(client, path, "csl.json"))
            (record,) = rispy.loads(cited(client, path, "ris"))
            entry = bibtex_entry(cited(client, path, "bib"))
            assert item["title"] == record["title"] == entry["title"]
            assert item["URL"] == record["urls"][0] == entry["url"]
            assert item.get("version") == record.get("edition") == entry.get("version")
            names = [author["literal"] for author in item.get("author", [])]
            assert names == record.get("authors", []) == entry.get("author", "").split(" and ")[: len(names)]


def test_a_belief_is_cited_as_one(client: FlaskClient) -> None:
    (item,) = json.loads(cited(client, BELIEVED, "csl.json"))
    assert item["title"].endswith("[believed claim]")
    assert "believed, attributed to many (people not named)" in item["note"]
    assert "which many believe to have been the result of state-sanctioned election rigging" in item["note"]


def test_an_author_who_is_not_stated_is_not_invented(client: FlaskClient) -> None:
    assert "author" not in json.loads(cited(client, EDITORIAL, "csl.json"))[0]
    assert "author" not in bibtex_entry(cited(client, EDITORIAL, "bib"))
    assert "AU  -" not in cited(client, EDITORIAL, "ris")
    preferred = yaml.safe_load(cited(client, EDITORIAL, "cff"))["preferred-citation"]
    assert preferred["authors"] == [{"name": "anonymous"}]


def test_an_uncertain_date_is_marked(client: FlaskClient) -> None:
    (item,) = json.loads(cited(client, EDITORIAL, "csl.json"))
    assert item["issued"] == {"date-parts": [[2021, 1]], "circa": True}
    assert "2021?-01" in item["note"]


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("2021", Date((2021,))),
        ("2021-01", Date((2021, 1))),
        ("2020-12-18", Date((2020, 12, 18))),
        ("2021?-01", Date((2021, 1), circa=True)),
        ("2021~", Date((2021,), circa=True)),
        ("2021-21", Date((2021,), circa=True)),
        ("2020/2021", None),
        ("202X", None),
        ("", None),
    ],
)
def test_dates(edtf: str, date: Date | None) -> None:
    assert date_of(edtf) == date


def test_a_processor_sets_the_dataset(client: FlaskClient) -> None:
    text = formatted(cited(client, "dataset", "csl.json"))
    assert TITLE in text
    assert "the Samizdat team" in text


class TestWhatCouldBreakOut:
    def test_bibtex(self) -> None:
        entry = bibtex_entry(bibtex(HARD))
        assert entry["title"].replace("ˆ", "^") == HARD.title.replace("\n", " ")
        assert (entry["year"], entry["month"]) == ("2021", "feb")
        assert entry["author"] == "A and B and Ç, D"
        assert "{A and B} and {Ç, D}" in bibtex(HARD)

    def test_ris(self) -> None:
        (record,) = rispy.loads(ris(HARD))
        assert record["title"] == HARD.title.replace("\n", " ")
        assert record["authors"] == ["A and B", "Ç, D"]
        assert (record["year"], record["date"]) == ("2021", "2021/02//")

    def test_csl_json(self) -> None:
        (item,) = json.loads(csl_json(HARD))
        assert (item["title"], item["note"]) == (HARD.title, HOSTILE)

    def test_citation_file_format(self) -> None:
        text = cff(HARD, HARD)
        assert yaml.safe_load(text)["preferred-citation"]["notes"] == HOSTILE
        # YAML 1.2 reads 12e456789012 as a number, which PyYAML does not.
        assert 'version: "12e456789012"' in text


class TestRoutes:
    @pytest.mark.parametrize("path", PATHS)
    def test_the_format_can_be_negotiated(self, client: FlaskClient, path: str) -> None:
        for ending, media_type in TYPES.items():
            response = client.get(f"/cite/{path}", headers={"Accept": media_type})
            assert response.mimetype == media_type
            assert response.headers["Content-Location"] == f"/cite/{path}.{ending}"
            assert "Accept" in response.headers["Vary"]
            assert response.text == cited(client, path, ending)

    def test_no_format_that_suits_is_said(self, client: FlaskClient) -> None:
        assert client.get("/cite/dataset", headers={"Accept": "text/turtle"}).status_code == 406

    @pytest.mark.parametrize(
        "path",
        ["nope.bib", "person/asya-tulesova.bib", "editorial/nope.ris", "claim/a/b.cff", "claim/%22/b.bib", "dataset.x"],
    )
    def test_what_is_not_cited_is_not_found(self, client: FlaskClient, path: str) -> None:
        response = client.get(f"/cite/{path}")
        assert response.status_code == 404
        assert response.content_type == "application/problem+json"

    def test_it_is_read_and_no_more(self, client: FlaskClient) -> None:
        assert client.post("/cite/dataset.bib").status_code == 405
        assert client.head("/cite/dataset.bib").data == b""

    def test_a_file_has_a_name_to_keep_it_by(self, client: FlaskClient) -> None:
        assert "filename=CITATION.cff" in client.get("/cite/dataset.cff").headers["Content-Disposition"]
        disposition = client.get(f"/cite/{EDITORIAL}.bib").headers["Content-Disposition"]
        assert re.fullmatch(r"inline; filename=2021-01-progress-kazakhstan\.bib", disposition)

    def test_private_life_is_kept_out_of_search_engines(self) -> None:
        small: Any = make_client()
        assert small.get("/cite/claim/one/children.bib").headers["X-Robots-Tag"] == "noindex"
        assert "X-Robots-Tag" not in small.get("/cite/claim/one/ban.bib").headers
