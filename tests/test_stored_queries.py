"""Saved queries: the loader is strict, and no value changes a query's structure."""

import re
from pathlib import Path
from urllib.parse import quote

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ontology.base import BASE
from queries import BadParameter, BadQueryFile, Parameter, StoredQuery, checks, is_documented, questions, read
from queries.patterns import either, filled
from queries.terms import Type
from queries.tokens import parameters_used, replace_parameters

XSD = "http://www.w3.org/2001/XMLSchema#"
GOOD = """#+ summary: What is said of a person?
#+ description: Every claim,
#+   in the order of the text.
#+ tags: people, attribution
#+ parameter: person iri id/person/asya-tulesova — the person asked about
#+ parameter: limit integer 10 — how many at most
# an ordinary comment about ?_nothing
SELECT ?claim WHERE { ?claim ?about ?_person . FILTER(STR(?claim) != "?_person") } LIMIT $_limit
"""


def load(text: str) -> StoredQuery:
    return read(text, Path("people.rq"))


def fault(text: str) -> BadQueryFile:
    with pytest.raises(BadQueryFile) as caught:
        load(text)
    return caught.value


def value_of(kind: Type, default: str) -> StoredQuery:
    """A query whose answer shows its one parameter, among things a value could do harm to."""
    text = 'SELECT ?value ("kept" AS ?after) WHERE { BIND(?_value AS ?value) # ?_value "\n }'
    return StoredQuery("value", "s", "", (), (Parameter("value", kind, default, "d"),), text)


def evaluated(text: str) -> pyoxigraph.Literal | pyoxigraph.NamedNode:
    """The value that comes back; fails unless the query is still the one that was written."""
    answer = pyoxigraph.Store().query(text)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    assert [variable.value for variable in answer.variables] == ["value", "after"]
    [row] = list(answer)
    assert row["after"] == pyoxigraph.Literal("kept")
    value = row["value"]
    assert isinstance(value, pyoxigraph.Literal | pyoxigraph.NamedNode)
    return value


# --- the header ---


def test_a_header_is_read() -> None:
    query = load(GOOD)
    assert (query.name, query.summary) == ("people", "What is said of a person?")
    assert query.description == "Every claim, in the order of the text."
    assert query.tags == ("people", "attribution")
    assert query.parameters[0] == Parameter("person", "iri", "id/person/asya-tulesova", "the person asked about")
    assert query.text == GOOD


def test_a_default_may_hold_spaces_and_quotation_marks() -> None:
    [parameter] = load(
        "#+ summary: s\n#+ parameter: name string Nur Otan — a name\nSELECT (?_name AS ?n) {}"
    ).parameters
    assert parameter.default == "Nur Otan"
    [empty] = load('#+ summary: s\n#+ parameter: name string "" — a name\nSELECT (?_name AS ?n) {}').parameters
    assert empty.default == ""


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("#+ summary: What is said of a person?\n", "", 1, "the summary is missing"),
        ("summary: What is said of a person?", "summary:", 1, "the summary is missing"),
        ("#+ tags:", "#+ tag:", 4, "unknown header"),
        ("#+ tags:", "#+ summary:", 4, "a second summary"),
        ("#+   in the", "#+in the", 3, "unknown header"),
        ("#+ summary: What", "#+   What", 1, "a continuation of nothing"),
        ("?about ?_person", "?about ?person", 5, "the parameter person is declared and not used"),
        ("?about ?_person", "?_about ?_person", 8, "the parameter ?_about is used and not declared"),
        ("limit integer 10", "limit integer ten", 6, "a bad default: parameter limit: 'ten' is not an integer"),
        ("limit integer", "limit number", 6, "the parameter limit has the unknown type number"),
        ("— how many", "- how many", 6, "a parameter that cannot be read"),
        ("parameter: limit integer 10", "parameter: person iri id/x", 6, "a second parameter person"),
        ("# an ordinary comment", "SELECT *\n#+ tags: late #", 8, "a header line within the query"),
    ],
)
def test_a_header_that_is_not_in_order_is_refused_with_its_line(old: str, new: str, line: int, what: str) -> None:
    assert old in GOOD
    error = fault(GOOD.replace(old, new))
    assert str(error).startswith(f"people.rq:{line}: {what}")
    assert error.hint


def test_only_a_text_with_header_lines_is_a_saved_query() -> None:
    assert is_documented(GOOD)
    assert not is_documented("# a comment\nASK {}")


def test_every_saved_query_of_the_repository_loads_and_parses_with_its_defaults() -> None:
    for query in (questions() | checks()).values():
        pyoxigraph.Store().query(query.fill({}), base_iri=BASE)


def test_every_check_returns_violations() -> None:
    for name, query in checks().items():
        answer = pyoxigraph.Store().query(query.fill({}), base_iri=BASE)
        assert isinstance(answer, pyoxigraph.QuerySolutions), name
        assert [variable.value for variable in answer.variables] == ["focus", "path", "value", "message"], name


def test_the_queries_come_sorted_by_name() -> None:
    assert list(questions()) == sorted(questions())


# --- filling ---


def test_parameters_are_replaced_outside_strings_iris_and_comments_only() -> None:
    filled = load(GOOD).fill({"limit": "3"})
    assert f"?about <{BASE}id/person/asya-tulesova> ." in filled
    assert "LIMIT 3" in filled
    assert '!= "?_person"' in filled
    assert "comment about ?_nothing" in filled


@pytest.mark.parametrize(
    "untouched",
    [
        "# ?_x",
        "<http://example.org/?_x>",
        '"?_x"',
        "'?_x'",
        '"""a "quoted" ?_x"""',
        "'''it's ?_x'''",
        r'"\"?_x"',
        "?x_x ?__ ?_ $x",
        r"ex:it\?_x",
    ],
)
def test_what_only_looks_like_a_parameter_stays(untouched: str) -> None:
    assert replace_parameters(f"{untouched}\n?_y", lambda name: {"y": "1", "_": "?__"}[name]) == f"{untouched}\n1"


def test_parameters_are_found_with_their_first_line() -> None:
    assert parameters_used("?_a\n$_b ?_a '\\'?_c'\n?_ab<http://x/?_d>") == {"a": 1, "b": 2, "ab": 3}


def test_a_term_does_not_run_into_its_neighbours() -> None:
    assert replace_parameters("LIMIT?_n", lambda _: "5") == "LIMIT 5"
    assert replace_parameters("?a<?_n.", lambda _: "5") == "?a< 5 ."
    assert replace_parameters("(?_n)", lambda _: "5") == "(5)"


def test_an_unknown_parameter_names_the_nearest() -> None:
    with pytest.raises(BadParameter, match=r"people has no parameter persn - did you mean person\?"):
        load(GOOD).fill({"persn": "x"})


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("iri", ""),
        ("iri", "id/person/x> ?p ?o . <y"),
        ("iri", "id/person/a b"),
        ("iri", "javascript:alert(1)"),
        ("iri", "file:///etc/passwd"),
        ("iri", "//example.org/x"),
        ("iri", "../secret"),
        ("iri", r"id/\u003e"),
        ("iri", "id/%zz"),
        ("iri", "http://example.org/#a#b"),
        ("iri", "http://[::1]/"),
        ("iri", "http://"),
        ("iri", "id/x\n"),
        ("string", "\ud800"),
        ("integer", "1.5"),
        ("integer", "1 2"),
        ("integer", ""),
        ("integer", "٣"),
        ("integer", "9223372036854775808"),
        ("date", "2020-02-30"),
        ("date", "December 2020"),
        ("date", "../2020"),
        ("date", '2020"'),
        ("date", "-0100"),
        ("date", ""),
    ],
)
def test_a_value_not_of_its_type_is_refused_with_a_hint(kind: Type, value: str) -> None:
    defaults: dict[Type, str] = {"iri": "id/x", "string": "x", "integer": "1", "date": "2020-12-18"}
    with pytest.raises(BadParameter, match="parameter value: ") as caught:
        value_of(kind, defaults[kind]).fill({"value": value})
    assert caught.value.hint


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-12", "2020-12-01", "2020-12-31"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("2021-01~", "2021-01-01", "2021-01-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2020-02/2021", "2020-02-01", "2021-12-31"),
    ],
)
def test_a_date_less_exact_than_a_day_is_refused_with_its_days(value: str, first: str, last: str) -> None:
    with pytest.raises(BadParameter, match=f"is not one day - write {first}, its first day, or {last}, its last"):
        value_of("date", "2020-12-18").fill({"value": value})


HOSTILE = st.lists(
    st.sampled_from(
        ['"', "'", '"""', "\\", "\\u0022", "\\U00000022", "}", "{", "<", ">", "#", "\n", "\r", "?_value", "é"]
    )
    | st.text(max_size=3),
    max_size=8,
).map("".join)
"""Text made of what has broken out of quotes before."""


@given(HOSTILE)
@example("\\u0022 . } #")
@example("\\\\u0022")
@example("\x00\x85\u2028")
def test_any_string_comes_back_as_itself(value: str) -> None:
    assert evaluated(value_of("string", "").fill({"value": value})) == pyoxigraph.Literal(value)


@given(HOSTILE.filter(lambda value: "\r" not in value))
@settings(max_examples=25, deadline=None)
@example("\\u0022 . } #")
@example("\\uABCDEF01")
def test_an_engine_that_undoes_escapes_before_parsing_reads_the_same_string(value: str) -> None:
    [[result, _]] = rdflib.Graph().query(value_of("string", "").fill({"value": value}))  # type: ignore[misc]
    assert result == rdflib.Literal(value)


@given(HOSTILE | HOSTILE.map(lambda text: f"http://example.org/{text}") | st.from_regex(r"https?://[^ ]{1,20}"))
def test_any_iri_comes_back_as_itself_or_is_refused(value: str) -> None:
    try:
        filled = value_of("iri", "id/x").fill({"value": value})
    except BadParameter:
        return
    assert evaluated(filled) == pyoxigraph.NamedNode(value if value.startswith("http") else BASE + value)


@given(
    # A name of dots alone would lead up the path.
    st.text(min_size=1)
    .filter(lambda text: text not in (".", ".."))
    .map(lambda text: f"id/person/{quote(text, safe='')}")
    | st.just("https://қаз.example/адам?x=1#y")
)
def test_an_iri_in_order_is_accepted(value: str) -> None:
    evaluated(value_of("iri", "id/x").fill({"value": value}))


@given(st.integers(1 - 2**63, 2**63 - 1))
def test_any_integer_comes_back_as_itself(value: int) -> None:
    filled = value_of("integer", "1").fill({"value": str(value)})
    assert evaluated(filled) == pyoxigraph.Literal(str(value), datatype=pyoxigraph.NamedNode(XSD + "integer"))


@given(st.dates())
def test_any_day_comes_back_as_itself(value: object) -> None:
    filled = value_of("date", "2020-12-18").fill({"value": str(value)})
    assert evaluated(filled) == pyoxigraph.Literal(str(value), datatype=pyoxigraph.NamedNode(XSD + "date"))


@given(HOSTILE, st.sampled_from(["integer", "date"]))
def test_text_is_no_integer_and_no_date(value: str, kind: Type) -> None:
    default = {"integer": "2020", "date": "2020-12-18"}[kind]
    with pytest.raises(BadParameter):
        value_of(kind, default).fill({"value": f"x{value}"})


# --- an answer in words ---

ANSWERED = """#+ summary: Who controls what?
#+ answer: {who} controls {what}[, to the extent {extent}] in {_country}
#+ parameter: country iri id/country/kazakhstan — the country
SELECT ?who ?what ?extent WHERE { ?who ?what ?extent ; ?in ?_country }
"""


def test_an_answer_is_said_with_what_there_is() -> None:
    pattern = load(ANSWERED).answer
    values = {"who": "The state", "what": "TV", "_country": "Kazakhstan"}
    assert filled(pattern, values) == "The state controls TV in Kazakhstan"
    assert filled(pattern, values | {"extent": "most"}) == "The state controls TV, to the extent most in Kazakhstan"
    assert filled(pattern, values | {"what": ""}) is None
    assert filled(pattern, {"who": "{what}", "what": "[x]", "_country": "{"}) == "{what} controls [x] in {"


@pytest.mark.parametrize(
    "answer", ["{nobody} came", "{_person} came", "{who", "who}", "[{who}", "[a [b] c]", "a | b", ""]
)
def test_an_answer_that_cannot_be_said_is_refused_with_its_line(answer: str) -> None:
    found = fault(re.sub("answer: .*", f"answer: {answer}", ANSWERED))
    assert found.line == 2
    assert "an answer that cannot be said" in str(found)


def test_the_answer_of_an_ask_query_has_two_sentences() -> None:
    asked = "#+ summary: Is it?\n#+ answer: It is. | It is not said.\nASK {}\n"
    assert either(load(asked).answer, yes=True) == "It is."
    assert either(load(asked).answer, yes=False) == "It is not said."
    assert fault(asked.replace(" | It is not said.", "")).line == 2


def test_the_projects_answers_use_their_own_columns_and_some_questions_have_one() -> None:
    assert sum(bool(query.answer) for query in questions().values()) >= 12
