"""Statements as sentences: every class and property in use has words, and nothing stated is left out or made up."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from flask import Flask
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple
from rdflib import RDF, SDO
from server_fixtures import HOSTILE, FakeEngine, make_app

from graph.dataset import ontology_triples
from graph.iris import ID, ONTOLOGY
from ontology.base import rebased
from ontology.terms import POL
from server.site.patterns import CLASSES, DETAILS, KINDS, OTHER, PROPERTIES, TYPE
from server.site.sentences import Writer, local, values_of

NOT_EVENTS = {
    *("AgentGroup", "Government", "MediaOutlet", "MediaSector", "PoliticalParty", "SocialPlatform"),
    *("Claim", "Comparison", "Derivation", "Editorial", "Indicator", "Measurement", "Mention", "Premise"),
    *("Medium", "Modality", "PartyStatus", "PoliticalRole"),
}
"""Classes of things, of which sentences say what they do; of the graph's own records; and of concepts."""
OF_RECORDS = {
    *("attributedTo", "axiom", "condition", "inTensionWith", "mention", "mentionOf", "modality", "premise"),
    *("printedName", "quote", "sensitive", "sha256", "statedIn", "fulfils", "belies"),
}
OF_EVIDENCE = {"beside", "category", "covers", "freest", "highest", "indicator", "lowest", "rule", "yearsApart"}
OF_DATES = {"earliest", "edtf", "inferredFrom", "latest"}
TERMS = {local(triple.subject) for triple in ontology_triples() if isinstance(triple.subject, NamedNode)} | {"label"}
PATTERNS = [
    *(pattern for patterns in CLASSES.values() for pattern in patterns),
    *(pattern for table in (DETAILS, PROPERTIES, KINDS) for pattern in table.values()),
    *(TYPE, OTHER),
]


@pytest.fixture(scope="module")
def app(seed_store: Store) -> Flask:
    return make_app(FakeEngine(content=seed_store))


@pytest.fixture(scope="module")
def stated(seed_store: Store) -> dict[str, list[Triple]]:
    """What the seed's claims assert, by node: whatever their modality."""
    found: dict[str, list[Triple]] = defaultdict(list)
    for quad in seed_store.quads_for_pattern(None, None, None, None):
        if str(quad.graph_name).endswith("#assertion>") and isinstance(quad.subject, NamedNode):
            found[quad.subject.value].append(quad.triple)
    return {node: list(dict.fromkeys(triples)) for node, triples in found.items()}


def ours(kind: str) -> Iterator[str]:
    """The terms of our own ontology that are of a kind."""
    for triple in ontology_triples():
        is_ours = isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(f"{ONTOLOGY}#")
        if is_ours and local(triple.predicate) == "type" and local(triple.object) == kind:
            yield local(triple.subject)


def test_every_class_of_the_ontology_has_words() -> None:
    assert set(ours("Class")) == (set(CLASSES) - {"Event"}) | set(KINDS) | NOT_EVENTS


def test_every_property_of_the_ontology_has_words() -> None:
    said = {name for patterns in CLASSES.values() for pattern in patterns for name in pattern.uses}
    said |= set(DETAILS) | set(PROPERTIES)
    assert {*ours("ObjectProperty"), *ours("DatatypeProperty")} <= said | OF_RECORDS | OF_EVIDENCE | OF_DATES


def test_every_placeholder_is_a_term() -> None:
    for patterns in CLASSES.values():
        for pattern in patterns:
            assert pattern.uses <= TERMS, pattern.text
    assert set(DETAILS) - {"asOf"} <= TERMS
    assert set(PROPERTIES) <= TERMS


@pytest.mark.parametrize("pattern", [pattern for pattern in PATTERNS if pattern.many], ids=lambda found: found.text)
def test_one_and_many_have_the_same_places(pattern: object) -> None:
    one, many = type(pattern)(pattern.text), type(pattern)(pattern.many)  # type: ignore[call-arg,attr-defined]
    assert set(one.placeholders) == set(many.placeholders)  # type: ignore[attr-defined]


def test_what_the_claims_state_is_said_whole(app: Flask, stated: dict[str, list[Triple]]) -> None:
    with app.test_request_context():
        for node, triples in stated.items():
            if "#date-" in node:
                continue
            said = Writer(values_of([triple for some in stated.values() for triple in some])).of(node, triples)
            assert {one for sentence in said for one in sentence.statements} >= set(triples) - without_words(triples)
            assert not [str(sentence) for sentence in said if " — " in str(sentence)], node


def without_words(triples: list[Triple]) -> set[Triple]:
    """The class of a thing that nothing else is said of by a claim."""
    return {triple for triple in triples if local(triple.predicate) in ("type", "label")}


def test_the_seed_reads_well(app: Flask, stated: dict[str, list[Triple]]) -> None:
    with app.test_request_context():
        everything = [triple for some in stated.values() for triple in some]
        writer = Writer(values_of(everything))
        text = " ".join(str(sentence) for node in stated for sentence in writer.of(node, stated[node]))
    for sentence in (
        "Nursultan Nazarbayev was “in power” in Kazakhstan from 1989 until 2019. Successor: Kassym-Jomart Tokayev.",
        "Democratic Choice Party was banned. Ground given: “deemed an extremist group”.",
        "Asya Tulesova has been detained “several times”.",
        "Government of Kazakhstan controls “most” of print media of Kazakhstan and TV stations of Kazakhstan.",
        "To be registered in Kazakhstan, Progress needs 20,000 signatures.",
        "Aliya Zholboldina and Asya Tulesova intend to found Progress.",
        "Nur Otan is the ruling party, as of January 2021, the year uncertain.",
    ):
        assert sentence in text


def triples_of(node: str, *stated: tuple[str, NamedNode | Literal]) -> list[Triple]:
    return [Triple(NamedNode(node), NamedNode(name), value) for name, value in stated]


def said(app: Flask, node: str, triples: list[Triple], address: str = "/") -> list[str]:
    with app.test_request_context(address):
        return [str(sentence) for sentence in Writer(values_of(triples)).of(node, triples)]


BAN = f"{ID}event/a-ban"
TYPE_OF = str(RDF.type)


def test_what_has_no_pattern_is_said_as_it_stands(app: Flask) -> None:
    triples = triples_of(BAN, (TYPE_OF, NamedNode(str(POL.PartyBan))), ("https://example.org/mood", Literal("bleak")))
    assert said(app, BAN, triples) == ["A ban — mood — bleak."]


def test_a_share_is_a_range_only_where_it_is_one(app: Flask) -> None:
    def result(low: str, high: str) -> list[Triple]:
        winner = NamedNode(f"{ID}party/nur-otan")
        return triples_of(
            BAN,
            (TYPE_OF, NamedNode(str(POL.ElectionResult))),
            (str(POL.winner), winner),
            (str(SDO.minValue), Literal(low)),
            (str(SDO.maxValue), Literal(high)),
            (str(POL.unit), Literal("% of votes")),
        )

    assert said(app, BAN, result("70", "91")) == ["Nur Otan won with 70 to 91 % of votes."]
    assert said(app, BAN, result("70", "70")) == ["Nur Otan won with 70 % of votes."]


def test_a_date_is_told_in_words_and_only_where_it_is_stated(app: Flask) -> None:
    party, date = NamedNode(f"{ID}party/nur-otan"), NamedNode(f"{BAN}#date-2005")
    ban = triples_of(BAN, (TYPE_OF, NamedNode(str(POL.PartyBan))), (str(POL.bannedParty), party))
    assert said(app, BAN, ban) == ["Nur Otan was banned."]
    dated = [*ban, *triples_of(BAN, (str(POL.date), date)), Triple(date, NamedNode(str(POL.edtf)), Literal("2005~"))]
    assert said(app, BAN, dated) == ["Nur Otan was banned (about 2005)."]


def test_hostile_words_stay_words(app: Flask) -> None:
    party = f"{ID}party/progress"
    triples = triples_of(party, (str(POL.ideology), Literal(f"%(subject)s {HOSTILE}")))
    (sentence,) = said(app, party, triples)
    assert sentence == f"Progress is described as “%(subject)s {HOSTILE}”."


def test_names_lead_to_their_pages_and_words_of_a_source_nowhere(app: Flask) -> None:
    party = f"{ID}party/nur-otan"
    triples = triples_of(party, (str(POL.ideology), Literal("https://example.org/")))
    with app.test_request_context():
        (sentence,) = Writer(values_of(triples)).of(party, triples)
    assert [piece.href for piece in sentence.pieces if piece.is_value] == ["/doc/party/nur-otan", None]


def test_a_blank_node_breaks_nothing(app: Flask) -> None:
    triples = [Triple(BlankNode("x"), NamedNode(str(POL.country)), NamedNode(rebased(f"{ID}country/kazakhstan")))]
    assert said(app, "x", triples) == ["X belongs to Kazakhstan."]
