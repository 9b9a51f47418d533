"""A text of another country in another language, from nothing to published, by the steps of the README."""

import json
import shutil
from pathlib import Path

import pytest
from cli_fixtures import run
from repository import REPOSITORY

from graph.files.yaml_reader import read

TEXT = """Партию запретили

Партию «Утро» запретили в Кыргызстане 5 марта 2019 года. Многие считают, что выборы были подтасованы.
"""
ENTITIES = """"@context": https://w3id.org/samizdat/context.jsonld
entities:
  - id: country/kyrgyzstan
    type: Country
    prefLabel: { en: Kyrgyzstan }
    altLabel: { ru: Кыргызстан }
  - id: party/utro
    type: PoliticalParty
    prefLabel: { en: Utro, ru: Утро }
    country: country/kyrgyzstan
"""
CLAIMS = """claims:
  - id: utro-banned
    label: The party Utro was banned in Kyrgyzstan on 5 March 2019.
    modality: asserted
    quote:
      exact: Партию «Утро» запретили в Кыргызстане 5 марта 2019 года
    assertion:
      - { type: PartyBan, bannedParty: party/utro, date: { edtf: "2019-03-05" } }
"""
ASK = """PREFIX pol: <https://w3id.org/samizdat/politics#> PREFIX schema: <https://schema.org/>
SELECT ?day ?author ?headline WHERE {
  ?ban pol:bannedParty <https://w3id.org/samizdat/id/party/utro> ; pol:date/pol:edtf ?day .
  ?editorial schema:author ?author ; schema:headline ?headline }"""


def done(*arguments: str, text: str = "") -> str:
    result = run(*arguments, text=text)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_from_a_text_to_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    (data / "claims").mkdir(parents=True)
    shutil.copytree(REPOSITORY / "graph" / "data" / "entities", data / "entities")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMIZDAT_DATA", str(data))
    monkeypatch.setenv("SAMIZDAT_HOME", str(tmp_path / "home"))
    (data / "entities" / "kyrgyzstan.yaml").write_text(ENTITIES, encoding="utf-8")

    told = ("--headline", "Партию запретили", "--language", "ru", "--date", "2019-03", "--author", "А. Иванова")
    shown = done("add", "-", *told, "--encoded-by", "group/samizdat-team", text=TEXT)
    file = tmp_path / shown.strip()
    drafts = read(file).data["drafts"]
    assert len(drafts) == 2
    first = {one.get("entity") or one.get("edtf") or one.get("type") for one in drafts[0]["suggestions"]}
    assert first >= {"party/utro", "country/kyrgyzstan", "2019-03-05", "PartyBan"}
    done("check", str(file))

    before, _, left = file.read_text(encoding="utf-8").partition("drafts:")
    second = left[left.index("  - id: sentence-2") :]
    file.write_text(f"{before}{CLAIMS}drafts:\n{second}", encoding="utf-8")
    assert "no recorded position" in run("check", str(file)).output
    done("locate", str(file))
    done("check", str(file))

    (data / "claims" / "2019").mkdir()
    file = file.rename(data / "claims" / "2019" / file.name)
    done("build")
    [answer] = json.loads(done("query", "-", "--format", "json", text=ASK))["results"]["bindings"]
    assert {name: term["value"] for name, term in answer.items()} == {
        "day": "2019-03-05", "author": "А. Иванова", "headline": "Партию запретили",
    }  # fmt: skip
    missing = done("query", "editorials-without-author", "--format", "csv")
    assert "address" in missing
    assert "author" not in missing.replace("/editorial", "")
    drafted = "ASK { GRAPH ?g { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'подтасованы')) } }"
    assert done("query", "-", text=drafted).strip() == "false"
