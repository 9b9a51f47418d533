"""A store made from the one before holds what one that is loaded anew holds."""

from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from graph.segments.lines import sorted_lines
from graph.snapshots.replacing import replaced


def content(names: range) -> set[bytes]:
    return {f'<http://a.example/{name}> <http://a.example/p> "{name}" .\n'.encode() for name in names}


def stored(path: Path, lines: set[bytes]) -> None:
    store = Store(str(path))
    store.extend(parse(b"".join(lines), format=RdfFormat.N_QUADS))
    store.flush()


def test_little_that_changed_is_replaced_and_much_is_not(tmp_path: Path) -> None:
    old, new, more = content(range(200)), content(range(5, 210)), content(range(400))
    stored(tmp_path / "old", old)
    assert replaced(tmp_path / "old", old - new, new - old, len(new), tmp_path / "new")
    assert sorted_lines(Store.read_only(str(tmp_path / "new"))) == b"".join(sorted(new))
    assert sorted_lines(Store.read_only(str(tmp_path / "old"))) == b"".join(sorted(old))
    assert not replaced(tmp_path / "old", old - more, more - old, len(more), tmp_path / "other")


def test_a_store_that_does_not_hold_what_it_should_is_noticed(tmp_path: Path) -> None:
    stored(tmp_path / "old", content(range(199)))
    come = content(range(201)) - content(range(200))
    assert not replaced(tmp_path / "old", set(), come, 201, tmp_path / "new")
