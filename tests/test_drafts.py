"""Drafts: checked like claims, and never in a snapshot."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from repository import REPOSITORY

from graph.build import build
from graph.checking import check
from graph.dataset import DataFiles
from graph.settings import Settings
from graph.snapshots.manifest import inputs

TEXT = "The harbour was closed in 1990. Nobody said why. Many believe that it will open again."
DIGEST = sha256(TEXT.encode()).hexdigest()
HEAD = f""""@context": https://w3id.org/samizdat/context.jsonld
id: editorial/2021-01-harbour
type: Editorial
headline: The harbour
inLanguage: en
sha256: "{DIGEST}"
encodedBy: group/samizdat-team
encodedOn: 2026-11-23
"""
DRAFTS = """drafts:
  - id: sentence-1
    quote:
      exact: The harbour was closed in 1990.
      start: 0
      end: 31
    suggestions:
      - { entity: country/kazakhstan, words: harbour, why: for the test }
      - { edtf: "1990", words: "1990", why: a year }
"""
CLAIMS = """claims:
  - id: nobody-said-why
    label: Nobody said why the harbour was closed.
    modality: asserted
    quote: { exact: Nobody said why, start: 32, end: 47 }
    assertion:
      - { type: Statement, content: Nobody said why }
"""


@pytest.fixture
def data(tmp_path: Path) -> Settings:
    """A copy of the project's data and an archive with one more text."""
    shutil.copytree(REPOSITORY / "graph" / "data", tmp_path / "data")
    settings = Settings(tmp_path / "data", (), tmp_path / "home")
    settings.archive_folder.mkdir(parents=True)
    (settings.archive_folder / f"{DIGEST}.txt").write_text(TEXT, encoding="utf-8")
    return settings


def put(settings: Settings, text: str, folder: str = "drafts") -> Path:
    file = settings.data / folder / "2021" / "2021-01-harbour.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEAD + text, encoding="utf-8")
    return file


def whats(settings: Settings, *files: Path) -> list[str]:
    found = check(settings, files, with_drafts=not files, reason=False)
    return [problem.what for problem in found.problems]


def test_drafts_that_are_right_are_counted(data: Settings) -> None:
    file = put(data, DRAFTS)
    assert check(data, [file], reason=False).problems == ()
    assert check(data, with_drafts=True, reason=False).counts["drafts"] == 1


@pytest.mark.parametrize(
    ("wrong", "right", "what"),
    [
        ("was closed in 1991.", "was closed in 1990.", "the quote is not in the text"),
        ("country/nowhere", "country/kazakhstan", "nothing is named country/nowhere"),
        ("words: quay", "words: harbour", "“quay” is not in the quote of this draft"),
        ('edtf: "then"', 'edtf: "1990"', "'then' is not a date in EDTF"),
        ("end: 30", "end: 31", "the quote stands at 0-31, not at 0-30"),
        ("becuase: for", "why: for", "a suggestion has no key “becuase”"),
        ("{ words: harbour", "{ entity: country/kazakhstan, words: harbour", "a suggestion without “entity”"),
    ],
)
def test_what_is_wrong_with_a_draft_is_told(data: Settings, wrong: str, right: str, what: str) -> None:
    found = whats(data, put(data, DRAFTS.replace(right, wrong)))
    assert any(text.startswith(what) for text in found), found


def test_a_draft_that_is_moved_among_the_claims_as_it_is_is_refused(data: Settings) -> None:
    found = whats(data, put(data, DRAFTS.replace("drafts:", "claims:"), "claims"))
    assert "a claim has no key “suggestions”" in found
    assert "a claim without “modality”" in found


def test_claims_may_stand_beside_drafts_and_are_checked(data: Settings) -> None:
    assert whats(data, put(data, DRAFTS + CLAIMS)) == []
    assert whats(data, put(data, DRAFTS + CLAIMS.replace("type: Statement", "type: Statment"))) != []
    same = DRAFTS.replace("sentence-1", "nobody-said-why")
    assert "nobody-said-why is named twice" in whats(data, put(data, same + CLAIMS))


def test_an_empty_list_of_drafts_is_no_way_round_claims(data: Settings) -> None:
    assert "“drafts” is empty" in whats(data, put(data, "drafts: []\n"))


def test_no_build_has_anything_of_a_draft(data: Settings) -> None:
    before = build(data).snapshot
    put(data, DRAFTS + CLAIMS)
    put(data, "drafts: [this is broken\n").rename(data.data / "drafts" / "broken.yaml")
    assert not [name for name in inputs(data.data) if "drafts/" in name]
    assert build(data, force=True).snapshot.id == before.id
    # Even among the claims, drafts alone are no editorial, and drafts beside claims are left out.
    shutil.rmtree(data.data / "drafts")
    put(data, DRAFTS, "claims")
    assert build(data).snapshot.id == before.id
    put(data, DRAFTS + CLAIMS, "claims")
    published = build(data).snapshot
    text = published.content().decode()
    assert published.id != before.id
    assert "Nobody said why" in text
    assert "for the test" not in text
    assert "closed in 1990" not in text


def test_drafts_stand_in_a_folder_of_their_own(data: Settings) -> None:
    file = put(data, DRAFTS)
    found = DataFiles.of(data.data)
    assert found.drafts == (file,)
    assert file not in found.claims


@pytest.mark.parametrize("name", ["{ no: name }", "[x]", "1"])
def test_beside_drafts_a_claim_may_have_any_fault(data: Settings, name: str) -> None:
    file = put(data, CLAIMS.replace("id: nobody-said-why", f"id: {name}") + DRAFTS)
    whats = [problem.what for problem in check(data, [file], reason=False).problems]
    assert len(whats) == 1, whats
    assert "“id” is" in whats[0]


def test_beside_drafts_what_is_no_claim_is_told(data: Settings) -> None:
    file = put(data, "claims:\n  - [no, claim]\n" + DRAFTS)
    assert ["a list, and not a mapping" in problem.what for problem in check(data, [file], reason=False).problems] == [
        True
    ]
