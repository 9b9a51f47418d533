"""Generated editorials and their claims: four graphs each, as graph.claim_graphs writes them, and what they prove."""

from hashlib import sha256
from random import Random

from bench.assertions import Maker, Said, makers
from bench.derived import Derived
from bench.distributions import Distributions
from bench.lines import ENTITIES, A, both, name, only, text, thing, typed
from bench.world import Country
from ontology.vocabulary import version_iri

MODALITIES = ("asserted",) * 37 + ("reported",) * 9 + ("evaluated",) * 7 + ("predicted",) * 5 + (
    "believed", "doubted", "conditional")  # fmt: skip
"""As often as in the project's first editorial."""

_TEAM = thing("group/samizdat-team")
_HEAD = name("np:Nanopublication"), name("np:hasAssertion"), name("np:hasProvenance"), name("np:hasPublicationInfo")
_PUBINFO = "\n".join([
    f"{{0}} {name('dcterms:creator')} {_TEAM}",
    f"{{0}} {name('dcterms:created')} {typed('2026-11-22', 'date')}",
    f"{{0}} {name('dcterms:license')} <https://creativecommons.org/licenses/by/4.0/>",
    f"{{0}} {name('dcterms:conformsTo')} <{version_iri()}>",
    f"{{0}} {name('rdfs:label')} {{1}}",
])  # fmt: skip
_PROVENANCE = "\n".join([
    f"{{claim}}#assertion> {name('prov:hadPrimarySource')} {{editorial}}",
    f"{{claim}}> {A} {name('pol:Claim')}",
    f"{{claim}}> {name('pol:statedIn')} {{editorial}}",
    f"{{claim}}> {name('pol:modality')} <{name('pol:')[1:-1]}{{modality}}>",
    f"{{claim}}> {name('schema:position')} {typed('{position}', 'integer')}",
    f"{{claim}}> {name('pol:attributedTo')} {{agent}}",
    f"{{claim}}#assertion> {name('prov:wasAttributedTo')} {{agent}}",
    f"{{claim}}> {name('pol:quote')} {{claim}}#quote>",
    f"{{claim}}#quote> {A} {name('oa:SpecificResource')}",
    f"{{claim}}#quote> {name('oa:hasSource')} {{editorial}}",
    f"{{claim}}#quote> {name('oa:hasSelector')} {{claim}}#quote-text>",
    f"{{claim}}#quote> {name('oa:hasSelector')} {{claim}}#quote-position>",
    f"{{claim}}#quote-text> {A} {name('oa:TextQuoteSelector')}",
    f"{{claim}}#quote-text> {name('oa:exact')} {{words}}",
    f"{{claim}}#quote-position> {A} {name('oa:TextPositionSelector')}",
    f"{{claim}}#quote-position> {name('oa:start')} {typed('{start}', 'integer')}",
    f"{{claim}}#quote-position> {name('oa:end')} {typed('{end}', 'integer')}",
])  # fmt: skip


def editorial_lines(country: Country, number: int, seed: int, found: Distributions, derived: Derived) -> str:
    """One editorial about a country: itself, its claims and what is derived from them."""
    rng = Random(f"{seed} editorial {number}")
    slug = f"{rng.randrange(2000, 2026)}-{rng.randrange(1, 13):02}-{country.slug}-{number}"
    editorial = thing(f"editorial/{slug}")
    kinds = makers(country)
    lines = [_editorial(editorial, slug, country, number, derived)]
    start, before = 0, ""
    for position in range(1, rng.randrange(8, 40)):
        kind, make = rng.choice(kinds)
        claim = f"{thing(f'claim/{slug}/{kind}-{position}')[:-1]}"
        start += rng.randrange(20, 300)
        lines.append(_claim(claim, editorial, make, (position, start, before), country, rng, found, derived))
        before = claim
    return "".join(lines)


def _editorial(editorial: str, slug: str, country: Country, number: int, derived: Derived) -> str:
    month = slug[:7]
    date = f"{editorial[:-1]}#date-{month}>"
    headline = f"{country.figures.name}: what the month of {month} says of its press ({number})"
    triples = [
        f"{editorial} {A} {name('pol:Editorial')}",
        f'{editorial} {name("schema:headline")} "{headline}"',
        f'{editorial} {name("schema:inLanguage")} "en"',
        f"{editorial} {name('schema:datePublished')} {typed(month, 'gYearMonth')}",
        f'{editorial} {name("pol:sha256")} "{sha256(slug.encode()).hexdigest()}"',
        f"{editorial} {name('pol:date')} {date}",
        f"{date} {A} {name('time:TemporalEntity')}",
        f'{date} {name("pol:edtf")} "{month}"',
        f"{date} {name('pol:earliest')} {typed(f'{month}-01', 'date')}",
        f"{date} {name('pol:latest')} {typed(f'{month}-28', 'date')}",
    ]
    derived.add((editorial, A, name("schema:OpinionNewsArticle")), "pol:Editorial",
                (f"{headline} is an opinion news article", "X is an opinion news article when X is an editorial"),
                (f"{editorial} {A} {name('pol:Editorial')}", ENTITIES))  # fmt: skip
    return both(triples, ENTITIES) + derived.flush()


def _claim(
    claim: str, editorial: str, make: Maker, place: tuple[int, int, str], country: Country, rng: Random,
    found: Distributions, derived: Derived,
) -> str:  # fmt: skip
    position, start, before = place
    modality = rng.choice(MODALITIES)
    said = make(f"{claim}#{make.__name__}>", country, rng, found)
    own = modality in ("asserted", "evaluated", "predicted", "doubted", "conditional")
    agent = editorial if own else rng.choice((country.officials, *said.mentions))[0]
    if not own and "/post/" in agent:
        agent = country.officials[0]
    provenance = _PROVENANCE.format(
        claim=claim, editorial=editorial, modality=modality, position=position, agent=agent, start=start,
        end=start + len(said.label), words=text(f"{said.label}, as everybody in {country.figures.name} knows"),
    ).split("\n") + _details(claim, said, modality, before, rng)  # fmt: skip
    subject = f"{claim}>"
    head = [f"{subject} {A} {_HEAD[0]}"] + [
        f"{subject} {prop} {claim}#{part}>"
        for prop, part in zip(_HEAD[1:], ("assertion", "provenance", "pubinfo"), strict=True)
    ]
    pubinfo = _PUBINFO.format(subject, text(f"{said.label}.")).split("\n")
    lines = both(head, f"{claim}#head>") + only(said.triples, f"{claim}#assertion>")
    lines += both(provenance, f"{claim}#provenance>") + both(pubinfo, f"{claim}#pubinfo>")
    if modality == "asserted":
        lines += _in_default(claim, said.triples, derived)
        _derive(claim, make, said, derived)
        lines += derived.flush({triple for triple in said.triples if triple.startswith(claim)})
    return lines


def _in_default(claim: str, triples: list[str], derived: Derived) -> str:
    """Their lines in the default graph; what is said of an entity may have been said before."""
    told = [triple for triple in triples if not triple.startswith(claim)]
    new = [triple for triple in triples if triple not in derived.lasting]
    derived.lasting.update(told)
    return "".join([f"{triple} .\n" for triple in new])


def _details(claim: str, said: Said, modality: str, before: str, rng: Random) -> list[str]:
    triples = []
    for number, (term, label) in enumerate(said.mentions if rng.random() < 0.35 else [], start=1):
        mention = f"{claim}#mention{'' if number == 1 else f'-{number}'}>"
        triples += [f"{claim}> {name('pol:mention')} {mention}", f"{mention} {A} {name('pol:Mention')}",
                    f"{mention} {name('pol:mentionOf')} {term}",
                    f'{mention} {name("pol:printedName")} "{label.partition(" (")[0]}"']  # fmt: skip
    if modality == "conditional":
        triples.append(f"{claim}> {name('pol:condition')} {text('If the law is changed')}")
    if before and rng.random() < 0.1:
        relation = rng.choice(("cito:supports", "cito:disputes", "pol:inTensionWith"))
        triples.append(f"{claim}> {name(relation)} {before}>")
    return triples


def _derive(claim: str, make: Maker, said: Said, derived: Derived) -> None:
    kind, source = said.triples[0], f"{claim}>"
    node = kind.split(" ", 1)[0]
    if said.above:
        derived.add((node, A, name(said.above)), f"pol:{kind.rpartition('#')[2][:-1]}",
                    (f"{make.__name__} is of the class above", "X is of the class above when X is of its class"),
                    (kind, source))  # fmt: skip
    for prop, thing_, inverse, class_ in said.follows:
        stated = f"{node} {name(prop)} {thing_}"
        label = next(label for term, label in said.mentions if term == thing_)
        premises: list[tuple[str, str | None]] = [(stated, source), (kind, source)]
        if inverse:
            derived.add((thing_, name(inverse), node), inverse,
                        (f"{label} - {inverse} - {make.__name__}", "Y - inverse - X when X - property - Y"),
                        (stated, source))  # fmt: skip
            premises = [(f"{thing_} {name(inverse)} {node}", None), (kind, source)]
        derived.add((thing_, A, name(class_)), class_, (f"{label} is of {class_}", "X is of the class by definition"),
                    *premises, lasts=True)  # fmt: skip
