"""HermiT asked for consistency alone says what it says when it is asked for everything; many are proved at once."""

import pytest
from pyoxigraph import RdfFormat, serialize
from reasoning_cases import ontology, said

from graph.errors import ReasonerFailed
from graph.growing.proving import Bundle, Item, failing
from graph.logic.consistency import consistent
from graph.logic.hermit import prove

RIGHT = ":p a foaf:Person . :x pol:detained :p ; pol:count 'several'@en . :y pol:threshold 5 ."
WRONG = (
    ":p a foaf:Person . :q a pol:PoliticalParty . :p owl:sameAs :q .",
    ":y pol:threshold 'many'^^xsd:integer .",
    ":p a pol:PoliticalParty . :x pol:detained :p .",
)


@pytest.mark.parametrize("facts", [RIGHT, *WRONG])
def test_it_says_what_the_whole_proof_says(facts: str) -> None:
    stated = said(a=facts)
    found = consistent(ontology(), (quad.triple for quad in stated))
    assert found is prove(ontology(), stated).consistent
    assert found is (facts == RIGHT)


def lines(**facts: str) -> bytes:
    return serialize(said(**facts), format=RdfFormat.N_QUADS) or b""


def test_of_many_that_are_proved_at_once_those_that_fail_are_named() -> None:
    known = lines(entities=":p a foaf:Person .")
    facts = [":x pol:detained :p .", ":q a pol:PoliticalParty .", ":p owl:sameAs :r . :r a pol:PoliticalParty ."]
    items = [Item(str(number).encode(), lines(a=one), frozenset((0,))) for number, one in enumerate(facts)]
    assert failing(Bundle(tuple(items), {0: known}, b"")) == {b"2"}
    assert failing(Bundle(tuple(items[:2]), {0: known}, b"")) == set()


def test_a_proof_that_cannot_be_had_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReasonerFailed, match="no answer in"):
        consistent(ontology(), (), timeout=0.01)
    monkeypatch.setattr("graph.logic.consistency.MEMORY", "-Xmx1x")
    with pytest.raises(ReasonerFailed, match="did not run"):
        consistent(ontology(), ())
