"""Files are read to their end, or to as many bytes as may be, whatever they say of their size."""

import os
from pathlib import Path

import pytest

from graph.files.opening import AT_ONCE, bytes_of
from graph.snapshots.manifest import inputs

LONG = os.urandom(3 * AT_ONCE + 5)


@pytest.mark.parametrize("length", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, len(LONG)])
def test_a_file_is_read_to_its_end_or_one_byte_beyond_its_bound(tmp_path: Path, length: int) -> None:
    file = tmp_path / "file"
    file.write_bytes(LONG[:length])
    assert bytes_of(file) == bytes_of(file, length) == LONG[:length]
    assert bytes_of(file, max(length - 1, 0)) == LONG[:length]
    assert bytes_of(file, length // 2) == LONG[: min(length, length // 2 + 1)]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no such folder here")
def test_a_file_that_says_that_it_is_empty_is_read() -> None:
    assert bytes_of(Path("/proc/self/status"), 10_000).startswith(b"Name:")


def test_the_digest_of_an_input_is_that_of_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "claims" / "2020").mkdir(parents=True)
    file = tmp_path / "data" / "claims" / "2020" / "one.jsonl"
    file.write_bytes(LONG)
    first = inputs(tmp_path / "data")
    file.write_bytes(LONG[:-1])
    monkeypatch.chdir(tmp_path / "data")
    second = inputs(Path())
    assert {name for name in second if first[name] != second[name]} == {"data/claims/2020/one.jsonl"}
