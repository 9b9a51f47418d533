"""The answer to a saved question in words: a sentence for each row, with how its claim is held and by whom.

What is not asserted is never said as a fact: a sentence of a claim stands behind the claim's modality and attribution,
and the claims about private life are left out.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ontology.base import BASE
from queries import StoredQuery
from queries.patterns import either, filled
from server import vocabulary
from server.labels import Names
from server.pieces import Answer, Claim, Modality

MOST = 12
"""Sentences that are said; the table has the rest."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, and the claims that say so, all of them held in one way by the same agents."""

    text: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class InWords:
    """The sentences, how many more there are, and the numbers of the claims behind the answer by modality."""

    sentences: tuple[Sentence, ...]
    more: int
    held: tuple[tuple[Modality, int], ...]
    claims: int


def in_words(asked: StoredQuery, given: Mapping[str, str], answer: Answer) -> InWords:
    """What the answer says; no sentence where the question has no pattern for one."""
    found = _sentences(asked, given, answer) if asked.answer else ()
    claims = {claim.iri: claim for group in answer.groups for claim in group.claims}
    numbers = Counter(claim.modality.name for claim in claims.values())
    held = tuple((vocabulary.modality(name), numbers[name]) for name in vocabulary.MARKS if numbers[name])
    return InWords(found[:MOST], max(0, len(found) - MOST), held, len(claims))


def _sentences(asked: StoredQuery, given: Mapping[str, str], answer: Answer) -> tuple[Sentence, ...]:
    values = _values(asked, given)
    if answer.boolean is not None:
        said = filled(either(asked.answer, yes=answer.boolean), values)
        return (Sentence(said, ()),) if said else ()
    if answer.drawable is None:
        return ()
    names = [column.name for column in answer.drawable.columns]
    by_voice: dict[tuple[str, str, object], dict[str, Claim]] = {}
    for line in answer.drawable.lines:
        said = filled(asked.answer, values | dict(zip(names, line.texts, strict=True)))
        if said:
            voice = (said, line.held or "", line.claim.attribution if line.claim else None)
            behind = by_voice.setdefault(voice, {})
            if line.claim:
                behind[line.claim.iri] = line.claim
    return tuple(Sentence(said, tuple(behind.values())) for (said, _, _), behind in by_voice.items())


def _values(asked: StoredQuery, given: Mapping[str, str]) -> dict[str, str]:
    """The values of the parameters as a sentence names them, by their names with an underscore."""
    said = {item.name: given.get(item.name, item.default) for item in asked.parameters}
    things = {item.name: _whole(said[item.name]) for item in asked.parameters if item.type == "iri"}
    names = Names(things.values())
    return {f"_{name}": names.of(things[name]) if name in things else value for name, value in said.items()}


def _whole(iri: str) -> str:
    return iri if iri.startswith(("http://", "https://")) else BASE + iri
