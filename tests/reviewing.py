"""What the tests of reviews share: a data folder of three entities, an enrichment of it, and a person's decisions."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from enriching import Endpoint, Still

from graph.enriching.applying import Applied, apply
from graph.enriching.enriching import Enriched, enrich
from graph.enriching.profile import profile
from graph.enriching.review import read
from graph.files import yaml_reader
from graph.settings import Settings

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


def made_data(folder: Path) -> Settings:
    """A data folder of three entities."""
    (folder / "data" / "entities").mkdir(parents=True)
    (folder / "data" / "entities" / "all.yaml").write_text(ENTITIES, encoding="utf-8")
    return Settings(data=folder / "data", texts=(), home=folder / "home", contact="team@example.org")


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
