"""Registers and statistics of a content that grows: the same as anew, and only what has changed is made again."""

import json
import random
from collections.abc import Iterator, Sequence
from functools import partial

import pytest
from evidence_fixtures import publish
from pyoxigraph import Store

from graph.growing.plain import packed, unpacked
from graph.segments import cutting
from graph.segments.content import Content, Load, Make, Segment, T
from graph.snapshots.collecting import collected
from graph.snapshots.registering import registered


class Remembering:
    """Keeps what was made as a cache does, and counts the segments that something is made of; makes the last first."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str, bytes], bytes] = {}
        self.made: set[bytes] = set()

    def each(self, make: Make[T], ids: str, lines: Sequence[tuple[bytes, Load]]) -> Iterator[T]:
        names = [(make.__qualname__, ids, key) for key, _ in lines]
        for name, (key, load) in reversed([*zip(names, lines, strict=True)]):
            if name not in self.known:
                self.made.add(key)
                self.known[name] = packed(make(load(), ids))
        return (unpacked(self.known[name]) for name in names)


def whole(lines: Sequence[bytes]) -> Content:
    """The content in as few segments as there can be."""
    cut = Content.of(b"".join(sorted(lines)))
    segments = [[one for one in cut.segments if one.place == place] for place in cutting.Place]
    joined = [(some[0].place, b"".join(one.load() for one in some)) for some in segments if some]
    return Content(Segment(place, lines[:99], partial(bytes, lines)) for place, lines in joined)


def told(content: Content) -> tuple[bytes, str]:
    return registered(content), json.dumps(collected(content).to_json(), sort_keys=True)


@pytest.fixture(scope="module")
def lines(seed_store: Store, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """What the seed says, with imported data sets."""
    return publish(seed_store, tmp_path_factory.mktemp("imported")).content().splitlines(keepends=True)


@pytest.mark.parametrize("seed", [0, 2])
def test_what_is_kept_makes_the_same_register_and_statistics(
    seed: int, lines: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cutting, "ROOTS", dict.fromkeys(cutting.Place, seed + 1))
    chance = random.Random(seed)
    kept = Remembering()
    for share in (0.5, 0.9, 1.0, 0.99):
        some = sorted(line for line in lines if chance.random() < share)
        content = Content.of(b"".join(some))
        assert told(Content(content.segments, kept)) == told(whole(some))


def test_after_a_small_change_little_is_made(lines: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "ROOTS", dict.fromkeys(cutting.Place, 1))
    kept = Remembering()
    told(Content(Content.of(b"".join(lines)).segments, kept))
    every, kept.made = len(kept.made), set()
    told(Content(Content.of(b"".join(lines)).segments, kept))
    assert not kept.made
    words = next(place for place, line in enumerate(lines) if b"oa#exact>" in line and b"#provenance>" in line)
    changed = [*lines[:words], lines[words].replace(b' "', b' "Once more ', 1), *lines[words + 1 :]]
    content = Content.of(b"".join(changed))
    assert told(Content(content.segments, kept)) == told(whole(changed))
    assert 0 < len(kept.made) <= 2 < every / 100
