"""What one document of the data folder gives on its own: the function that every core, and every machine, runs.

It looks at nothing but what it is given, so its answer can be kept by the hash of that (``graph/growing/cache.py``),
and comes out the same wherever it is made. What rests on other files is decided where all answers come together
(``graph/growing/whole.py``): references, names used twice, claims taken back, what the shapes say of a thing that
several files speak of, and what follows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph import drafts
from graph.assertions import Resolver
from graph.claims import Editorial
from graph.consistency import duplicates, editorial_problems, entity_problems
from graph.corrections import correction_problems, taken_back
from graph.errors import Problem
from graph.files.sources import Source
from graph.files.yaml_reader import Document
from graph.growing.plain import Compact
from graph.growing.stated import Stated, stated
from graph.parts import Parts, read_parts
from graph.quoting import quote_problems, unread_note


@dataclass(frozen=True)
class Piece(Compact):
    """What a document gives. ``stated`` is None where it has problems, or says nothing yet.

    ``iri`` and ``sha256`` (of its text, at hand or not) are an editorial's. ``references``: the IRIs that are named and
    not defined beside it; ``defined``: those of the things defined; ``names``: those that nothing else may have.
    """

    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    iri: str = ""
    sha256: str = ""
    references: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    corrections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By claim those that it revises, supersedes or retracts."""
    taken_back: frozenset[str] = frozenset()
    """The claims that are superseded or retracted here."""
    modalities: Mapping[str, str] = field(default_factory=dict)
    """Of each claim, by its IRI."""
    entities: int = 0
    drafts: int = 0
    stated: Stated | None = None


def piece(
    source: Source, texts: Mapping[str, str], without: frozenset[str] = frozenset(), *, encoded: bool = True
) -> Piece:
    """What a document gives. ``texts``: by SHA-256 those at hand, if need be only the one that it names.

    Of the claims ``without``, by their IRIs, nothing holds: other files take them back. Nothing is raised for what is
    wrong with the document: ``problems`` says it, in the words of ``samizdat check``. ``source``: one YAML file, or one
    line of a file of JSON-LD lines (``graph/files/sources.py``). Not ``encoded``: it is only looked at.
    """
    parts = read_parts(source)
    problems = sorted({*parts.problems, *_problems(parts, texts)})
    resolvers = list(_resolvers(parts))
    return Piece(
        problems=tuple(problems),
        notes=tuple(unread_note(one) for one in parts.editorials if one.sha256 not in texts),
        iri="".join(editorial.iri for editorial in parts.editorials),
        sha256="".join(editorial.sha256 for editorial in parts.editorials),
        references=frozenset(iri for one in resolvers for iri in _named([one]) if iri not in one.defined),
        defined=frozenset(_defined(parts)),
        names=tuple(_names(parts)),
        corrections=_corrections(parts.editorials),
        taken_back=taken_back(parts.editorials),
        modalities={claim.iri: claim.modality for editorial in parts.editorials for claim in editorial.claims},
        entities=len(parts.entities),
        drafts=_drafts(parts.document),
        stated=stated(parts.editorials, parts.entities, without)
        if encoded and _says_something(parts, problems)
        else None,
    )


def _drafts(document: Document | None) -> int:
    return len(document.data["drafts"]) if document is not None and drafts.has_drafts(document) else 0


def _says_something(parts: Parts, problems: list[Problem]) -> bool:
    return not problems and bool(parts.editorials or parts.entities)


def _problems(parts: Parts, texts: Mapping[str, str]) -> Iterator[Problem]:
    """All but those of structure, and those that only other files show: here every reference counts as known."""
    known = set(_named(_resolvers(parts)))
    for editorial in parts.editorials:
        yield from editorial_problems(editorial, known)
        yield from quote_problems(editorial, texts.get(editorial.sha256))
    for entity in parts.entities:
        yield from entity_problems(entity, known)
    yield from duplicates(parts.editorials, parts.entities)
    yield from correction_problems(parts.editorials)


def _resolvers(parts: Parts) -> Iterator[Resolver]:
    for editorial in parts.editorials:
        yield editorial.resolver
        yield from (claim.resolver for claim in editorial.claims)
    yield from (entity.resolver for entity in parts.entities)


def _named(resolvers: Iterable[Resolver]) -> Iterator[str]:
    return (reference.iri for resolver in resolvers for reference in resolver.references)


def _defined(parts: Parts) -> Iterator[str]:
    """What others may name: entities, editorials, claims, and what claims define."""
    yield from _names(parts)
    for editorial in parts.editorials:
        for claim in editorial.claims:
            yield from claim.resolver.defined


def _names(parts: Parts) -> Iterator[str]:
    for entity in parts.entities:
        yield entity.iri
        yield from entity.former
    for editorial in parts.editorials:
        yield editorial.iri
        yield from (claim.iri for claim in editorial.claims)


def _corrections(editorials: Iterable[Editorial]) -> dict[str, tuple[str, ...]]:
    found = {
        claim.iri: tuple(other for others in claim.corrections.values() for other in others)
        for editorial in editorials
        for claim in editorial.claims
    }
    return {claim: others for claim, others in found.items() if others}
