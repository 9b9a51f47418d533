"""Saved SPARQL queries, one documented ``.rq`` file each, and their loader.

``questions/`` holds the competency questions, run by the command line, the site and the tests.
``checks/`` holds queries that return their violations: ``SELECT ?focus ?path ?value ?message``.
``rules/`` holds those that put measurements beside claims: see ``graph/comparing``.

A file starts with header lines in grlc's manner, followed by plain SPARQL 1.1::

    #+ summary: What does the editorial say about a person?
    #+ description: Every claim that mentions the person,
    #+   in the order of the text.
    #+ tags: people, attribution
    #+ answer: {claimLabel}[, says {sourceLabel}]
    #+ parameter: person iri id/person/asya-tulesova — the person asked about
    SELECT ?claim WHERE { ?claim pol:mention/pol:mentionOf ?_person }

``#+ answer:`` may be left out; it is the sentence that one row makes: see ``queries/patterns.py``.
"""

from functools import cache
from pathlib import Path

from queries.errors import BadParameter, BadQueryFile
from queries.headers import is_documented, read
from queries.stored import Parameter, StoredQuery

__all__ = [
    "BadParameter",
    "BadQueryFile",
    "Parameter",
    "StoredQuery",
    "checks",
    "is_documented",
    "questions",
    "read",
    "rules",
]

HERE = Path(__file__).parent


def questions() -> dict[str, StoredQuery]:
    """The competency questions by name, sorted; BadQueryFile for the first file that cannot be read."""
    return dict(_folder(HERE / "questions"))


def checks() -> dict[str, StoredQuery]:
    """The checks by name, sorted: each selects ?focus ?path ?value ?message, a row for each violation."""
    return dict(_folder(HERE / "checks"))


def rules() -> dict[str, StoredQuery]:
    """The rules by name, sorted: each selects the fields of ``graph.comparing.comparisons.Comparison``."""
    return dict(_folder(HERE / "rules"))


@cache
def _folder(folder: Path) -> dict[str, StoredQuery]:
    files = sorted(folder.glob("*.rq"), key=lambda file: file.stem)
    return {file.stem: read(file.read_text(encoding="utf-8"), file) for file in files}
