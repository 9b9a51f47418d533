"""What the first page says: counts, the newest editorial, the questions by tag."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from flask import url_for

from server import vocabulary
from server.claims import editorials
from server.holdings import holdings
from server.pieces import Claim, Count, Editorial, ModalityCount, Question, QuestionGroup
from server.reading import select, text_of
from server.views import HomePage

FEATURED = 3
RANGE = ("asserted", "believed", "predicted")
NOUNS = {
    "people": ("person", "people"),
    "parties": ("party", "parties"),
    "derived": ("derived statement", "derived statements"),
}


def home_page() -> HomePage:
    """The first page of the snapshot in force."""
    found = editorials()
    newest = found[0] if found else None
    return HomePage(
        editorial=newest,
        featured=featured(newest.claims) if newest else (),
        counts=_counts(found),
        modalities=modality_counts(found),
        groups=_groups(),
    )


def featured(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Three claims that show the range, in the order of the text: if it can be, one asserted, believed, predicted.

    Of each modality it is the first that another claim contradicts, or else the first. What is private stays out.
    """
    open_to_all = [claim for claim in claims if not claim.private and claim.quotes]
    ranked = sorted(open_to_all, key=lambda claim: (not claim.tensions, claim.number))
    first_of = {claim.modality.name: claim for claim in reversed(ranked)}
    chosen = [first_of[name] for name in (*RANGE, *vocabulary.MARKS) if name in first_of]
    chosen += ranked
    return tuple(sorted(list(dict.fromkeys(chosen))[:FEATURED], key=lambda claim: claim.number))


def modality_counts(found: Sequence[Editorial]) -> tuple[ModalityCount, ...]:
    """How many claims there are of each modality, in the order of certainty; none for a modality without claims."""
    numbers = Counter(claim.modality.name for editorial in found for claim in editorial.claims)
    return tuple(
        ModalityCount(vocabulary.modality(name), numbers[name], url_for("pages.claims", modality=name))
        for name in vocabulary.MARKS
        if numbers[name]
    )


def _counts(found: Sequence[Editorial]) -> tuple[Count, ...]:
    row = select("""
        SELECT ?people ?parties ?derived WHERE {
          { SELECT (COUNT(DISTINCT ?person) AS ?people) WHERE { ?person a foaf:Person } }
          { SELECT (COUNT(DISTINCT ?party) AS ?parties) WHERE { ?party a pol:PoliticalParty } }
          { SELECT (COUNT(DISTINCT ?step) AS ?derived) WHERE { GRAPH ?any { ?step a pol:Derivation } } }
        }""")[0]
    claims = sum(len(editorial.claims) for editorial in found)
    told = {name: int(text_of(row, name, "0")) for name in NOUNS}
    counts = (
        _count(len(found), "editorial", "editorials"),
        _count(claims, "claim", "claims"),
        *(_count(number, *NOUNS[name]) for name, number in told.items()),
    )
    return tuple(count for count in counts if count.number)


def _count(number: int, one: str, many: str) -> Count:
    return Count(number, one if number == 1 else many)


def _groups() -> tuple[QuestionGroup, ...]:
    """The saved questions under the first tag of each, the tags in alphabetical order."""
    by_tag = defaultdict(list)
    for name, query in holdings().catalogue.items():
        tag = query.tags[0] if query.tags else "other"
        by_tag[tag].append(Question(name, query.summary, url_for("pages.question", name=name)))
    return tuple(QuestionGroup(tag, tuple(asked)) for tag, asked in sorted(by_tag.items()))
