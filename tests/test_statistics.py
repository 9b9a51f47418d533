"""What is kept at publishing: hubs, the first things of each kind, the size of each graph; and when it is written."""

import json
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from graph.iris import ID
from graph.segments import cutting
from graph.segments.content import Content
from graph.segments.lines import canonical, sorted_lines
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots import collecting, tallies
from graph.snapshots.collecting import collected, counted_of
from graph.snapshots.statistics import CHOICES, DEGREE, FEW, GRAPHS, TYPE, Statistics

EX = "http://example.org/"
KINDS = ("person", "party", "country", "claim", "editorial", "event", "post", "nothing")


def made_of(content: bytes, ids: str = ID) -> Statistics:
    return collected(Content.of(content, ids))


@pytest.fixture(scope="module")
def statistics(seed_store: Store) -> Statistics:
    return made_of(sorted_lines(seed_store))


def values(store: Store, sparql: str) -> list[tuple[str, ...]]:
    found = store.query(sparql)
    assert isinstance(found, QuerySolutions)
    return [tuple(getattr(solution[name], "value", "") for name in found.variables) for solution in found]


def lines(*written: str) -> bytes:
    return "".join(sorted({f"{line} .\n" for line in written})).encode()


def star(subject: str, triples: int, place: str = "") -> list[str]:
    return [f"{subject} <{EX}p> <{EX}{number}>{place}" for number in range(triples)]


def typed(*iris: str) -> bytes:
    return lines(*(f"<{iri}> {TYPE} <{EX}Thing>" for iri in iris))


def test_a_hub_has_more_triples_in_the_default_graph_than_the_bound() -> None:
    found = made_of(
        lines(
            *star(f"<{EX}few>", DEGREE),
            *star(f"<{EX}few>", DEGREE + 9, f" <{EX}g>"),
            *star(f"<{EX}many>", DEGREE + 1),
            *star(f"<{EX}many>", 3, f" <{EX}g>"),
            *star("_:b", DEGREE + 1),
        )
    )
    assert found.hubs == frozenset({f"<{EX}many>"})


@pytest.mark.parametrize(("most", "known"), [(3, True), (2, False)])
def test_hubs_that_are_too_many_are_not_known(most: int, known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "HUBS", most)
    names = [f"<{EX}{name}>" for name in "abc"]
    found = made_of(lines(*(line for name in names for line in star(name, DEGREE + 1))))
    assert found.hubs == (frozenset(names) if known else None)


def test_hubs_are_those_that_the_engine_finds(seed_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "DEGREE", 12)  # our own data are too few for hubs
    asked = "SELECT ?s { ?s ?p ?o FILTER(isIRI(?s)) } GROUP BY ?s HAVING (COUNT(*) > 12)"
    expected = frozenset(f"<{iri}>" for (iri,) in values(seed_store, asked))
    assert made_of(sorted_lines(seed_store)).hubs == expected
    assert len(expected) > 5


@pytest.mark.parametrize("kind", KINDS)
def test_things_are_those_that_the_engine_finds(kind: str, seed_store: Store, statistics: Statistics) -> None:
    asked = f"""
        SELECT DISTINCT ?thing WHERE {{
          ?thing a ?any FILTER(STRSTARTS(STR(?thing), STR(<{ID}{kind}/>)) && !CONTAINS(STR(?thing), "#"))
        }} ORDER BY ?thing LIMIT {CHOICES}"""
    expected = tuple(iri for (iri,) in values(seed_store, asked))
    assert statistics.things.get(kind, ()) == expected
    assert bool(expected) == (kind != "nothing")


def test_things_are_in_the_order_of_their_iris_and_not_of_the_lines() -> None:
    iris = [f"{ID}party/{slug}" for slug in ("a", "a-b", "a-b-c", "a/b", "b")]
    assert made_of(typed(*iris)).things == {"party": tuple(iris)}
    assert typed(*iris).index(b"a-b>") < typed(*iris).index(b"a>")


def test_only_the_first_things_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "CHOICES", 2)
    iris = [f"{ID}party/{slug}" for slug in ("a", "a-b", "a-b-c", "a/b", "b")]
    assert made_of(typed(*iris)).things == {"party": (f"{ID}party/a", f"{ID}party/a-b")}


@pytest.mark.parametrize(
    "line",
    [
        f"<{ID}party/a#part> {TYPE} <{EX}Thing>",
        f"<{ID}party/a> <{EX}p> <{EX}o>",
        f"<{ID}party/a> {TYPE} <{EX}Thing> <{EX}g>",
        f"<{ID}party> {TYPE} <{EX}Thing>",
        f"<{EX}party/a> {TYPE} <{EX}Thing>",
    ],
)
def test_what_no_form_offers_is_no_thing(line: str) -> None:
    assert made_of(lines(line)).things == {}


def test_things_may_have_another_base() -> None:
    assert made_of(typed(f"{EX}id/party/a"), f"{EX}id/").things == {"party": (f"{EX}id/party/a",)}


def test_sizes_are_those_that_the_engine_counts(seed_store: Store, statistics: Statistics) -> None:
    asked = "SELECT ?name (COUNT(*) AS ?n) { GRAPH ?name { ?s ?p ?o } } GROUP BY ?name ORDER BY ?name"
    expected = [(name, int(count)) for name, count in values(seed_store, f"{asked} LIMIT {GRAPHS}")]
    assert list(statistics.sizes.items()) == expected
    assert len(expected) > 100
    [(default,)] = values(seed_store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert statistics.whole.triples == int(default)


def test_only_the_first_sizes_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "GRAPHS", 2)
    found = made_of(lines(*(line for name in ("a", "a-b", "a-b-c") for line in star("_:s", 3, f" <{EX}{name}>"))))
    assert (found.sizes, found.graphs, found.quads) == ({f"{EX}a": 3, f"{EX}a-b": 3}, 3, 9)


BOUNDS = ((collecting, "DEGREE", 6), (collecting, "HUBS", 400), (collecting, "CHOICES", 5), (collecting, "GRAPHS", 7))


@pytest.mark.parametrize("few", [FEW, 4])
@pytest.mark.parametrize("roots", [1, 2, 3])
def test_segments_have_together_the_statistics_of_the_whole(
    roots: int, few: int, seed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, bound in (*BOUNDS, (tallies, "FEW", few)):
        monkeypatch.setattr(module, name, bound)
    content = sorted_lines(seed_store)
    monkeypatch.setattr(cutting, "ROOTS", dict.fromkeys(cutting.Place, 1 << 40))
    whole = made_of(content)
    monkeypatch.setattr(cutting, "ROOTS", dict.fromkeys(cutting.Place, roots))
    cut = Content.of(content)
    assert len(cut.segments) > 100 / roots
    assert json.dumps(collected(cut).to_json(), sort_keys=True) == json.dumps(whole.to_json(), sort_keys=True)
    assert whole.hubs
    assert max(map(len, whole.things.values())) == 5
    assert len(whole.sizes) == 7


def test_what_is_few_in_each_segment_may_be_many_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "FEW", 2)
    some, same, more = (
        counted_of(lines(*(f"<{EX}{subject}> {TYPE} <{EX}{name}>" for name in names)), ID)
        for subject, names in (("a", "xy"), ("b", "xy"), ("c", "yz"))
    )
    for parts, expected in (((some, same), {f"<{EX}x>": 2, f"<{EX}y>": 2}), ((some, more, same), None)):
        found = collecting.joined(parts, ID).whole.properties[TYPE]
        assert (found.triples, found.subjects, found.objects) == (2 * len(parts), len(parts), expected)


def test_what_was_counted_of_a_segment_is_not_changed_where_it_is_used() -> None:
    part, other = (counted_of(typed(f"{EX}{name}"), ID) for name in "ab")
    first = collecting.joined([part, other], ID)
    assert collecting.joined([part, other], ID) == first
    assert part == counted_of(typed(f"{EX}a"), ID)


@pytest.fixture
def published(tmp_path: Path) -> Snapshot:
    party = Quad(NamedNode(f"{ID}party/a"), NamedNode(TYPE[1:-1]), NamedNode(f"{EX}Party"), DefaultGraph())
    snapshot = Snapshots(tmp_path / "snapshots").publish([party], {})
    assert snapshot.statistics == made_of(canonical([party]))
    return snapshot


def overwrite(snapshot: Snapshot, **changed: object) -> None:
    file = snapshot.statistics_path
    file.chmod(0o644)
    file.write_text(json.dumps(json.loads(file.read_text()) | changed))


def test_a_snapshot_published_with_another_base_is_whole(published: Snapshot) -> None:
    overwrite(published, ids=f"{EX}id/", things={})
    published.verify()


@pytest.mark.parametrize("changed", [{"layout": 1}, {"things": None}])
def test_published_again_it_has_the_statistics_of_this_release(published: Snapshot, changed: dict[str, object]) -> None:
    """What another release wrote, or somebody spoilt, is replaced; the store, which takes longer, is not."""
    written, store = published.statistics_path.read_bytes(), published.store_path.stat().st_ino
    overwrite(published, **changed)
    quads = Store.read_only(str(published.store_path))
    snapshots = Snapshots(published.path.parent)
    again = snapshots.publish(list(quads), {})
    assert again.statistics_path.read_bytes() == written
    assert not any(path.stat().st_mode & 0o222 for path in (again.path, again.statistics_path))
    assert again.store_path.stat().st_ino == store
    assert not list(snapshots.root.glob(".building*"))
