"""What a generated claim file's claims say, in the words of a claim file: as ``bench.assertions`` says it in quads."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from bench.assertions import GROUNDS, REASONS, TOPICS, VERBS
from bench.distributions import Distributions
from bench.world import Country, Named
from graph.iris import ID


@dataclass(frozen=True)
class Stated:
    """The sentence of a claim, the nodes of its assertion, and who is named in it."""

    label: str
    nodes: list[dict[str, Any]]
    mentions: tuple[Named, ...]


Maker = Callable[[Country, Random, Distributions], Stated]


def path(term: str) -> str:
    """The path below id/ of a term of ``bench.world``."""
    return term[1:-1].removeprefix(ID)


def _date(year: int, rng: Random) -> dict[str, str]:
    return {"edtf": f"{year}-{rng.randrange(1, 13):02}-17" if rng.random() < 0.5 else str(year)}


def statement(country: Country, rng: Random, found: Distributions) -> Stated:
    who = rng.choice(country.people if rng.random() < 0.7 else country.parties)
    content = f"{rng.choice(VERBS)} {rng.choice(TOPICS)}"
    node = {"type": "Statement", "content": content, "about": path(who[0])}
    return Stated(f"{who[1]} {content}", [node], (who,))


def ban(country: Country, rng: Random, found: Distributions) -> Stated:
    party, ground = rng.choice(country.parties), rng.choice(GROUNDS)
    node: dict[str, Any] = {"type": "PartyBan", "bannedParty": path(party[0]), "ground": ground}
    node |= {"date": _date(rng.randrange(1990, 2026), rng)}
    if rng.random() < 0.5:
        node["banningAuthority"] = path(country.government[0])
    return Stated(f"{party[1]} was banned {ground}", [node], (party,))


def detention(country: Country, rng: Random, found: Distributions) -> Stated:
    who, reason = rng.choice(country.people), rng.choice(REASONS)
    node: dict[str, Any] = {"type": "Detention", "detained": path(who[0]), "statedReason": reason}
    node["count"] = "several times"
    if rng.random() < 0.6:
        node["date"] = _date(rng.randrange(2000, 2026), rng)
    return Stated(f"{who[1]} was detained {reason}", [node], (who,))


def control(country: Country, rng: Random, found: Distributions) -> Stated:
    sector = rng.choice(country.sectors)
    who = country.government if rng.random() < 0.7 else rng.choice(country.parties)
    whole = country.figures.unfree + rng.uniform(-0.2, 0.2) >= 0.9
    node = {"type": "MediaControl", "controller": path(who[0]), "extent": "all" if whole else "most"}
    node |= {"wholeControlOf" if whole else "controlled": path(sector[0])}
    return Stated(f"{who[1]} has control over {node['extent']} of the {sector[1]}", [node], (who, sector))


def tenure(country: Country, rng: Random, found: Distributions) -> Stated:
    who, post, begun = rng.choice(country.people), rng.choice(country.posts), rng.randrange(1960, 2024)
    node: dict[str, Any] = {
        "type": "Tenure",
        "member": path(who[0]),
        "post": path(post[0]),
        "beginning": _date(begun, rng),
    }
    if rng.random() < 0.6:
        node["end"] = {"edtf": str(begun + rng.randrange(1, 20))}
    return Stated(f"{who[1]} became {post[1]} in {begun}", [node], (who, post))


def result(country: Country, rng: Random, found: Distributions) -> Stated:
    winner = rng.choice(country.parties if rng.random() < 0.6 else country.people)
    low = round(rng.choice(found.winning_votes) + rng.uniform(-3, 3), 1)
    event: dict[str, Any] = {"id": "#election", "type": "Election", "country": path(country.term)}
    event |= {"label": f"an election in {country.figures.name}", "date": _date(rng.randrange(1970, 2026), rng)}
    node = {"type": "ElectionResult", "winner": path(winner[0]), "election": "#election", "unit": "% of votes"}
    return Stated(f"{winner[1]} won with {low:g}% of votes", [event, node | {"minValue": low}], (winner,))


def alignment(country: Country, rng: Random, found: Distributions) -> Stated:
    party = rng.choice(country.parties)
    role = "ruling" if party == country.parties[0] else "opposition"
    node = {"type": "PoliticalAlignment", "party": path(party[0]), "role": role}
    return Stated(f"{party[1]} is a {role} party", [node | {"date": _date(rng.randrange(2000, 2026), rng)}], (party,))


def founding(country: Country, rng: Random, found: Distributions) -> Stated:
    who, party = rng.choice(country.people), rng.choice(country.parties)
    node = {"type": "PartyFounding", "agent": path(who[0]), "party": path(party[0]), "status": "registered"}
    return Stated(f"{who[1]} founded {party[1]}", [node, {"id": path(party[0]), "founder": path(who[0])}], (who, party))


def protest(country: Country, rng: Random, found: Distributions) -> Stated:
    who, topic = rng.choice(country.people), rng.choice(TOPICS)
    node = {"type": "Protest", "agent": path(who[0]), "content": f"a protest over {topic}"}
    return Stated(f"{who[1]} joined a protest over {topic}", [node | {"country": path(country.term)}], (who,))


def makers(country: Country) -> tuple[tuple[str, Maker], ...]:
    """The kinds of claim about a country, as often as ``bench.assertions`` has them."""
    unfree, unfair = country.figures.unfree, country.figures.unfair
    weights: tuple[tuple[str, Maker, float], ...] = (
        ("statement", statement, 30), ("party-ban", ban, 1 + 12 * unfair), ("detention", detention, 2 + 14 * unfree),
        ("media-control", control, 2 + 12 * unfree), ("tenure", tenure, 12),
        ("election-result", result, 3 + country.figures.elections / 3), ("alignment", alignment, 8),
        ("founding", founding, 4), ("protest", protest, 2 + 4 * unfree),
    )  # fmt: skip
    return tuple((slug, make) for slug, make, weight in weights for _ in range(round(weight)))
