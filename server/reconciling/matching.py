"""Candidates for reconciliation queries, each with its score and what that is made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import token_sort_ratio

from graph.iris import ID, path_of
from graph.searching.index import SearchIndex
from graph.searching.search import Features, Hit, search
from graph.searching.text import plain, words
from queries import BadParameter
from queries.terms import iri as sparql_iri
from queries.terms import string
from server.reading import iris, select, text_of
from server.reconciling.queries import Condition, Query, Wanted
from server.reconciling.values import Key, Value, values
from server.searching import searchable

NAME, PROPERTY = 1.0, 0.4
"""What the likeness of the name, and of each property, counts in a score."""
LIKE = 0.6
"""The likeness below which two texts have nothing in common."""
AGREES = 0.9
"""The likeness of a property's value that does not speak against a match."""
OTHER_TYPE = 0.8
"""What is left of a score where the type is not what it should be (type_strict "should")."""
MOST_FOUND = 200
"""Things found by a property alone."""


@dataclass(frozen=True)
class Candidate:
    """A thing that may be meant: its score from 0 to 100, whether it surely is, and the features of both by id."""

    hit: Hit
    score: float
    match: bool
    features: Mapping[str, float | bool]


def iri_of(name: str) -> str:
    """The IRI of a thing by its identifier, or by its IRI; empty for what cannot be one."""
    try:
        return sparql_iri(name if name.startswith(ID) else ID + name)[1:-1]
    except BadParameter:
        return ""


def matched(queries: Sequence[Query]) -> list[list[Candidate]]:
    """The candidates of each query, the best first; the values of properties are asked for once for all of them."""
    found = [_hits(query) for query in queries]
    conditions = [condition for query in queries for condition in query.conditions if condition.iri]
    things = [hit.record["id"] for query, hits in zip(queries, found, strict=True) if query.conditions for hit in hits]
    known = values(things, (condition.iri for condition in conditions)) if things and conditions else {}
    return [_judged(query, hits, known) for query, hits in zip(queries, found, strict=True)]


def _hits(query: Query) -> list[Hit]:
    if not query.text:
        return _by_property(query)
    hits = [hit for index in _indexes(query) for hit in search(index, query.text, sets=_sets(index, query))]
    same = identified(query.text)
    return [same, *(hit for hit in hits if hit.record["id"] != same.record["id"])] if same else hits


def _indexes(query: Query) -> Iterable[SearchIndex]:
    """The things, and where a type is asked for that claims have, the claims."""
    found = searchable()
    yield found.things
    if query.types and query.types & found.claims.types:
        yield found.claims


def _sets(index: SearchIndex, query: Query) -> frozenset[int] | None:
    if query.types is None or query.strict == "should":
        return None
    return index.sets_with(query.types, every=query.strict == "all")


def identified(name: str) -> Hit | None:
    """The thing whose identifier or IRI this is."""
    iri = iri_of(name)
    found = searchable()
    index = found.claims if iri.startswith(f"{ID}claim/") else found.things
    number = index.number(iri) if iri else None
    if number is None:
        return None
    return Hit(number, index.record(number), 100.0, Features(1.0, 1.0, 1.0, True, True, name, "identifier"))


def _by_property(query: Query) -> list[Hit]:
    """The things with the values of the first property that is asked for, where no name is."""
    condition = _telling(query)
    if condition is None:
        return []
    named = {iri for value in condition.values for iri in _meant(value)}
    texts = " ".join(string(value.lower()) for value in condition.values if isinstance(value, str))
    rows = select(f"""
        SELECT DISTINCT ?thing WHERE {{
          {{ VALUES ?value {{ {iris(sorted(named))} }} ?thing <{condition.iri}> ?value }} UNION {{
            VALUES ?text {{ {texts} }}
            ?thing <{condition.iri}> ?value FILTER(isLiteral(?value) && LCASE(STR(?value)) = ?text)
          }}
        }} ORDER BY ?thing LIMIT {MOST_FOUND}""")
    hits = (identified(text_of(row, "thing")) for row in rows)
    kept = [replace(hit, features=replace(hit.features, similarity=0.0, kind="")) for hit in hits if hit]
    return [hit for hit in kept if query.types is None or query.strict == "should" or _fits(hit, query)]


def _telling(query: Query) -> Condition | None:
    """The condition that things are found by, where no name is given."""
    return next((item for item in query.conditions if item.iri and item.values), None)


def _meant(value: Wanted) -> Iterable[str]:
    """The things that a value of a property may be: the one with this identifier, or those of this name."""
    if not isinstance(value, str):
        return [iri for iri in [iri_of(value["id"])] if iri]
    return [hit.record["id"] for hit in search(searchable().things, value) if hit.features.folded]


def _fits(hit: Hit, query: Query) -> bool:
    """Whether the thing has the types that are asked for."""
    if query.types is None:
        return True
    kinds = frozenset(hit.record.get("types", ()))
    return query.types <= kinds if query.strict == "all" else bool(query.types & kinds)


def _judged(query: Query, hits: Sequence[Hit], known: Mapping[Key, Sequence[Value]]) -> list[Candidate]:
    judged = (_candidate(query, hit, known) for hit in hits)
    found = [candidate for candidate in judged if candidate and candidate.score]
    found.sort(key=lambda candidate: -candidate.score)
    sure = [place for place, candidate in enumerate(found) if candidate.match]
    if len(sure) > 1:  # namesakes: a person has to choose
        found = [replace(candidate, match=False) for candidate in found]
    return found[: query.limit]


def _candidate(query: Query, hit: Hit, known: Mapping[Key, Sequence[Value]]) -> Candidate | None:
    """None where a condition that has to be met is not."""
    likes = {}
    for condition in query.conditions:
        like = _likeness(condition, known.get((hit.record["id"], condition.iri), ()))
        # A thing may have been found by a value that only a sensitive claim states: it is not among those known.
        telling = not query.text and condition is _telling(query)
        if (condition.required or telling) and like < AGREES:
            return None
        likes[f"property:{condition.name}"] = like
    weights = NAME * bool(query.text) + PROPERTY * len(likes)
    total = NAME * hit.features.similarity * bool(query.text) + PROPERTY * sum(likes.values())
    score = 100 * total / weights if weights else 0.0
    fits = _fits(hit, query)
    score *= 1 if fits else OTHER_TYPE
    sure = bool(query.text) and hit.features.folded and fits and all(like >= AGREES for like in likes.values())
    return Candidate(hit, round(score, 2), sure, _features(query, hit, fits, likes))


def _features(query: Query, hit: Hit, fits: bool, likes: Mapping[str, float]) -> dict[str, float | bool]:
    """The features by id: see ``server/reconciling/features.py``."""
    found: dict[str, float | bool] = {}
    if query.text:
        found |= {
            "name_similarity": round(100 * hit.features.similarity, 2),
            "query_words": round(100 * hit.features.wanted, 2),
            "name_words": round(100 * hit.features.covered, 2),
            "same_name": hit.features.exact,
            "same_name_folded": hit.features.folded,
        }
    if query.types is not None:
        found["type_match"] = fits
    found |= {name: round(100 * like, 2) for name, like in likes.items()}
    return found | {"spoken_of": hit.record.get("weight", 0)}


def _likeness(condition: Condition, found: Sequence[Value]) -> float:
    """How well the values fit what is asked for, from 0 to 1."""
    likes = [max((_alike(wanted, value) for value in found), default=0.0) for wanted in condition.values]
    if condition.quantifier == "none":
        return 1 - max(likes, default=0.0)
    return (min if condition.quantifier == "all" else max)(likes, default=0.0)


def _alike(wanted: Wanted, value: Value) -> float:
    if not isinstance(wanted, str):
        return float(value.iri is not None and value.iri == iri_of(wanted["id"]))
    return max(
        _alike_texts(wanted, name) for name in (*value.names, *([value.iri, path_of(value.iri)] if value.iri else ()))
    )


def _alike_texts(left: str, right: str) -> float:
    if plain(left) == plain(right):
        return 1.0
    try:
        return float(float(left) == float(right))
    except ValueError:
        like = token_sort_ratio(" ".join(words(left)), " ".join(words(right))) / 100
        return like if like >= LIKE else 0.0
