"""The data folder checked and reasoned over, of which only what has changed is read, looked at and proved again.

What it finds is what ``graph.checking`` finds, in the same words at the same places; where these are to be had of what
several documents say together, those documents are read again, and no others.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from graph.checking import Checked, check
from graph.dataset import encode, ontology_triples
from graph.errors import Problem
from graph.growing.between import unmatched
from graph.growing.cache import Cache
from graph.growing.clashing import clashing
from graph.growing.context import Contexts, suspects
from graph.growing.editorial import Piece
from graph.growing.explaining import explained
from graph.growing.lots import Lots
from graph.growing.made import Made, parts_of
from graph.growing.proving import facts_of, unproved
from graph.growing.reading import Reader
from graph.growing.release import release
from graph.growing.whole import Whole, whole
from graph.growing.workers import Workers, workers
from graph.logic.proof import proof_problems
from graph.progress import Stage, ignore
from graph.reasoning import Closure, uncollected
from graph.settings import Settings


@dataclass(frozen=True)
class Grown:
    """What was found. ``made``: every document; ``closure``: what follows, if there are no problems."""

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    made: tuple[Made, ...] = ()
    closure: Closure | None = field(default=None, repr=False)

    @property
    def pieces(self) -> Iterator[Piece]:
        """What each document gives."""
        return (one.piece for one in self.made)

    @property
    def counts(self) -> dict[str, int]:
        """How much there is, as ``graph.checking`` counts it."""
        pieces = list(self.pieces)
        found = {
            "editorials": sum(bool(one.iri) for one in pieces),
            "claims": sum(len(one.modalities) for one in pieces),
            "entities": sum(one.entities for one in pieces),
        }
        drafts = sum(one.drafts for one in pieces)
        return found | {"drafts": drafts} if drafts else found


@uncollected()
def grow(
    settings: Settings,
    release: str,
    cache: Cache,
    workers: Workers,
    on_stage: Stage = ignore,
    *,
    with_drafts: bool = False,
) -> Grown:
    """Check the whole data folder and close it under the rules. ``release``: see ``graph.growing.release``.

    ``with_drafts``: the folder drafts/ too, of which nothing is ever published. Raises ``ReasonerFailed``, and what the
    reading of texts raises.
    """
    on_stage("reading")
    found = whole(Reader(settings, release, cache, workers, on_stage, with_drafts=with_drafts))
    again = partial(check, settings, with_drafts=with_drafts)
    problems: Sequence[Problem] = again(reason=False).problems if found.unsure else ()
    problems = problems or [*found.problems, *unmatched(found.made, found.known, settings)]
    lots = Lots(found.made, release, cache)
    grown = _told(found, problems) if problems else _valid(found, again, lots, workers, on_stage)
    if grown.problems:
        cache.uncounted()  # whoever makes a slip ten times in a row need not have everything proved again
    return grown


def _told(found: Whole, problems: Iterable[Problem]) -> Grown:
    return Grown(tuple(sorted(set(problems))), found.notes, found.made)


def _valid(found: Whole, again: Callable[[], Checked], lots: Lots, workers: Workers, on_stage: Stage) -> Grown:
    on_stage("validating")
    contexts = Contexts(lots)
    if (bad := suspects(contexts, workers, on_stage)) and (problems := explained(bad, contexts)):
        return _told(found, problems)
    return _followed(found, again, lots, workers, on_stage)


def _followed(found: Whole, again: Callable[[], Checked], lots: Lots, workers: Workers, on_stage: Stage) -> Grown:
    on_stage("reasoning")
    closure = Closure(ontology_triples(), facts_of(lots))
    # Facts that the reasoner does not read as they are written are told as they are by who reads all anew.
    tell = partial(clashing, closure, lots, found.made) if closure.as_written else lambda: again().problems
    if closure.clashes() and (problems := tell()):
        return _told(found, problems)
    on_stage("proving")
    disproved = _disproved(unproved(lots, workers, on_stage), found.made)
    return _told(found, disproved) if disproved else Grown((), found.notes, found.made, closure)


def _disproved(bad: Sequence[Made | None], made: Sequence[Made]) -> set[Problem]:
    """What HermiT finds wrong with these editorials, each on its own with all entities."""
    if not bad:
        return set()
    entities = [entity for one in made if one.piece.entities for entity in parts_of(one).entities]
    first = next(one for one in made if one.piece.iri)  # entities that no editorial names are proved with any
    return {
        problem
        for one in {one.key: one for one in (one or first for one in bad)}.values()
        for problem in proof_problems(encode(parts_of(one).editorials, entities))
    }


def check_grown(settings: Settings, on_stage: Stage = ignore) -> Grown:
    """The whole data folder checked, with its drafts; see ``grow``."""
    # Whoever only looks finds nothing changed: what is kept is kept where something was built before, and what builds
    # need besides is not forgotten for it.
    with workers() as helpers, Cache(settings.home if settings.home.is_dir() else None, noting=False) as cache:
        return grow(settings, release(), cache, helpers, on_stage, with_drafts=True)
