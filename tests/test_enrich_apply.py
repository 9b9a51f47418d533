"""From a person's decisions into the entity files, and nothing without a decision."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from enriching import Endpoint, playing
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from importing import imported, made, tree
from repository import REPOSITORY
from reviewing import ENTITIES, WIKIDATA, applied, asked, decide, entity, keeps, made_data, written

from graph.adding.names import Names
from graph.assertions import listed
from graph.checking import check
from graph.enriching.applying import Applied
from graph.entities import read_entities
from graph.errors import InvalidInput
from graph.files import yaml_reader
from graph.settings import Settings


@pytest.fixture(scope="module")
def there() -> Iterator[Endpoint]:
    with playing() as endpoint:
        yield endpoint


@pytest.fixture
def data(tmp_path: Path) -> Settings:
    return made_data(tmp_path)


def test_what_is_confirmed_is_written_and_every_other_byte_stays(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    decide(done, "Q100")
    result = applied(data, done)
    assert (result.names, result.identifiers, result.same, result.undecided) == (6, 3, 1, 2)
    kazakhstan = entity(data, "country/kazakhstan")
    assert kazakhstan["altLabel"]["ka"] == "ყაზახეთი"
    assert kazakhstan["exactMatch"] == "http://www.wikidata.org/entity/Q100"
    told = {"confirmedBy": f"Wikidata, {there.url}", "retrieved": "2026-11-23", "rights": WIKIDATA.licence}
    assert {"literalForm": {"ka": "ყაზახეთი"}, **told} in kazakhstan["nameSource"]
    assert {"propertyID": "wikidata", "value": "Q100", **told} in kazakhstan["identifier"]
    assert kazakhstan["identifier"][0] == {
        "propertyID": "ISO 3166-1 alpha-2",
        "value": "KZ",
        "confirmedBy": "pycountry",
    }
    assert keeps(written(data).splitlines(), [line for line in ENTITIES.splitlines() if "identifier" not in line])
    assert entity(data, "party/nur-otan") == yaml_reader.parse(Path("x"), ENTITIES.encode()).data["entities"][1]


def test_the_files_are_as_they_must_be_afterwards(tmp_path: Path, texts: tuple[Path, ...], there: Endpoint) -> None:
    folder = shutil.copytree(REPOSITORY / "graph" / "data", tmp_path / "data")
    settings = Settings(data=folder, texts=texts, home=tmp_path / "home", contact="team@example.org")
    done = asked(settings, there)
    for item in ("Q100", "Q200", "Q400"):
        decide(done, item)
    assert applied(settings, done).same == 3
    checked = check(settings, reason=False)
    assert checked.problems == ()


def rename(data: Settings) -> None:
    """Kazakhstan gets another path after it was asked about."""
    (file,) = (data.data / "entities").iterdir()
    old, new = "id: country/kazakhstan\n", "id: country/kazakh-republic\n    replaces: country/kazakhstan\n"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_an_old_path_means_the_thing_that_has_replaced_it(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    decide(done, "Q100")
    rename(data)
    result = applied(data, done)
    assert (result.names, result.identifiers, result.same, result.undecided) == (6, 3, 1, 2)
    assert entity(data, "country/kazakh-republic")["exactMatch"] == "http://www.wikidata.org/entity/Q100"
    assert applied(data, done).files == ()


def test_what_is_decided_by_an_old_path_is_not_asked_again(data: Settings, there: Endpoint) -> None:
    decide(done := asked(data, there), "Q100", "different")
    text = done.file.read_text(encoding="utf-8")
    rename(data)
    assert asked(data, there).undecided == done.undecided - 1
    assert done.file.read_text(encoding="utf-8") == text


def test_a_thing_named_by_both_its_paths_gains_all_once(data: Settings, there: Endpoint) -> None:
    decide(done := asked(data, there), "Q100")
    rename(data)
    text = done.file.read_text(encoding="utf-8")
    at, end = text.index("  - entity: country/kazakhstan"), text.index("  - entity: party/")
    again = text[at:end].replace("country/kazakhstan", "country/kazakh-republic")
    done.file.write_text(text[:end] + again + text[end:], encoding="utf-8")
    result = applied(data, done)
    assert (result.names, result.identifiers, result.same) == (6, 3, 1)


def test_what_is_undecided_different_or_not_to_be_taken_is_not_written(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    before = tree(data.data)
    decide(done, "Q200", "different")
    assert applied(data, done) == Applied(0, 0, 0, (), 2)
    assert tree(data.data) == before
    decide(done, "Q100")
    done.file.write_text(done.file.read_text("utf-8").replace("take: true", "take: false"), encoding="utf-8")
    result = applied(data, done)
    assert (result.names, result.identifiers, result.same) == (0, 1, 1)
    assert "altLabel" not in entity(data, "country/kazakhstan")


def test_applying_twice_changes_nothing_more(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    for item in ("Q100", "Q200"):
        decide(done, item)
    applied(data, done)
    after = tree(data.data)
    assert applied(data, done) == Applied(0, 0, 0, (), 1)
    assert tree(data.data) == after


def test_what_was_applied_is_known_by_its_identifier_next_time(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    decide(done, "Q200")
    applied(data, done)
    done.file.unlink()
    again = yaml_reader.read(asked(data, there, kinds=("party",)).file).data["matches"]
    assert [(one["item"].rpartition("/")[2], one["why"]) for one in again] == [
        ("Q200", "it has the wikidata Q200 here")
    ]
    assert "names" not in again[0]


def test_a_confirmed_identity_is_certain_in_an_import(data: Settings, there: Endpoint, tmp_path: Path) -> None:
    done = asked(data, there)
    decide(done, "Q200")
    applied(data, done)
    party = '{"id": "1", "name": "Something Else", "identifiers": [{"scheme": "wikidata", "identifier": "Q200"}]}'
    members = '{"person_id": "p", "organization_id": "h", "on_behalf_of_id": "1"}'
    content = (
        f'{{"persons": [{{"id": "p", "name": "P"}}], "organizations": [{{"id": "h", "name": "H"}}, {party}],'
        f' "memberships": [{members}]}}'
    )
    found = imported("popolo", data, made(tmp_path, "kazakhstan-h.json", content))
    assert found.report["matched"] == {"wikidata Q200": "party/nur-otan"}


@pytest.mark.parametrize("name", ["ნურ ოთანი", "Нұр Отан", "Нур Отан"])
def test_a_name_from_there_then_finds_the_entity(name: str, data: Settings, there: Endpoint) -> None:
    text = f"გუშინ {name} გამოაცხადა."
    file = data.data / "entities" / "all.yaml"
    assert "ka:" not in written(data)
    done = asked(data, there)
    decide(done, "Q200")
    applied(data, done)
    found = Names(read_entities(yaml_reader.read(file))).found(text, "ka")
    assert [one.path for one in found] == ["party/nur-otan"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nameSource: { literalForm: { ka: ყაზახეთი }, confirmedBy: Wikidata }", "the source of “ყაზახეთი”"),
        ("nameSource: { literalForm: { ka: ა, kk: Қ }, confirmedBy: Wikidata }", "“literalForm” has more than 1"),
        ("nameSource: { literalForm: { ka: ყაზახეთი } }", "without “confirmedBy”"),
        ("nameSource: { literalForm: { en: Kazakhstan }, confirmedBy: x, retrieved: yesterday }", "retrieved"),
        ("exactMatch: Q100", "exactMatch"),
        ("exactMatch: country/kazakhstan", "exactMatch"),
    ],
)
def test_what_is_said_of_names_from_elsewhere_is_checked(line: str, said: str, data: Settings) -> None:
    file = data.data / "entities" / "all.yaml"
    file.write_text(ENTITIES.replace("    identifier:", f"    {line}\n    identifier:", 1), encoding="utf-8")
    [problem] = check(data, (file,), reason=False).problems
    assert said in problem.what
    assert problem.place.line == 7


def test_the_same_elsewhere_is_no_thing_that_has_to_be_known(data: Settings) -> None:
    file = data.data / "entities" / "all.yaml"
    several = "exactMatch: [http://www.wikidata.org/entity/Q100, https://data.example.org/kz]"
    file.write_text(ENTITIES.replace("    identifier:", f"    {several}\n    identifier:", 1), encoding="utf-8")
    assert check(data, (file,), reason=False).problems == ()


DECISIONS = st.lists(st.sampled_from(["same", "different", "unsure"]), min_size=3, max_size=3)
BLOCK = """\
    altLabel:
      kk:
        - Қазақстан  # the short one
        - Қазақ Елі
      # Russian
      ru: Казахстан
"""
FLOW = """\
    altLabel: { kk: [Қазақстан],
      ru: Казахстан,  # and more
    }
"""
ALONE = """\
    identifier:
      propertyID: ISO 3166-1 alpha-2
      value: KZ  # two letters
      confirmedBy: pycountry
"""
CODE = "{ propertyID: ISO 3166-1 alpha-2, value: KZ, confirmedBy: pycountry }"
LAYOUTS = st.tuples(
    st.sampled_from(["{ en: Kazakhstan }", "\n      en: Kazakhstan", '{"en": "Kazakhstan"}  # a comment, too']),
    st.sampled_from(["", "    altLabel: { kk: Қазақстан, ru: [Казахстан, РК] }\n", BLOCK, FLOW]),
    st.sampled_from([
        f"    identifier: {CODE}  # confirmed\n", ALONE, f"    identifier:  # elsewhere\n      {CODE}\n",
        f"    identifier:\n    - {CODE}\n    # the end\n", f"    identifier: [{CODE}]\n",
    ]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)  # fmt: skip


def all_names(item: dict[str, Any]) -> set[str]:
    return {name for texts in item.get("altLabel", {}).values() for name in listed(texts)}


@given(DECISIONS, LAYOUTS)
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_layout_and_the_decisions_are(
    there: Endpoint, tmp_path_factory: pytest.TempPathFactory, decisions: list[str], layout: Any
) -> None:
    """Nothing decided: not a byte changes. Applied twice: as applied once. What was there is there afterwards."""
    names, others, identifiers, newline, ends = layout
    text = f"""\
"@context": https://w3id.org/samizdat/context.jsonld
entities:
  - id: country/kazakhstan
    type: Country
    prefLabel: {names}
{others}{identifiers}  - {{ id: party/nur-otan, type: PoliticalParty, prefLabel: {{ en: Nur Otan }} }} # the last"""
    content = (text + ("\n" if ends else "")).replace("\n", newline).encode()
    folder = tmp_path_factory.mktemp("layout")
    (folder / "data" / "entities").mkdir(parents=True)
    file = folder / "data" / "entities" / "all.yaml"
    file.write_bytes(content)
    settings = Settings(data=folder / "data", texts=(), home=folder / "home", contact="team@example.org")
    old = yaml_reader.read(file).data["entities"]
    done = asked(settings, there)
    for item, decision in zip(("Q100", "Q200", "Q201"), decisions, strict=True):
        if decision != "unsure":
            decide(done, item, decision)
    if decisions[1] == decisions[2] == "same":
        with pytest.raises(InvalidInput):
            applied(settings, done)
        assert file.read_bytes() == content
        return
    applied(settings, done)
    once = file.read_bytes()
    applied(settings, done)
    assert file.read_bytes() == once
    if "same" not in decisions:
        assert once == content
    new = yaml_reader.read(file).data["entities"]
    for before, after in zip(old, new, strict=True):
        assert before.keys() <= after.keys()
        assert all(comment in once for comment in re.findall(rb"#.*", content))
        assert all_names(before) <= all_names(after)
    if decisions[0] == "same":
        assert new[0]["exactMatch"] == "http://www.wikidata.org/entity/Q100"
