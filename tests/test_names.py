"""Names as people write and read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.engine.prefixes import PREFIXES
from graph.errors import UnknownName
from ontology.base import BASE
from server.names import expanded, shortened

SHORT = [
    ("id/party/nur-otan", f"{BASE}id/party/nur-otan"),
    ("id/claim/editorial/claim#quote", f"{BASE}id/claim/editorial/claim#quote"),
    ("pol:BannedParty", f"{BASE}politics#BannedParty"),
    ("skos:prefLabel", "http://www.w3.org/2004/02/skos/core#prefLabel"),
    ("prov:wasDerivedFrom", "http://www.w3.org/ns/prov#wasDerivedFrom"),
    ("https://example.org/a?b=c", "https://example.org/a?b=c"),
]


@pytest.mark.parametrize(("short", "iri"), SHORT)
def test_a_short_name_is_read_and_written(short: str, iri: str) -> None:
    assert expanded(short) == iri
    assert shortened(iri) == short


def test_an_iri_may_stand_in_angle_brackets() -> None:
    assert expanded("<https://example.org/a>") == "https://example.org/a"


@pytest.mark.parametrize("name", ["nope:x", "mailto:a@example.org", "urn:x:y"])
def test_an_unknown_prefix_names_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownName, match=r"the prefix \w+: is unknown - known are .*pol") as caught:
        expanded(name)
    assert caught.value.exit_code == 1


@pytest.mark.parametrize("name", ["", "a b", "id/x> . <y", "/etc/passwd", "../x", "ftp://example.org/"])
def test_what_cannot_be_an_iri_is_refused_with_a_hint(name: str) -> None:
    with pytest.raises(UnknownName) as caught:
        expanded(name)
    assert caught.value.hint


@given(st.sampled_from([*sorted(PREFIXES.values()), BASE]), st.text("abc:/#?.-", max_size=6))
def test_the_short_form_always_reads_back(namespace: str, local: str) -> None:
    try:
        iri = expanded(namespace + local)
    except UnknownName:
        return
    assert expanded(shortened(iri)) == iri
