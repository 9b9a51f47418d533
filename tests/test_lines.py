"""A line of JSON-LD is checked as a claim file is: the same messages, at a line, a column and a JSON Pointer."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from graph.checking import check
from graph.errors import InvalidInput, Problem
from graph.files import yaml_reader
from graph.files.json_reader import read_line
from graph.files.sources import Source, sources
from graph.settings import Settings

DATA = Path(__file__).parent / "data"
HARBOUR = DATA / "valid" / "harbour.yaml"
INVALID = sorted(
    file
    for file in (DATA / "invalid").glob("*.yaml")
    if not file.stem.startswith(("yaml-", "entity-", "claim-name-twice"))
)
"""But for faults of YAML alone, and for the one that names another place."""


def line_of(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode() + b"\n"


def written(tmp_path: Path, *lines: bytes, name: str = "feed.jsonl") -> Path:
    file = tmp_path / name
    content = b"".join(lines)
    file.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return file


def read_all(file: Path) -> tuple[list[Any], list[Problem]]:
    """The data of every line that can be read, and every problem of those that cannot."""
    data: list[Any] = []
    problems: list[Problem] = []
    for source in sources(file):
        try:
            data.append(source.read().data)
        except InvalidInput as error:
            problems += error.problems
    return data, problems


def faults(file: Path, home: Path) -> list[tuple[str, str, str]]:
    settings = Settings(data=DATA, texts=(DATA / "texts",), home=home)
    problems = check(settings, [file], reason=False).problems
    return sorted((problem.what, problem.hint, problem.rule) for problem in problems)


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_each_fault_of_a_claim_file_has_the_same_words_on_a_line(file: Path, tmp_path: Path) -> None:
    lines = written(tmp_path, line_of(yaml_reader.read(file).data))
    of_yaml, of_lines = faults(file, tmp_path), faults(lines, tmp_path)
    places = [str(place) for place in (file, lines)]
    assert [tuple(text.replace(places[1], places[0]) for text in fault) for fault in of_lines] == of_yaml


def test_a_fault_is_told_with_its_line_its_column_and_its_pointer(tmp_path: Path) -> None:
    data = yaml_reader.read(HARBOUR).data
    right, wrong = line_of(data), line_of({**data, "id": "editorial/other", "claims": [*data["claims"]]})
    wrong = wrong.replace(b'"modality"', b'"modallity"', 1)
    (problem,) = check(
        Settings(data=DATA, texts=(), home=tmp_path), [written(tmp_path, right, b"\n", wrong)], reason=False
    ).problems
    column = wrong.decode().index('"modallity"') + 1
    assert (problem.place.line, problem.place.column) == (3, column)
    assert problem.place.pointer == "/claims/0/modallity"
    assert str(problem).endswith(
        f"feed.jsonl:3:{column}: /claims/0/modallity: a claim has no key “modallity” - did you mean “modality”?"
    )


def test_the_faults_of_all_lines_are_told_at_once(tmp_path: Path) -> None:
    data = yaml_reader.read(HARBOUR).data
    lines = [line_of({**data, "id": f"editorial/{n}", "inLanguage": "English"}) for n in "abc"]
    file = written(tmp_path, lines[0], b"{]\n", lines[1], b"[]\n", lines[2])
    problems = check(Settings(data=DATA, texts=(), home=tmp_path), [file], reason=False).problems
    assert [problem.place.line for problem in problems] == [1, 2, 3, 4, 5]


def test_an_entity_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    entity = {
        "@context": "https://w3id.org/samizdat/context.jsonld", "id": "person/a", "type": "Person",
        "prefLabel": {"kk": "A"},
    }  # fmt: skip
    (problem,) = check(
        Settings(data=DATA, texts=(), home=tmp_path), [written(tmp_path, line_of(entity))], reason=False
    ).problems
    assert problem.place.pointer == "/prefLabel"
    assert problem.what == "a name without “en”"


@pytest.mark.parametrize(
    ("line", "column", "what"),
    [
        (b'{"id": "a", "type": 1, "id": "b"}', 24, "the key 'id' a second time"),
        (b'{"a": {"b": 1, "b": 2}}', 16, "the key 'b' a second time"),
        (b'{"a": NaN}', 7, "NaN is no number"),
        (b'{"a": [1, -Infinity]}', 11, "-Infinity is no number"),
        (b'{"a": 1e999}', 7, "1e999 is no number"),
        (b'{"a": 1' + b"0" * 5000 + b"}", 7, "a number of 5,001 digits"),
        (b'{"a": "x\\ud800y"}', 7, "half of a surrogate pair"),
        (b'{"a": "x\\u0000"}', 7, "a NUL character"),
        (b'{"\\uDC00": 1}', 2, "half of a surrogate pair"),
        (b'{"a": "x\0"}', 9, "not JSON"),
        (b'{"a": \xff}', 7, "not UTF-8"),
        ('{"é": "'.encode() + b"\xc3\x28", 8, "not UTF-8"),
        (b'{"a": 1', 8, "not JSON"),
        (b'{"a": 1} {"b": 2}', 10, "not JSON"),
        (b"{'a': 1}", 2, "not JSON"),
        (b"[1]", 1, "no JSON object"),
        (b'"text"', 1, "no JSON object"),
        (b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", 66, "nested deeper than 60"),
        (b'{"a":' + b"[" * 100_000, 66, "nested deeper than 60"),
        (b'{"a":' * 100_000, 306, "nested deeper than 60"),
        (b'\xef\xbb\xbf{"a": 1}', 1, "not JSON"),
        ('{"a": 1}'.encode("utf-16"), 1, "not UTF-8"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_data_is_named_with_its_place(line: bytes, column: int, what: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_line(Path("feed.jsonl"), 7, line)
    (problem,) = caught.value.problems
    assert what in problem.what
    assert (problem.place.line, problem.place.column) == (7, column)
    assert problem.hint


def test_a_mark_of_byte_order_at_the_beginning_and_whole_pairs_are_no_fault() -> None:
    document = read_line(Path("feed.jsonl"), 1, b'\xef\xbb\xbf{"a": "\\ud83d\\ude00", "b": 7.0, "c": 7.5}\r\n')
    assert document.data == {"a": "😀", "b": 7, "c": 7.5}
    assert isinstance(document.data["b"], int)


def test_a_context_of_somebody_else_is_refused_and_nothing_is_fetched(tmp_path: Path) -> None:
    data = yaml_reader.read(HARBOUR).data
    for context in ("https://example.org/context.jsonld", {"id": "@id"}, ["https://w3id.org/samizdat/context.jsonld"]):
        ((what, _, _),) = faults(written(tmp_path, line_of({**data, "@context": context})), tmp_path)
        assert what.startswith("“@context” is ")


def test_a_name_that_ends_in_a_line_end_is_none(tmp_path: Path) -> None:
    data = yaml_reader.read(HARBOUR).data
    ((what, _, rule),) = faults(written(tmp_path, line_of({**data, "id": f"{data['id']}\n"})), tmp_path)
    assert (what, rule) == (f'“id” is "{data["id"]}\n"', "structure:value")


def test_lines_may_be_packed(tmp_path: Path) -> None:
    lines = [b'{"a": 1}\n', b"\n", b'{"a": 2}']
    assert read_all(written(tmp_path, *lines, name="feed.jsonl.gz")) == ([{"a": 1}, {"a": 2}], [])


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda packed: packed[:-20], "ends too early"),
        (lambda packed: packed[:-8] + b"12345678", "damaged"),
        (lambda packed: packed[:60] + b"\xff" * 40 + packed[100:], "damaged"),
        (lambda packed: b"no gzip at all", "damaged"),
        (lambda packed: packed + b"rubbish", "damaged"),
    ],
)
def test_a_packed_file_that_is_not_whole_says_so_after_its_lines(damage: Any, what: str, tmp_path: Path) -> None:
    numbers = [f'{{"a": "{number * 7919 % 10007}"}}\n'.encode() for number in range(2000)]
    file = written(tmp_path, *numbers, name="feed.jsonl.gz")
    file.write_bytes(damage(file.read_bytes()))
    _, problems = read_all(file)
    assert what in problems[-1].what


@pytest.mark.parametrize("unit", [b" ", b"\n", b'{"a": 1}\n'], ids=["one line", "empty lines", "lines"])
def test_a_packed_file_that_unfolds_without_end_is_given_up_in_time(
    unit: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.files.sources.FREE", 1_000_000)
    file = tmp_path / "bomb.jsonl.gz"
    with gzip.open(file, "wb") as packed:
        for _ in range(24):
            packed.write(unit * (1_000_000 // len(unit)))
    *read, last = sources(file)
    assert last.fault is not None
    assert "more than" in last.fault.what
    assert len(read) <= max(1_000_000, 300 * file.stat().st_size) / 100


def test_a_line_that_is_too_long_ends_the_reading(tmp_path: Path) -> None:
    file = written(tmp_path, b'{"a": 1}\n', b'{"a": "' + b"x" * yaml_reader.MAX_BYTES + b'"}\n', b'{"a": 2}\n')
    data, (problem,) = read_all(file)
    assert data == [{"a": 1}]
    assert problem.place.line == 2
    assert "10,000,000 bytes" in problem.what


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "folder.jsonl").mkdir()
    for name in ("pipe.jsonl", "folder.jsonl", "nowhere.jsonl"):
        data, (problem,) = read_all(tmp_path / name)
        assert data == []
        assert "not a file" in problem.what or "cannot be read" in problem.what


def test_a_file_that_somebody_wrote_takes_the_place_of_the_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "entities").mkdir(parents=True)
    (data / "claims" / "2021").mkdir(parents=True)
    (data / "entities" / "harbour.yaml").write_bytes((DATA / "entities" / "harbour.yaml").read_bytes())
    (data / "claims" / "2021" / "harbour.yaml").write_bytes(HARBOUR.read_bytes())
    other = yaml_reader.read(HARBOUR).data
    lines = [line_of({**other, "headline": "Older"}), line_of({**other, "id": "editorial/second"})]
    written(data / "claims", *lines, name="a-feed.jsonl")
    checked = check(Settings(data=data, texts=(), home=tmp_path), reason=False)
    assert checked.problems == ()
    assert checked.counts["editorials"] == 2
    assert checked.content is not None
    headlines = {
        editorial.iri.rpartition("/")[2]: editorial.node["headline"] for editorial in checked.content.editorials
    }
    assert headlines == {other["id"].removeprefix("editorial/"): other["headline"], "second": other["headline"]}
    assert any("a-feed.jsonl:1: passed over" in note for note in checked.notes)


def test_the_same_editorial_on_two_lines_is_a_problem(tmp_path: Path) -> None:
    line = line_of(yaml_reader.read(HARBOUR).data)
    checked = check(Settings(data=DATA, texts=(), home=tmp_path), [written(tmp_path, line, line)], reason=False)
    assert {problem.place.line for problem in checked.problems} == {2}
    assert {problem.rule for problem in checked.problems} == {"name-twice"}


def test_a_source_of_a_yaml_file_is_the_whole_of_it(tmp_path: Path) -> None:
    (source,) = sources(HARBOUR)
    assert source == Source(HARBOUR, 0, HARBOUR.read_bytes())
    assert source.read().data == yaml_reader.read(HARBOUR).data
