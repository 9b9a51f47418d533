"""What claims say happened when: dated statements, each with its claim, never more than a page can show.

Dates are EDTF with the first and the last day that they can mean. What has a beginning or an end is one entry with
both; a date or a deadline is one of its own. Claims about private life are left out.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.asking.claims_about import claims_about
from graph.errors import QueryTimeout
from graph.iris import ID, ONTOLOGY, local_name
from server import vocabulary
from server.claims import claims_by_iri
from server.holdings import holdings
from server.pieces import Claim
from server.reading import Row, Rows, iris, select, text_of
from server.words.dates import in_words

MOST = 300
"""Entries of one picture."""
STATEMENTS = 800
"""Rows that are read for them: an entry takes one for each of its dates and classes."""
PAGES = 4
"""Pages of claims about a thing that are looked at, of 100 claims each."""
LONGEST_ENUMERATED = 3 * 366
"""Days of a stretch of time that are asked for one by one, which an index finds at once in a graph of any size."""
RELATIONS = ("date", "beginning", "end", "deadline")


@dataclass(frozen=True)
class Moment:
    """A date as it is known: ``earliest`` and ``latest`` are ISO days, None where it is open or has no year.

    ``inferred_from`` is what the encoder took it from where the words do not state it whole, else empty.
    """

    edtf: str
    earliest: str | None
    latest: str | None
    inferred_from: str

    @property
    def said(self) -> str:
        """In words."""
        return in_words(self.edtf)

    @property
    def is_qualified(self) -> bool:
        """Whether the date itself is in doubt, not only wide."""
        return bool(self.inferred_from or set("?~%") & set(self.edtf))


@dataclass(frozen=True)
class Dated:
    """An entry: of what ``kind`` (the local name of a class), and its dates by relation; one, or beginning and end."""

    claim: Claim
    kind: str
    moments: dict[str, Moment]

    @property
    def earliest(self) -> str | None:
        """The first day that it may lie on, as far as one is known."""
        return min((one.earliest for one in self.moments.values() if one.earliest), default=None)

    @property
    def latest(self) -> str | None:
        """The last day."""
        return max((one.latest for one in self.moments.values() if one.latest), default=None)


@dataclass(frozen=True)
class Found:
    """Entries by their first possible day, those without a year last; ``cut`` where there are more than are shown."""

    entries: tuple[Dated, ...]
    cut: bool


def dated(about: str | None = None, stretch: tuple[date, date] | None = None) -> Found:
    """The dated statements: of the claims about a thing, or of any, first those that begin within the stretch."""
    try:
        if about:
            listed, cut = _claims_of(about)
            rows = _of_claims(listed)
        else:
            rows, cut = _of_any(stretch)
    except QueryTimeout:
        return Found((), cut=True)
    entries = _entries(rows)
    return Found(entries[:MOST], cut or len(entries) > MOST)


def _claims_of(thing: str) -> tuple[list[str], bool]:
    found: list[str] = []
    for page in range(1, PAGES + 1):
        about = claims_about(holdings().engine, thing, page)
        found += about.listed
        if about.too_many or not about.more:
            return found, about.too_many
    return found, True


def _of_claims(claims: Sequence[str]) -> Rows:
    return _rows(f"VALUES ?claim {{ {iris(claims)} }} ?claim np:hasAssertion ?assertion .") if claims else []


def _of_any(stretch: tuple[date, date] | None) -> tuple[Rows, bool]:
    """All if there are few; if not those of the stretch, if one is given that is short enough to be looked up."""
    rows = _rows("", "?claim np:hasAssertion ?assertion .")
    if len(rows) <= STATEMENTS or not stretch:
        return rows[:STATEMENTS], len(rows) > STATEMENTS
    first = date(stretch[0].year, 1, 1)  # what is dated by its year begins there
    days = min((stretch[1] - first).days + 1, LONGEST_ENUMERATED)
    asked = " ".join(f'"{first + timedelta(day)}"^^xsd:date' for day in range(max(days, 1)))
    rows = _rows(
        f"VALUES ?first {{ {asked} }} GRAPH ?assertion {{ ?time pol:earliest ?first }}",
        "?claim np:hasAssertion ?assertion .",
    )
    return rows[:STATEMENTS], True


def _rows(before: str, after: str = "") -> Rows:
    """The dated statements that fit, each with its dates and classes; one more than STATEMENTS if there are more."""
    relations = ", ".join(f"pol:{name}" for name in RELATIONS)
    return select(f"""
        SELECT ?claim ?thing ?relation ?edtf ?earliest ?latest ?inferred ?kind WHERE {{
          {{ SELECT ?claim ?assertion ?thing ?relation ?time ?edtf WHERE {{
            {before}
            GRAPH ?assertion {{
              ?time pol:edtf ?edtf . ?thing ?relation ?time FILTER(?relation IN ({relations}))
            }}
            {after}
            FILTER NOT EXISTS {{ ?claim pol:sensitive true }}
          }} LIMIT {STATEMENTS + 1} }}
          OPTIONAL {{ GRAPH ?assertion {{ ?time pol:earliest ?earliest }} }}
          OPTIONAL {{ GRAPH ?assertion {{ ?time pol:latest ?latest }} }}
          OPTIONAL {{ GRAPH ?assertion {{ ?time pol:inferredFrom ?inferred }} }}
          OPTIONAL {{ GRAPH ?assertion {{ ?thing a ?kind }} }}
        }}""")


def _entries(rows: Rows) -> tuple[Dated, ...]:
    by_thing: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_thing[text_of(row, "claim"), text_of(row, "thing")].append(row)
    first = sorted(by_thing, key=lambda key: (min(text_of(row, "earliest", "9999") for row in by_thing[key]), key))
    kept = first[: MOST + 1]
    claims = claims_by_iri(claim for claim, _ in kept)
    made = []
    for claim, thing in kept:
        if claim in claims:
            found = by_thing[claim, thing]
            kind = _kind(thing, {text_of(row, "kind") for row in found if "kind" in row})
            made += [Dated(claims[claim], kind, moments) for moments in _moments(found)]
    return tuple(sorted(made, key=lambda one: (one.earliest or "9999", one.latest or "9999", one.claim.number)))


def _moments(rows: Sequence[Row]) -> list[dict[str, Moment]]:
    """The entries of one thing: its beginning and end together, everything else by itself."""
    spans: dict[str, Moment] = {}
    alone: dict[tuple[str, str], dict[str, Moment]] = {}
    for row in sorted(rows, key=lambda row: text_of(row, "edtf")):
        relation, moment = text_of(row, "relation").rpartition("#")[2], _moment(row)
        if relation in ("beginning", "end") and relation not in spans:
            spans[relation] = moment
        elif spans.get(relation) != moment:
            alone[relation, moment.edtf] = {relation: moment}
    return [*([spans] if spans else []), *alone.values()]


def _moment(row: Row) -> Moment:
    return Moment(
        text_of(row, "edtf"),
        _day(text_of(row, "earliest")),
        _day(text_of(row, "latest")),
        text_of(row, "inferred"),
    )


def _day(written: str) -> str | None:
    """A day without its time zone; None for what is no day that a line of years could have."""
    try:
        return date.fromisoformat(written[:10]).isoformat()
    except ValueError:
        return None


def _kind(thing: str, classes: set[str]) -> str:
    """The local name of its class; where its claim does not say one, the kind that stands in its IRI."""
    ours = [name for name in vocabulary.most_specific(classes) if name.startswith(f"{ONTOLOGY}#")]
    found = ours or vocabulary.most_specific(classes)
    if found:
        return local_name(found[0])
    return thing.removeprefix(ID).partition("/")[0] if thing.startswith(ID) else "thing"
