"""A stream of lines gets into the data folder whole, or not at all; names are looked at across all of it."""

import gzip
import json
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from bench.claim_files import write
from cli_fixtures import run

from graph.checking import check
from graph.errors import InvalidInput, Problem, SamizdatError
from graph.feeding import intake
from graph.feeding.converting import data_files, lines, write_lines
from graph.feeding.feeding import Fed, feed
from graph.files.yaml_reader import read
from graph.settings import Settings

DATA = Path(__file__).parent / "data"
(HARBOUR,) = (json.loads(line) for line in lines(read(DATA / "valid" / "harbour.yaml")))
ENTITIES = [json.loads(line) for line in lines(read(DATA / "entities" / "harbour.yaml"))]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder with the entities of the harbour and no editorial."""
    (tmp_path / "data" / "entities").mkdir(parents=True)
    (tmp_path / "data" / "claims").mkdir()
    file = tmp_path / "data" / "entities" / "harbour.yaml"
    file.write_bytes((DATA / "entities" / "harbour.yaml").read_bytes())
    return Settings(data=tmp_path / "data", texts=(), home=tmp_path / "home")


def stream(settings: Settings, *documents: dict[str, Any] | bytes, name: str = "agency.jsonl") -> Path:
    file = settings.data.parent / name
    texts = [one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in documents]
    file.write_bytes(b"".join(text + b"\n" for text in texts))
    return file


def editorial(slug: str, **changes: Any) -> dict[str, Any]:
    return {**HARBOUR, "id": f"editorial/{slug}", **changes}


def held(settings: Settings) -> dict[str, bytes]:
    return {
        str(file.relative_to(settings.data)): file.read_bytes() for file in settings.data.rglob("*") if file.is_file()
    }


def problems(settings: Settings, *documents: dict[str, Any] | bytes) -> tuple[Problem, ...]:
    """What is wrong with these lines; nothing of the data folder has changed."""
    before = held(settings)
    with pytest.raises(InvalidInput) as caught:
        feed([stream(settings, *documents)], settings)
    assert held(settings) == before
    return caught.value.problems


def test_what_was_fed_is_checked_and_built_like_files(settings: Settings) -> None:
    person = {**ENTITIES[0], "id": "person/new-one", "type": "Person", "prefLabel": {"en": "New One"}}
    fed = feed([stream(settings, editorial("a"), person, b"", editorial("b"))], settings)
    claims, entities = (settings.data / folder / "agency.jsonl" for folder in ("claims", "entities"))
    assert fed == Fed(2, 2 * len(HARBOUR["claims"]), 1, 2, 0, (entities, claims))
    assert [json.loads(line)["id"] for line in claims.read_bytes().splitlines()] == ["editorial/a", "editorial/b"]
    checked = check(settings, reason=False)
    assert checked.problems == ()
    assert checked.counts["editorials"] == 2
    assert checked.counts["entities"] == len(ENTITIES) + 1


def test_a_feed_takes_the_place_of_the_one_before(settings: Settings) -> None:
    first = held(settings)
    feed([stream(settings, editorial("a"), editorial("b"), {**ENTITIES[0], "id": "group/x"})], settings)
    feed([stream(settings, editorial("b"), editorial("c"))], settings)
    second = held(settings)
    assert second.keys() - first.keys() == {"claims/agency.jsonl"}
    assert second["claims/agency.jsonl"].count(b"\n") == 2


def test_only_to_look_changes_nothing(settings: Settings) -> None:
    before = held(settings)
    assert feed([stream(settings, editorial("a"))], settings, keep=False).files == ()
    assert held(settings) == before


def test_all_problems_of_a_stream_are_told_at_once_and_nothing_changes(settings: Settings) -> None:
    found = problems(
        settings, editorial("a", inLanguage="English"), b"{", editorial("b"), editorial("b"),
        {**ENTITIES[0], "prefLabel": {}}, ENTITIES[1],
    )  # fmt: skip
    assert [problem.place.line for problem in found] == [1, 2, 4, 5, 6]
    assert [problem.place.pointer for problem in found] == ["/inLanguage", "", "/id", "/prefLabel", "/id"]
    assert "agency.jsonl:3" in found[2].what
    assert "harbour.yaml" in found[4].what


def test_what_is_named_may_come_later_and_must_come(settings: Settings) -> None:
    text = json.dumps(editorial("a")).replace("person/mara-venn", "person/maria-venn")
    person = {**ENTITIES[0], "id": "person/maria-venn", "type": "Person", "prefLabel": {"en": "Maria Venn"}}
    found = problems(settings, text.encode(), editorial("b"))
    assert {problem.place.line for problem in found} == {1}
    assert {problem.what for problem in found} == {"nothing is named person/maria-venn"}
    assert {problem.hint for problem in found} == {"did you mean person/mara-venn?"}
    assert feed([stream(settings, text.encode(), editorial("b"), person)], settings).editorials == 2


def test_a_claim_of_another_line_may_be_named(settings: Settings) -> None:
    claim = HARBOUR["claims"][0]
    supporting = {**claim, "supports": f"claim/a/{claim['id']}"}
    wrong = {**claim, "supports": f"claim/a/{claim['id']}s"}
    assert feed([stream(settings, editorial("b", claims=[supporting]), editorial("a"))], settings).claims
    (problem,) = problems(settings, editorial("b", claims=[wrong]), editorial("a"))
    assert problem.hint == f"did you mean claim/a/{claim['id']}?"


def test_an_editorial_that_somebody_wrote_is_told_of_and_may_come_again(settings: Settings) -> None:
    file = settings.data / "claims" / "harbour.yaml"
    file.write_bytes((DATA / "valid" / "harbour.yaml").read_bytes())
    fed = feed([stream(settings, HARBOUR, editorial("b"))], settings)
    assert (fed.editorials, fed.passed_over) == (2, 1)
    assert check(settings, reason=False).counts["editorials"] == 2


def test_a_name_of_another_feed_is_taken(settings: Settings) -> None:
    feed([stream(settings, editorial("a"))], settings, "first")
    (problem,) = problems(settings, editorial("a"))
    assert "claims/first.jsonl:1" in problem.what


def test_drafts_and_empty_lines_of_data_are_no_editorials(settings: Settings) -> None:
    draft = {key: value for key, value in HARBOUR.items() if key != "claims"}
    quote = HARBOUR["claims"][0]["quote"]
    for document in (
        {**draft, "drafts": [{"id": "s", "quote": quote}]},
        {"@context": HARBOUR["@context"], "entities": []},
    ):
        (problem, *_) = problems(settings, document)
        assert problem.place.line == 1


def test_quotes_are_read_again_where_the_text_is_at_hand(settings: Settings) -> None:
    with_texts = Settings(data=settings.data, texts=(DATA / "texts",), home=settings.home)
    claims = [{**HARBOUR["claims"][0], "quote": {**HARBOUR["claims"][0]["quote"], "start": 70, "end": 163}}]
    assert feed([stream(settings, editorial("a"))], with_texts, keep=False).unread == 0
    (problem,) = problems(with_texts, editorial("a", claims=claims))
    assert problem.rule == "quote-position"
    assert problem.place.pointer == "/claims/0/quote/exact"


def test_a_stream_of_nothing_but_faults_is_not_read_to_its_end(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "ENOUGH", 5)
    assert len(problems(settings, *[b"{"] * 50)) == 5
    unknown = json.dumps(HARBOUR).replace("person/mara-venn", "person/nobody")
    assert len(problems(settings, *(unknown.replace("1900-01-harbour", f"e{n}").encode() for n in range(9)))) < 20


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".", "A", "x y", "a\n"])
def test_a_feed_has_a_plain_name(name: str, settings: Settings) -> None:
    before = held(settings)
    with pytest.raises(SamizdatError, match="no name of a feed"):
        feed([stream(settings, editorial("a"), name="Ä.jsonl")], settings, name)
    assert held(settings) == before


def test_folders_and_packed_files(settings: Settings) -> None:
    folder = settings.data.parent / "many"
    folder.mkdir()
    for slug in "ab":
        with gzip.open(folder / f"{slug}.jsonl.gz", "wt", encoding="utf-8") as packed:
            packed.write(json.dumps(editorial(slug)))
    assert feed([folder], settings).editorials == 2
    assert (settings.data / "claims" / "many.jsonl").exists()
    (empty := settings.data.parent / "empty").mkdir()
    with pytest.raises(SamizdatError, match="no lines in"):
        feed([empty], settings)
    with pytest.raises(SamizdatError, match="no file of lines"):
        feed([DATA / "valid" / "harbour.yaml"], settings)
    with pytest.raises(SamizdatError, match="not one line"):
        feed([stream(settings, b"", b"  ")], settings)


def test_a_disk_that_is_full_leaves_what_was_there(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    feed([stream(settings, editorial("a"))], settings)
    before = held(settings)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device", "x")))
    with pytest.raises(OSError, match="No space"):
        feed([stream(settings, editorial("b"))], settings)
    assert held(settings) == before


def test_the_standard_input_is_a_stream_to_feed_and_to_check(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMIZDAT_DATA", str(settings.data))
    monkeypatch.setenv("SAMIZDAT_HOME", str(settings.home))
    file = stream(settings, editorial("a"), b"[]")
    saved = os.dup(0)
    try:
        for command in (("feed", "-"), ("check", "-")):
            with file.open("rb") as opened:
                os.dup2(opened.fileno(), 0)
            result = run(*command)
            assert result.exit_code == 1
            assert "-:2:1: a line that is no JSON object" in result.output
        file.write_bytes(json.dumps(editorial("a")).encode())
        with file.open("rb") as opened:
            os.dup2(opened.fileno(), 0)
        result = run("feed", "-", "--name", "agency")
    finally:
        os.dup2(saved, 0)
        os.close(saved)
    assert result.exit_code == 0, result.output
    assert "claims      8" in result.output
    assert "not at hand" in result.output


def test_convert_and_feed_by_the_command_line(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SAMIZDAT_DATA", str(settings.data))
    out, again = tmp_path / "out.jsonl", tmp_path / "again"
    assert run("convert", str(DATA / "valid" / "harbour.yaml"), "--output", str(out)).output == f"1 line in {out}\n"
    assert run("feed", str(out), "--dry-run").exit_code == 0
    assert not (settings.data / "claims" / "out.jsonl").exists()
    assert run("feed", str(out)).output.startswith(f"written {settings.data / 'claims' / 'out.jsonl'}\n")
    assert run("convert", str(out), "--yaml", str(again)).output == f"{again / 'claims/undated/1900-01-harbour.yaml'}\n"
    assert run("convert", "--only", "person/x").exit_code == 2
    assert run("convert", "--yaml", str(again), "--output", str(out)).exit_code == 2
    result = run("convert")
    assert [json.loads(line)["id"] for line in result.output.splitlines()][-1] == HARBOUR["id"]


def test_a_long_stream_takes_no_more_memory_than_a_short_one(settings: Settings) -> None:
    claims = HARBOUR["claims"][:1]
    streams = {
        count: stream(settings, *(editorial(f"e{n}", claims=claims) for n in range(count)), name=f"a{count}.jsonl")
        for count in (50, 600)
    }
    peaks = []
    feed([streams[50]], settings, keep=False)  # what is imported and kept once is not counted
    for file in streams.values():
        tracemalloc.start()
        feed([file], settings, keep=False)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert streams[600].stat().st_size > 300_000
    assert peaks[1] - peaks[0] < 200_000


def test_many_generated_editorials_get_there_whole(tmp_path: Path) -> None:
    write(tmp_path / "made", 30)
    write_lines(data_files(tmp_path / "made"), tmp_path / "made.jsonl.gz")
    settings = Settings(data=tmp_path / "data", texts=(), home=tmp_path / "home")
    (tmp_path / "data").mkdir()
    fed = feed([tmp_path / "made.jsonl.gz"], settings)
    assert fed.editorials == 30
    checked = check(settings, reason=False)
    assert checked.problems == ()
    assert checked.counts == {"editorials": 30, "claims": fed.claims, "entities": fed.entities}
