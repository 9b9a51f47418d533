"""How well the suggestions of `samizdat add` fit the claims that a person made of a text: precision and recall.

What counts: a draft is right if a finished claim quotes words of it. A suggestion of a draft is right if a claim with
words in that sentence says the same: names the thing, has the date, the modality, the class, the attribution. What the
claims of a sentence say and no suggestion does is missed. Dates that a claim infers ("currently") are nobody's words,
"asserted" is never suggested, and Statement is what a claim is when it is nothing finer: none of the three is counted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.adding.suggesting import Draft
from graph.assertions import listed
from graph.quotes import Quote, locate

KEYS = ("entity", "edtf", "modality", "type", "attributedTo", "sensitive", "condition")
UNCOUNTED = {("modality", "asserted"), ("type", "Statement")}
Said = set[tuple[str, Any]]


@dataclass(frozen=True)
class Scores:
    """What was right, suggested and wanted, by key; of drafts, ``wanted`` are claims and ``found`` those in drafts."""

    right: Counter[str] = field(default_factory=Counter)
    suggested: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def precision(self, key: str) -> float:
        """The part of what is suggested that is right; 1 where nothing is suggested."""
        return self.right[key] / self.suggested[key] if self.suggested[key] else 1.0

    def recall(self, key: str) -> float:
        """The part of what the claims say that is suggested; 1 where they say nothing."""
        return self.found[key] / self.wanted[key] if self.wanted[key] else 1.0

    def told(self, key: str) -> str:
        """One line of a report."""
        precision = f"precision {self.precision(key):.2f} ({self.right[key]}/{self.suggested[key]})"
        return f"{key:13} {precision}  recall {self.recall(key):.2f} ({self.found[key]}/{self.wanted[key]})"


def scores(drafts: Sequence[Draft], claims: Sequence[dict[str, Any]]) -> Scores:
    """The drafts of a text held to its finished claims, whose quotes are located."""
    result = Scores()
    for draft in drafts:
        own = [claim for claim in claims if touches(draft, claim)]
        truth: Said = {pair for claim in own for pair in said(claim)} - UNCOUNTED
        guess: Said = {(one.key, one.value) for one in draft.suggestions}
        result.suggested.update(key for key, _ in guess)
        result.wanted.update(key for key, _ in truth)
        result.right.update(key for key, _ in guess & truth)
        result.right["draft"] += bool(own)
    result.found.update(result.right)
    result.suggested["draft"], result.wanted["draft"] = len(drafts), len(claims)
    result.found["draft"] = sum(any(touches(draft, claim) for draft in drafts) for claim in claims)
    return result


def said(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """What a claim says that can be suggested, wherever in it."""
    if isinstance(value, dict):
        if "inferredFrom" in value:
            return
        for name, inner in value.items():
            yield from said(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from said(inner, key)
    elif key in ("edtf", "modality", "type", "attributedTo", "sensitive", "condition"):
        yield key, value
    if key not in ("id", "type", "edtf", "quote", "inTensionWith", "supports", "disputes") and isinstance(value, str):
        kind, slash, _ = value.partition("/")
        if slash and kind not in ("event", "claim") and " " not in value:
            yield "entity", value


def spans(claim: dict[str, Any]) -> list[tuple[int, int]]:
    """Where the quotes of a claim stand in its text."""
    return [(quote["start"], quote["end"]) for quote in listed(claim["quote"])]


def touches(draft: Draft, claim: dict[str, Any]) -> bool:
    """Whether the claim quotes words of the draft's sentence."""
    start, end = draft.quote.start or 0, draft.quote.end or 0
    return any(start < upto and at < end for at, upto in spans(claim))


def located(claim: dict[str, Any], text: str) -> dict[str, Any]:
    """The claim with the positions of its quotes in the text."""
    found = [locate(text, Quote(**quote)) for quote in listed(claim["quote"])]
    return claim | {"quote": [{"exact": one.exact, "start": one.start, "end": one.end} for one in found]}
