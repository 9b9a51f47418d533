"""What changed from one register to another: claims added, corrected, removed and retracted, and things alike.

A claim is corrected if it says something else under its own name, or if a new one says that it revises it
(``prov:wasRevisionOf``, ``npx:supersedes``). It is retracted if a new one says so (``npx:retracts``).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from graph.errors import AnswerTooLarge
from graph.snapshots.register import ASPECTS, CLAIM, TRAITS, Entry, entry

How = Literal["added", "corrected", "retracted", "removed"]
HOWS: tuple[How, ...] = ("added", "corrected", "retracted", "removed")

Lines = Iterable[tuple[bytes, bytes]]
"""Entries as ``graph.snapshots.register.Register.lines`` gives them, in the order of their IRIs."""
Known = Callable[[str], Entry | None]
Pair = tuple[Entry | None, Entry | None]


@dataclass(frozen=True)
class Change:
    """One claim or thing ``before`` and ``after``, None where there is none.

    ``aspects`` names what was corrected. ``cause`` is the claim that retracts or revises it, if one does.
    """

    how: How
    before: Entry | None
    after: Entry | None
    aspects: tuple[str, ...] = ()
    cause: str | None = None

    @property
    def entry(self) -> Entry:
        """It as it is now, or else as it was."""
        found = self.after or self.before
        assert found
        return found

    @property
    def is_claim(self) -> bool:
        """Whether it is of a claim."""
        return self.entry.kind == CLAIM

    @property
    def private(self) -> bool:
        """Whether it is of somebody's private life, or was."""
        return any(found.private for found in (self.before, self.after) if found)

    def to_json(self) -> dict[str, Any]:
        """What there is to say of it."""
        told = {"how": self.how, "aspects": list(self.aspects), "cause": self.cause}
        sides = {"before": self.before, "after": self.after}
        return {name: value for name, value in told.items() if value} | {
            name: found.to_json() for name, found in sides.items() if found
        }


def changes(before: Lines, after: Lines, known: Known, most: int | None = None) -> list[Change]:
    """The changes from one to the other: claims first, then things, each in the order of their IRIs.

    ``known`` finds what was in the one before by its IRI. AnswerTooLarge if more than the ``most`` differ.
    """
    pairs: dict[str, Pair] = {}
    for old, new in _different(before, after):
        one = new or old
        assert one
        pairs[one.iri] = old, new
        if most is not None and len(pairs) > most:
            raise AnswerTooLarge(f"more than {most:,} claims and things differ", "`samizdat diff` lists them all")
    revised = {iri: new for _, new in pairs.values() if new for iri in new.revises}
    retracted = {
        iri: new.iri for old, new in pairs.values() if new for iri in new.retracts if not old or iri not in old.retracts
    }
    found = [made for iri in pairs if (made := _change(iri, pairs, revised, retracted, known))]
    standing = {iri: known(iri) for iri in retracted if iri not in pairs}
    found += [Change("retracted", one, one, cause=retracted[iri]) for iri, one in standing.items() if one]
    return sorted(found, key=lambda change: (not change.is_claim, change.entry.iri))


def counts(found: Iterable[Change]) -> dict[How, int]:
    """How many there are of each kind; none of a kind that there is not."""
    kinds = [change.how for change in found]
    return {how: kinds.count(how) for how in HOWS if how in kinds}


def _different(before: Lines, after: Lines) -> Iterator[Pair]:
    """The entries that are in one only, or not the same in both; equal lines are not even read."""
    old, new = iter(before), iter(after)
    left, right = next(old, None), next(new, None)
    while left or right:
        if right is None or (left and left[0] < right[0]):
            assert left
            yield entry(left[1]), None
            left = next(old, None)
        elif left is None or right[0] < left[0]:
            yield None, entry(right[1])
            right = next(new, None)
        else:
            if left[1] != right[1] and aspects(one := entry(left[1]), other := entry(right[1])):
                yield one, other
            left, right = next(old, None), next(new, None)


def aspects(before: Entry, after: Entry) -> tuple[str, ...]:
    """What of it is not the same."""
    known = ASPECTS if after.kind == CLAIM else TRAITS
    return tuple(name for name in known if before.marks.get(name) != after.marks.get(name))


def _change(
    iri: str, pairs: Mapping[str, Pair], revised: Mapping[str, Entry], retracted: Mapping[str, str], known: Known
) -> Change | None:
    """What happened to this one; None where the change of what revises it tells so."""
    before, after = pairs[iri]
    if before and iri in retracted:
        return Change("retracted", before, after, cause=retracted[iri])
    if before and after:
        return Change("corrected", before, after, aspects(before, after))
    if before:
        return None if iri in revised else Change("removed", before, None)
    assert after
    replaced = next((one for old in after.revises if (one := known(old))), None)
    if replaced:
        return Change("corrected", replaced, after, aspects(replaced, after), cause=after.iri)
    return Change("added", None, after)
