"""``samizdat enrich``: what it prints, and how it says what is wrong."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from enriching import Endpoint, playing

from graph.enriching.profile import FOLDER
from server.cli import main

ENTITIES = """\
"@context": https://w3id.org/samizdat/context.jsonld
entities:
  - id: party/nur-otan
    type: PoliticalParty
    prefLabel: { en: Nur Otan }
"""


@pytest.fixture(scope="module")
def there() -> Iterator[Endpoint]:
    with playing() as endpoint:
        yield endpoint


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder, and a profile of an endpoint on this machine that need not be asked slowly."""
    (tmp_path / "data" / "entities").mkdir(parents=True)
    (tmp_path / "data" / "entities" / "parties.yaml").write_text(ENTITIES, encoding="utf-8")
    for file in FOLDER.glob("wikidata*"):
        (tmp_path / file.name).write_text(file.read_text("utf-8").replace("rate: 1\n", "rate: 100\n"), encoding="utf-8")
    for name, value in {"DATA": tmp_path / "data", "HOME": tmp_path / "home", "CONTACT": ""}.items():
        monkeypatch.setenv(f"SAMIZDAT_{name}", str(value))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["enrich", *arguments])
    assert "Traceback" not in result.output
    return result


def ask(there: Endpoint, *arguments: str) -> Result:
    own = ("--from", there.url, "--profile", "wikidata.yaml", "--allow-private")
    return run(*own, *(arguments or ("--kind", "party", "--contact", "team@example.org")))


def test_it_asks_and_writes_what_is_confirmed(here: Path, there: Endpoint) -> None:
    result = ask(there)
    assert result.exit_code == 0, result.output
    review = Path("home/enriching/wikidata/review.yaml")
    assert result.stdout == f"{review}\n"
    assert "2 candidates, 2 undecided; 3 questions asked, 0 answered from what is kept" in result.stderr
    again = ask(there)
    assert "0 questions asked, 3 answered from what is kept" in again.stderr
    review.write_text(review.read_text("utf-8").replace("decision: unsure", "decision: same", 1), encoding="utf-8")
    done = run("--apply", str(review))
    assert done.exit_code == 0, done.output
    assert done.stdout == "data/entities/parties.yaml\n"
    assert "2 names, 1 identifier and 1 identity written; 1 undecided" in done.stderr
    assert "Нұр Отан" in (here / "data" / "entities" / "parties.yaml").read_text("utf-8")
    assert run("--apply", str(review)).stderr == "0 names, 0 identifiers and 0 identities written; 1 undecided\n"


@pytest.mark.parametrize(
    ("licence", "said"),
    [("", "no licence is stated there"), ("CC BY-SA 4.0", "they are under CC BY-SA 4.0"), (None, "")],
)
def test_a_licence_that_may_forbid_something_is_told(
    licence: str | None, said: str, here: Path, there: Endpoint
) -> None:
    profile = here / "wikidata.yaml"
    if licence is not None:
        text = re.sub("(?m)^licence: .*$", f'licence: "{licence}"', profile.read_text("utf-8"))
        profile.write_text(text, encoding="utf-8")
    review = Path(ask(there).stdout.strip())
    review.write_text(review.read_text("utf-8").replace("decision: unsure", "decision: same", 1), encoding="utf-8")
    done = run("--apply", str(review))
    assert said in done.stderr
    assert ("note: " in done.stderr) == bool(said)
    held = (here / "data" / "entities" / "parties.yaml").read_text("utf-8")
    assert ("rights:" in held) == (licence != "")


def test_the_review_may_stand_elsewhere_and_the_contact_be_a_setting(
    here: Path, there: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMIZDAT_CONTACT", "https://example.org/contact")
    result = ask(there, "Nur Otan", "--language", "ka", "--review", "mine.yaml")
    assert result.exit_code == 0, result.output
    assert "ნურ ოთანი" in (here / "mine.yaml").read_text("utf-8")
    assert "Нұр" not in (here / "mine.yaml").read_text("utf-8")
    assert "(https://example.org/contact)" in there.log[-1].headers["User-Agent"]


def test_what_was_not_found_is_told(here: Path, there: Endpoint) -> None:
    (here / "data" / "entities" / "parties.yaml").write_text(ENTITIES.replace("Nur Otan", "Nobody's"), encoding="utf-8")
    result = ask(there)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing was found for party/nur-otan" in result.stderr


def test_any_endpoint_can_be_asked_without_a_profile(here: Path, there: Endpoint) -> None:
    result = run("--from", there.url, "--allow-private", "--kind", "party", "--language", "kk")
    assert result.exit_code == 0, result.output
    assert "Нұр Отан" in Path(result.stdout.strip()).read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "say whom to ask"),
        (("--from", "wikidata"), 1, "nothing to ask about"),
        (("--from", "wikidata", "--kind", "party"), 1, "Wikidata wants to know whom its operators may write to"),
        (("--from", "wikipedia", "--kind", "party"), 1, "no endpoint"),
        (("--from", "wikidata", "--profile", "wikidata.yaml", "--kind", "party"), 1, "wikidata and a profile besides"),
        (("--from", "wikidata", "party/nobody", "--contact", "a@example.org"), 1, "nothing is named"),
        (("--from", "http://127.0.0.1:1/", "--kind", "party"), 4, "private network"),
        (("--from", "http://127.0.0.1:1/", "--kind", "party", "--allow-private"), 4, "does not answer"),
        (("--profile", "absent.yaml", "--kind", "party"), 1, "cannot be read"),
        (("--apply", "absent.yaml"), 1, "cannot be read"),
        (("--apply", "wikidata.yaml"), 1, "no list of matches"),
        (("--apply", "review.yaml", "--kind", "party"), 2, "takes a review file alone"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(arguments: tuple[str, ...], code: int, said: str, here: Path) -> None:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert said in result.stderr
    assert (here / "data" / "entities" / "parties.yaml").read_text("utf-8") == ENTITIES


def test_neither_the_server_nor_a_build_asks_anybody() -> None:
    root = Path(__file__).parent.parent
    using = {
        str(file.relative_to(root))
        for layer in ("graph", "server")
        for file in (root / layer).rglob("*.py")
        if "graph.enriching" in file.read_text(encoding="utf-8") and "enriching" not in file.parts
    }
    assert using == {"server/commands/enrich.py"}
