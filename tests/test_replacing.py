"""A store made from the one before holds what one that is loaded anew holds."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, parse

from graph.snapshots import replacing
from graph.snapshots.content import sorted_lines
from graph.snapshots.replacing import differences, replaced

LINES = st.sets(st.text("ab", max_size=6).map(lambda text: f"{text}\n".encode()))


@given(LINES, LINES, st.sampled_from((1, 2, 5, 1 << 16)))
def test_differences_are_those_of_the_sets_of_lines(old: set[bytes], new: set[bytes], step: int) -> None:
    kept, replacing.STEP = replacing.STEP, step
    try:
        found = list(differences(b"".join(sorted(old)), b"".join(sorted(new | old if step == 2 else new))))
    finally:
        replacing.STEP = kept
    after = new | old if step == 2 else new
    assert [line for is_new, line in found if is_new] == sorted(after - old)
    assert [line for is_new, line in found if not is_new] == sorted(old - after)
    assert [line for _, line in found] == sorted(after ^ old)


def content(names: range) -> bytes:
    lines = sorted(f'<http://a.example/{name}> <http://a.example/p> "{name}" .\n' for name in names)
    return "".join(lines).encode()


def test_little_that_changed_is_replaced_and_much_is_not(tmp_path: Path) -> None:
    old, new = content(range(200)), content(range(5, 210))
    store = Store(str(tmp_path / "old"))
    store.extend(parse(old, format=RdfFormat.N_QUADS))
    store.flush()
    del store
    assert replaced(tmp_path / "old", old, new, tmp_path / "new")
    assert sorted_lines(Store.read_only(str(tmp_path / "new"))) == new
    assert sorted_lines(Store.read_only(str(tmp_path / "old"))) == old
    assert not replaced(tmp_path / "old", old, content(range(400)), tmp_path / "other")


def test_a_store_that_does_not_hold_what_it_should_is_noticed(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "old"))
    store.extend(parse(content(range(199)), format=RdfFormat.N_QUADS))
    store.flush()
    del store
    assert not replaced(tmp_path / "old", content(range(200)), content(range(201)), tmp_path / "new")
