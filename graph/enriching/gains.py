"""What each entity gains by a review: what is confirmed and not there yet; or everything that contradicts it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph.assertions import listed
from graph.enriching.matches import Identifier, Name
from graph.enriching.review import Decided, Review
from graph.enriching.subjects import Subject
from graph.errors import InvalidInput, Problem
from graph.files.yaml_reader import Steps


@dataclass
class Gain:
    """What is new for one entity."""

    path: str
    names: list[Name] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def gains(review: Review, known: dict[str, Subject]) -> list[Gain]:
    """What each entity gains, by path; InvalidInput with everything that contradicts what is known or decided.

    A path that an entity had before means that entity.
    """
    review = _renamed(review, known)
    problems = [*_unknown(review, known)]
    if not problems:
        problems = [*_contradictions(review, known), *_taken(review, known)]
    if problems:
        raise InvalidInput(problems)
    found: dict[str, Gain] = {}
    for decided in review.same:
        gain = found.setdefault(decided.entity, Gain(decided.entity))
        _gain(gain, decided, known[decided.entity], review)
    return [found[path] for path in sorted(found)]


def own_identifier(decided: Decided, review: Review) -> Identifier | None:
    """The identifier that an item itself is, at a source whose items have one."""
    scheme, start = review.source["scheme"], review.source["items"]
    value = decided.item.removeprefix(start)
    fits = scheme and start and value and decided.item.startswith(start)
    return Identifier(scheme, value, decided.retrieved) if fits else None


def _renamed(review: Review, known: dict[str, Subject]) -> Review:
    new = {former: path for path, subject in known.items() for former in subject.former}
    same = (one if one.entity in known else replace(one, entity=new.get(one.entity, one.entity)) for one in review.same)
    return replace(review, same=tuple(same))


def _gain(gain: Gain, decided: Decided, subject: Subject, review: Review) -> None:
    gained = ((one.name, one.language) for one in gain.names)  # one match may name it by an old path, one by its own
    held = {(name, language.lower()) for name, language in (*subject.names(), *gained)}
    for name, _ in decided.names:
        if (name.name, name.language.lower()) not in held:
            held.add((name.name, name.language.lower()))
            gain.names.append(name)
    schemes = subject.identifiers() | {one.scheme: one.value for one in gain.identifiers}
    for identifier, _ in _identifiers(decided, review):
        if identifier.scheme not in schemes:
            schemes[identifier.scheme] = identifier.value
            gain.identifiers.append(identifier)
    if decided.item not in (*listed(subject.data.get("exactMatch")), *gain.same):
        gain.same.append(decided.item)


def _identifiers(decided: Decided, review: Review) -> Iterator[tuple[Identifier, Steps]]:
    if own := own_identifier(decided, review):
        yield own, decided.steps
    yield from decided.identifiers


def _unknown(review: Review, known: dict[str, Subject]) -> Iterator[Problem]:
    for decided in review.same:
        steps = (*decided.steps, "entity")
        if decided.entity not in known:
            what = f"nothing is named {decided.entity}"
            yield review.document.problem(steps, what, "correct the path, or decide that it is different", "review")
        elif known[decided.entity].line:
            what = f"{decided.entity} stands in a file of lines, {known[decided.entity].file.name}"
            yield review.document.problem(steps, what, "write its names where the lines are made", "review")


def _contradictions(review: Review, known: dict[str, Subject]) -> Iterator[Problem]:
    """One entity that is two things there, or two entities that are one."""
    items: dict[str, str] = {
        item: path for path, subject in known.items() for item in listed(subject.data.get("exactMatch"))
    }
    entities: dict[str, str] = {
        path: item for item, path in items.items() if review.source["items"] and item.startswith(review.source["items"])
    }
    for decided in review.same:
        other = items.setdefault(decided.item, decided.entity)
        if other != decided.entity:
            what, hint = f"{other} is the same as this already", "decide for one of the two"
            yield review.document.problem((*decided.steps, "decision"), what, hint, "review")
        one = entities.setdefault(decided.entity, decided.item)
        if one != decided.item:
            what = f"{decided.entity} is the same as {one} already"
            yield review.document.problem((*decided.steps, "decision"), what, "decide for one of the two", "review")


def _taken(review: Review, known: dict[str, Subject]) -> Iterator[Problem]:
    """Identifiers that another entity has, or of which the entity has another."""
    bearers = {pair: path for path, subject in known.items() for pair in subject.identifiers().items()}
    held = {(path, scheme): value for (scheme, value), path in bearers.items()}
    for decided in review.same:
        for identifier, steps in _identifiers(decided, review):
            pair = (identifier.scheme, identifier.value)
            other = bearers.setdefault(pair, decided.entity)
            mine = held.setdefault((decided.entity, identifier.scheme), identifier.value)
            told = f"{identifier.scheme} {identifier.value}"
            if other != decided.entity:
                hint = "write take: false, or decide that one of the two is different"
                yield review.document.problem(steps, f"{other} has the {told} already", hint, "review")
            elif mine != identifier.value:
                what = f"{told} is another than the {mine} that {decided.entity} has"
                yield review.document.problem(
                    steps, what, "write take: false, or decide that it is different", "review"
                )
