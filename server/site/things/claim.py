"""All that the page of a claim tells: who says it and how, its words in the text, what it states and leaves open."""

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple
from rdflib import SKOS

from graph.description import Description
from server.claim_forms.details import Passage, details_of
from server.claims import claims_by_iri
from server.labels import Names
from server.pieces import Claim
from server.reading import iris, select, text_of
from server.site.patterns import N_
from server.site.sentences import Writer, local, local_iri, values_of
from server.site.source_texts import may_be_shown, text_at_hand
from server.site.things.claimed import nodes_of, printed_in, stated_in
from server.site.things.corrected import taken_back_by
from server.site.things.facts import kinds_in
from server.site.things.missing import missing_of
from server.site.things.views import ClaimTold, Fact, Name, Said, Words
from server.site.things.voices import voice_of
from server.words.language import gettext as _

AROUND = 240
"""Characters of the text on either side of a quote, up to a whole word."""
RELATIONS = (
    ("inTensionWith", False, N_("In tension with")),
    ("supports", False, N_("It supports")),
    ("supports", True, N_("It is supported by")),
    ("disputes", False, N_("It disputes")),
    ("disputes", True, N_("It is disputed by")),
    ("fulfils", False, N_("It says that this came about")),
    ("fulfils", True, N_("That it came about is said by")),
    ("belies", False, N_("It says that this did not come about")),
    ("belies", True, N_("That it did not come about is said by")),
    ("wasRevisionOf", False, N_("It revises")),
    ("wasRevisionOf", True, N_("It is revised by")),
)
"""How claims are related, by the last part of the property: whether against its direction, and the heading."""


def told(found: Description, claim: Claim) -> ClaimTold:
    """What there is to read of a claim."""
    details = details_of(claim.iri)
    text = text_at_hand(_digest(details.source.iri))
    shown = text if text is not None and may_be_shown() else None
    stated = stated_in([claim.iri]).get(claim.iri, [])
    named = printed_in([claim.iri])
    names = Names({*(thing.iri for thing in details.about), *(thing for thing, *_rest in named)})
    return ClaimTold(
        voice=voice_of(claim),
        words=tuple(_words(passage, details.source.language, shown) for passage in details.passages),
        facts=tuple(_facts(claim, stated)),
        printed=tuple(Name(name, language, names.of(thing)) for thing, name, language, _claim in named),
        related=tuple(_related(claim.iri)),
        about=tuple(names.link(thing.iri) for thing in details.about),
        note=_note(found),
        is_at_hand=text is not None,
        is_shown=shown is not None,
        took_back=tuple(taken_back_by(claim.iri)),
    )


def _digest(editorial: str) -> str:
    rows = select(f"SELECT ?sum WHERE {{ {iris([editorial])} pol:sha256 ?sum }} LIMIT 1")
    return text_of(rows[0], "sum") if rows else ""


def _words(passage: Passage, language: str, text: str | None) -> Words:
    """A quote with what stands around it: from the text where it is there, else its recorded prefix and suffix."""
    spoken = passage.language or language
    if text is None or passage.start is None or not text.startswith(passage.exact, passage.start):
        return Words(passage.prefix, passage.exact, passage.suffix, spoken, True, True)
    end = passage.start + len(passage.exact)
    before, after = text[max(0, passage.start - AROUND) : passage.start], text[end : end + AROUND]
    # A paragraph ends the context, and a word is never cut.
    before, after = before.rpartition("\n\n")[2], after.partition("\n\n")[0]
    is_cut_before, is_cut_after = len(before) == AROUND, len(after) == AROUND
    return Words(
        before.partition(" ")[2] if is_cut_before else before.lstrip(),
        passage.exact,
        after.rpartition(" ")[0] if is_cut_after else after.rstrip(),
        spoken,
        is_cut_before,
        is_cut_after,
    )


def _facts(claim: Claim, stated: Sequence[Triple]) -> Iterator[Fact]:
    """What it states, as sentences; dates stand in these."""
    values, kinds = values_of(stated), kinds_in({claim.iri: stated})
    missing = missing_of(kinds)
    for node in nodes_of(stated):
        if node == claim.iri:
            continue  # what it takes back is told of in a place of its own
        said = () if _is_date(node, kinds.get(node, ())) else Writer(values).of(node, stated, kinds.get(node, ()))
        if said:
            main, *details = (Said(sentence.pieces) for sentence in said)
            yield Fact(claim.modality, (), main, tuple(details), missing.get(node, ()))


def _is_date(node: str, kinds: Sequence[str]) -> bool:
    return any(local(NamedNode(kind)) == "TemporalEntity" for kind in kinds)


def _related(claim: str) -> Iterator[tuple[str, tuple[Claim, ...]]]:
    """The claims that it is related to, by heading; none about private life."""
    rows = select(f"""
        SELECT DISTINCT ?how ?back ?other WHERE {{
          {{ VALUES ?how {{ pol:inTensionWith cito:supports cito:disputes pol:fulfils pol:belies prov:wasRevisionOf }}
             {iris([claim])} ?how ?other BIND(false AS ?back) }}
          UNION
          {{ VALUES ?how {{ cito:supports cito:disputes pol:fulfils pol:belies prov:wasRevisionOf }}
             ?other ?how {iris([claim])} BIND(true AS ?back) }}
        }} ORDER BY ?other LIMIT 400""")
    claims = claims_by_iri(text_of(row, "other") for row in rows)
    for name, is_back, title in RELATIONS:
        found = [
            claims[text_of(row, "other")]
            for row in rows
            if text_of(row, "how").endswith(name)
            and (text_of(row, "back") == "true") == is_back
            and text_of(row, "other") in claims
        ]
        public = tuple(one for one in found if not one.private)
        if public:
            yield _(title), public


def _note(found: Description) -> str:
    """What whoever encoded the claim remarked on it."""
    notes = [
        triple.object.value
        for triple in found.statements
        if triple.predicate.value == str(SKOS.editorialNote)
        and local_iri(triple.subject) == found.iri
        and isinstance(triple.object, Literal)
    ]
    return " ".join(sorted(notes))
