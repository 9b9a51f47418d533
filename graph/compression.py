"""Content codings (RFC 9110, section 8.4.1): an answer made smaller, quickly or once and for all."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import brotli

IDENTITY: Final = "identity"
"""The coding that changes nothing."""

SMALLEST = 1400
"""Bytes below which nothing is compressed: it fits into one packet of the network as it is."""

LARGE = 1 << 17
"""Bytes above which even the best compression has to make haste: the answers about a thousand editorials take 3 s of
brotli instead of 27, and are 9% larger."""


@dataclass(frozen=True)
class Coding:
    """A way to compress: ``quick`` while somebody waits, ``best`` when nobody does; the ``suffix`` of its files."""

    suffix: str
    quick: Callable[[bytes], bytes]
    best: Callable[[bytes], bytes]
    decode: Callable[[bytes], bytes]


def _zstd(level: int) -> Callable[[bytes], bytes]:
    def compress(body: bytes) -> bytes:
        import zstandard  # 8 ms, which a command that compresses nothing should not wait for

        # A compressor each time: one may not be used by two threads at once.
        return zstandard.ZstdCompressor(level=level).compress(body)

    return compress


def _unpack_zstd(body: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdDecompressor().decompress(body)


def _gzip(level: int) -> Callable[[bytes], bytes]:
    return lambda body: gzip.compress(body, level, mtime=0)


def _brotli(quality: int) -> Callable[[bytes], bytes]:
    def compress(body: bytes) -> bytes:
        # 11 works off a megabyte a second, 9 a hundred.
        smaller: bytes = brotli.compress(body, quality=quality if len(body) <= LARGE else min(quality, 9))
        return smaller

    return compress


CODINGS = {
    "br": Coding(".br", _brotli(4), _brotli(11), brotli.decompress),
    "zstd": Coding(".zst", _zstd(3), _zstd(9), _unpack_zstd),
    "gzip": Coding(".gz", _gzip(6), _gzip(9), gzip.decompress),
}
"""Every coding by its name in HTTP. The same bytes come out each time, of the same release of the same library."""


def compressed(body: bytes, coding: str, *, best: bool = False) -> bytes | None:
    """The body in the coding; None where that gains nothing, as for anything that is small."""
    if coding == IDENTITY or len(body) < SMALLEST:
        return None
    found = CODINGS[coding]
    smaller = (found.best if best else found.quick)(body)
    return smaller if len(smaller) < len(body) else None
