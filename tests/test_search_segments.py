"""The search indexes of a content are the same however it is cut; and of what changes, only that is made anew."""

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from bench.derived import Derived
from bench.distributions import load
from bench.editorials import editorial_lines
from bench.world import countries, world_lines
from evidence_fixtures import publish
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store
from rdflib import RDFS
from search_fixtures import searchable_of

from graph.growing.plain import packed, unpacked
from graph.iris import ID
from graph.searching import making, searchable
from graph.searching.facets import COUNTRY, DATE, EARLIEST, LATEST, STATED_IN
from graph.searching.indexing import indexes, of_claims
from graph.searching.naming import LABELS
from graph.searching.reading import read
from graph.searching.records import HELD_BY, MENTION_OF, PRINTED_NAME, SENSITIVE, TYPE, VALUE
from graph.segments import cutting
from graph.segments.content import Content, Load, Make, T
from graph.topics import SUBJECT, TOPIC_OF

Quads = st.SearchStrategy[str]
BASE = ID.removesuffix("id/")
WHOLE = 10**9
SIZES = (1, 2, 3)


def cut(lines: bytes, roots: int) -> Content:
    """In segments of about so many roots."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "ROOTS", dict.fromkeys(cutting.Place, roots))
        return Content.of(lines)


def made(lines: bytes, roots: int) -> list[bytes]:
    return [b"".join(pieces) for pieces in indexes(cut(lines, roots))]


def assert_same(lines: bytes, sizes: Sequence[int] = SIZES) -> None:
    """The same as what is made of all lines at once."""
    known, data_sets = read(lines, ID)
    expected = [making.made(records, ID) for records in (*known.records(), data_sets.records(known))]
    for roots in (*sizes, WHOLE):
        assert made(lines, roots) == expected, roots


def in_order(text: str) -> bytes:
    return b"".join(sorted({*text.encode().splitlines(keepends=True)}))


@pytest.fixture(scope="module")
def generated() -> bytes:
    found, derived = load(), Derived()
    world = countries(found, 40, 1)
    editorials = (editorial_lines(world[number % len(world)], number, 1, found, derived) for number in range(20))
    return in_order("".join([*world_lines(world, derived), *editorials]))


def test_the_projects_own_content_with_evidence(seed_store: Store, tmp_path: Path) -> None:
    published = publish(seed_store, tmp_path)
    lines = gzip.decompress(published.nquads_path.read_bytes())
    assert_same(lines)
    for name, index in zip(searchable.NAMES, made(lines, 2), strict=True):
        assert index == (published.search_path / name).read_bytes()
        assert len(index) > 1000


def test_a_content_of_many_editorials(generated: bytes) -> None:
    assert_same(generated, sizes=(2,))


def iris(*paths: str) -> list[str]:
    return [f"<{ID}{path}>" for path in paths]


THINGS = iris("country/a", "editorial/one", "editorial/two", "person/a", "person/a-b", "dataset/s")
CLAIMS = iris("claim/one/x", "claim/one/x-y", "claim/two/x")
MOMENTS = iris("editorial/one#date", "person/a#date", "claim/one/x#date", "claim/two/x#date")
MENTIONS = iris("claim/one/x#m", "claim/two/x#m", "person/a#m")
EVIDENCE = [f" <{BASE}graph/evidence/{name}>" for name in "st"]
GRAPHS = ["", f" <{BASE}graph/entities>", *(f" {claim[:-1]}#assertion>" for claim in CLAIMS)]
TEXTS = ['"Anna"@en', '"Анна"@ru', '"it \\"says\\" . <x> so"']
DAYS = ['"2021-01-01"', '"1990-12-31"', '"true"']
KINDS = [f"<{kind}>" for kind in sorted(TOPIC_OF)[:3]]


def said(subjects: list[str], names: list[str], values: list[str], places: Sequence[str] = ("",)) -> Quads:
    """Statements with any of these."""
    parts = map(st.sampled_from, (subjects, [f"<{name}>" for name in names], values, places))
    return st.tuples(*parts).map(lambda some: "{} {} {}{} .\n".format(*some))


QUADS = st.one_of(
    said([*THINGS, *CLAIMS], list(LABELS)[:3], TEXTS),
    said(THINGS, [DATE], MOMENTS),
    said(MOMENTS, [EARLIEST, LATEST], DAYS),
    said(MENTIONS, [MENTION_OF], [*THINGS, *CLAIMS, f"<{BASE}elsewhere>"]),
    said(MENTIONS, [PRINTED_NAME], TEXTS),
    said(CLAIMS, [STATED_IN, HELD_BY], [*THINGS, *CLAIMS]),
    said([*THINGS, *CLAIMS], [SENSITIVE], ['"true"', '"false"'], GRAPHS),
    said(THINGS, [COUNTRY], iris("country/a", "country/b")),
    said([*THINGS, *CLAIMS, "_:b"], [TYPE, SUBJECT], [*THINGS, *CLAIMS, *KINDS], GRAPHS),
    said([*THINGS, *MOMENTS], [*LABELS, TYPE, VALUE, COUNTRY], [*THINGS, *TEXTS], EVIDENCE),
)
LABEL, IN = f"<{RDFS.label}>", f"<{STATED_IN}>"
ALWAYS = "".join(f'{claim} {LABEL} "of one" .\n{claim} {IN} {THINGS[1]} .\n' for claim in CLAIMS)


@given(st.lists(QUADS, max_size=40))
def test_any_content(quads: list[str]) -> None:
    assert_same(in_order("".join([ALWAYS, *quads])), sizes=(1, 2))


class Counting:
    """Remembers what was made, as a build does, and counts what it has to make."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, bytes], bytes] = {}
        self.anew: list[str] = []

    def each(self, make: Make[T], ids: str, lines: Sequence[tuple[bytes, Load]]) -> Iterator[T]:
        for key, loaded in lines:
            name = make.__qualname__
            if (name, key) not in self.known:
                self.anew.append(name)
                self.known[name, key] = packed(make(loaded(), ids))
            yield unpacked(self.known[name, key])


def test_of_a_change_only_its_own_segments_are_made_anew(generated: bytes) -> None:
    kept = Counting()
    before = cut(generated, 4)
    list(indexes(Content(before.segments, kept)))
    assert kept.anew.count(of_claims.__qualname__) > 2
    kept.anew.clear()
    changed = generated.replace(b"was banned", b"was forbidden", 1)
    assert changed != generated
    grown = [b"".join(pieces) for pieces in indexes(Content(cut(changed, 4).segments, kept))]
    assert grown == made(changed, WHOLE)
    assert kept.anew.count(of_claims.__qualname__) == 1


def test_an_index_with_other_iris_is_looked_at_by_those(tmp_path: Path) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    lines = f'<https://example.org/id/person/a> {label} "A" .\n'.encode()
    searchable.write_index(tmp_path / "search", Content.of(lines, "https://example.org/id/"))
    assert searchable.damaged(tmp_path / "search", Content.of(lines)) is None
    assert searchable.damaged(tmp_path / "search", Content.of(lines.replace(b'"A"', b'"B"'))) == "things"


def test_one_claim_cannot_make_another_private() -> None:
    label, mark = "<http://www.w3.org/2000/01/rdf-schema#label>", f"<{BASE}politics#sensitive>"
    one, two = f"<{ID}claim/a/one>", f"<{ID}claim/a/two>"
    marked = f'{one} {mark} "true"'
    text = f'{one} {label} "One" .\n{two} {label} "Two" .\n'
    found = searchable_of(in_order(f"{text}{marked} <{two[1:-1]}#assertion> .\n"))
    assert [record["names"][0][0] for record in found.claims.records()] == ["One", "Two"]
    found = searchable_of(in_order(f"{text}{marked} <{one[1:-1]}#pubinfo> .\n"))
    assert [record["names"][0][0] for record in found.claims.records()] == ["Two"]
