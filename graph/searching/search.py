"""Finding records by name: tolerant of typing errors, of the order of words and of script, and able to say why.

First the records that share words with the query, or have words like its own; then the best of these are compared name
by name. A score is 100 for a name that is the query, and less by what of the query the name does not have (seven
tenths) and by what the name has beyond it (three tenths), words that many have counting less. ``Features`` says what
it is made of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from graph.searching.index import Record, SearchIndex
from graph.searching.text import plain, words

LONGEST = 500
"""Characters of a query that are read."""
MOST_WORDS = 12
"""Words of a query that are looked for, the first ones."""
LIKE = 0.7
"""How much of a word must be the same in another that is taken for it."""
SHORTEST = 4
"""Letters of a word that may be written wrongly: of shorter ones there are too many alike."""
VARIANTS, COMPLETIONS = 20, 100
"""The most words that are taken for one of the query: those like it, and those that begin with it."""
POSTINGS = 5000
"""Records looked at for one word, those that are spoken of most; the rest only where another word has found them."""
COMPARED = 64
"""Records whose names are compared with the query."""
LEAST = 20.0
"""The score of the worst that is given."""
INITIAL = 0.85
"""What an initial is worth for the name that it stands for."""
WANTED, BEYOND = 0.7, 0.3
"""The shares of what is asked for, and of what a name has beyond that."""


@dataclass(frozen=True)
class Features:
    """What a score is made of, each from 0 to 1; ``name`` is the one compared, and what kind of name it is.

    ``wanted``: how much of the query is in the name. ``covered``: how much of the name is in the query. ``exact``: they
    are the same but for capitals; ``folded``: they are the same once in Latin letters, in whatever order.
    """

    similarity: float
    wanted: float
    covered: float
    exact: bool
    folded: bool
    name: str
    kind: str


@dataclass(frozen=True)
class Hit:
    """A record that was found, with its number, its score from 0 to 100, and why."""

    number: int
    record: Record
    score: float
    features: Features


def search(
    index: SearchIndex,
    text: str,
    *,
    sets: frozenset[int] | None = None,
    within: bytes | None = None,
    prefix: bool = False,
    quotes: bool = False,
    least: float = LEAST,
) -> list[Hit]:
    """What fits the text best, at most COMPARED: best first, then what is spoken of most.

    ``sets`` are those of ``SearchIndex.sets_with``: only records with such types. ``within``: only records whose byte
    there is not 0 (``graph/searching/narrowing.py``). ``prefix``: the last word may be unfinished. ``quotes``: the
    words of quotes count like those of names.
    """
    asked = words(text[:LONGEST])[:MOST_WORDS]
    if not asked:
        return []
    query = _Query(index, text, asked, prefix)
    found = [query.compared(number, quotes) for number in _candidates(index, query, sets, within)]
    hits = sorted((hit for hit in found if hit.score >= least), key=lambda hit: (-hit.score, hit.number))
    return hits


class _Query:
    """A text and its folded words, and what each weighs."""

    def __init__(self, index: SearchIndex, text: str, asked: Sequence[str], prefix: bool) -> None:
        self.index = index
        self.words = asked
        self.prefix = prefix
        self._plain = plain(text[:LONGEST])
        self._sorted = sorted(asked)
        self._weights: dict[str, float] = {}

    def weight(self, word: str) -> float:
        """The rarer a word, the more it weighs; an initial weighs little."""
        if word not in self._weights:
            place = self.index.place(word)
            number = len(self.index.postings(place)) if place is not None else 0
            rare = log(2 + len(self.index) / (1 + number))
            self._weights[word] = 0.3 * rare if len(word) == 1 else rare
        return self._weights[word]

    def compared(self, number: int, quotes: bool) -> Hit:
        """A record compared by its best name."""
        record = self.index.record(number)
        texts = [
            (name, kind, key.split()) for (name, _, kind), key in zip(record["names"], record["keys"], strict=True)
        ]
        if quotes:
            texts += [(quote, "quote", words(quote)) for quote in record.get("quotes", ())]
        best = max((self._features(*text) for text in texts), key=lambda found: (found.similarity, found.exact))
        if best.similarity < 1 and self._plain in map(plain, record.get("identifiers", ())):
            best = Features(1.0, 1.0, 1.0, True, True, self._plain, "identifier")
        return Hit(number, record, round(100 * best.similarity, 2), best)

    def _features(self, name: str, kind: str, key: Sequence[str]) -> Features:
        exact = plain(name) == self._plain
        if exact or sorted(key) == self._sorted:
            return Features(1.0 if exact else 0.99, 1.0, 1.0, exact, True, name, kind)
        pairs = self._pairs(key)
        wanted = self._share(self.words, {place: like for place, _, like in pairs})
        covered = self._share(key, {place: like for _, place, like in pairs})
        longer = 0.1 if self.prefix or kind == "quote" else BEYOND
        similarity = (wanted * WANTED + covered * longer) / (WANTED + longer)
        joined = OSA.normalized_similarity("".join(self.words), "".join(key), score_cutoff=0.8)
        return Features(min(0.98, max(similarity, 0.97 * joined)), wanted, covered, False, False, name, kind)

    def _share(self, found: Sequence[str], likeness: Mapping[int, float]) -> float:
        """How much of these words, by weight, is matched."""
        weights = [self.weight(word) for word in found]
        return sum(weights[place] * like for place, like in likeness.items()) / (sum(weights) or 1)

    def _pairs(self, key: Sequence[str]) -> list[tuple[int, int, float]]:
        """Each word of the query with that of the name which is most like it, no word twice."""
        left, right = dict(enumerate(self.words)), dict(enumerate(key))
        pairs = []
        for place, word in list(left.items()):
            same = next((at for at, other in right.items() if other == word), None)
            if same is not None:
                pairs.append((place, same, 1.0))
                del left[place], right[same]
        both = ((place, at) for place in left for at in right)
        alike = [(self._like(place, left[place], right[at]), place, at) for place, at in both]
        for like, place, at in sorted(alike, key=lambda found: (-found[0], *found[1:])):
            if like and place in left and at in right:
                pairs.append((place, at, like))
                del left[place], right[at]
        return pairs

    def _like(self, place: int, word: str, other: str) -> float:
        if min(len(word), len(other)) == 1:
            return INITIAL if word[0] == other[0] and not word.isdigit() else 0.0
        if self.prefix and place == len(self.words) - 1 and other.startswith(word):
            return 0.9 + 0.1 * len(word) / len(other)
        if min(len(word), len(other)) < SHORTEST:
            return 0.0
        return float(OSA.normalized_similarity(word, other, score_cutoff=LIKE))


def _candidates(index: SearchIndex, query: _Query, sets: frozenset[int] | None, within: bytes | None) -> list[int]:
    """The numbers of the records that share most with the query; of several the shorter, then the first ones."""
    variants = [list(_variants(index, query, place)) for place in range(len(query.words))]
    variants.sort(key=lambda found: sum(len(index.postings(place)) for place, _ in found))
    scores: dict[int, float] = {}
    for found in variants:
        best: dict[int, float] = {}
        for place, weight in sorted(found, key=lambda variant: (-variant[1], variant[0])):
            for number in _looked_at(index.postings(place), scores):
                if number in best or (within is not None and not within[number]):
                    continue
                if sets is None or index.has_type(number, sets):
                    best[number] = weight
        for number, weight in best.items():
            scores[number] = scores.get(number, 0.0) + weight
    return nlargest(COMPARED, scores, key=lambda number: (scores[number], -index.length(number), -number))


def _looked_at(postings: "memoryview[int]", known: Mapping[int, float]) -> Iterable[int]:
    """The first of the postings, and of the rest those known already."""
    if len(postings) <= POSTINGS:
        return postings.tolist()
    return {*postings[:POSTINGS].tolist(), *(known.keys() & set(postings[POSTINGS:].tolist()) if known else ())}


def _variants(index: SearchIndex, query: _Query, place: int) -> Iterable[tuple[int, float]]:
    """The places of the words that may be meant by one of the query, with what each is then worth."""
    word = query.words[place]
    found: dict[int, float] = {}
    if query.prefix and place == len(query.words) - 1:
        found |= dict.fromkeys(index.beginning(word)[:COMPLETIONS], 0.95)
    for joined in (word, word + query.words[place + 1] if place + 1 < len(query.words) else word):
        if (exact := index.place(joined)) is not None:
            found[exact] = 1.0
    if len(word) >= SHORTEST:
        alike = extract(word, index.words, scorer=OSA.normalized_similarity, score_cutoff=LIKE, limit=VARIANTS)
        for _, like, at in alike:
            found.setdefault(at, like)
    return ((at, like * query.weight(index.words[at])) for at, like in found.items())
