"""Drafts of a text: its sentences that may state something, each with suggestions and the reason of every one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.adding.cueing import Cue, Cues, Reference
from graph.adding.moments import dates
from graph.adding.names import Named, Names
from graph.adding.nations import Nation, nations
from graph.adding.sentences import Sentence, may_state, sentences
from graph.adding.strangers import strangers
from graph.quotes import Quote, QuoteFault, locate

AGENTS = ("person", "party", "government", "group", "outlet", "sector")
SPEAKERS = AGENTS[:-1]
OF_OTHERS = ("reported", "believed")
AROUND = (0, 30, 100, 400)
"""Characters before and after a sentence that tell it from another with the same words."""
_JOINED = re.compile(r"\s*(?:,|,?\s*(?:and|&|и|және|et|und|y))\s*")


@dataclass(frozen=True)
class Suggestion:
    """One key of a claim, the value proposed for it, the words it rests on, and why."""

    key: str
    value: Any
    words: str
    why: str


@dataclass(frozen=True)
class Draft:
    """A sentence, and what is suggested of it."""

    quote: Quote
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class Drafted:
    """The drafts of a text, how many of its sentences were left out, and whether its language has cue words.

    ``strangers`` are names in it that nobody is known by, ``nations`` countries of which the same holds.
    """

    drafts: tuple[Draft, ...]
    left_out: int
    cued: bool
    strangers: tuple[str, ...] = ()
    nations: tuple[Nation, ...] = ()


def drafted(text: str, language: str, names: Names) -> Drafted:
    """The drafts of a text in this language."""
    every = sentences(text, language)
    cues, named, seen = Cues(language), names.found(text, language), _Seen()
    found = []
    for sentence in every:
        own = [one for one in named if sentence.start <= one.start and one.end <= sentence.end]
        suggestions = _suggestions(text, sentence, own, cues, seen, language)
        seen.add(own)
        if may_state(sentence) and (quote := _quote(text, sentence)) is not None:
            found.append(Draft(quote, tuple(suggestions)))
    unknown = nations(text, language, named)
    others = tuple(name for name in strangers(every, named) if name not in {one.name for one in unknown})
    return Drafted(tuple(found), len(every) - len(found), cues.known, others, unknown)


class _Seen:
    """What was named last, by kind: what "they" and "the party" may mean."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}
        self._last: dict[str, list[str]] = {}
        self._several: dict[str, list[str]] = {}
        self.speakers: list[str] = []

    def add(self, named: Sequence[Named]) -> None:
        by_kind: dict[str, list[str]] = {}
        for one in named:
            by_kind.setdefault(one.kind, []).append(one.path)
        for kind, paths in by_kind.items():
            self._last[kind] = paths[-1:]
            self._counts.setdefault(kind, Counter()).update(paths)
            if len(unique := list(dict.fromkeys(paths))) > 1:
                self._several[kind] = unique

    def meant(self, kind: str, several: bool) -> list[str]:
        """Of persons whoever was named last; of the rest what has been named most, which is what a text is about."""
        if kind != "person" and kind in self._counts:
            return [self._counts[kind].most_common(1)[0][0]]
        return (self._several if several else self._last).get(kind, [])


def _suggestions(
    text: str, sentence: Sentence, own: Sequence[Named], cues: Cues, seen: _Seen, language: str
) -> list[Suggestion]:
    entities: dict[str, Suggestion] = {}
    for one in own:
        entities.setdefault(one.path, Suggestion("entity", one.path, text[one.start : one.end], one.why))
    for reference in cues.references(sentence.text):
        if _is_answered(reference, own, sentence.start):
            continue
        for path in seen.meant(reference.kind, reference.several):
            why = f"“{reference.words}” may mean what was named before"
            entities.setdefault(path, Suggestion("entity", path, reference.words, why))
    moments = [
        Suggestion("edtf", one.edtf, sentence.text[one.start : one.end], one.why)
        for one in dates(sentence.text, language)
    ]
    found = cues.found(sentence.text)
    others = _attributed(text, sentence, own, found) or _meant(sentence, cues, found, seen)
    seen.speakers = [one.value for one in others]
    return [*entities.values(), *moments, *(Suggestion(c.key, c.value, c.words, c.why) for c in found), *others]


def _is_answered(reference: Reference, own: Sequence[Named], start: int) -> bool:
    """Whether the sentence itself names, before such a word, what it may stand for."""
    kinds = AGENTS if reference.kind == "person" and reference.several else (reference.kind,)
    return any(one.kind in kinds and one.end <= start + reference.start for one in own)


def _attributed(text: str, sentence: Sentence, own: Sequence[Named], cues: Sequence[Cue]) -> list[Suggestion]:
    """Whose words or belief it may be: the agent named next to the cue, before it rather than after it."""
    agents = [one for one in own if one.kind in SPEAKERS]
    cue = _of_others(cues)
    if cue is None or not agents:
        return []
    before = [one for one in agents if one.end <= sentence.start + cue.start]
    together = [before[-1] if before else agents[0]]
    for one in reversed(before[:-1]):  # "A, B and C announced"
        if not _JOINED.fullmatch(text[one.end : together[0].start]):
            break
        together.insert(0, one)
    why = f"named {'before' if before else 'after'} “{cue.words[:40]}”"
    return [Suggestion("attributedTo", one.path, text[one.start : one.end], why) for one in together]


def _meant(sentence: Sentence, cues: Cues, found: Sequence[Cue], seen: _Seen) -> list[Suggestion]:
    """The same where a word such as "they" says who, or a quotation goes on."""
    cue = _of_others(found)
    if cue is None or cue.value != "reported":
        return []
    people = [one for one in cues.references(sentence.text) if one.kind == "person"]
    for reference in people:
        why = f"“{reference.words}” may mean who was named before"
        if meant := seen.meant("person", reference.several):
            return [Suggestion("attributedTo", path, reference.words, why) for path in meant]
    if cue.words == sentence.text:
        return [Suggestion("attributedTo", path, cue.words, "the quotation goes on") for path in seen.speakers]
    return []


def _of_others(cues: Sequence[Cue]) -> Cue | None:
    return next((cue for cue in cues if cue.key == "modality" and cue.value in OF_OTHERS), None)


def _quote(text: str, sentence: Sentence) -> Quote | None:
    """The sentence as a quote, with what stands around it where the same words stand elsewhere too."""
    for around in AROUND:
        prefix, suffix = (
            text[max(0, sentence.start - around) : sentence.start],
            text[sentence.end : sentence.end + around],
        )
        quote = Quote(sentence.text, prefix or None, suffix or None, sentence.start, sentence.end)
        try:
            if locate(text, quote).start == sentence.start:
                return quote if around else Quote(sentence.text, start=sentence.start, end=sentence.end)
        except QuoteFault:
            continue
    return None
