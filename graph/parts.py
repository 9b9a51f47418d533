"""A document of the data folder and what it holds: an editorial, or entities, without what is broken."""

from dataclasses import dataclass

from graph.claims import Editorial, read_editorial
from graph.entities import Entity, read_entities
from graph.errors import InvalidInput, Problem
from graph.files import structure
from graph.files.sources import Source
from graph.files.yaml_reader import Document


@dataclass(frozen=True)
class Parts:
    """A document that was read, with the editorial or the entities of it that are not broken.

    ``refused``: it is wrong as a whole, so that nothing of it is taken.
    """

    document: Document | None
    problems: tuple[Problem, ...] = ()
    editorials: tuple[Editorial, ...] = ()
    entities: tuple[Entity, ...] = ()
    refused: bool = False


def read_parts(source: Source) -> Parts:
    """The parts of a document, with the problems of its structure; what is broken is left out."""
    try:
        document = source.read()
    except InvalidInput as error:
        return Parts(None, tuple(error.problems), refused=True)
    faults = structure.faults(document)
    problems = tuple(problem for _, problem in faults)
    if any(len(steps) < 2 or steps[0] not in ("claims", "entities") for steps, _ in faults):
        return Parts(document, problems, refused=True)
    broken = [steps[1] for steps, _ in faults if isinstance(steps[1], int)]
    if "entities" in document.data:
        return Parts(document, problems, entities=read_entities(document, broken))
    # A file of drafts alone has nothing yet that could be published.
    editorials = (read_editorial(document, broken),) if "claims" in document.data else ()
    return Parts(document, problems, editorials)
