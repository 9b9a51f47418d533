"""From an endpoint's answer into a review file: who is found and why, what is refused, and what a person wrote."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from enriching import DATA, Endpoint, playing
from importing import tree
from reviewing import ENTITIES, asked, decide, keeps, made_data

from graph.errors import BuildInProgress, SamizdatError, UnknownName
from graph.files import yaml_reader
from graph.settings import Settings
from graph.snapshots.files import exclusive


@pytest.fixture(scope="module")
def there() -> Iterator[Endpoint]:
    with playing() as endpoint:
        yield endpoint


@pytest.fixture
def data(tmp_path: Path) -> Settings:
    return made_data(tmp_path)


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
