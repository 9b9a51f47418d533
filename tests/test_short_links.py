"""Short links: whole for ever, short, and no way to make the server swell."""

import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from server_fixtures import BROWSER, make_client

from graph.errors import UnknownName
from ontology.base import rebased
from queries import questions
from server.site import short_links
from server.site.short_links import LONGEST, RAW, code_of, dictionary, query_of

OLD = "abp9DbVrChhyg3ESkqZpaAA"
"""A code that somebody holds."""
FOREVER = "f721475df1ff286fece4b9b928ad20cccd8891a5999e7403144767a2658a0119"


def made(query: str) -> str:
    code = code_of(query)
    assert code is not None
    return code


@given(st.text())
def test_a_code_leads_back_to_its_query(query: str) -> None:
    code = made(query)
    assert query_of(code) == query
    assert code.replace("-", "").replace("_", "").isalnum()


def test_the_dictionary_never_changes() -> None:
    # Old links would lead nowhere: a better dictionary gets a letter of its own.
    assert sha256(dictionary()).hexdigest() == FOREVER


def test_links_that_people_hold_still_work() -> None:
    assert query_of(OLD) == "SELECT ?claim WHERE { ?claim a pol:Claim }"


def test_the_saved_questions_take_a_quarter_of_their_length() -> None:
    texts = [query.fill({}) for query in questions().values()]
    bodies = ["\n".join(line for line in text.splitlines() if not line.startswith("#")) for text in texts]
    assert sum(len(made(body)) for body in bodies) < sum(map(len, bodies)) / (4 if rebased("a") == "a" else 2)


@pytest.mark.parametrize("spoil", [lambda code: code[:-3], lambda code: code[:-1] + "%", lambda code: "b" + code[1:],
                                   lambda code: code[:5] + ("A" if code[5] != "A" else "B") + code[6:],
                                   lambda code: "", lambda code: "a", lambda code: "aAAA",
                                   lambda code: code + "é"])  # fmt: skip
def test_a_spoilt_code_is_told_to_be_one(spoil: Callable[[str], str]) -> None:
    with pytest.raises(UnknownName):
        query_of(spoil(made("SELECT ?person WHERE { ?person a foaf:Person } LIMIT 7")))


def test_a_code_cannot_swell() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, RAW, zdict=dictionary())
    body = packer.compress(b" " * (LONGEST * 50)) + packer.flush()
    with pytest.raises(UnknownName):
        query_of(short_links.FIRST + urlsafe_b64encode(b"\0\0" + body).decode().rstrip("="))
    assert code_of(" " * (LONGEST + 1)) is None


def test_a_short_link_leads_to_the_query_page() -> None:
    query = "SELECT ?claim WHERE { ?claim a ?kind } # <&\"'"
    client = make_client()
    moved = client.get(f"/q/{made(query)}?view=chart")
    assert moved.status_code == 302
    page = client.get(moved.headers["Location"], headers={"Accept": BROWSER})
    assert page.status_code == 200
    assert dict(page.request.args) == {"query": query, "view": "chart"}


def test_a_spoilt_short_link_is_a_problem_with_a_hint() -> None:
    answer = make_client().get("/q/anything", headers={"Accept": "application/problem+json"})
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert "whole" in (answer.json or {})["detail"]
