"""Known things in a text: under any of their names, misspelt, in another script or inflected.

The names are looked up by the code of the search index (``graph/searching/search.py``), so that what search finds is
recognised here too. Beyond it, two kinds of words stand for a thing that the text names elsewhere: a part of a person's
name, and the head of a descriptive name ("the government" where the Government of Kazakhstan is known and Kazakhstan is
named).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.entities import Entity
from graph.iris import ID, path_of
from graph.searching.index import Record, SearchIndex
from graph.searching.making import made
from graph.searching.search import Hit, search
from graph.searching.text import words

_TOKEN = re.compile(r"\w+(?:['’ʼ]\w+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
LONGEST = 9
"""Words of a name that are looked for together."""
LEAST = 84.0
"""The score, of 100, of the least alike name that is suggested."""
_KINDS = {"alternative": "another name of it", "hidden": "a known misspelling", "preferred": "its preferred name"}
_ADJECTIVES = ("i", "is", "an", "ans", "ian", "ians", "ese")
"""What makes of the name of an English country a word for its people, who are not the country."""


@dataclass(frozen=True)
class Named:
    """A thing that the words at these positions may mean, and why; ``sure`` from 0 to 100."""

    path: str
    start: int
    end: int
    why: str
    sure: float

    @property
    def kind(self) -> str:
        """The first segment of its path: person, party …"""
        return self.path.partition("/")[0]


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str
    folded: str


class Names:
    """The names of things, ready to be looked for in texts."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._records = [_record(entity) for entity in entities]
        self._index = SearchIndex(made(self._records, ID))
        self._people = {r["id"]: r["names"][0][0] for r in self._records if "/person/" in r["id"] and r["names"]}
        self._words: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        self._learn_parts()
        self._like: dict[str, bool] = {}

    def _learn_parts(self) -> None:
        """The words of persons' names, and what their cases in Cyrillic have in common."""
        for record in self._records:
            if record["id"] in self._people:
                for word in {word for name, *_ in record["names"] for word in words(name)}:
                    self._words.setdefault(word, set()).add(record["id"])
                    for stem in (word, word[:-1], word[:-2]) if len(word) > 4 else ():
                        self._stems.setdefault(stem, set()).add(record["id"])

    def _bearers(self, token: _Token) -> set[str]:
        """The persons of whose name a word may be a part."""
        if found := self._words.get(token.folded):
            return found
        if len(token.folded) <= 5 or not "а" <= token.text[-1:].casefold() <= "я":
            return set()
        return self._stems.get(token.folded[:-1], set()) or self._stems.get(token.folded[:-2], set())

    def found(self, text: str, language: str) -> list[Named]:
        """Every thing that is named in the text, in its order; no two in the same place."""
        tokens = [_Token(*match.span(), match[0], _folded(match[0])) for match in _TOKEN.finditer(text)]
        whole = self._whole(text, tokens, language)
        rest = [*self._parts(tokens, whole), *self._heads(text, whole)]
        free = [one for one in rest if not any(one.start < other.end and other.start < one.end for other in whole)]
        return sorted([*whole, *_without_overlaps(free)], key=lambda one: one.start)

    def _whole(self, text: str, tokens: Sequence[_Token], language: str) -> list[Named]:
        found = []
        for at, token in enumerate(tokens):
            if not self._may_begin(token.folded):
                continue
            for upto in range(at + 1, min(at + LONGEST, len(tokens)) + 1):
                if upto > at + 1 and re.search(
                    r"[.!?;:]\s|\n\s*\n", text[tokens[upto - 2].end : tokens[upto - 1].start]
                ):
                    break
                if self._may_begin(tokens[upto - 1].folded):
                    found += self._looked_up(text, tokens[at:upto], language)
        return _without_overlaps(found)

    def _may_begin(self, word: str) -> bool:
        """Whether a word is that of a name, or like one."""
        if word not in self._like:
            hits = search(self._index, word, least=0.0) if word else []
            self._like[word] = any(hit.features.wanted >= 0.75 or hit.score >= LEAST for hit in hits)
        return self._like[word]

    def _looked_up(self, text: str, tokens: Sequence[_Token], language: str) -> list[Named]:
        start, end = tokens[0].start, tokens[-1].start + len(_POSSESSIVE.sub("", tokens[-1].text))
        for hit in search(self._index, text[start:end], least=LEAST):
            if self._fits(text[start:end], hit, language):
                return [Named(path_of(hit.record["id"]), start, end, _why(text[start:end], hit), hit.score)]
        return []

    def _fits(self, printed: str, hit: Hit, language: str) -> bool:
        name, exact = hit.features.name, hit.features.exact
        if name[:1].isupper() and not printed[:1].isupper() and printed[:1].lower() != printed[:1].upper():
            return False
        if "".join(words(printed)) != "".join(words(name)) and (
            hit.features.wanted < 0.8 or len(words(printed)) != len(words(name))
        ):
            return False
        if exact or not language.startswith("en"):
            return True
        return not any(printed.casefold() == name.casefold() + ending for ending in _ADJECTIVES)

    def _parts(self, tokens: Sequence[_Token], whole: Sequence[Named]) -> list[Named]:
        """Single words of persons' names: of those named in the text, or of one alone that is known."""
        here = {ID + one.path for one in whole}
        found = []
        for token in tokens:
            if not token.text[:1].isupper() or len(token.folded) < 3:
                continue
            bearers = sorted(self._bearers(token))
            named = [iri for iri in bearers if iri in here]
            for iri in named if len(named) == 1 else bearers if len(bearers) == 1 else []:
                told = (
                    f"a part of the name {self._people[iri]}, who is {'named in the text' if iri in here else 'known'}"
                )
                end = token.start + len(_POSSESSIVE.sub("", token.text))
                found.append(Named(path_of(iri), token.start, end, told, 80.0 if iri in here else 60.0))
        return found

    def _heads(self, text: str, whole: Sequence[Named]) -> list[Named]:
        """ "government" for the Government of Kazakhstan, where the text names Kazakhstan most of all countries."""
        countries = Counter(one.path for one in whole if one.kind == "country")
        if not countries:
            return []
        country = ID + countries.most_common(1)[0][0]
        own = [name for record in self._records if record["id"] == country for name, *_ in record["names"]]
        found = []
        for record in self._records:
            head = _head(record["names"][0][0], own) if record["names"] else None
            if head is None:
                continue
            for match in re.finditer(rf"(?<!\w){re.escape(head)}(?!\w)", text, re.IGNORECASE):
                why = f"{record['names'][0][0]}, for the text names {own[0]} most of all countries"
                found.append(Named(path_of(record["id"]), *match.span(), why, 70.0))
        return found


def _head(name: str, countries: Sequence[str]) -> str | None:
    return next((name.removesuffix(f" of {one}") for one in countries if name.endswith(f" of {one}")), None)


def _record(entity: Entity) -> Record:
    """What the index keeps of a thing: its names, the preferred ones first."""
    names = [
        [text, language, kind]
        for key, kind in (("prefLabel", "preferred"), ("altLabel", "alternative"), ("hiddenLabel", "hidden"))
        for language, texts in entity.node.get(key, {}).items()
        for text in ([texts] if isinstance(texts, str) else texts)
        if "(" not in text  # "many (people not named)" is a description, and nobody's name
    ]
    return {"id": entity.iri, "names": names, "types": [entity.type]}


def _folded(word: str) -> str:
    return "".join(words(_POSSESSIVE.sub("", word)))


def _why(printed: str, hit: Hit) -> str:
    kind = _KINDS.get(hit.features.kind, "a name of it")
    if hit.features.exact:
        return kind
    if hit.features.folded:
        return f"“{hit.features.name}”, {kind}, written in another way"
    return f"like “{hit.features.name}”, {kind} ({hit.score:.0f} of 100)"


def _without_overlaps(found: Sequence[Named]) -> list[Named]:
    """The longest first, then the surest; no two in the same place."""
    kept: list[Named] = []
    for one in sorted(found, key=lambda one: (-(one.end - one.start) * (one.sure >= 97), -one.sure, one.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(replace(one))
    return sorted(kept, key=lambda one: one.start)
