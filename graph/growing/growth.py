"""The data folder checked and reasoned over, of which only what has changed is read, looked at and proved again.

What it finds is what ``graph.checking`` finds, and wherever that takes words for what several documents say together,
``graph.checking`` is asked for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.checking import check
from graph.consistency import editorial_problems, entity_problems
from graph.dataset import encode, ontology_triples
from graph.errors import Problem
from graph.files.drafts import draft_problems
from graph.growing.cache import Cache
from graph.growing.context import all_valid
from graph.growing.editorial import Piece
from graph.growing.proving import facts_of, unproved
from graph.growing.whole import Made, Reader, Whole, parts_of, whole
from graph.growing.workers import Workers
from graph.logic.proof import proof_problems
from graph.progress import Stage, ignore
from graph.reasoning import Closure, uncollected
from graph.settings import Settings


@dataclass(frozen=True)
class Grown:
    """What was found; ``made`` and ``closure`` are those of data without problems."""

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    made: tuple[Made, ...] = ()
    closure: Closure | None = field(default=None, repr=False)

    @property
    def pieces(self) -> Iterator[Piece]:
        """What each document gives."""
        return (one.piece for one in self.made)


def grow(settings: Settings, release: str, cache: Cache, workers: Workers, on_stage: Stage = ignore) -> Grown:
    """Check the whole data folder and close it under the rules. ``release``: see ``graph.growing.release``.

    Raises ``ReasonerFailed``, and what the reading of texts raises.
    """
    on_stage("reading")
    found = whole(Reader(settings, release, cache, workers, on_stage))
    if found.unsure and (checked := check(settings, reason=False)).problems:
        return Grown(checked.problems, checked.notes)
    problems = [*found.problems, *_between(found, settings)]
    if problems:
        return Grown(tuple(sorted(set(problems))), found.notes)
    on_stage("validating")
    valid = all_valid(found.made, release, cache, workers)
    if not valid and (checked := check(settings, reason=False)).problems:
        return Grown(checked.problems, checked.notes)
    return _followed(found, settings, release, cache, workers, on_stage)


def _followed(found: Whole, settings: Settings, release: str, cache: Cache, workers: Workers, on_stage: Stage) -> Grown:
    on_stage("reasoning")
    with uncollected():
        closure = Closure(ontology_triples(), facts_of(found.made))
        if closure.clashes() and (checked := check(settings)).problems:
            return Grown(checked.problems, checked.notes)
    on_stage("proving")
    problems = _disproved(unproved(found.made, release, cache, workers), found.made)
    return Grown(tuple(sorted(problems)), found.notes, *(() if problems else (found.made, closure)))


def _between(found: Whole, settings: Settings) -> Iterator[Problem]:
    """References that lead nowhere, and what is wrong with the drafts beside claims."""
    for one in found.made:
        if one.piece.references <= found.known and not one.piece.has_drafts:
            continue
        parts = parts_of(one)
        for editorial in parts.editorials:
            yield from editorial_problems(editorial, found.known)
        for entity in parts.entities:
            yield from entity_problems(entity, found.known)
        if one.piece.has_drafts and parts.document is not None:
            yield from draft_problems(parts.document, found.known, settings.text_folders)


def _disproved(bad: Sequence[Made | None], made: Sequence[Made]) -> set[Problem]:
    """What HermiT finds wrong with these editorials, each on its own with all entities."""
    if not bad:
        return set()
    entities = [entity for one in made if one.piece.entities for entity in parts_of(one).entities]
    first = next(one for one in made if one.piece.iri)  # entities that no editorial names are proved with any
    return {
        problem
        for one in dict.fromkeys(one or first for one in bad)
        for problem in proof_problems(encode(parts_of(one).editorials, entities))
    }
