"""How many parties, bans, elections and office holders countries have: the summary that generated data follows.

``python -m bench.distributions`` (with tests/ on the path) makes distributions.json anew from ../shared/data. Only
counts, means and deciles are kept of it: V-Party (parties, elections, votes), RSF (rank of press freedom), Freedom
House (B1 and B2: may parties organise, can an opposition win) and Popolo (members of five parliaments).
"""

import csv
import json
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILE = HERE / "distributions.json"
DATA = HERE.parent.parent.parent / "shared" / "data"
LAST_RANK = 180
"""Of the countries that RSF ranks."""


@dataclass(frozen=True)
class CountryFigures:
    """What the sources say of one country; ``unfree`` and ``unfair`` go from 0 (best) to 1."""

    name: str
    iso3: str
    parties: int
    elections: int
    unfree: float
    unfair: float


@dataclass(frozen=True)
class Distributions:
    """Every country, the deciles of the winners' votes (percent), and the share of people with a second post."""

    countries: tuple[CountryFigures, ...]
    winning_votes: tuple[float, ...]
    members: int
    returning: float


@cache
def load() -> Distributions:
    """The committed summary."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    countries = tuple(CountryFigures(*row) for row in data["countries"])
    return Distributions(countries, tuple(data["winning_votes"]), data["members"], data["returning"])


def summary(folder: Path) -> dict[str, Any]:
    """The summary of the data sets in the folder, as it is committed."""
    parties, elections, votes = _parties(folder)
    ranks, scores = _ranks(folder), _scores(folder)
    people = list(_memberships(folder))
    return {
        "countries": [
            [name, iso3, len(parties[name, iso3]), len(elections[name, iso3]),
             round(ranks.get(iso3, LAST_RANK / 2) / LAST_RANK, 2), round(scores.get(iso3, 0.5), 2)]
            for name, iso3 in sorted(parties)
        ],
        "winning_votes": [round(vote, 1) for vote in statistics.quantiles(votes, n=10)],
        "members": round(len(people) / 5),
        "returning": round(sum(count > 1 for count in people) / len(people), 2),
    }  # fmt: skip


def _rows(file: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened, delimiter=delimiter)


def _parties(folder: Path) -> tuple[dict[tuple[str, str], set[str]], dict[tuple[str, str], set[str]], list[float]]:
    parties, elections = defaultdict(set), defaultdict(set)
    winners: dict[tuple[str, str], float] = {}
    for row in _rows(folder / "vparty" / "vparty.csv"):
        country = (row["country_name"], row["country_text_id"])
        parties[country].add(row["v2paid"])
        elections[country].add(row["historical_date"])
        vote = (row["country_text_id"], row["historical_date"])
        winners[vote] = max(winners.get(vote, 0.0), float(row["v2pavote"] or 0))
    return parties, elections, [vote for vote in winners.values() if vote]


def _ranks(folder: Path) -> dict[str, float]:
    """The newest rank of each country."""
    ranks = {}
    for file in sorted((folder / "rsf").glob("*.csv")):
        for row in _rows(file, ";"):
            rank = row.get("Rank") or row.get("Rank N") or ""
            if rank.isdigit():
                ranks[row["ISO"]] = float(rank)
    return ranks


def _scores(folder: Path) -> dict[str, float]:
    found = defaultdict(list)
    for row in _rows(folder / "freedom-house" / "scores.csv"):
        if row["question"] in ("B1", "B2"):
            found[row["iso3"]].append(1 - float(row["score"]) / 4)
    return {iso3: statistics.mean(values) for iso3, values in found.items()}


def _memberships(folder: Path) -> Iterator[int]:
    """How many memberships each person of the parliaments has."""
    for file in sorted((folder / "popolo").glob("*.json")):
        counts: dict[str, int] = defaultdict(int)
        for membership in json.loads(file.read_text(encoding="utf-8"))["memberships"]:
            counts[membership["person_id"]] += 1
        yield from counts.values()


def main() -> None:
    """Write the summary anew, a country a line."""
    found = summary(DATA)
    countries = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in found.pop("countries"))
    rest = json.dumps(found)[1:]
    FILE.write_text(f'{{"countries": [\n  {countries}\n ],\n {rest}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
