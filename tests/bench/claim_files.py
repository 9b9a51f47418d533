"""A data folder of any number of editorials: ``python -m bench.claim_files --editorials 1000 FOLDER`` (with tests/ on
the path).

Entities and claims follow the distributions of ``bench.generate``; the same number, seed and size of editorials give
the same bytes. ``--texts`` writes the source texts too, so that every quote can be read again.
"""

import argparse
import json
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from bench.distributions import Distributions, load
from bench.editorials import MODALITIES
from bench.said import Stated, makers, path
from bench.world import SECTORS, Country, countries

SEED = 20210101
CLAIMS = 6
"""Claims of an editorial, about."""
CONTEXT = '"@context": https://w3id.org/samizdat/context.jsonld\n'
TEAM = {"id": "group/samizdat-team", "type": "AgentGroup", "prefLabel": {"en": "the Samizdat team"}}


def write(folder: Path, editorials: int, *, claims: int = CLAIMS, seed: int = SEED, texts: Path | None = None) -> None:
    """Make ``claims/`` and ``entities/`` in the folder, and in ``texts`` what the editorials quote."""
    found = load()
    world = countries(found, editorials * claims, seed)
    (folder / "entities").mkdir(parents=True)
    for country in world:
        things = json.dumps(_entities(country, first=country is world[0]), ensure_ascii=False, indent=1)
        (folder / "entities" / f"{country.slug}.yaml").write_text(f"{CONTEXT}entities: {things}\n", encoding="utf-8")
    for number in range(editorials):
        name, claim_file, text = editorial(world[number % len(world)], number, found, claims=claims, seed=seed)
        file = folder / "claims" / name[:4] / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(claim_file, encoding="utf-8")
        if texts is not None:
            texts.mkdir(parents=True, exist_ok=True)
            (texts / f"{name}.txt").write_text(text, encoding="utf-8")


def editorial(
    country: Country, number: int, found: Distributions, *, claims: int = CLAIMS, seed: int = SEED
) -> tuple[str, str, str]:
    """One editorial: its slug, its claim file and its text. Another seed gives other claims of the same slug."""
    slug = f"{Random(f'name {number}').randrange(2000, 2026)}-{country.slug}-{number}"
    rng = Random(f"{seed} claim file {number}")
    headline = f"{country.figures.name}: the press in {slug[:4]} ({number})"
    kinds, text = makers(country), f"{headline}\n"
    stated: list[dict[str, Any]] = []
    for position in range(1, rng.randrange(claims * 2 - 1) + 2):
        kind, make = rng.choice(kinds)
        said = make(country, rng, found)
        stated.append(_claim(f"{kind}-{position}", said, len(text), stated, country, rng))
        text += f"{stated[-1]['quote']['exact']}.\n"
    head = [
        f"id: editorial/{slug}", "type: Editorial", f"headline: {json.dumps(headline, ensure_ascii=False)}",
        "inLanguage: en", f"sha256: {sha256(text.encode()).hexdigest()}", f'date: {{ edtf: "{slug[:4]}" }}',
        "encodedBy: group/samizdat-team", "encodedOn: 2026-11-22", "claims:",
    ]  # fmt: skip
    lines = [f"  - {json.dumps(claim, ensure_ascii=False)}" for claim in stated]
    return slug, CONTEXT + "\n".join([*head, *lines]) + "\n", text


def _claim(
    name: str, said: Stated, start: int, before: list[dict[str, Any]], country: Country, rng: Random
) -> dict[str, Any]:
    modality = rng.choice(MODALITIES)
    exact = f"In point {len(before) + 1}, {said.label}"  # what an editorial says twice is told apart
    quote = {"exact": exact, "start": start, "end": start + len(exact)}
    claim: dict[str, Any] = {"id": name, "label": f"{said.label}.", "modality": modality, "quote": quote}
    if modality in ("reported", "believed"):
        claim["attributedTo"] = path(country.officials[0])
    if modality == "conditional":
        claim["condition"] = "If the law is changed"
    if rng.random() < 0.35:
        claim["mention"] = [{"mentionOf": path(term), "printedName": label} for term, label in said.mentions]
    if before and rng.random() < 0.1:
        claim[rng.choice(("supports", "disputes", "inTensionWith"))] = before[-1]["id"]
    return claim | {"assertion": said.nodes}


def _entities(country: Country, *, first: bool) -> list[dict[str, Any]]:
    """The country and all that is in it, as an entity file has them."""
    place = path(country.term)
    things = [
        ("Government", (country.government,)), ("AgentGroup", (country.officials,)),
        ("PoliticalParty", country.parties), ("Person", country.people),
        ("MediaSector", country.sectors), ("Post", country.posts),
    ]  # fmt: skip
    label = f"{country.figures.name} ({country.figures.iso3})"
    entities: list[dict[str, Any]] = [{"id": place, "type": "Country", "prefLabel": {"en": label}}]
    entities += [
        {"id": path(term), "type": kind, "prefLabel": {"en": label}, "country": place}
        for kind, named in things
        for term, label in named
    ]
    for entity, medium in zip((one for one in entities if one["type"] == "MediaSector"), SECTORS, strict=True):
        entity["medium"] = medium
    return [TEAM, *entities] if first else entities


def main() -> None:
    """Write a data folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--editorials", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--texts", type=Path)
    chosen = parser.parse_args()
    write(chosen.folder, chosen.editorials, claims=chosen.claims, seed=chosen.seed, texts=chosen.texts)


if __name__ == "__main__":
    main()
