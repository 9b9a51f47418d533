"""What other claims say beside the one at hand: the same words, the same assertion, the same slot, or what clashes.

A slot is what ``queries/questions/claims-by-slot.rq`` takes for one: who controls a sector, why a party was banned.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from graph import iris
from graph.assertions import listed
from graph.errors import InvalidInput
from graph.files.sources import sources
from graph.files.yaml_reader import Document

SLOTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "MediaControl": ("controlled", ("controller", "extent")),
    "PoliticalAlignment": ("party", ("role",)),
    "Tenure": ("post", ("member",)),
    "RegistrationRequirement": ("jurisdiction", ("threshold",)),
    "PartyBan": ("bannedParty", ("type", "ground", "banningAuthority")),
    "PartyFounding": ("party", ("status",)),
    "Detention": ("detained", ("type", "statedReason")),
    "ElectionResult": ("election", ("winner",)),
    "ElectionRigging": ("election", ("type",)),
}
"""By class: the key of the thing that is spoken of, and those of what is said of it."""
MOST = 60
"""Of what stands beside a claim, the first are told."""
KEPT, LARGEST = 20_000, 20_000_000
"""Claim files, and bytes of each, whose claims are kept in memory, by their time and size."""


@dataclass(frozen=True)
class Known:
    """A claim that is there already."""

    path: str
    label: str
    modality: str
    words: frozenset[tuple[str, str]]
    """The SHA-256 of each text with the words quoted from it."""
    says: str
    """The assertion in one spelling."""
    slots: frozenset[tuple[str, str, str, str]]
    """Class, thing, key and value."""
    events: tuple[tuple[str, str, str], ...] = ()
    """Path, name and class of what the claim defines and others may name."""
    names: frozenset[str] = frozenset()
    """The paths of the things that its assertion names."""


@dataclass(frozen=True)
class Beside:
    """Another claim, and how it stands to the one at hand: ``words``, ``assertion``, ``same`` or ``other``."""

    claim: Known
    how: str
    what: str


def known_in(document: Document) -> list[Known]:
    """The claims of a file, so far as they can be read."""
    data = document.data if isinstance(document.data, dict) else {}
    editorial = str(data.get("id", "")).removeprefix("editorial/")
    claims = data.get("claims")
    found = [claim for claim in claims if isinstance(claim, dict)] if isinstance(claims, list) else []
    return [_known(editorial, str(data.get("sha256", "")), claim) for claim in found]


def known_of(files: Iterable[Path]) -> Iterator[Known]:
    """The claims of these files; one that cannot be read, or is too large to be kept in memory, has none."""
    for file in files:
        with suppress(OSError):
            stat = file.stat()
            if stat.st_size <= LARGEST:
                yield from _kept(file, stat.st_mtime_ns, stat.st_size)


def speaking_of(files: Iterable[Path], things: Collection[str]) -> Iterator[Path]:
    """The files with an asserted claim that names one of these things."""
    for file in files:
        if any(one.modality == "asserted" and one.names & set(things) for one in known_of([file])):
            yield file


def beside(claim: Known, others: Iterable[Known]) -> list[Beside]:
    """What stands beside the claim, at most ``MOST``: the same first, then what is said of the same thing."""
    found = [one for other in others if other.path != claim.path for one in _compared(claim, other)]
    order = ("assertion", "words", "same", "other")
    return sorted(found, key=lambda one: (order.index(one.how), one.claim.path))[:MOST]


@lru_cache(maxsize=KEPT)
def _kept(file: Path, _time: int, _size: int) -> tuple[Known, ...]:
    found: list[Known] = []
    for source in sources(file):
        with suppress(InvalidInput):
            found += known_in(source.read())
    return tuple(found)


def _known(editorial: str, digest: str, claim: dict[str, Any]) -> Known:
    quotes = [quote for quote in listed(claim.get("quote")) if isinstance(quote, dict)]
    stated = [node for node in listed(claim.get("assertion")) if isinstance(node, dict)]
    return Known(
        path=f"claim/{editorial}/{claim.get('id', '')}",
        label=str(claim.get("label", "")),
        modality=str(claim.get("modality", "")),
        words=frozenset((digest, str(quote.get("exact", ""))) for quote in quotes),
        says=json.dumps(sorted(json.dumps(_unnamed(node), sort_keys=True) for node in stated)),
        slots=frozenset(slot for node in stated for slot in _slots(node)),
        events=tuple(_events(stated)),
        names=frozenset(_names(stated)),
    )


def _events(stated: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for node in stated:
        path = str(node.get("id", ""))
        if path.startswith("event/") and "type" in node:
            yield path, str(node.get("label") or path.partition("/")[2].replace("-", " ")), str(node["type"])


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _names(part)
    elif isinstance(value, str) and iris.is_path(value):
        yield value


def _unnamed(node: dict[str, Any]) -> dict[str, Any]:
    """The node without a name of its own: two claims may say the same under two names."""
    own = str(node.get("id", "")).startswith(("#", "event/"))
    kept = {key: value for key, value in node.items() if not (own and key in ("id", "label"))}
    return {key: sorted(value, key=str) if isinstance(value, list) else value for key, value in kept.items()}


def _slots(node: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    key, properties = SLOTS.get(str(node.get("type")), ("", ()))
    for thing in listed(node.get(key)):
        for name in properties:
            for value in listed(node.get(name)):
                yield str(node["type"]), str(thing), name, str(value)


def _compared(claim: Known, other: Known) -> Iterator[Beside]:
    empty = json.dumps([])
    if claim.says == other.says != empty and claim.modality == other.modality:
        yield Beside(other, "assertion", "")
    if claim.words & other.words:
        yield Beside(other, "words", "")
    for kind, thing, name, value in sorted(other.slots):
        mine = {said for of, about, key, said in claim.slots if (of, about, key) == (kind, thing, name)}
        if mine:
            what = f"{kind}{'' if name == 'type' else f', {name}'} of {iris.path_of(thing)}: {value}"
            yield Beside(other, "same" if value in mine else "other", what)
