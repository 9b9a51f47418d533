"""What the features mean that explain a candidate's score, for the page about them."""

from dataclasses import dataclass

from server.reconciling.matching import AGREES, NAME, OTHER_TYPE, PROPERTY


@dataclass(frozen=True)
class Feature:
    """One feature: its ``id`` in answers, its ``name`` and what it says."""

    id: str
    name: str
    meaning: str


FEATURES = (
    Feature(
        "name_similarity",
        "Likeness of the name",
        "How like the query is to that name of the thing which fits best, from 0 to 100: seven tenths are what of the "
        "query is in the name, three tenths what of the name is in the query; words that many names have count less. "
        "Without properties this is the score.",
    ),
    Feature("query_words", "Query in the name", "How much of the query is in the name, from 0 to 100."),
    Feature("name_words", "Name in the query", "How much of the name is in the query, from 0 to 100."),
    Feature("same_name", "The same name", "The name is the query, but for capitals."),
    Feature(
        "same_name_folded",
        "The same name in any script",
        "The name and the query have the same words, in whatever order, once they are written in Latin letters and the "
        "usual ways to do that are brought together. If that is so of one candidate alone, it is a match, if its type "
        f"and every property asked for agree (from {AGREES * 100:.0f}).",
    ),
    Feature(
        "type_match",
        "The type that was asked for",
        f"With type_strict “should” others are given as well, with {OTHER_TYPE * 100:.0f} in 100 of their score.",
    ),
    Feature(
        "property",
        "Likeness of a property",
        "property:ID is how like the value that fits best is to what was asked for, from 0 to 100. In the score each "
        f"property weighs {PROPERTY}, the name {NAME:.0f}.",
    ),
    Feature(
        "spoken_of",
        "How much is said of it",
        "The number of statements in which claims speak of the thing. It is no part of the score; of equals the one "
        "that more is said of comes first.",
    ),
)


def name_of(feature: str) -> str:
    """The name of a feature of an answer."""
    known, _, rest = feature.partition(":")
    name = next((item.name for item in FEATURES if item.id == known), known)
    return f"{name}: {rest}" if rest else name
