"""The countries, parties, governments, posts, media and people that generated claims are about."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bench.derived import Derived
from bench.distributions import CountryFigures, Distributions
from bench.lines import ENTITIES, A, both, name, text, thing

FIRST = ("Aidar", "Aliya", "Asel", "Bek", "Dana", "Erlan", "Farida", "Gulnara", "Ivan", "Jamila", "Karim", "Leyla",
         "Marat", "Nadia", "Olga", "Pavel", "Rashid", "Sofia", "Timur", "Zarina")  # fmt: skip
SYLLABLES = ("ba", "du", "ga", "kul", "ma", "nur", "ra", "sa", "ta", "yel")
ENDINGS = ("bek", "eva", "ic", "ov", "sson", "yan")
PARTY_NAMES = ("Alliance", "Congress", "Democratic Union", "Front", "Justice Party", "Labour Party", "Movement",
               "National Party", "People’s Party", "Reform Party", "Republican Party", "Unity")  # fmt: skip
SECTORS = {"television": "TV stations", "print": "print media", "radio": "radio stations", "online": "news sites"}
POSTS = {"president": "President", "prime-minister": "Prime Minister", "speaker": "Speaker of Parliament"}

Named = tuple[str, str]
"""A term and its label."""


@dataclass(frozen=True)
class Country:
    """One country and what is in it."""

    figures: CountryFigures
    slug: str
    term: str
    government: Named
    officials: Named
    parties: tuple[Named, ...]
    people: tuple[Named, ...]
    sectors: tuple[Named, ...]
    posts: tuple[Named, ...]


def countries(found: Distributions, claims: int, seed: int) -> list[Country]:
    """The countries for so many claims: of a few only some, of many all, with as many parties as in V-Party."""
    rng = Random(f"{seed} world")
    chosen = list(found.countries)
    rng.shuffle(chosen)
    chosen = chosen[: max(3, claims // 40)]
    share = min(1.0, claims / 20_000)
    people = max(4, round(claims / 6 / len(chosen)))
    return [_country(figures, number, share, people) for number, figures in enumerate(chosen)]


def _country(figures: CountryFigures, number: int, share: float, people: int) -> Country:
    words = "".join(mark if mark.isascii() and mark.isalnum() else " " for mark in figures.name.lower()).split()
    slug = "-".join([*words, figures.iso3.lower()])
    parties = max(2, round(figures.parties * share))
    return Country(
        figures, slug, thing(f"country/{slug}"),
        (thing(f"government/{slug}"), f"Government of {figures.name} ({figures.iso3})"),
        (thing(f"group/officials-of-{slug}"), f"officials of {figures.name} ({figures.iso3})"),
        tuple(_party(figures, slug, at) for at in range(parties)),
        tuple(_person(slug, number * people + at) for at in range(people)),
        tuple((thing(f"sector/{key}-of-{slug}"), f"{label} of {figures.name} ({figures.iso3})")
              for key, label in SECTORS.items()),
        tuple((thing(f"post/{key}-of-{slug}"), f"{label} of {figures.name} ({figures.iso3})")
              for key, label in POSTS.items()),
    )  # fmt: skip


def _party(figures: CountryFigures, slug: str, at: int) -> Named:
    label = f"{PARTY_NAMES[at % len(PARTY_NAMES)]} of {figures.name} ({figures.iso3} {at + 1})"
    return thing(f"party/{slug}-{at + 1}"), label


def _person(slug: str, number: int) -> Named:
    """A name that nobody else has: the digits of the number, as syllables."""
    first, rest = FIRST[number % len(FIRST)], number // len(FIRST)
    ending, rest = ENDINGS[rest % len(ENDINGS)], rest // len(ENDINGS)
    surname = "".join(SYLLABLES[int(digit)] for digit in str(rest))
    label = f"{first} {surname.capitalize()}{ending}"
    return thing(f"person/{slug}-{label.lower().replace(' ', '-')}"), label


def world_lines(found: list[Country], derived: Derived) -> Iterator[str]:
    """The description of every entity, country by country, and what follows from its class."""
    for country in found:
        triples = [f"{country.term} {A} {name('schema:Country')}", _label(country.term, _country_label(country))]
        yield both(triples, ENTITIES)
        for kind, things in (
            ("pol:Government", (country.government,)), ("pol:AgentGroup", (country.officials,)),
            ("pol:PoliticalParty", country.parties), ("foaf:Person", country.people),
            ("pol:MediaSector", country.sectors), ("org:Post", country.posts),
        ):  # fmt: skip
            yield _things(country, kind, things, derived)


def _country_label(country: Country) -> str:
    return f"{country.figures.name} ({country.figures.iso3})"


def _things(country: Country, kind: str, things: tuple[Named, ...], derived: Derived) -> str:
    triples = []
    media = [name(f"pol:{medium}") for medium in SECTORS]
    for at, (term, label) in enumerate(things):
        triples += [f"{term} {A} {name(kind)}", _label(term, label), f"{term} {name('pol:country')} {country.term}"]
        if kind == "pol:MediaSector":
            triples.append(f"{term} {name('pol:medium')} {media[at]}")
        for above, words in ABOVE.get(kind, ()):
            derived.add(
                (term, A, name(above)), kind, (f"{label} is {words}", f"X is {words} when X is of the class below"),
                (f"{term} {A} {name(kind)}", ENTITIES),
            )  # fmt: skip
    return both(triples, ENTITIES) + derived.flush()


def _label(term: str, label: str) -> str:
    return f"{term} {name('skos:prefLabel')} {text(label)}"


ABOVE = {
    "pol:Government": (("org:Organization", "an organization"), ("foaf:Agent", "an agent")),
    "pol:PoliticalParty": (("org:Organization", "an organization"), ("foaf:Agent", "an agent")),
    "pol:AgentGroup": (("foaf:Group", "a group"), ("foaf:Agent", "an agent")),
    "pol:MediaSector": (("foaf:Group", "a group"), ("foaf:Agent", "an agent")),
    "foaf:Person": (("foaf:Agent", "an agent"),),
}
"""The classes that follow from being of a class, with their labels."""
