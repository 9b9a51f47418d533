"""The saved questions: each gives its recorded answer, shows the words it rests on, and keeps the catalogue's rules."""

import re
import time

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store
from rdflib.plugins.sparql import prepareQuery
from update_golden import GOLDEN, answer, recorded

from ontology.base import BASE
from ontology.terms import OA, POL
from queries import StoredQuery, questions

NAMES = sorted(questions())
FALSE_ON_PURPOSE = {"elections-rigged-asserted"}
"""Questions whose point is that the answer is no, or empty."""
OF_SEVERAL = {"corroborations", "contradictions", "changes-over-time"}
"""Questions that one editorial answers with nothing: tests/test_across.py asks them of three."""
OF_EVIDENCE = {"media-control-compared"}
"""Questions that are answered with nothing where no data set is imported: tests/test_compared.py imports some."""
NO_SELECT = {"elections-rigged-asserted", "claim-as-graph"}
TAGS = {
    *("people", "offices", "parties", "bans", "detentions", "media control", "campaign", "registration", "elections"),
    *("predictions", "beliefs", "attribution", "tension", "names", "not stated", "sources", "reasoning"),
    *("modality", "dates"),
}
every_question = pytest.mark.parametrize("name", NAMES)
every_select = pytest.mark.parametrize("name", [name for name in NAMES if name not in NO_SELECT])


def select(store: Store, sparql: str) -> QuerySolutions:
    found = store.query(sparql)
    assert isinstance(found, QuerySolutions)
    return found


def body(question: StoredQuery) -> str:
    return re.sub(r"^#.*$", "", question.text, flags=re.MULTILINE)


# --- answers ---


@every_question
def test_the_answer_is_the_recorded_one(name: str, seed_store: Store) -> None:
    file = recorded(name)
    assert file.exists(), "no answer is recorded: run `python -m tests.update_golden`, and read what it writes"
    assert answer(seed_store, questions()[name].fill({})) == file.read_bytes().decode()


@every_question
def test_the_recorded_answer_says_something(name: str) -> None:
    lines = recorded(name).read_text(encoding="utf-8").splitlines()
    says_something = lines == ["true"] or len(lines) > (name not in NO_SELECT)
    if name in OF_SEVERAL | OF_EVIDENCE:
        assert len(lines) == 1
        return
    assert (lines == ["false"]) if name in FALSE_ON_PURPOSE else (says_something and lines != ["false"])


def test_every_recorded_answer_has_its_question() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(NAMES)


@every_question
def test_an_answer_comes_at_once(name: str, seed_store: Store) -> None:
    started = time.perf_counter()
    answer(seed_store, questions()[name].fill({}))
    assert time.perf_counter() - started < 1


@every_select
def test_each_row_of_a_claim_shows_its_own_words_and_modality(name: str, seed_store: Store) -> None:
    found = select(seed_store, questions()[name].fill({}))
    shown, rows = {variable.value for variable in found.variables}, list(found)
    for claim in shown & {"claim", "otherClaim", "disputed"}:
        kind = claim.removesuffix("Claim").removesuffix("claim")
        quote, modality = (f"{kind}Quote", f"{kind}Modality") if kind else ("quote", "modality")
        assert {quote, modality} <= shown
        for row in rows:
            said = isinstance(row[claim], NamedNode)
            assert said == (row[quote] is not None) == (row[modality] is not None)
            assert not said or is_quoted(seed_store, row[claim], row[quote])


def is_quoted(store: Store, claim: object, quote: object) -> bool:
    assert isinstance(quote, Literal)
    words = f'"{quote.value}"@{quote.language}'.replace("\n", "\\n")
    path = f"<{POL.quote}>/<{OA.hasSelector}>/<{OA.exact}>"
    return bool(store.query(f"ASK {{ {claim} {path} {words} }}"))


@every_select
def test_what_is_quoted_stands_in_the_text(name: str, seed_store: Store, seed_text: str) -> None:
    found = select(seed_store, questions()[name].fill({}))
    quotes = [variable for variable in found.variables if variable.value.lower().endswith("quote")]
    words = {row[quote].value for row in found for quote in quotes if isinstance(row[quote], Literal)}
    assert not {quote for quote in words if quote not in seed_text}


@every_select
def test_things_are_named_in_english(name: str, seed_store: Store) -> None:
    found = select(seed_store, questions()[name].fill({}))
    labels = [variable for variable in found.variables if variable.value.endswith("Label")]
    for row in found:
        assert {row[label].language or "en" for label in labels if isinstance(row[label], Literal)} <= {"en"}


# --- the catalogue ---


def test_there_are_enough_questions() -> None:
    assert len(NAMES) >= 28


def test_every_subject_is_covered_and_tags_are_few() -> None:
    assert {tag for question in questions().values() for tag in question.tags} == TAGS


@every_question
def test_a_question_is_documented(name: str) -> None:
    question = questions()[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert question.summary.endswith("?")
    assert len(question.description) > 80
    assert question.description.endswith(".")
    assert question.tags
    assert all(len(parameter.description) > 3 for parameter in question.parameters)


@every_question
def test_a_question_is_plain_sparql_for_other_engines_too(name: str) -> None:
    prepareQuery(questions()[name].fill({}))


@every_select
def test_rows_have_columns_with_names_and_a_last_order(name: str) -> None:
    text = body(questions()[name])
    assert "SELECT *" not in text
    assert "ORDER BY" in text.rpartition("}")[2], "the order of the rows would be left to the engine"


@every_question
def test_every_prefix_is_used(name: str) -> None:
    text = body(questions()[name])
    declared = re.findall(r"^PREFIX (\w+):", text, flags=re.MULTILINE)
    assert declared == sorted(prefix for prefix in declared if len(re.findall(rf"\b{prefix}:", text)) > 1)


@every_question
def test_a_default_names_something_that_is_there(name: str, seed_store: Store) -> None:
    for parameter in questions()[name].parameters:
        if parameter.type == "iri":
            thing = f"<{BASE}{parameter.default}>"
            assert bool(seed_store.query(f"ASK {{ {{ {thing} ?p ?o }} UNION {{ ?s ?q {thing} }} }}"))
