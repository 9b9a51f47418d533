"""Profiles and their queries: what is shipped, what is wrong with one's own, and terms put into queries safely."""

import re
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal, URIRef

from graph.enriching.labels import LONGEST, canonical, fault, runs_leftward
from graph.enriching.profile import FOLDER, SHIPPED, profile
from graph.enriching.profile_file import FILLED, KEYS
from graph.enriching.templates import bound, check
from graph.errors import InvalidInput, InvalidQuery, SamizdatError

WRITTEN = (FOLDER / "wikidata.yaml").read_text(encoding="utf-8")


def own(folder: Path, text: str, **queries: str) -> Path:
    """A profile of one's own, with the queries of Wikidata's beside it."""
    for file in FOLDER.glob("*.rq"):
        (folder / file.name).write_bytes(file.read_bytes())
    for name, query in queries.items():
        (folder / f"wikidata-{name}.rq").write_text(query, encoding="utf-8")
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str, **queries: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        profile("", own(folder, text, **queries))
    assert all(problem.place.file == folder / "own.yaml" for problem in caught.value.problems)
    return [f"{problem.place.line}: {problem.what}" for problem in caught.value.problems]


def test_wikidata_is_asked_by_its_rules() -> None:
    found = profile("wikidata")
    assert found.endpoint == "https://query.wikidata.org/sparql"
    assert found.licence == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert found.contact
    assert found.rate <= 1
    assert found.identifier("http://www.wikidata.org/entity/Q232") == ("wikidata", "Q232")
    assert found.identifier("http://www.wikidata.org/entity/") is None
    assert {"kk", "ru", "en"} <= set(found.languages)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_can_be_read(name: str) -> None:
    found = profile("https://example.org/sparql") if name == "any" else profile(name)
    assert "names" in found.queries


def test_any_endpoint_says_nothing_of_its_licence() -> None:
    found = profile("https://data.example.org/sparql")
    assert (found.name, found.title, found.licence) == ("data-example-org-sparql", "data.example.org", "")


def test_a_profile_of_ones_own_and_another_endpoint_for_it(tmp_path: Path) -> None:
    file = own(tmp_path, WRITTEN.replace("title: Wikidata", "title: Ours"))
    assert (profile("", file).name, profile("", file).title) == ("own", "Ours")
    assert profile("https://other.example/", file).endpoint == "https://other.example/"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "wikipedia",
        "ftp://example.org/",
        "https://me:secret@example.org/",
        "https://пример.рф/",
        "https://[::1/",
        "https://a:x/",
        "https://a b/",
        "any",
        "http://",
        "file:///x",
    ],
)
def test_what_is_no_endpoint(source: str) -> None:
    with pytest.raises(SamizdatError, match="no endpoint"):
        profile(source)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rate: 1\n", "rate: 0\n", "rate is not"),
        ("rate: 1\n", "rate: fast\n", "rate is not"),
        ("rate: 1\n", "rate: true\n", "rate is not"),
        ("rate: 1\n", "", "without 'rate'"),
        ("rate: 1\n", "rate: 1\nspeed: 2\n", "no key 'speed'"),
        ("batch: 25", "batch: 1.5", "batch is not"),
        ("batch: 25", "batch: 9999", "batch is not"),
        ("contact: required", "contact: yes", "contact is not"),
        ("https://query.wikidata.org/sparql", "ftp://query.wikidata.org/", "endpoint is not"),
        ("languages: [en, kk, ru]", "languages: [english!]", "languages is not"),
        ("languages: [en, kk, ru]", "languages: []", "languages is not"),
        ("[http://www.wikidata.org/entity/Q5]", "http://www.wikidata.org/entity/Q5", "classes is not"),
        ("  names: wikidata-names.rq\n", "", "queries is not"),
        ("names: wikidata-names.rq", "names: ../wikidata-names.rq", "not the name of a file"),
        ("names: wikidata-names.rq", "names: absent.rq", "cannot be read"),
        ("names: wikidata-names.rq", "names: 3", "not the name of a file"),
        ("names: wikidata-names.rq", "names: wikidata-names.rq\n  other: x.rq", "queries is not"),
        ("title: Wikidata", 'title: "Wiki\\u202edata"', "title is not"),
    ],
)
def test_what_is_wrong_with_a_profile_is_told_with_its_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in WRITTEN
    [problem] = problems(tmp_path, WRITTEN.replace(old, new))
    assert said in problem


@pytest.mark.parametrize("text", ["- 1\n", "x\n", "{}\n"])
def test_what_is_no_profile_at_all(text: str, tmp_path: Path) -> None:
    assert problems(tmp_path, text)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("DELETE WHERE { ?s ?p ?o }", "no SELECT query"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "no SELECT query"),
        ("", "no SELECT query"),
        ("SELECT * {", "not SPARQL"),
        ("SELECT * { ?item a:b ?o VALUES ?item {} }", "not SPARQL"),
        ("SELECT * { VALUES ?thing {} }", "VALUES (thing) is not filled in"),
        ("SELECT * { VALUES (?item ?language) {} }", "is not filled in"),
        ("SELECT * { ?s ?p ?o }", "no VALUES block"),
        ("SELECT * { VALUES ?item {} }" + " " * 100_001, "100,000 bytes"),
    ],
)
def test_what_is_wrong_with_a_query_is_told_too(query: str, said: str, tmp_path: Path) -> None:
    [problem] = problems(tmp_path, WRITTEN, names=query)
    assert said in problem


# --- terms in queries ---

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TAGS = st.sampled_from(["en", "kk", "kk-Cyrl", "zh-Hant"])
TEMPLATE = """# VALUES ?name {}
SELECT ?name ?again ?text { VALUES ( ?name ?again ) { } VALUES ?text {} VALUES ?two { 1 } }"""


def answered(query: str) -> list[tuple[Any, ...]]:
    found = cast(ox.QuerySolutions, ox.Store().query(query))
    return [tuple(row) for row in found]


@given(TEXTS, TAGS, TEXTS)
def test_whatever_a_name_holds_it_arrives_as_it_is_and_the_query_stays(name: str, tag: str, text: str) -> None:
    one = [{"name": Literal(name, lang=tag), "again": Literal(name)}]
    [row] = answered(bound(TEMPLATE, one, [{"text": Literal(text)}]))
    assert [term.value for term in row] == [name, name, text]
    assert row[0].language.lower() == tag.lower()


@pytest.mark.parametrize("iri", ["http://a/> } CLEAR ALL #", "http://a/ b", 'http://a/"', "no iri", "http://a/\\u003e"])
def test_what_is_no_iri_goes_into_no_query(iri: str) -> None:
    with pytest.raises(InvalidQuery, match="cannot be written"):
        bound("SELECT * { VALUES ?item {} }", [{"item": URIRef(iri)}])


def test_a_block_that_nobody_fills_is_told() -> None:
    with pytest.raises(InvalidQuery, match="VALUES"):
        bound("SELECT * { VALUES ?item {} }", [{"other": Literal("x")}])


def test_blocks_are_found_where_they_are_and_nowhere_else() -> None:
    text = "SELECT ?a { # VALUES ?x {}\n VALUES ?a {} BIND('VALUES ?y {}' AS ?b) VALUES (?c ?d) {} VALUES ?e { 1 } }"
    assert check(text) == (frozenset("a"), frozenset("cd"))


# --- names ---


NAMES = [
    *[("Қазақстан", "kk"), ("قازاقستان", "kk-Arab"), ("საქართველო", "ka"), ("ישראל", "he"), ("تونس", "ar")],
    *[("می‌خواهم", "fa"), ("Côte d’Ivoire", "fr"), ("中华人民共和国", "zh-Hans"), ("Ak Zhol (2005)", "en"), ("7", "en")],
]


@pytest.mark.parametrize(("name", "language"), NAMES)
def test_names_of_every_script_are_names(name: str, language: str) -> None:
    assert fault(name, language) is None


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("", "en", "blanks"),
        (" a", "en", "blanks"),
        ("a\nb", "en", "U+000A"),
        ("a\tb", "en", "U+0009"),
        ("a\x00b", "en", "U+0000"),
        ("a\u2028b", "en", "end of a line"),
        ("a\u202eb", "en", "U+202E"),
        ("a\u2066b", "en", "U+2066"),
        ("a\u200fb", "ar", "U+200F"),
        ("a\ufeffb", "en", "U+FEFF"),
        ("a\ud800b", "en", "U+D800"),
        ("a\ue000b", "en", "U+E000"),
        ("x" * (LONGEST + 1), "en", "201 characters"),
        ("x" * 10_240, "en", "10,240 characters"),
        ("---", "en", "no letter"),
        ("name", "not a tag", "no language tag"),
        ("name", "", "no language tag"),
        ("קזחסטן", "en", "run to the left"),
        ("قازاقستان", "kk", "run to the left"),
        ("Nur קזחסטן", "he", "two orders"),
    ],
)
def test_what_hides_or_turns_is_no_name(name: str, language: str, said: str) -> None:
    assert said in (fault(name, language) or "")


def test_languages_run_as_their_scripts_do() -> None:
    leftward = ["ar", "he", "fa", "ur", "kk-Arab", "az-arab"]
    assert [tag for tag in (*leftward, "kk", "en", "uz-Latn", "qqq") if runs_leftward(tag)] == leftward
    assert [canonical(tag) for tag in ("KK-arab", "en-gb", "zh-hant-tw")] == ["kk-Arab", "en-GB", "zh-Hant-TW"]


def test_the_documentation_names_every_key_and_every_query() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    assert {key for row in rows for key in re.findall("`([a-z_]+)`", row)} == {*KEYS, *FILLED}
    asked = {frozenset(re.findall(r"\?(\w+)", block)) for block in re.findall(r"`VALUES (.*?) \{\}`", text)}
    assert asked == {frozenset(block) for blocks in FILLED.values() for block in blocks}
