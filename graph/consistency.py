"""What can be wrong in claim and entity files beyond their structure, without reading the source text.

References, names used twice, kind and type, modality and attribution, conditions, mentions and dates.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain

from rapidfuzz import process

from graph import iris
from graph.assertions import FORMER, Resolver, listed
from graph.claims import Claim, Editorial
from graph.entities import Entity
from graph.errors import Problem
from graph.files.yaml_reader import Document, Steps

KIND_OF_TYPE = {
    "Person": "person", "PoliticalParty": "party", "Government": "government", "MediaOutlet": "outlet",
    "MediaSector": "sector", "SocialPlatform": "platform", "Country": "country", "Post": "post",
    "AgentGroup": "group", "Legislation": "law",
}  # fmt: skip
Named = tuple[str, Document, Steps]
"""An IRI, and where it is given to something."""
OF_OTHERS = ("reported", "believed")
"""Modalities that are always somebody else's than the editorial's."""


def editorial_problems(editorial: Editorial, known: Collection[str]) -> list[Problem]:
    """All problems of an editorial and its claims; ``known`` are the IRIs of every thing there is."""
    checks: tuple[Callable[[Editorial, Claim], Iterable[Problem]], ...] = (_modality, _condition, _mentions, _tension)
    problems = [*_references(editorial.resolver, editorial.document, known), *_dates(editorial.resolver)]
    for claim in editorial.claims:
        problems += _references(claim.resolver, editorial.document, known)
        problems += _dates(claim.resolver)
        problems += chain.from_iterable(check(editorial, claim) for check in checks)
    return problems


def entity_problems(entity: Entity, known: Collection[str]) -> list[Problem]:
    """All problems of one entity."""
    problems = list(_references(entity.resolver, entity.document, known))
    expected = KIND_OF_TYPE.get(entity.type, "event")
    if entity.kind != expected:
        what = f"a {entity.type} named {iris.path_of(entity.iri)}"
        steps = (*entity.steps, "id")
        problems.append(entity.document.problem(steps, what, f"name it {expected}/…, or change its type", "kind"))
    return [*problems, *_name_sources(entity)]


def _name_sources(entity: Entity) -> Iterator[Problem]:
    """Sources of names that the entity does not have: nobody would find it under them."""
    data = entity.node
    names = {
        (language, name)
        for key in ("prefLabel", "altLabel", "hiddenLabel")
        for language, texts in data.get(key, {}).items()
        for name in listed(texts)
    }
    for at, item in enumerate(listed(data.get("nameSource"))):
        for language, name in item["literalForm"].items():
            if (language, name) not in names:
                what, hint = f"the source of “{name}”, which is no name here", "write it under altLabel, or take it out"
                yield entity.document.problem((*entity.steps, "nameSource", at), what, hint, "name-source")


def duplicates(editorials: Iterable[Editorial], entities: Iterable[Entity]) -> list[Problem]:
    """Names given to two things: claims, editorials, entities."""
    names: list[Named] = []
    for entity in entities:
        names.append((entity.iri, entity.document, (*entity.steps, "id")))
        names += [(iri, entity.document, (*entity.steps, FORMER)) for iri in entity.former]
    for editorial in editorials:
        names.append((editorial.iri, editorial.document, ("id",)))
        names += [(claim.iri, editorial.document, (*claim.steps, "id")) for claim in editorial.claims]
    return list(_seen_twice(names))


def _seen_twice(names: Iterable[Named]) -> Iterator[Problem]:
    first: dict[str, tuple[Document, Steps]] = {}
    for iri, document, steps in names:
        if iri in first:
            before, there = first[iri]
            what = f"{iris.path_of(iri)} is already the name of what stands at {before.place(there)}"
            yield document.problem(steps, what, "give one of the two another name", "name-twice")
        first.setdefault(iri, (document, steps))


def _references(resolver: Resolver, document: Document, known: Collection[str]) -> Iterator[Problem]:
    for reference in resolver.references:
        if reference.iri in known or reference.iri in resolver.defined:
            continue
        path = iris.path_of(reference.iri)
        near = process.extractOne(path, _alike(path, known), score_cutoff=70)
        hint = f"did you mean {near[0]}?" if near else _missing(path)
        yield document.problem(reference.steps, f"nothing is named {path}", hint, "reference")


def _missing(path: str) -> str:
    if path.startswith("claim/"):
        return "name a claim of a claim file; what is replaced or taken back stays in its file"
    return "add it to a file in entities/, or correct the name"


def _alike(path: str, known: Collection[str]) -> list[str]:
    """The paths of the same kind: nobody who misspells a party means a claim."""
    kind = path.partition("/")[0]
    return sorted(other for other in map(iris.path_of, known) if other.partition("/")[0] == kind)


def _dates(resolver: Resolver) -> Iterator[Problem]:
    hint = 'write EDTF, such as "2020-12-18", "2021-01", "1989/2019" or "XXXX-06"'
    for steps, fault in resolver.faults:
        yield resolver.document.problem(steps, fault, hint, "date")


def _modality(editorial: Editorial, claim: Claim) -> Iterator[Problem]:
    own = editorial.iri in claim.attributed_to
    steps = (*claim.steps, "modality")
    if claim.modality == "asserted" and claim.attributed_to != (editorial.iri,):
        what = "an asserted claim is attributed to somebody else than the editorial"
        hint = "make it reported or believed, or take attributedTo out: asserted is what the text says in its own voice"
        yield editorial.document.problem(steps, what, hint, "attribution")
    if claim.modality in OF_OTHERS and own:
        what = f"a {claim.modality} claim is attributed to the editorial itself"
        hint = "name in attributedTo whose words or belief it is, or change the modality"
        yield editorial.document.problem(steps, what, hint, "attribution")


def _condition(editorial: Editorial, claim: Claim) -> Iterator[Problem]:
    if (claim.modality == "conditional") == (claim.condition is not None):
        return
    if claim.condition is None:
        what, hint = "a conditional claim without its condition", 'add condition: "If …", in the words of the text'
        yield editorial.document.problem((*claim.steps, "modality"), what, hint, "condition")
        return
    article = "an" if claim.modality[0] in "ae" else "a"
    what = f"{article} {claim.modality} claim with a condition"
    hint = "make it conditional, or take the condition out"
    yield editorial.document.problem((*claim.steps, "condition"), what, hint, "condition")


def _mentions(editorial: Editorial, claim: Claim) -> Iterator[Problem]:
    for mention in claim.mentions:
        if not any(mention.printed in quote.exact for quote in claim.quotes):
            what = f"“{mention.printed}” is not in the quote of this claim"
            hint = "copy the name as it is printed in the quote, misprints and all"
            yield editorial.document.problem((*mention.steps, "printedName"), what, hint, "mention")


def _tension(editorial: Editorial, claim: Claim) -> Iterator[Problem]:
    for key, others in claim.relations.items():
        if claim.iri in others:
            hint = "name the other claim"
            yield editorial.document.problem((*claim.steps, key), f"the claim is {key} itself", hint, "relation")
