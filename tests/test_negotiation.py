"""Accept headers and ``format=`` to formats: RFC 9110, section 12.5.1, as a table."""

import pytest
from server_fixtures import BROWSER

from graph.errors import FormNotAcceptable
from server.negotiation import (
    CSV,
    DOCUMENTS,
    HTML,
    JSON,
    JSONLD,
    NQUADS,
    NTRIPLES,
    RDFXML,
    TABLES,
    TRIG,
    TSV,
    TURTLE,
    XML,
    Format,
    choice_of,
    choose,
    prefers_html,
)

RESULTS_JSON = "application/sparql-results+json"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV", CSV),
        ("text/*", CSV),
        ("application/*", JSON),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.6", TSV),
        ("text/csv; q=0.5 , */*;q=0.1", CSV),
        ("*/*, text/csv", CSV),
        ("text/csv, */*;q=0.5", CSV),
        (f"{RESULTS_JSON};q=0, */*", XML),
        (f"{RESULTS_JSON};q=0, application/sparql-results+xml;q=0, */*;q=0.1", CSV),
        ("text/*;q=0, */*", JSON),
        ("text/csv;q=0, text/*", TSV),
        ("*/*;q=0.1, text/*;q=0.2, text/csv;q=0", TSV),
        ("application/json", JSON),
        ("application/xml", XML),
        ("text/xml", XML),
        ("text/csv; charset=utf-8", CSV),
        ('text/csv; charset="UTF-8"; q=0.3', CSV),
        ("text/csv; header=absent", None),
        ("text/csv; charset=utf-16", None),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("*/*;q=0", None),
        ("application/sparql-results+json;q=2, text/csv;q=0.1", CSV),
        ("nonsense", None),
        ("text/html, text/csv;q=0.9", CSV),
        (BROWSER, XML),
    ],
)
def test_the_most_specific_range_decides_and_the_highest_quality_wins(accept: str, expected: Format | None) -> None:
    choice = choose(TABLES, accept)
    assert (choice.format if choice else None) == expected


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", RESULTS_JSON),
        ("application/json", "application/json"),
        (f"application/json, {RESULTS_JSON}", RESULTS_JSON),
        (f"{RESULTS_JSON}, application/json;q=0.5", RESULTS_JSON),
        ("text/csv", "text/csv; charset=utf-8"),
    ],
)
def test_an_alias_is_named_only_if_the_client_takes_nothing_better(accept: str, content_type: str) -> None:
    choice = choose(TABLES, accept)
    assert choice
    assert choice.content_type == content_type


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", TURTLE),
        ("application/rdf+xml, text/turtle;q=0.9", RDFXML),
        ("application/ld+json", JSONLD),
        ("application/n-triples", NTRIPLES),
        ("text/plain", NTRIPLES),
        ("application/json", JSONLD),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', JSONLD),
        ("application/xml", RDFXML),
        ("application/trig", TRIG),
        ("application/n-quads, application/trig;q=0.5", NQUADS),
        ("text/html, image/gif, *; q=.2, */*; q=.2", TURTLE),
        ("text/turtle;q=0, application/*", NTRIPLES),
        (RESULTS_JSON, None),
    ],
)
def test_documents_are_chosen_in_the_same_way(accept: str, expected: Format | None) -> None:
    choice = choose(DOCUMENTS, accept)
    assert (choice.format if choice else None) == expected


@pytest.mark.parametrize(
    ("wanted", "tables", "documents"),
    [
        ("csv", CSV, None),
        ("CSV", CSV, None),
        ("json", JSON, JSONLD),
        ("xml", XML, RDFXML),
        ("turtle", None, TURTLE),
        ("ttl", None, TURTLE),
        ("nt", None, NTRIPLES),
        ("n3", None, TURTLE),
        ("rdf+xml", None, RDFXML),
        ("rdf xml", None, RDFXML),
        ("json-ld", None, JSONLD),
        ("trig", None, TRIG),
        ("nq", None, NQUADS),
        ("html", HTML, HTML),
        ("text/csv", CSV, None),
        ("application/ld json", None, JSONLD),
        ("docx", None, None),
    ],
)
def test_format_in_the_address_overrides_the_header(
    wanted: str, tables: Format | None, documents: Format | None
) -> None:
    for offer, expected in ((TABLES, tables), (DOCUMENTS, documents)):
        choice = choose((*offer, HTML), "text/tab-separated-values", wanted)
        assert (choice.format if choice else None) == expected


def test_a_browser_gets_html_where_there_is_html() -> None:
    choice = choose((*TABLES, HTML), BROWSER)
    assert choice
    assert choice.format is HTML


@pytest.mark.parametrize(
    ("accept", "person"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("text/html, application/json", True),
        ("application/json, text/html;q=0.9", False),
        ("application/problem+json, text/html", False),
        ("*/*", False),
        (None, False),
        ("text/turtle", False),
        ("text/html;q=0, */*", False),
    ],
)
def test_who_reads_an_error(accept: str | None, person: bool) -> None:
    assert prefers_html(accept) is person


def test_what_does_not_fit_is_refused_with_what_there_is() -> None:
    with pytest.raises(FormNotAcceptable) as refused:
        choice_of(DOCUMENTS, "image/png")
    assert all(item.media_type in refused.value.hint for item in DOCUMENTS)
