"""What the page is told, as JSON."""

from collections.abc import Iterable
from typing import Any

from graph.annotating.beside import Beside
from graph.annotating.changing import of_draft
from graph.annotating.desk import Desk, Looked
from graph.annotating.sheet import Sheet
from graph.annotating.things import Thing, Things
from graph.errors import Problem
from graph.files.yaml_reader import Steps
from server.site.facet_words import topic_titles
from server.terminal.failures import problem_line
from server.vocabulary import MARKS

Told = dict[str, Any]


def state(desk: Desk, sheet: Sheet, text: str) -> Told:
    """The file as it is: its claims and drafts as forms take them; ``text`` is the text as HTML."""
    return {
        "digest": sheet.digest,
        "drafting": desk.is_draft,
        "claims": [claim | {"id": str(claim.get("id", ""))} for claim in sheet.claims],
        "drafts": [
            {"id": str(draft.get("id", "")), "data": of_draft(draft), "suggestions": draft.get("suggestions", [])}
            for draft in sheet.drafts
        ],
        "names": names(desk.stock.things(sheet), (*sheet.claims, *sheet.drafts)),
        "text": text,
        "marks": MARKS,
    }


def names(things: Things, values: Iterable[Any]) -> dict[str, str]:
    """The preferred name of each thing that these values name, by its path."""
    found = {path: things.named(path) for value in values for path in _paths(value)}
    return {path: thing.name for path, thing in found.items() if thing}


def looked(found: Looked) -> Told:
    """What is said of a form."""
    return {
        "problems": [problem(one, steps) for one, steps in found.problems],
        "notes": list(found.notes),
        "rdf": found.rdf,
        "beside": [_beside(one) for one in found.beside],
        "topics": [topic_titles().get(topic, topic) for topic in found.topics],
        "clashes": list(found.clashes),
        "diff": list(found.diff),
    }


def problem(found: Problem, steps: Steps | None = None) -> Told:
    """A problem in the words of `samizdat check`; ``steps`` lead to its field, and are none where it has no field."""
    told = {"line": problem_line(found), "text": f"{found.what} - {found.hint}"}
    return told | {"steps": None if steps is None else list(steps)}


def thing(found: Thing) -> Told:
    """A thing that may be named."""
    return {"path": found.path, "name": found.name, "type": found.type, "by": found.found_by}


def _beside(one: Beside) -> Told:
    return {
        "path": one.claim.path,
        "label": one.claim.label,
        "modality": one.claim.modality,
        "how": one.how,
        "what": one.what,
    }


def _paths(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _paths(part)
    elif isinstance(value, list):
        for part in value:
            yield from _paths(part)
    elif isinstance(value, str) and "/" in value and len(value) < 200:
        yield value
