"""All that other people's forms of a claim need, in IRIs rather than in links: ``server/claim_forms/documents.py``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.asking.retractions import RETRACTS
from graph.iris import ID, ONTOLOGY, part
from server.labels import Names
from server.reading import Row, Rows, iris, select, text_of
from server.suggestions import unknown

MOST = 200
"""Things named by one claim that are told of."""
NAMES = 50
"""Authors of one editorial that are named."""
CLAIMS = 2000
"""Claims of one editorial that are listed."""


@dataclass(frozen=True)
class Named:
    """A thing and what it is called; ``kind`` is the part of its IRI that tells: person, party, editorial, ..."""

    iri: str
    name: str

    @property
    def kind(self) -> str:
        """``person`` of ``{base}id/person/...``; empty for what is not ours."""
        return self.iri.removeprefix(ID).partition("/")[0] if self.iri.startswith(ID) else ""


@dataclass(frozen=True)
class Passage:
    """Exact words of the source; positions in code points, the end exclusive, None where they are not recorded."""

    iri: str
    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    language: str


@dataclass(frozen=True)
class Source:
    """An editorial. ``edtf`` is its date as it is known, ``published`` as schema.org takes it; empty if unknown.

    ``authors`` and ``publisher`` are their names as the text states them, none and empty where it does not.
    """

    iri: str
    headline: str
    language: str
    edtf: str
    published: str
    authors: tuple[str, ...] = ()
    publisher: str = ""


@dataclass(frozen=True)
class ClaimDetails:
    """One claim. ``holders`` are those that the editorial says hold it, none where it speaks in its own voice."""

    iri: str
    sentence: str
    modality: str
    condition: str
    private: bool
    holders: tuple[Named, ...]
    passages: tuple[Passage, ...]
    about: tuple[Named, ...]
    source: Source
    creators: tuple[Named, ...]
    created: str
    licence: str

    @property
    def held(self) -> str:
        """How the claim is held, in words: no form of it may look like fact (the second law)."""
        names = " and ".join(agent.name for agent in self.holders)
        whose = f"attributed to {names}" if names else "in the editorial’s own voice"
        return ", ".join(filter(None, (self.modality, whose, self.condition)))


def details_of(iri: str) -> ClaimDetails:
    """The claim of this IRI; UnknownName if there is none."""
    said = select(f"SELECT ?property ?value WHERE {{ {iris([iri])} ?property ?value }} ORDER BY ?property ?value")
    editorial = _first(said, f"{ONTOLOGY}#statedIn")
    if not editorial:
        unknown(iri)
    agents = [agent for agent in _all(said, f"{ONTOLOGY}#attributedTo") if agent != editorial]
    creators = _all(said, "http://purl.org/dc/terms/creator")
    about = _about(iri)
    names = Names({*agents, *creators, *about})
    return ClaimDetails(
        iri=iri,
        sentence=_first(said, "http://www.w3.org/2000/01/rdf-schema#label") or iri.rpartition("/")[2],
        modality=_first(said, f"{ONTOLOGY}#modality").rpartition("#")[2],
        condition=_first(said, f"{ONTOLOGY}#condition"),
        private=_first(said, f"{ONTOLOGY}#sensitive") in ("true", "1"),
        holders=_named(agents, names),
        passages=_passages(iri),
        about=_named(about, names),
        source=source_of(editorial),
        creators=_named(creators, names),
        created=_first(said, "http://purl.org/dc/terms/created"),
        licence=_first(said, "http://purl.org/dc/terms/license"),
    )


def claims_in(editorial: str) -> list[str]:
    """The first claims of an editorial in the order of its text, without those about private life."""
    rows = select(f"""
        SELECT DISTINCT ?claim WHERE {{
          ?claim pol:statedIn {iris([editorial])} .
          OPTIONAL {{ ?claim schema:position ?position }}
          FILTER NOT EXISTS {{ ?claim pol:sensitive true }}
        }} ORDER BY ?position ?claim LIMIT {CLAIMS}""")
    return [text_of(row, "claim") for row in rows]


def source_of(iri: str) -> Source:
    """The editorial of this IRI; UnknownName if there is none."""
    rows = select(f"""
        SELECT ?headline ?language ?edtf ?published WHERE {{
          {iris([iri])} a pol:Editorial .
          OPTIONAL {{ {iris([iri])} schema:headline ?headline }}
          OPTIONAL {{ {iris([iri])} schema:inLanguage ?language }}
          OPTIONAL {{ {iris([iri])} pol:date/pol:edtf ?edtf }}
          OPTIONAL {{ {iris([iri])} schema:datePublished ?published }}
        }} ORDER BY ?headline ?edtf LIMIT 1""")
    if not rows:
        unknown(iri)
    headline, language, edtf, published = (
        text_of(rows[0], name) for name in ("headline", "language", "edtf", "published")
    )
    authors, publishers = _stated(iri, "author"), _stated(iri, "publisher")
    name = headline or iri.rpartition("/")[2]
    return Source(iri, name, language, edtf, published, authors, "; ".join(publishers))


def _stated(editorial: str, who: str) -> tuple[str, ...]:
    """The names of its authors or publishers; by what it goes by, one that is a thing of the graph."""
    found = select(f"SELECT ?who WHERE {{ {iris([editorial])} schema:{who} ?who }} ORDER BY ?who LIMIT {NAMES}")
    names = Names(text_of(row, "who") for row in found if row["who"].kind == "iri")
    return tuple(names.of(text_of(row, "who")) if row["who"].kind == "iri" else text_of(row, "who") for row in found)


def _passages(claim: str) -> tuple[Passage, ...]:
    rows = select(f"""
        SELECT ?quote ?exact ?prefix ?suffix ?start ?end WHERE {{
          {iris([claim])} pol:quote ?quote . ?quote oa:hasSelector ?words . ?words oa:exact ?exact
          OPTIONAL {{ ?words oa:prefix ?prefix }} OPTIONAL {{ ?words oa:suffix ?suffix }}
          OPTIONAL {{ ?quote oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }}
        }} ORDER BY ?start ?quote""")
    return tuple(_passage(row) for row in rows)


def _passage(row: Row) -> Passage:
    start, end = (int(row[name].value) if name in row else None for name in ("start", "end"))
    words = (text_of(row, name) for name in ("quote", "exact", "prefix", "suffix"))
    iri, exact, prefix, suffix = words
    return Passage(iri, exact, prefix, suffix, start, end, row["exact"].language or "")


def _about(claim: str) -> list[str]:
    """The things that the claim's assertion names, and those named in its words; nothing that is a part of a thing."""
    rows = select(f"""
        SELECT DISTINCT ?thing WHERE {{
          {{ {iris([claim])} pol:mention/pol:mentionOf ?thing }}
          UNION {{ GRAPH {iris([part(claim, "assertion")])} {{ ?thing ?by ?value FILTER(?by != {RETRACTS}) }} }}
          UNION {{ GRAPH {iris([part(claim, "assertion")])} {{ ?other ?by ?thing FILTER(?by != {RETRACTS}) }} }}
          FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), "{ID}") && !CONTAINS(STR(?thing), "#"))
        }} ORDER BY ?thing LIMIT {MOST}""")
    return [text_of(row, "thing") for row in rows]


def _named(things: Iterable[str], names: Names) -> tuple[Named, ...]:
    return tuple(Named(iri, names.of(iri)) for iri in things)


def _all(said: Rows, name: str) -> Sequence[str]:
    return [text_of(row, "value") for row in said if text_of(row, "property") == name]


def _first(said: Rows, name: str) -> str:
    return next(iter(_all(said, name)), "")
