"""What is kept between builds: plain data in a file that anybody may have changed."""

import os
import pickle
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from zstandard import compress

from graph.growing.cache import KEPT, NOTED, Cache, key
from graph.growing.plain import NotPlain, packed, unpacked
from graph.growing.reading import Reader
from graph.growing.stated import About
from graph.growing.workers import Cores
from graph.segments.cutting import Place


@pytest.mark.parametrize("end", ["", "-wal"])
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/etc"])
def test_a_device_in_the_place_of_the_cache_is_no_cache(tmp_path: Path, end: str, device: str) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / f"growth.sqlite{end}").symlink_to(device)
    for known in ({}, {key("a"): 1}):
        with Cache(tmp_path) as cache:
            assert cache.get([key("a")]) == known
            cache.put({key("a"): 1})


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    made = About(b"lines", ("an", "object")), Counter("aab"), frozenset("a"), Place.CLAIMS, {b"": (1, None, tmp_path)}
    with Cache(tmp_path) as cache:
        cache.put({key("made"): made})
        assert cache.get([key("made")]) == {key("made"): made}


@pytest.mark.parametrize("value", [os.system, Path.unlink, Reader, Cores, pickle.loads, subprocess.Popen])
def test_nothing_is_run_by_what_is_read(value: object) -> None:
    """Whoever can write the file of the cache can have it name anything."""
    with pytest.raises(NotPlain, match="is no plain data"):
        unpacked(packed(value))


@pytest.mark.parametrize("content", [b"", b"rubbish", compress(b""), compress(b"rubbish"), compress(b"\x80\x05X")])
def test_bytes_that_are_no_plain_data_are_not_read(content: bytes) -> None:
    with pytest.raises(NotPlain):
        unpacked(content)


def test_what_is_not_used_is_forgotten(tmp_path: Path) -> None:
    for run in range(KEPT + NOTED):
        with Cache(tmp_path) as cache:
            if not run:
                cache.put({key("used"): 1, key("left"): 2})
            assert cache.get([key("used")]) == {key("used"): 1}
    with Cache(tmp_path) as cache:
        assert cache.get([key("used"), key("left")]) == {key("used"): 1}
