"""No sentence of the seed editorial that states something is skipped, and each quote stands where it says."""

import re
from hashlib import sha256

import pytest
from pyoxigraph import Store
from seed_sparql import rows

FURNITURE = (
    "January in Central Asia: a wave of Progress in Kazakhstan3 min read",
    "In Central Asia, Editorial",
    "January editorial.",
    "Featured image: Drop / Dan-Cristian P\u0103dure\u021b",
    "Recommended Posts",
)
"""The headline (kept as the editorial's own), the page's furniture, and the words its date is inferred from."""

STATED = {
    "Since Kazakhstan became": "independence democratic-standards-not-upheld democratic-standards-in-constitution",
    "The young nation": "only-two-presidents nazarbayev-in-power nazarbayev-first-secretary hand-over-to-tokayev"
    " tokayev-current-president",
    "Both have won": "election-margins margins-implausible elections-rigged",
    "Recently two women": "founding-intended aims-against-corruption first-progressive-party",
    "On 18 December 2020": "founding-announced",
    "\u201cWe believe": "quotation-unite",
    "\u201cWe have a fresh perspective": "quotation-reforms",
    "Before her recent move": "zholboldina-new-to-politics zholboldina-work zholboldina-blog",
    "She is also the mother": "zholboldina-children",
    "Asya Tulesova on the other hand": "tulesova-more-active tulesova-detained tulesova-protests",
    "The campaign so far": "campaign-grassroots",
    "They do all": "campaign-through-social-media livestreams goals-outlined",
    "The pair explained": "goal-thousand-signatures goal-candidates",
    "However, the party": "registration-threshold",
    "During one of these": "no-pr-team more-staff-hoped",
    "Going forward": "message-will-struggle government-media-control",
    "This, however, is not": "difficulties-likely",
    "Their campaign could": "campaign-dangerous",
    "The Progress party is": "progress-opposition nur-otan-ruling nur-otan-faced-other-opposition"
    " democratic-choice-opposition",
    "One of the most notable": "democratic-choice-notable democratic-choice-party-banned",
    "Recently, however, officials": "officials-support-opposition registration-reforms",
    "There is reason to believe": "reforms-for-show abysmal-record time-will-tell",
    "Establishing a new": "new-party-massive-undertaking near-impossible ruling-party-media-control"
    " force-against-opponents",
    "Aliya Zholboldina and Asya Tulesova are": "aware-of-obstacles consequences-already-faced determined",
    "So far the pair": "small-following following-grown",
    "As the odds": "odds-stacked success-unlikely long-haul",
    "If their party": "turning-point",
}
"""The claims whose first quote begins in the sentence that begins with these words, in the order of their file."""

LINKS = ("and", "However", "as", "but", "and", "but", "but")
"""All that is left of the sentences, in order, once every quote is taken out: words that join."""

# A sentence ends at a stop (with its closing quotation mark), not at that of "U.S.", or else at the end of its line.
SENTENCE = re.compile(r"\S.*?(?:(?<!U\.S)\.\u201d?(?= |$)|$)", re.MULTILINE)


@pytest.fixture(scope="module")
def quoted(seed_store: Store) -> list[tuple[int, int, str]]:
    """Start, end and exact words of every quote."""
    places = """SELECT ?start ?end ?exact { ?claim pol:quote ?quote . ?quote oa:hasSelector ?position, ?words .
        ?position oa:start ?start ; oa:end ?end . ?words oa:exact ?exact }"""
    return sorted((int(start), int(end), exact) for start, end, exact in rows(seed_store, places))


def test_every_quote_stands_word_for_word_at_its_position(quoted: list[tuple[int, int, str]], seed_text: str) -> None:
    assert quoted
    assert [exact for start, end, exact in quoted if seed_text[start:end] != exact] == []


def test_every_claim_has_a_quote_with_its_position(seed_store: Store) -> None:
    bare = """SELECT ?claim { ?claim a pol:Claim FILTER NOT EXISTS {
        ?claim pol:quote ?quote . ?quote oa:hasSelector/oa:exact ?exact ; oa:hasSelector/oa:start ?start } }"""
    assert rows(seed_store, bare) == set()


def test_the_recorded_hash_is_that_of_the_text(seed_store: Store, seed_text: str) -> None:
    recorded = "SELECT ?hash { editorial:2021-01-progress-kazakhstan pol:sha256 ?hash }"
    assert rows(seed_store, recorded) == {(sha256(seed_text.encode("utf-8")).hexdigest(),)}


def test_every_sentence_but_the_furniture_is_quoted(quoted: list[tuple[int, int, str]], seed_text: str) -> None:
    sentences = list(SENTENCE.finditer(seed_text))
    assert len(sentences) == len(STATED) + len(FURNITURE)
    skipped = [
        found[0].strip()
        for found in sentences
        if not any(found.start() <= start and end <= found.end() for start, end, _ in quoted)
    ]
    assert tuple(skipped) == FURNITURE


def test_the_claims_of_each_sentence(seed_store: Store, seed_text: str) -> None:
    begins = """SELECT ?claim ?position (MIN(?start) AS ?first) {
        ?claim schema:position ?position ; pol:quote/oa:hasSelector/oa:start ?start } GROUP BY ?claim ?position"""
    placed = sorted((int(position), int(first), claim) for claim, position, first in rows(seed_store, begins))
    found = {
        words: " ".join(claim for _, first, claim in placed if sentence.start() <= first < sentence.end())
        for sentence in SENTENCE.finditer(seed_text)
        for words in STATED
        if sentence[0].startswith(words)
    }
    assert found == STATED
    assert len(placed) == len(" ".join(STATED.values()).split())


def test_no_clause_is_left_out_of_every_quote(quoted: list[tuple[int, int, str]], seed_text: str) -> None:
    left = seed_text
    for start, end, _ in quoted:
        left = left[:start] + "\0" * (end - start) + left[end:]
    for words in FURNITURE:
        assert left.count(words) == 1, words
        left = left.replace(words, "")
    assert tuple(re.findall(r"\w+", left)) == LINKS
