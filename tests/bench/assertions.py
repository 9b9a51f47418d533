"""What generated claims say: for each kind, the triples of one event or state, a sentence, and what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bench.distributions import Distributions
from bench.lines import A, name, text, typed
from bench.world import Country, Named

GROUNDS = ("deemed an extremist group", "accused of inciting hatred", "for missing the deadline to register anew",
           "for its ties abroad", "after protests against the government")  # fmt: skip
REASONS = ("for taking part in a protest", "for spreading false information", "on charges of extremism",
           "for an article on corruption", "without a reason being given")  # fmt: skip
TOPICS = ("the press", "corruption", "the economy", "the constitution", "the courts", "the new law on parties",
          "human rights", "the elections", "journalists abroad", "public protests")  # fmt: skip
VERBS = ("has spoken out on", "keeps silent on", "has changed course on", "is under pressure over", "campaigns on")


@dataclass
class Said:
    """``node`` is what the claim is about; ``follows``: property, object, axiom, class derived of the object."""

    label: str
    triples: list[str]
    mentions: list[Named]
    follows: list[tuple[str, str, str, str]] = field(default_factory=list)
    above: str | None = "sem:Event"


Maker = Callable[[str, Country, Random, Distributions], Said]


def _dated(node: str, prop: str, year: int, rng: Random) -> list[str]:
    month = rng.randrange(1, 13)
    exact = rng.random() < 0.5
    edtf = f"{year}-{month:02}-17" if exact else str(year)
    date = f"{node.partition('#')[0]}#date-{edtf}>"
    first, last = (edtf, edtf) if exact else (f"{year}-01-01", f"{year}-12-31")
    return [
        f"{node} {name(prop)} {date}",
        f"{date} {A} {name('time:TemporalEntity')}",
        f'{date} {name("pol:edtf")} "{edtf}"',
        f"{date} {name('pol:earliest')} {typed(first, 'date')}",
        f"{date} {name('pol:latest')} {typed(last, 'date')}",
    ]


def statement(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    who = rng.choice(country.people if rng.random() < 0.7 else country.parties)
    content = f"{rng.choice(VERBS)} {rng.choice(TOPICS)}"
    triples = [f"{node} {A} {name('pol:Statement')}", f"{node} {name('pol:content')} {text(content)}",
               f"{node} {name('schema:about')} {who[0]}", f"{node} {name('pol:country')} {country.term}"]  # fmt: skip
    return Said(f"{who[1]} {content}", triples, [who], above=None)


def ban(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    party, ground = rng.choice(country.parties), rng.choice(GROUNDS)
    triples = [
        f"{node} {A} {name('pol:PartyBan')}",
        f"{node} {name('pol:bannedParty')} {party[0]}",
        f"{node} {name('pol:ground')} {text(ground)}",
        *_dated(node, "pol:date", rng.randrange(1990, 2026), rng),
    ]
    if rng.random() < 0.5:
        triples.append(f"{node} {name('pol:banningAuthority')} {country.government[0]}")
    return Said(f"{party[1]} was banned {ground}", triples, [party],
                [("pol:bannedParty", party[0], "pol:ban", "pol:BannedParty")])  # fmt: skip


def detention(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    who, reason = rng.choice(country.people), rng.choice(REASONS)
    triples = [f"{node} {A} {name('pol:Detention')}", f"{node} {name('pol:detained')} {who[0]}",
               f"{node} {name('pol:statedReason')} {text(reason)}",
               f"{node} {name('pol:count')} {text(rng.choice(('once', 'twice', 'several times')))}"]  # fmt: skip
    if rng.random() < 0.6:
        triples += _dated(node, "pol:date", rng.randrange(2000, 2026), rng)
    return Said(f"{who[1]} was detained {reason}", triples, [who],
                [("pol:detained", who[0], "pol:detention", "pol:DetainedPerson")])  # fmt: skip


def control(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    sector = rng.choice(country.sectors)
    who = country.government if rng.random() < 0.7 else rng.choice(country.parties)
    reach = country.figures.unfree + rng.uniform(-0.2, 0.2)
    extent = next(word for least, word in ((0.9, "all"), (0.5, "most"), (0.2, "some"), (-1, "a few")) if reach >= least)
    over = "pol:wholeControlOf" if extent == "all" else "pol:controlled"
    triples = [f"{node} {A} {name('pol:MediaControl')}", f"{node} {name('pol:controller')} {who[0]}",
               f"{node} {name(over)} {sector[0]}", f"{node} {name('pol:extent')} {text(extent)}",
               f"{node} {name('pol:country')} {country.term}"]  # fmt: skip
    return Said(f"{who[1]} has control over {extent} of the {sector[1]}", triples, [who, sector],
                [(over, sector[0], "", "pol:StateControlledMedia")] if who == country.government else [],
                above="schema:Role")  # fmt: skip


def tenure(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    who, post = rng.choice(country.people), rng.choice(country.posts)
    begun = rng.randrange(1960, 2024)
    triples = [f"{node} {A} {name('pol:Tenure')}", f"{node} {name('org:member')} {who[0]}",
               f"{node} {name('pol:post')} {post[0]}", *_dated(node, "pol:beginning", begun, rng)]  # fmt: skip
    if rng.random() < 0.6:
        triples += _dated(node, "pol:end", begun + rng.randrange(1, 20), rng)
    if rng.random() < 0.4:
        before = rng.choice(country.people)
        triples += [f"{node} {name('pol:predecessor')} {before[0]}"] if before != who else []
    return Said(f"{who[1]} became {post[1]} in {begun}", triples, [who, post],
                [("org:member", who[0], "org:hasMembership", "pol:OfficeHolder")], above="org:Membership")  # fmt: skip


def result(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    winner = rng.choice(country.parties if rng.random() < 0.6 else country.people)
    low = round(rng.choice(found.winning_votes) + rng.uniform(-3, 3), 1)
    event = f"{node.partition('#')[0]}#election>"
    triples = [f"{node} {A} {name('pol:ElectionResult')}", f"{node} {name('pol:winner')} {winner[0]}",
               f"{node} {name('pol:election')} {event}", f"{node} {name('pol:unit')} {text('% of votes')}",
               f"{node} {name('schema:minValue')} {typed(f'{low:g}', 'decimal')}",
               f"{event} {A} {name('pol:Election')}", f"{event} {name('pol:country')} {country.term}",
               *_dated(event, "pol:date", rng.randrange(1970, 2026), rng)]  # fmt: skip
    return Said(f"{winner[1]} won with {low:g}% of votes", triples, [winner], above="schema:QuantitativeValue")


def alignment(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    party = rng.choice(country.parties)
    role, known = (
        ("ruling", "pol:RulingParty") if party == country.parties[0] else ("opposition", "pol:OppositionParty")
    )
    triples = [f"{node} {A} {name('pol:PoliticalAlignment')}", f"{node} {name('pol:party')} {party[0]}",
               f"{node} {name('pol:role')} {name(f'pol:{role}')}",
               *_dated(node, "pol:date", rng.randrange(2000, 2026), rng)]  # fmt: skip
    return Said(f"{party[1]} is a {role} party", triples, [party], [("pol:party", party[0], "", known)],
                above="schema:Role")  # fmt: skip


def founding(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    who, party = rng.choice(country.people), rng.choice(country.parties)
    status = rng.choice(("intended", "announced", "registered"))
    triples = [f"{node} {A} {name('pol:PartyFounding')}", f"{node} {name('pol:agent')} {who[0]}",
               f"{node} {name('pol:party')} {party[0]}", f"{node} {name('pol:status')} {name(f'pol:{status}')}",
               f"{party[0]} {name('schema:founder')} {who[0]}"]  # fmt: skip
    return Said(f"{who[1]} founded {party[1]}", triples, [who, party])


def protest(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    who, topic = rng.choice(country.people), rng.choice(TOPICS)
    triples = [f"{node} {A} {name('pol:Protest')}", f"{node} {name('pol:agent')} {who[0]}",
               f"{node} {name('pol:content')} {text(f'a protest over {topic}')}",
               f"{node} {name('pol:country')} {country.term}"]  # fmt: skip
    return Said(f"{who[1]} joined a protest over {topic}", triples, [who])


def rigging(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    event = f"{node.partition('#')[0]}#election>"
    triples = [f"{node} {A} {name('pol:ElectionRigging')}", f"{node} {name('pol:election')} {event}",
               f"{node} {name('pol:content')} {text('election rigging')}", f"{event} {A} {name('pol:Election')}",
               f"{event} {name('pol:country')} {country.term}"]  # fmt: skip
    return Said(f"An election in {country.figures.name} was rigged", triples, [])


def goal(node: str, country: Country, rng: Random, found: Distributions) -> Said:
    who, party, number = rng.choice(country.people), rng.choice(country.parties), rng.randrange(1, 50) * 1000
    triples = [f"{node} {A} {name('pol:Goal')}", f"{node} {name('pol:agent')} {who[0]}",
               f"{node} {name('pol:party')} {party[0]}", f"{node} {name('pol:threshold')} {typed(number, 'integer')}",
               f"{node} {name('pol:unit')} {text('signatures')}"]  # fmt: skip
    return Said(f"{who[1]} wants to collect {number} signatures for {party[1]}", triples, [who, party], above=None)


def makers(country: Country) -> tuple[tuple[str, Maker], ...]:
    """The kinds of claim about a country, each as often as the country's record makes it likely."""
    unfree, unfair = country.figures.unfree, country.figures.unfair
    weights: tuple[tuple[str, Maker, float], ...] = (
        ("statement", statement, 30), ("party-ban", ban, 1 + 12 * unfair), ("detention", detention, 2 + 14 * unfree),
        ("media-control", control, 2 + 12 * unfree), ("tenure", tenure, 12),
        ("election-result", result, 3 + country.figures.elections / 3), ("alignment", alignment, 8),
        ("founding", founding, 4), ("protest", protest, 2 + 4 * unfree), ("rigging", rigging, 1 + 5 * unfair),
        ("goal", goal, 3),
    )  # fmt: skip
    return tuple((slug, make) for slug, make, weight in weights for _ in range(round(weight)))
