"""What is published of a folder that changes little by little, byte for byte as if each state were published alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from growth_fixtures import Folder, at_once, files, made, of_all
from pyoxigraph import RdfFormat, Store, parse

from graph.growing import remembering
from graph.growing.cache import Cache
from graph.growing.workers import Alone
from graph.segments import cutting
from graph.segments.cutting import Place
from graph.segments.lines import sorted_lines
from graph.settings import Settings
from graph.snapshot import Snapshots

ASKED = {"claims": "SELECT (COUNT(*) AS ?n) { ?s a <http://www.nanopub.org/nschema#Nanopublication> }"}
CHANGES = 4


def test_what_grows_is_published_as_if_from_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "ROOTS", {place: 3 if place == Place.CLAIMS else 40 for place in Place})
    settings, rng = made(tmp_path / "data"), Random(5)
    folder, growing = Folder(settings), Snapshots(tmp_path / "growing")
    shared = 0
    for number in range(CHANGES):
        before = growing.current().segments if number else ()
        with Cache(settings.home) as cache:
            content = of_all(settings, cache, Alone())
            grown = growing.publish_content(content, {}, questions=ASKED)
        alone = Snapshots(tmp_path / f"alone-{number}").publish(
            parse(at_once(settings), RdfFormat.N_QUADS), {}, questions=ASKED
        )
        assert grown.id == alone.id
        assert files(grown) == files(alone)
        assert sorted_lines(Store.read_only(str(grown.store_path))) == grown.content()
        shared += len({one.sha256 for one in grown.segments} & {one.sha256 for one in before})
        folder.change(rng)
    assert shared > CHANGES * 5
    grown.verify()


class Counting(Alone):
    """Does all that is asked for, and counts what is made of how many segments."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()

    def run(self, function: Callable[[Any], Any], tasks: Sequence[Any], size: int = 1) -> Iterator[Any]:
        if function is remembering.made_of:
            self.made.update(make.__qualname__ for make, _, _ in tasks)
        return super().run(function, tasks, size)


def test_only_what_a_change_touches_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "LITTLE", 0)
    monkeypatch.setattr(cutting, "ROOTS", {place: 2 if place == Place.CLAIMS else 40 for place in Place})
    settings = made(tmp_path / "data")
    first, again, changed = (publish(settings, tmp_path / "snapshots", change) for change in (False, False, True))
    assert min(first.values()) > 1
    assert {"packed", "counted_of", "of_claims", "claims_of", "claim_rows", "forms", "things"} <= first.keys()
    assert not again
    for name, count in changed.items():
        assert count <= max(2, first[name] / 3), name


def publish(settings: Settings, folder: Path, change: bool) -> Counter[str]:
    """What is made of how many segments, if one label has changed or nothing has."""
    if change:
        file = Folder(settings).claim_files()[0]
        file.write_text(file.read_text(encoding="utf-8").replace('"label": "', '"label": "Said: ', 1), "utf-8")
    counting = Counting()
    with Cache(settings.home) as cache:
        content = of_all(settings, cache, counting)
        Snapshots(folder).publish_content(content, {}, questions=ASKED)
    return counting.made
