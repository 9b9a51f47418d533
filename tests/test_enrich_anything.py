"""Whatever an endpoint answers: a review file that can be read, and entity files that are as they must be."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from graph.checking import check
from graph.engine.results import Term
from graph.enriching import describing, finding, review
from graph.enriching.applying import apply
from graph.enriching.asking import Endpoint, Told
from graph.enriching.matches import Matches
from graph.enriching.profile import profile
from graph.enriching.subjects import subjects
from graph.enriching.templates import Row
from graph.errors import InvalidInput
from graph.settings import Settings

WIKIDATA = profile("wikidata")
ITEM = "http://www.wikidata.org/entity/Q100"
ENTITIES = """\
"@context": https://w3id.org/samizdat/context.jsonld
entities:
  - id: country/kazakhstan  # by its code
    type: Country
    prefLabel: { en: Kazakhstan }
    identifier: { propertyID: ISO 3166-1 alpha-2, value: KZ, confirmedBy: pycountry }
  - id: party/nur-otan
    type: PoliticalParty
    prefLabel: { en: Nur Otan }
"""
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=30),
    st.sampled_from(
        ["true", "null", "~", "- a", "a: b", "#", "{", "]", "'", '"', "2020", "1e3", "Қазақстан", "a\u202eb", "%", "@"]
    ),
    st.sampled_from(["KZ", "KAZ", "Kazakhstan", "Nur Otan", "name", "alias", "description"]),
)
HOSTILE = ["http://www.wikidata.org/entity/", "http://evil.example/", "urn:x", "", f"{ITEM}\u202e", f"{ITEM} {{}}"]
CLASSES = [iri for iris in WIKIDATA.classes.values() for iri in iris]
IRIS = st.sampled_from([ITEM, f"{ITEM}1", *HOSTILE, *WIKIDATA.identifiers.values(), *CLASSES])
TAGS = st.one_of(
    st.none(), st.sampled_from(["en", "kk", "kk-arab", "EN-gb", "", "x", "not a tag"]), st.text(max_size=5)
)
TERMS = st.one_of(
    IRIS.map(lambda iri: Term("iri", iri)),
    st.builds(lambda text, tag: Term("literal", text, tag), TEXTS, TAGS),
    TEXTS.map(lambda text: Term("blank", text)),
)
PROPER = {
    "item": st.sampled_from([ITEM, f"{ITEM}1"]).map(lambda iri: Term("iri", iri)),
    "kind": st.sampled_from(["name", "alias", "description"]).map(lambda text: Term("literal", text)),
    "name": st.builds(lambda text, tag: Term("literal", text, tag), TEXTS, st.sampled_from(["en", "kk", "ru"])),
    "property": st.sampled_from(sorted(WIKIDATA.identifiers.values())).map(lambda iri: Term("iri", iri)),
    "value": TEXTS.map(lambda text: Term("literal", text)),
    "class": st.sampled_from(["http://www.wikidata.org/entity/Q7278"]).map(lambda iri: Term("iri", iri)),
}
BY_CODE = {
    "property": Term("iri", WIKIDATA.identifiers["ISO 3166-1 alpha-2"]),
    "value": Term("literal", "KZ"),
    "item": Term("iri", ITEM),
}
BY_NAME = {
    "name": Term("literal", "Nur Otan", "en"),
    "class": Term("iri", *WIKIDATA.classes["party"]),
    "item": Term("iri", f"{ITEM}1"),
}
ROWS = st.builds(
    lambda known, others: [*known, *others],
    st.sampled_from([[BY_CODE, BY_NAME], [BY_CODE], [BY_NAME], []]),
    st.lists(
        st.one_of(st.fixed_dictionaries(PROPER), st.dictionaries(st.sampled_from(sorted(PROPER)), TERMS, max_size=6)),
        max_size=12,
    ),
)


class Anything(Endpoint):
    """An endpoint that answers with these rows, whatever it is asked."""

    def __init__(self, rows: list[dict[str, Term]]) -> None:
        self._rows = rows

    def ask_in_parts(self, name: str, rows: Sequence[Row], *others: Sequence[Row]) -> Iterator[Told]:
        yield Told(self._rows, "2026-11-23")


def collected(settings: Settings, rows: list[dict[str, Term]]) -> Matches:
    known = list(subjects(settings.data).values())
    found = Matches(WIKIDATA)
    finding.by_identifier(known, Anything(rows), WIKIDATA, found)
    finding.by_name(known, Anything(rows), WIKIDATA, found)
    describing.names(found, Anything(rows), ("en", "kk", "ru"))
    describing.identifiers(found, Anything(rows), WIKIDATA)
    return found


@given(ROWS, ROWS)
@hypothesis_settings(max_examples=40)
def test_whatever_is_answered(
    tmp_path_factory: pytest.TempPathFactory, first: list[dict[str, Term]], second: list[dict[str, Term]]
) -> None:
    folder = tmp_path_factory.mktemp("anything")
    (folder / "data" / "entities").mkdir(parents=True)
    entities = folder / "data" / "entities" / "all.yaml"
    entities.write_text(ENTITIES, encoding="utf-8")
    settings = Settings(data=folder / "data", texts=(), home=folder / "home")
    file = folder / "review.yaml"
    for rows in (first, second, second):
        undecided = review.put(file, WIKIDATA, collected(settings, rows))
    if not file.exists():
        assert undecided == 0
        return
    assert review.read(file).undecided == undecided
    _decided(file)
    try:
        apply(settings, review.read(file))
    except InvalidInput:
        assert entities.read_text(encoding="utf-8") == ENTITIES
        return
    once = entities.read_bytes()
    assert check(settings, (entities,), reason=False).problems == ()
    assert b"  # by its code" in once
    apply(settings, review.read(file))
    assert entities.read_bytes() == once


def _decided(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"decision: unsure", b"decision: same"))


def test_a_profile_of_another_name_is_another_review(tmp_path: Path) -> None:
    other = replace(WIKIDATA, title="Another")
    assert review.put(tmp_path / "review.yaml", other, Matches(other)) == 0
