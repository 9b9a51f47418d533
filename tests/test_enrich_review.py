"""From an endpoint's answer through a person's decisions into the entity files, and nothing without a decision."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from enriching import DATA, Endpoint, Still, playing
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from importing import imported, made, tree
from repository import REPOSITORY

from graph.adding.names import Names
from graph.assertions import listed
from graph.checking import check
from graph.enriching.applying import Applied, apply
from graph.enriching.enriching import Enriched, enrich
from graph.enriching.profile import profile
from graph.enriching.review import read
from graph.entities import read_entities
from graph.errors import BuildInProgress, InvalidInput, SamizdatError, UnknownName
from graph.files import yaml_reader
from graph.settings import Settings
from graph.snapshots.files import exclusive

WIKIDATA = profile("wikidata")
ALL = {"kinds": ("party", "country", "person"), "languages": ("en", "kk", "ru", "ka")}
ENTITIES = """\
"@context": https://w3id.org/samizdat/context.jsonld
entities:
  # Kazakhstan is known by its codes.
  - id: country/kazakhstan
    type: Country
    prefLabel: { en: Kazakhstan }  # as the source has it
    identifier: { propertyID: ISO 3166-1 alpha-2, value: KZ, confirmedBy: pycountry }
  - id: party/nur-otan
    type: PoliticalParty
    prefLabel: { en: Nur Otan }
    altLabel:
      kk: [Нұр Отан Халықтық Демократиялық Партиясы]
    # The last comment.
  - { id: person/nobody, type: Person, prefLabel: { en: Nobody At All } }
"""


@pytest.fixture(scope="module")
def there() -> Iterator[Endpoint]:
    with playing() as endpoint:
        yield endpoint


@pytest.fixture
def data(tmp_path: Path) -> Settings:
    """A data folder of three entities."""
    folder = tmp_path / "data"
    (folder / "entities").mkdir(parents=True)
    (folder / "entities" / "all.yaml").write_text(ENTITIES, encoding="utf-8")
    return Settings(data=folder, texts=(), home=tmp_path / "home", contact="team@example.org")


def asked(settings: Settings, there: Endpoint, **options: Any) -> Enriched:
    found = replace(WIKIDATA, endpoint=there.url, rate=1000.0)
    return enrich(settings, found, **{**ALL, "allow_private": True, "clock": Still(), **options})


def decide(done: Enriched, item: str, decision: str = "same") -> None:
    """Write a decision for the matches with this item."""
    text = done.file.read_text(encoding="utf-8")
    changed = re.sub(rf"(entity/{item}\n(?:    .*\n)*?    decision: )\w+", rf"\g<1>{decision}", text)
    assert changed != text
    done.file.write_text(changed, encoding="utf-8")


def applied(settings: Settings, done: Enriched) -> Applied:
    return apply(settings, read(done.file))


def written(settings: Settings) -> str:
    return (settings.data / "entities" / "all.yaml").read_text(encoding="utf-8")


def keeps(after: list[str], before: list[str]) -> bool:
    """Whether every line of before stands in after, in its order."""
    rest = iter(after)
    return all(line in rest for line in before)


def entity(settings: Settings, path: str) -> dict[str, Any]:
    entities = yaml_reader.read(settings.data / "entities" / "all.yaml").data["entities"]
    return next(item for item in entities if item["id"] == path)


# --- the review file ---


def test_who_is_found_and_why(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    text = done.file.read_text(encoding="utf-8")
    matches = yaml_reader.read(done.file).data["matches"]
    found = [(one["entity"], one["item"].rpartition("/")[2], one["decision"]) for one in matches]
    assert found == [
        ("country/kazakhstan", "Q100", "unsure"),
        ("party/nur-otan", "Q200", "unsure"),
        ("party/nur-otan", "Q201", "unsure"),
    ]
    assert matches[0]["why"] == "the same ISO 3166-1 alpha-2, KZ"
    assert matches[0]["description"] == "country in Central Asia"
    assert matches[1]["why"] == "“Nur Otan” (en) is a name of it there"
    assert "{ name: قازاقستان, language: kk-Arab, retrieved: 2026-11-23, take: true }" in text
    assert (done.matches, done.undecided, done.without) == (3, 3, ("person/nobody",))
    assert "Nur Otan, language: en" not in text  # it is known here already


def test_nothing_of_the_entity_files_changes_while_asking(data: Settings, there: Endpoint) -> None:
    before = tree(data.data)
    asked(data, there)
    assert tree(data.data) == before


def test_an_identifier_that_is_another_there_is_told(data: Settings, there: Endpoint) -> None:
    file = data.data / "entities" / "all.yaml"
    file.write_text(
        ENTITIES.replace("value: KZ", "value: KZ, confirmedBy: x }\n      - { propertyID: ISNI, value: 1"), "utf-8"
    )
    file.write_text(
        ENTITIES.replace(
            "identifier: { propertyID: ISO 3166-1 alpha-2, value: KZ, confirmedBy: pycountry }",
            "identifier:\n      - { propertyID: ISO 3166-1 alpha-2, value: KZ, confirmedBy: x }\n"
            "      - { propertyID: ISO 3166-1 alpha-3, value: KGZ, confirmedBy: x }",
        ),
        encoding="utf-8",
    )
    why = yaml_reader.read(asked(data, there, kinds=("country",)).file).data["matches"][0]["why"]
    assert "another ISO 3166-1 alpha-3: KAZ there, KGZ here" in why


def test_what_cannot_be_a_name_is_left_out_and_told(data: Settings) -> None:
    bad = 'wd:Q100 rdfs:label "Kazakh\\u202estan"@en, "%s"@ru, "line\\nbreak"@en, "קזחסטן"@kk .' % ("х" * 10_240)
    with playing(DATA + bad) as there:
        done = asked(data, there, kinds=("country",))
    assert len(done.refused) == 4
    assert any("10,240 characters" in what for what in done.refused)
    assert "\u202e" not in done.file.read_text(encoding="utf-8")
    assert len(done.file.read_bytes()) < 4000


def test_things_of_other_addresses_are_no_things_of_the_source(data: Settings) -> None:
    bad = '<http://evil.example/Q1> wdt:P31 wd:Q7278 ; rdfs:label "Nur Otan"@en . <urn:x> wdt:P297 "KZ" .'
    with playing(DATA + bad) as there:
        done = asked(data, there)
    assert "evil" not in done.file.read_text(encoding="utf-8")
    assert len([what for what in done.refused if "not the IRI of a thing" in what]) == 2


def test_more_candidates_than_anybody_would_read_are_left_out(data: Settings) -> None:
    many = " ".join(f'wd:Q9{n} wdt:P31 wd:Q7278 ; rdfs:label "Nur Otan"@en .' for n in range(50))
    with playing(DATA + many) as there:
        done = asked(data, there, kinds=("party",))
    assert done.matches == 10
    assert any("more than 10 candidates" in what for what in done.refused)


def test_another_enrichment_adds_at_the_end_and_keeps_every_line(data: Settings, there: Endpoint) -> None:
    first = asked(data, there, kinds=("party",), languages=("kk",))
    decide(first, "Q201", "different  # a local branch, says the secretary")
    before = first.file.read_text(encoding="utf-8").splitlines()
    again = asked(data, there)
    after = again.file.read_text(encoding="utf-8").splitlines()
    assert keeps(after, before)
    assert any("ნურ ოთანი" in line for line in after)
    assert after.index("  - entity: country/kazakhstan") > after.index(before[-1])
    assert again.undecided == 2
    assert asked(data, there).file.read_text(encoding="utf-8").splitlines() == after


def test_a_review_of_another_source_is_not_mixed_with_this_one(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    text = done.file.read_text(encoding="utf-8").replace("title: Wikidata", "title: Wikibase of ours")
    done.file.write_text(text, encoding="utf-8")
    with pytest.raises(SamizdatError, match="another source, Wikibase of ours"):
        asked(data, there)
    assert done.file.read_text(encoding="utf-8") == text


def test_where_nothing_is_found_no_file_is_made(data: Settings, there: Endpoint) -> None:
    done = asked(data, there, kinds=("person",))
    assert (done.matches, done.file.exists()) == (0, False)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"kinds": ()}, SamizdatError, "nothing to ask about"),
        ({"things": ("party/nur-ottan",)}, UnknownName, "party/nur-otan"),
        ({"languages": ("no language",)}, SamizdatError, "no language tag"),
    ],
)
def test_what_cannot_be_asked(
    options: dict[str, Any], error: type[SamizdatError], said: str, data: Settings, there: Endpoint
) -> None:
    with pytest.raises(error, match=said):
        asked(data, there, **options)
    assert not data.home.exists()


def test_things_are_named_by_path_or_by_any_name(data: Settings, there: Endpoint) -> None:
    done = asked(data, there, kinds=(), things=("kazakhstan", "party/nur-otan"))
    assert {one["entity"] for one in yaml_reader.read(done.file).data["matches"]} == {
        "country/kazakhstan",
        "party/nur-otan",
    }


def test_one_at_a_time_asks_an_endpoint(data: Settings, there: Endpoint) -> None:
    with exclusive(data.home / "enriching" / "wikidata"), pytest.raises(BuildInProgress, match="asked by another"):
        asked(data, there)


# --- applying it ---


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


# --- contradictions ---


def contradictions(settings: Settings, done: Enriched) -> str:
    before = tree(settings.data)
    with pytest.raises(InvalidInput) as caught:
        applied(settings, done)
    assert tree(settings.data) == before
    assert all(problem.place.file == done.file for problem in caught.value.problems)
    return "; ".join(problem.what for problem in caught.value.problems)


def test_one_entity_is_not_two_things(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    decide(done, "Q200")
    decide(done, "Q201")
    assert "party/nur-otan is the same as http://www.wikidata.org/entity/Q200 already" in contradictions(data, done)


def test_one_thing_is_not_two_entities(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    decide(done, "Q100")
    text = done.file.read_text("utf-8")
    done.file.write_text(text.replace("entity/Q200", "entity/Q100", 1), encoding="utf-8")
    decide(done, "Q100\n    known: Nur Otan")
    assert "country/kazakhstan is the same as this already" in contradictions(data, done)


def test_an_identifier_that_another_entity_has_is_not_given_twice(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    decide(done, "Q100")
    held = "prefLabel: { en: Nobody At All }, identifier: { propertyID: VIAF, value: '900100', confirmedBy: x }"
    file = data.data / "entities" / "all.yaml"
    file.write_text(ENTITIES.replace("prefLabel: { en: Nobody At All }", held), encoding="utf-8")
    assert "person/nobody has the VIAF 900100 already" in contradictions(data, done)


def test_an_entity_does_not_get_a_second_identifier_of_a_kind(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    decide(done, "Q100")
    file = data.data / "entities" / "all.yaml"
    held = "- { propertyID: VIAF, value: '7', confirmedBy: x }\n"
    held += "      - { propertyID: wikidata, value: Q9, confirmedBy: x }"
    file.write_text(
        re.sub("identifier: {.*}", lambda _: f"identifier:\n      {held}", ENTITIES, count=1), encoding="utf-8"
    )
    told = contradictions(data, done)
    assert "VIAF 900100 is another than the 7 that country/kazakhstan has" in told
    assert "wikidata Q100 is another than the Q9" in told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("matches:", "mathces:", "no list of matches"),
        ("title: Wikidata", "name: Wikidata", "not where the names come from"),
        ("title: Wikidata", 'title: "W\\u202e"', "title is no text"),
        ("entity: country/kazakhstan", "entity: ../../etc", "entity names no thing"),
        ("entity: country/kazakhstan", "entity: country/nowhere", "nothing is named country/nowhere"),
        ("item: http://www.wikidata.org/entity/Q100", "item: javascript:alert(1)", "item names no thing"),
        ("decision: same", "decision: perhaps", "no decision"),
        ("decision: same", "decision: same\n    because: I say so", "unknown key 'because'"),
        ("name: ყაზახეთი", 'name: "ყაზ\\u202e"', "U+202E"),
        ("name: ყაზახეთი", 'name: "ყ\\nყ"', "U+000A"),
        ("name: ყაზახეთი", f"name: {'ყ' * 10_000}", "10,000 characters"),
        ("name: ყაზახეთი", "name: קזחסטן", "run to the left"),
        ("language: ka", "language: georgian language", "no language tag"),
        ("language: ka, retrieved: 2026-11-23", "language: ka, retrieved: yesterday", "no day"),
        ("ka, retrieved: 2026-11-23, take: true", "ka, retrieved: 2026-11-23, take: maybe", "neither true nor false"),
        ("2026-11-23, take: true }", "2026-11-23, take: !!python/object:os.system x }", "the tag"),
        ('value: "900100"', 'value: "9\\t1"', "U+0009"),
        ("matches:\n", "matches:\n  - 7\n", "not a match"),
    ],
)
def test_a_review_that_is_wrong_is_refused_with_its_place(
    old: str, new: str, said: str, data: Settings, there: Endpoint
) -> None:
    done = asked(data, there)
    decide(done, "Q100")
    text = done.file.read_text("utf-8")
    assert old in text
    done.file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert said in contradictions(data, done)


def test_entities_of_lines_are_not_written_into(data: Settings, there: Endpoint) -> None:
    done = asked(data, there)
    decide(done, "Q100")
    line = (
        '{"@context": "https://w3id.org/samizdat/context.jsonld", "entities": [{"id": "country/kazakhstan",'
        ' "type": "Country", "prefLabel": {"en": "Kazakhstan"}}]}\n'
    )
    (data.data / "entities" / "all.yaml").unlink()
    (data.data / "entities" / "all.jsonl").write_text(line, encoding="utf-8")
    assert "stands in a file of lines" in contradictions(data, done)


# --- properties ---

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
