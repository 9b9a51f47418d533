"""A query that cannot be parsed: the place where it went wrong, and what to do about it."""

from collections.abc import Iterator
from time import process_time

import pytest
from engine_fixtures import JSON, engines, filled_store

from graph.engine import Query
from graph.engine.complaints import syntax_error
from graph.engine.embedded import Budget, EmbeddedEngine
from graph.engine.tokens import calls_service, form
from graph.errors import QuerySyntaxError


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    with engines(filled_store(tmp_path_factory.mktemp("engine"))) as start:
        yield start(Budget())


def complaint(engine: EmbeddedEngine, text: str) -> QuerySyntaxError:
    with pytest.raises(QuerySyntaxError) as caught:
        engine.evaluate(Query(text), JSON)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("", 1, 1, "empty"),
        ("# only a comment", 1, 1, "empty"),
        ("PREFIX a: <a:>\nselec * {}", 2, 1, "did you mean SELECT"),
        ("hello", 1, 1, "begin with SELECT"),
        ("SELECT * WHERE { ?s ?p ?o } ORDER BI ?s", 1, 35, "BI cannot stand here"),
        ("SELECT * {\n  ?s ?p ?o OPTIONAL ?x }", 2, 21, '?x cannot stand here - expected one of "{"'),
        ("SELECT *\n{ ?s ?p ?o GROUP BY ?s }", 2, 12, "GROUP cannot stand here"),
        ("SELECT * { ?s ?p ?o }\n}", 2, 1, "} closes nothing"),
        ("SELECT * {\n  { ?s ?p ?o }\n", 1, 10, "{ is never closed"),
        ("SELECT * { FILTER(?x > 3 } }", 1, 26, "} closes what something else opened"),
        ("SELECT * {\n ?s ?p 'abc }", 2, 8, "the string 'abc } is never closed"),
        ("SELECT * { ?s <http://e/ p> ?o }", 1, 15, "is no IRI"),
        ("SELECT * { ?s <p> ?o }", 1, 15, "<p> is a relative IRI"),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", 1, 30, "Duplicated variable name"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 40, "group by the variable"),
        ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", 1, 41, "cannot be read to its end"),
    ],
)
def test_the_place_and_what_is_wrong(engine: EmbeddedEngine, text: str, line: int, column: int, what: str) -> None:
    error = complaint(engine, text)
    assert what in str(error)
    assert (error.line, error.column) == (line, column)


def test_columns_count_characters(engine: EmbeddedEngine) -> None:
    text = "SELECT * { ?s ?p '\U0001f4f0 Қазақстан' . ?s ?p OPTIONAL }"
    assert complaint(engine, text).column == text.index("}") + 1


@pytest.mark.parametrize(
    ("name", "declaration"),
    [
        ("pol:modality", "PREFIX pol: <https://w3id.org/samizdat/politics#>"),
        ("skos:prefLabel", "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"),
        ("xyz:thing", "PREFIX xyz: <...>"),
    ],
)
def test_an_unknown_prefix_is_named_with_its_declaration(engine: EmbeddedEngine, name: str, declaration: str) -> None:
    error = complaint(engine, f"PREFIX a: <a:>\nSELECT * {{ ?s a:b ?o ;\n   {name} ?m }}")
    assert (error.line, error.column) == (3, 4)
    assert declaration in error.hint


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "PREFIX a: <a:> # DELETE\ndelete WHERE { ?s ?p ?o }",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "LOAD <http://127.0.0.1/>",
    ],
)
def test_an_update_is_refused(engine: EmbeddedEngine, text: str) -> None:
    assert "read-only" in complaint(engine, text).hint


def test_a_keyword_cannot_be_written_with_escapes(engine: EmbeddedEngine) -> None:
    assert complaint(engine, "SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }").line == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# SELECT\nBASE <http://select/> prefix ask: <a:> version '1.2' Construct {} {}", "CONSTRUCT"),
        ("PREFIX insert: <a:>\nASK { insert:a ?p ?o }", "ASK"),
        ("describe <a:b>", "DESCRIBE"),
        ("drop all", "DROP"),
        ("nothing", None),
        ("", None),
    ],
)
def test_the_form_of_a_query(text: str, expected: str | None) -> None:
    assert form(text) == expected


@pytest.mark.parametrize("piece", ["a.", "'''\\", '"""\\"""', "<", "<a", "_:", "a:b.", "@a-", "\\", "'", "?", "(("])
def test_reading_words_takes_time_linear_in_the_text(piece: str) -> None:
    text = "SELECT SERVICE " + piece * (100_000 // len(piece))
    began = process_time()
    assert calls_service(text)
    assert syntax_error(text, "error at 1:9: expected OPTIONAL").line == 1
    assert process_time() - began < 2, "quadratic, it would take a minute"


FOAF = "http://xmlns.com/foaf/0.1/"


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("ASK { ?s foaf:name ?o }", f"put PREFIX foaf: <{FOAF}> before the query"),
        (
            "ASK { ?s foa:name ?o }",
            f"did you mean foaf:? put PREFIX foaf: <{FOAF}> before the query",
        ),
        ("PREFIX wdt: <a:> ASK { ?s wtd:p ?o }", "did you mean wdt:, which is declared?"),
        ("ASK { ?s quite_unknown:p ?o }", "put PREFIX quite_unknown: <...> before the query"),
    ],
)
def test_an_unknown_prefix_comes_with_a_suggestion(query: str, hint: str) -> None:
    assert syntax_error(query, "error at 1:1").hint == hint
