"""What contradicts what is known or decided, or is wrong with a review file, is refused, and no file changes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from enriching import Endpoint, playing
from importing import tree
from reviewing import ENTITIES, applied, asked, decide, made_data

from graph.enriching.enriching import Enriched
from graph.errors import InvalidInput
from graph.settings import Settings


@pytest.fixture(scope="module")
def there() -> Iterator[Endpoint]:
    with playing() as endpoint:
        yield endpoint


@pytest.fixture
def data(tmp_path: Path) -> Settings:
    return made_data(tmp_path)


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
