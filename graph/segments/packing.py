"""Lines as pieces of one gzip file, so that a piece which has not changed need not be compressed again.

Each piece is compressed on its own, and ends where a byte does (a full flush of DEFLATE,
https://www.rfc-editor.org/rfc/rfc1951): the pieces one after the other are the data of one member of a gzip file
(https://www.rfc-editor.org/rfc/rfc1952). Several members would do for gunzip, but many a reader takes the first for all
there is, or refuses what follows it, as browsers do (https://compression.spec.whatwg.org/#decompress-flush-and-enqueue).
The check sum of the whole comes from those of the pieces, without a second look at them.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from struct import pack
from typing import IO

LEVEL = 6
"""Of compression. 9 takes three times as long for 3 % less."""
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
"""No name, no time, no kind of file system: the same content gives the same bytes."""
BEGINNING = len(_HEAD)
"""Where the first piece stands in a file."""
_END = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS).flush()
"""The last block of DEFLATE, empty."""
_POLYNOMIAL = 0xEDB88320
"""That of CRC-32, its lowest power in the highest bit, as in all numbers below."""


@dataclass(frozen=True)
class Packed:
    """A piece: some lines, ``deflated``; their CRC-32, ``size`` in bytes, SHA-256, and how many they are."""

    deflated: bytes
    crc: int
    size: int
    sha256: bytes
    lines: int

    def unpacked(self) -> bytes:
        """The lines."""
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(self.deflated)


@dataclass(frozen=True)
class Written:
    """What was written: the ``size`` of the file in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


def packed(lines: bytes, ids: str = "") -> Packed:
    """Some lines as a piece; ``ids`` means nothing here (see ``Make`` in graph/segments/content.py)."""
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = compressor.compress(lines) + compressor.flush(zlib.Z_FULL_FLUSH)
    return Packed(deflated, zlib.crc32(lines), len(lines), sha256(lines).digest(), lines.count(b"\n"))


class Writer:
    """Writes pieces into an open file, one after the other. OSError from its methods if the file cannot be written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = sha256()
        self._crc = self._size = self._written = 0
        self._put(_HEAD)

    def add(self, piece: Packed) -> None:
        """The piece that follows."""
        self._put(piece.deflated)
        self._crc = combined(self._crc, piece.crc, piece.size)
        self._size += piece.size

    def finish(self) -> Written:
        """No more follow."""
        self._put(_END + pack("<LL", self._crc, self._size & 0xFFFFFFFF))
        return Written(self._written, self._digest.hexdigest())

    def _put(self, data: bytes) -> None:
        self._written += self._file.write(data)
        self._digest.update(data)


def write(path: Path, pieces: Iterable[Packed]) -> Written:
    """Make the gzip file that holds the pieces one after the other. OSError if it cannot be written."""
    with path.open("wb") as file:
        writer = Writer(file)
        for piece in pieces:
            writer.add(piece)
        return writer.finish()


def combined(first: int, second: int, size: int) -> int:
    """The CRC-32 of one text followed by another of ``size`` bytes, from the CRC-32 of each.

    As ``crc32_combine`` of zlib, which Python does not offer: https://github.com/madler/zlib/blob/v1.3.1/crc32.c
    """
    return _product(_shift(size), first) ^ second


@cache
def _square(times: int) -> int:
    """x squared so many times, modulo the polynomial."""
    return _product(_square(times - 1), _square(times - 1)) if times else 1 << 30


def _shift(size: int) -> int:
    """x to the power of the bits in so many bytes, modulo the polynomial."""
    power, times = 1 << 31, 3
    while size:
        if size & 1:
            power = _product(_square(times), power)
        size, times = size >> 1, times + 1
    return power


def _product(a: int, b: int) -> int:
    """The product of two polynomials over bits, modulo that of CRC-32."""
    product, bit = 0, 1 << 31
    while bit:
        if a & bit:
            product ^= b
        bit, b = bit >> 1, b >> 1 ^ (_POLYNOMIAL if b & 1 else 0)
    return product
