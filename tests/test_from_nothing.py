"""Three texts of three countries in three languages, from nothing to published, by the README's own commands.

A person's part – who is who, and what each sentence states – is in ``tests/editorials``.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from adding_scores import located, spans
from cli_fixtures import run
from live_fixtures import Live, live
from readme_steps import commands, follow, section, with_options
from repository import REPOSITORY

from graph.adding.sentences import sentences
from graph.files.yaml_reader import read
from graph.snapshot import Snapshots

EDITORIALS = REPOSITORY / "tests" / "editorials"
TITLE = "Adding an editorial"
TEXTS = {  # headline, language, date
    "vine": ("A new press law, and nobody left to print it", "en", "2018-04"),
    "spring": ("Родник пересох", "ru", "2017-05"),
    "silence": ("El silencio del altiplano", "es", "2019-02"),
}
LEFT = {
    "vine": "(Written for a test. Everybody and everything in it is invented.)",
    "spring": "Какому порядку, он не уточнил.",
    "silence": "Bolivia estrenó 2019 con una emisora menos.",
}
"""A sentence of each text that no claim quotes."""
OUTSIDE = {"Via": "1.1 somebody", "Accept": "text/html"}


def finish(file: Path, name: str) -> None:
    """What a person does in an editor: claims for drafts, but for one draft that is left undone."""
    before, _, drafts = file.read_text(encoding="utf-8").partition("drafts:\n")
    assert LEFT[name] in drafts
    left = next(part for part in re.split(r"\n\n(?=  - )", drafts) if LEFT[name] in part)
    claims = (EDITORIALS / f"{name}.claims.yaml").read_text(encoding="utf-8")
    file.write_text(f"{before}{claims}\ndrafts:\n{left.rstrip()}\n", encoding="utf-8")


def added(name: str, line: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The claim file of a text, once its entities are written and it is drafted anew."""
    headline, language, date = TEXTS[name]
    text = EDITORIALS / f"{name}.txt"
    line = with_options(line, {"": str(text), "--headline": headline, "--language": language, "--date": date})
    file = folder / follow(line, folder, monkeypatch).splitlines()[0]
    unknown = [words for words in file.read_text(encoding="utf-8").splitlines() if words.startswith("#   - {")]
    assert len(unknown) >= 5
    own = EDITORIALS / f"{name}.entities.yaml"
    (folder / "newsroom" / "entities" / own.name).write_bytes(own.read_bytes())
    file.unlink()
    assert folder / follow(line, folder, monkeypatch).splitlines()[0] == file
    left = [words for words in file.read_text(encoding="utf-8").splitlines() if words.startswith("#   - {")]
    assert len(left) <= 1
    return file


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder in which somebody has followed the README with three texts."""
    folder = tmp_path_factory.mktemp("newcomer")
    lines = commands(TITLE)
    [ours] = [block for block in re.findall(r"```yml\n(.*?)```", section(TITLE), re.DOTALL) if "our-newsroom" in block]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        at = next(number for number, line in enumerate(lines) if line.startswith("samizdat add"))
        for line in lines[:at]:
            follow(line, folder, patch)
        (folder / "newsroom" / "entities" / "ours.yaml").write_text(ours, encoding="utf-8")
        for name in TEXTS:
            finish(added(name, lines[at], folder, patch), name)
        assert [line.split()[:2] for line in (lines[-2], lines[-1])] == [["samizdat", "build"], ["samizdat", "serve"]]
        for line in lines[at + 1 : -1]:
            follow(line, folder, patch)
        yield folder


@pytest.fixture(scope="module")
def site(newsroom: Path) -> Iterator[Live]:
    with live(newsroom / "published", DATA=newsroom / "newsroom") as server:
        yield server


def page(site: Live, path: str) -> str:
    reply = site.send(path, **OUTSIDE)
    assert reply.status == 200, path
    return reply.body.decode()


def test_the_drafts_that_are_left_and_the_rest_of_the_texts_are_not_published(newsroom: Path, site: Live) -> None:
    assert not list((newsroom / "newsroom" / "drafts").rglob("*.yaml"))
    snapshot = Snapshots(newsroom / "published" / "snapshots").current()
    published = snapshot.content().decode()
    assert snapshot.manifest["counts"]["editorials"] == 3
    for name, (headline, language, _) in TEXTS.items():
        text = (EDITORIALS / f"{name}.txt").read_text(encoding="utf-8")
        claims = [located(claim, text) for claim in read(EDITORIALS / f"{name}.claims.yaml").data["claims"]]
        quoted = [span for claim in claims for span in spans(claim)]
        others = [one for one in sentences(text, language) if not any(a < one.end and one.start < b for a, b in quoted)]
        assert LEFT[name] in {one.text for one in others}
        assert [one.text for one in others if one.text in published and one.text != headline] == []
    for file in (newsroom / "newsroom" / "claims").rglob("*.yaml"):
        shown = page(site, f"/doc/{read(file).data['id']}")
        assert not [left for left in LEFT.values() if left in shown]


@pytest.mark.parametrize("name", TEXTS)
def test_every_claim_is_on_the_page_of_its_editorial_with_its_words(newsroom: Path, site: Live, name: str) -> None:
    [file] = [
        file
        for file in (newsroom / "newsroom" / "claims").rglob("*.yaml")
        if read(file).data["headline"] == TEXTS[name][0]
    ]
    shown = page(site, f"/doc/{read(file).data['id']}")
    for claim in read(file).data["claims"]:
        assert f"claim/{read(file).data['id'].partition('/')[2]}/{claim['id']}" in shown


@pytest.mark.parametrize(
    ("words", "iri"),
    [
        ("Токомбекова", "person/aidana-tokombekova"),
        ("Tokombekova", "person/aidana-tokombekova"),
        ("Ghvineli", "person/tamar-ghvineli"),
        ("Гвинели", "person/tamar-ghvineli"),
        ("Quirogano", "person/hernan-quirogano"),
        ("Родник", "party/rodnik"),
    ],
)
def test_search_finds_them_in_either_script(site: Live, words: str, iri: str) -> None:
    assert iri in page(site, f"/search?q={quote(words)}")


def answer(newsroom: Path, *arguments: str) -> str:
    result = run("query", *arguments, "--format", "csv")
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(
    ("country", "controllers", "banned"),
    [
        ("georgia", ["Vine Alliance controls Channel Twelve"], "Open Orchard"),
        ("kyrgyzstan", ["Erkin Suusamyrov controls Ak Bulut"], "Rodnik"),
        ("bolivia", ["Frente del Salar controls television channels of Bolivia"], "Movimiento Puna"),
    ],
)
def test_questions_answer_over_each_country(newsroom: Path, country: str, controllers: list[str], banned: str) -> None:
    given = ("-p", f"country=id/country/{country}")
    media = answer(newsroom, "media-control", *given)
    assert all(line.replace(" controls ", ",") in media for line in controllers)
    assert banned in answer(newsroom, "party-bans", *given)


def test_questions_answer_across_the_editorials(newsroom: Path, site: Live) -> None:
    detained = answer(newsroom, "detentions")
    assert all(name in detained for name in ("Lela Kvariani", "Aidana Tokombekova", "Rosa Chuquimira"))
    believed = answer(newsroom, "beliefs")
    assert all(word in believed for word in ("observers fear", "whom to silence", "many in El Alto"))
    asked = "PREFIX pol: <https://w3id.org/samizdat/politics#> ASK { ?r a pol:ElectionRigging }"
    assert json.loads(site.ask(asked).body)["boolean"] is False, "it is feared, and nobody asserts it"
    asked = asked.replace("{ ?r", "{ GRAPH ?g { ?r").replace("}", "} }", 1)
    assert json.loads(site.ask(asked).body)["boolean"] is True


def test_the_question_that_the_readme_asks_is_answered(newsroom: Path) -> None:
    [line] = re.findall(r"`samizdat query (media-control -p \S+)`", section(TITLE))
    assert "Vine Alliance" in answer(newsroom, *line.split())
