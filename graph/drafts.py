"""Drafts in claim files: sentences with suggestions, which are checked like claims and never published.

A claim file may have ``drafts`` beside or instead of ``claims``. Nothing in this package makes quads of them; whoever
finishes one writes a claim in its place. While a file stands in ``drafts/`` no build reads it at all.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from graph import iris, quotes
from graph.assertions import listed
from graph.dates import moment
from graph.errors import Problem
from graph.files.yaml_reader import Document, Steps
from graph.quotes import Quote, QuoteFault

NAMING = ("entity", "attributedTo")
"""The keys of a suggestion whose values name things."""


def has_drafts(document: Document) -> bool:
    """Whether this is a claim file with drafts."""
    return isinstance(document.data, dict) and bool(document.data.get("drafts"))


def draft_problems(document: Document, known: Collection[str], folders: Sequence[Path]) -> list[Problem]:
    """What is wrong with the drafts of a file whose structure is right; ``known`` are the IRIs of all things."""
    text = quotes.find_text(document.data["sha256"], folders)
    problems = list(_names(document))
    for at, draft in enumerate(document.data["drafts"]):
        steps: Steps = ("drafts", at)
        quote = Quote(**draft["quote"])
        try:
            quotes.verify_unread(quote) if text is None else quotes.verify(text, quote)
        except QuoteFault as fault:
            problems.append(document.problem((*steps, "quote", "exact"), fault.what, fault.hint, fault.rule))
        for number, suggestion in enumerate(listed(draft.get("suggestions"))):
            problems += _suggestion(document, (*steps, "suggestions", number), suggestion, quote.exact, known)
    return problems


def _names(document: Document) -> Iterator[Problem]:
    """Names given twice, to drafts or to claims."""
    claims = document.data.get("claims", ())  # which may be broken: their own check says so
    seen = {claim["id"] for claim in claims if isinstance(claim, dict) and isinstance(claim.get("id"), str)}
    for at, draft in enumerate(document.data["drafts"]):
        if draft["id"] in seen:
            steps = ("drafts", at, "id")
            yield document.problem(steps, f"{draft['id']} is named twice", "give one of the two another name", "draft")
        seen.add(draft["id"])


def _suggestion(
    document: Document, steps: Steps, suggestion: dict[str, object], exact: str, known: Collection[str]
) -> Iterator[Problem]:
    for key in NAMING:
        path = suggestion.get(key)
        if isinstance(path, str) and iris.ID + path not in known:
            hint = "add it to a file in entities/, or remove the suggestion"
            yield document.problem((*steps, key), f"nothing is named {path}", hint, "reference")
    if str(suggestion["words"]) not in exact:
        hint = "copy them as they are printed, or remove the suggestion"
        what = f"“{suggestion['words']}” is not in the quote of this draft"
        yield document.problem((*steps, "words"), what, hint, "draft")
    if "edtf" in suggestion:
        try:
            moment(str(suggestion["edtf"]))
        except ValueError as fault:
            hint = 'write EDTF, such as "2020-12-18", or remove the suggestion'
            yield document.problem((*steps, "edtf"), str(fault), hint, "date")
