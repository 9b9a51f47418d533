"""Pieces of a gzip file: whatever they are cut from, any reader finds one whole file, the same each time."""

import gzip
import subprocess
import zlib
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.segments.packing import combined, packed, write

LINES = b"".join(
    b"<http://example.org/%d> <http://example.org/p> <http://example.org/%d> .\n" % (n, n) for n in range(999)
)


@given(st.binary(), st.binary())
@example(b"", b"")
@example(b"a", bytes(70_000))
def test_check_sums_combine_to_that_of_the_whole(first: bytes, second: bytes) -> None:
    assert combined(zlib.crc32(first), zlib.crc32(second), len(second)) == zlib.crc32(first + second)


@pytest.mark.parametrize("cuts", [[], [0], [1], [5, 5, 3000], list(range(0, len(LINES), 1000))])
def test_pieces_are_one_member_of_gzip(cuts: list[int], tmp_path: Path) -> None:
    file = tmp_path / "data.gz"
    written = write(file, (packed(LINES[a:b]) for a, b in zip([0, *cuts], [*cuts, None], strict=True)))
    content = file.read_bytes()
    assert (written.size, written.sha256) == (len(content), sha256(content).hexdigest())
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert reader.decompress(content) == LINES
    assert (reader.eof, reader.unused_data) == (True, b"")
    assert gzip.decompress(content) == LINES


def test_gunzip_finds_nothing_wrong(tmp_path: Path) -> None:
    write(tmp_path / "data.gz", [packed(LINES), packed(b""), packed(LINES)])
    subprocess.run(["gzip", "--test", tmp_path / "data.gz"], check=True)


def test_no_piece_is_an_empty_file(tmp_path: Path) -> None:
    write(tmp_path / "data.gz", [])
    assert gzip.decompress((tmp_path / "data.gz").read_bytes()) == b""


def test_the_bytes_depend_on_the_pieces_alone(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        write(tmp_path / name, [packed(LINES, name)])
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_a_piece_tells_of_its_lines() -> None:
    piece = packed(LINES)
    assert (piece.size, piece.lines, piece.sha256) == (len(LINES), 999, sha256(LINES).digest())
    assert len(piece.deflated) < len(LINES) // 4
