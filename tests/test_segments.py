"""A content is cut in the same places by whoever cuts it, and what is made of its parts is told once."""

from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from graph.iris import ID
from graph.segments import cutting
from graph.segments.content import Content
from graph.segments.cutting import Cutter, Place, subject_of
from graph.segments.lines import sorted_lines

SUBJECTS = st.sampled_from([
    *(f"<{ID}claim/{editorial}/{part}>" for editorial in ("a", "a-b", "b") for part in ("1", "1#event", "2")),
    *(f"<{ID}{one}>" for one in ("person/a", "person/a#x", "person/a-b", "area/x", "editorial/a", "editorial/a#date")),
    *("<http://a.example/x>", "<https://zz.example/>", "_:b1", "_:b10", f"<{ID.removesuffix('id/')}graph/inferred#1>"),
])  # fmt: skip
GRAPHS = st.sampled_from(
    ["", *(f" <{ID}claim/{one}/1#assertion>" for one in ("a", "a-b", "b")), " <http://a.example/g>"]
)
OBJECTS = st.sampled_from(['"of <this> kind"', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', f"<{ID}person/a>"])
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
LINES = st.sets(
    st.tuples(SUBJECTS, st.sampled_from([LABEL, "<http://a.example/p>"]), OBJECTS, GRAPHS).map(
        lambda terms: f"{terms[0]} {terms[1]} {terms[2]}{terms[3]} .\n".encode()
    ),
    max_size=40,
)


@pytest.fixture(params=[1, 2, 5])
def small(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Segments of about so many roots, for contents with few."""
    size: int = request.param
    monkeypatch.setattr(cutting, "ROOTS", dict.fromkeys(Place, size))
    return size


def whole(lines: bytes, ids: str) -> bytes:
    return lines


@pytest.mark.usefixtures("small")
def test_the_segments_are_the_content_in_its_order() -> None:
    @given(LINES)
    def holds(lines: set[bytes]) -> None:
        content = Content.of(b"".join(sorted(lines)))
        assert b"".join(content.lines()) == b"".join(sorted(lines))
        assert list(content.each(whole)) == list(content.lines())
        roots = [{Cutter().root(subject_of(line)) for line in part.splitlines()} for part in content.lines()]
        assert max(Counter(chain.from_iterable(roots)).values(), default=1) == 1
        assert [one.place for one in content.segments] == sorted(one.place for one in content.segments)

    holds()


@pytest.mark.usefixtures("small")
def test_one_more_line_changes_no_segment_but_its_own() -> None:
    @given(LINES, LINES)
    def holds(lines: set[bytes], more: set[bytes]) -> None:
        for line in sorted(more)[:1]:
            before, after = (Content.of(b"".join(sorted(some))).segments for some in (lines, lines | {line}))
            gone = {one.key for one in before} - {one.key for one in after}
            # The one that it is in now; a line that begins a root may cut that in two, or in three with another's.
            assert len(gone) <= 1
            assert len({one.key for one in after} - {one.key for one in before}) <= 3

    holds()


@pytest.mark.usefixtures("small")
def test_every_line_of_a_claims_graphs_is_told_once_and_with_its_claim() -> None:
    @given(LINES)
    def holds(lines: set[bytes]) -> None:
        content, cutter = Content.of(b"".join(sorted(lines))), Cutter()
        told = [part.splitlines(keepends=True) for part in content.claims(whole)]
        assert all(part == sorted(set(part)) for part in told)
        own = [{cutter.root(subject_of(line)) for line in part.splitlines()} for part in content.lines([Place.CLAIMS])]
        for part, roots in zip(told, own, strict=True):
            assert {owner for line in part if (owner := cutter.owner(line))} <= roots
        found = Counter(line for part in told for line in part if cutter.owner(line))
        known = frozenset[bytes]().union(*own)
        assert found == Counter(line for line in lines if cutter.owner(line) in known)

    holds()


def test_what_claims_name_comes_with_them(seed_store: Store) -> None:
    content, cutter = Content.of(sorted_lines(seed_store)), Cutter()
    (part,) = content.claims(whole)
    labelled = {line.split(b" ")[0] for line in part.splitlines() if LABEL.encode() in line and cutter.is_default(line)}
    assert f"<{ID}person/nursultan-nazarbayev>".encode() in labelled
    assert all(cutter.place(subject) != Place.CLAIMS for subject in labelled)


def test_a_thing_that_is_called_otherwise_changes_the_claims_that_name_it(seed_store: Store) -> None:
    lines = sorted_lines(seed_store)
    name = f"<{ID}person/nursultan-nazarbayev> {LABEL} ".encode()
    other = lines.replace(name + b'"', name + b'"N. ', 1)
    assert other != lines
    one, another = (Content.of(some) for some in (lines, other))
    assert list(one.lines([Place.CLAIMS])) == list(another.lines([Place.CLAIMS]))
    assert list(one.claims(whole)) != list(another.claims(whole))
