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
from search_fixtures import searchable_of

from graph.iris import ID
from graph.searching import searchable
from graph.searching.indexing import indexes, of_claims
from graph.searching.records import STATED, WANTED
from graph.snapshots import cutting
from graph.snapshots.segments import Content, Load, Make, T

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
    expected = made(lines, WHOLE)
    for roots in sizes:
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


PATHS = ("country/a", "country/b", "editorial/one", "editorial/two", "dataset/s", "person/a", "person/a#x")
THINGS = [f"<{ID}{path}>" for path in (*PATHS, "person/a#date", "person/a-b", "person/a-b#date")]
CLAIMS = [f"<{ID}claim/{path}>" for path in ("one/x", "one/x#m", "one/x-y", "two/x", "two/x#m", "two/x#date")]
GRAPHS = [f" <{ID}claim/{path}>" for path in ("one/x#assertion", "one/x-y#pubinfo", "two/x#assertion")]
GRAPHS += [f" <{BASE}graph/{name}>" for name in ("entities", "inferred", "evidence/s", "evidence/t")]
TRUE = '"1"^^<http://www.w3.org/2001/XMLSchema#boolean>'
TEXTS = ['"true"', TRUE, '"2021-01-01"', '"1990"', '"Anna"@en', '"Анна"@ru', '"it \\"says\\" . <x> so"']
SUBJECTS = st.sampled_from([*THINGS, *CLAIMS, f"<{BASE}politics#x>", f"<{BASE}rules/x>", "_:b"])
OBJECTS = st.sampled_from([*THINGS, *CLAIMS, *TEXTS])
PREDICATES = st.sampled_from([f"<{name}>" for name in [*sorted(WANTED), *sorted(STATED)[:4]]])
QUADS = st.tuples(SUBJECTS, PREDICATES, OBJECTS, st.sampled_from([*[""] * len(GRAPHS), *GRAPHS]))


@given(st.lists(QUADS, max_size=60))
def test_any_content(quads: list[tuple[str, str, str, str]]) -> None:
    assert_same(in_order("".join(f"{s} {p} {o}{where} .\n" for s, p, o, where in quads)), sizes=(1, 2))


class Counting:
    """Remembers what was made, and counts what it has to make."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, bytes], object] = {}
        self.anew: list[str] = []

    def each(self, make: Make[T], ids: str, lines: Sequence[tuple[bytes, Load]]) -> Iterator[T]:
        for key, loaded in lines:
            name = make.__qualname__
            if (name, key) not in self.known:
                self.anew.append(name)
                self.known[name, key] = make(loaded(), ids)
            yield self.known[name, key]  # type: ignore[misc]


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
