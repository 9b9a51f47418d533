"""What is done again where little has changed: no more than that rests on it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import TypeVar

import pytest
from growth_fixtures import Folder, grown, made

from graph.growing import cache as kept
from graph.growing import lots
from graph.growing.batches import BATCH
from graph.growing.cache import Cache, key
from graph.growing.editorial import Piece
from graph.growing.growth import check_grown, grow
from graph.growing.lots import Lots, cut
from graph.growing.workers import Alone
from graph.settings import Settings

T = TypeVar("T")
R = TypeVar("R")


class Counting(Alone):
    """Notes how often each function was asked, and of HermiT for how many editorials."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def run(self, function: Callable[[T], R], tasks: Sequence[T], size: int = BATCH) -> Iterator[R]:
        """See ``Alone``."""
        for task in tasks:
            self.asked[function.__name__] += len(getattr(task, "items", ".")) if function.__name__ == "failing" else 1
        return super().run(function, tasks, size)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Data in several lots, which has been looked at once, with a shared event."""
    monkeypatch.setattr("graph.growing.proving.consistent", lambda *_: True)
    monkeypatch.setattr(lots, "SIZE", 3)
    found = made(tmp_path)
    folder = Folder(found)
    for file, label in zip(folder.claim_files()[1:3], ("the strike", "a strike"), strict=True):
        folder.state(file, [{"id": "event/the-strike", "type": "Event", "label": label}])
    grown(found)
    return found


def asked(settings: Settings) -> dict[str, int]:
    workers = Counting()
    grown(settings, workers)
    return dict(workers.asked)


def test_of_what_has_not_changed_nothing_is_done_again(settings: Settings) -> None:
    assert asked(settings) == {}


def test_after_many_faults_in_a_row_nothing_is_done_again(settings: Settings) -> None:
    file = Folder(settings).claim_files()[0]
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("group/samizdat-team", "group/samizdat-taem"), encoding="utf-8")
    for _ in range(2 * kept.KEPT):
        with Cache(settings.home) as cache:
            assert grow(settings, "of a test", cache, Alone()).problems
    file.write_text(text, encoding="utf-8")
    assert asked(settings) == {}


def test_neither_a_check_nor_what_breaks_off_is_a_run(settings: Settings) -> None:
    """After so many of them what none of them asked for is forgotten: what builds need besides."""

    def runs() -> list[tuple[int]]:
        with closing(connect(settings.home / kept.NAME)) as base:
            return base.execute("PRAGMA user_version").fetchall()

    before = runs()
    assert not check_grown(settings).problems
    with pytest.raises(KeyError), Cache(settings.home):
        raise KeyError
    assert runs() == before
    grown(settings)
    assert runs() > before


def test_of_one_label_no_other_document_is_looked_at(settings: Settings) -> None:
    file = Folder(settings).claim_files()[0]
    file.write_text(file.read_text(encoding="utf-8").replace('"label": "', '"label": "So: ', 1), encoding="utf-8")
    assert asked(settings) == {"_piece": 1, "is_valid": 1}


def test_what_is_said_of_a_thing_is_looked_at_wherever_it_is_named(settings: Settings) -> None:
    file = Folder(settings).claim_files()[1]
    file.write_text(file.read_text(encoding="utf-8").replace("the strike", "The strike", 1), encoding="utf-8")
    assert asked(settings) == {"_piece": 1, "is_valid": 2}


def test_what_is_known_of_documents_holds_in_other_lots(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (1, 64):
        monkeypatch.setattr(lots, "SIZE", size)
        assert asked(settings) == {}


def test_what_was_not_asked_for_in_many_runs_is_still_known(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lot that is known vouches for its documents: they are needed when another one of it changes."""
    monkeypatch.setattr(kept, "NOTED", 1)
    monkeypatch.setattr(kept, "KEPT", 2)
    for _ in range(3):
        grown(settings)
    file = Folder(settings).claim_files()[0]
    file.write_text(file.read_text(encoding="utf-8").replace('"label": "', '"label": "So: ', 1), encoding="utf-8")
    assert asked(settings) == {"_piece": 1, "is_valid": 1}


def test_one_more_member_moves_no_other_end() -> None:
    members = [key(str(number)) for number in range(1000)]
    ends = [{lot[-1] for lot in cut(some, bytes)} for some in (members, [*members[:500], key("new"), *members[500:]])]
    assert len(ends[0]) > 5
    assert ends[0] ^ ends[1] <= {key("new")}


def test_lots_that_have_no_end_are_ended() -> None:
    assert [len(lot) for lot in cut([key("same")] * 600, bytes)] == [256, 256, 88]


def test_a_product_is_made_of_what_the_lots_say(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lots, "SIZE", 1 << 40)  # digests, which rest on where the files lie, make no end
    monkeypatch.setattr(lots, "MOST", 3)
    with Cache(settings.home) as cache:
        found = Lots(grow(settings, "of a test", cache, Alone()).made, "of a test", cache)
        names = [name for some in found.each(iris) for name in some]
        assert [one.piece.iri for lot in found.all for one in lot.made] == names
        assert found.each(iris, found.all[1:2]) == [[one.piece.iri for one in found.all[1].made]]
    assert len(found.all) > 2


def iris(pieces: Sequence[Piece]) -> list[str]:
    assert all(one.stated and one.stated.mentions for one in pieces)
    return [one.iri for one in pieces]
