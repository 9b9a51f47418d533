"""Short links to queries that nobody has to keep: the query itself, compressed, is the code.

A code is a letter for the way it was made, and in base64url (RFC 4648, section 5) a check sum of two bytes and the
UTF-8 text as a raw deflate stream (RFC 1951) that begins with a dictionary known to both sides: prefixes, words and
terms of queries to this endpoint. A dictionary never changes, or old codes would be lost; a better one gets a letter
of its own.
"""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from binascii import crc_hqx
from functools import cache
from pathlib import Path

from graph.errors import UnknownName

FIRST = "a"
"""The way codes are made: the first, and so far the only one."""
DICTIONARY = Path(__file__).parent / "short_dictionary_a.txt"
LONGEST = 100_000
"""Bytes of a query that a code may hold: a few letters could otherwise swell to gigabytes."""
RAW = -zlib.MAX_WBITS


def code_of(query: str) -> str | None:
    """The code of a query; None for one that is too long for a link."""
    text = query.encode()
    if len(text) > LONGEST:
        return None
    packer = zlib.compressobj(9, zlib.DEFLATED, RAW, 9, zdict=dictionary())
    body = packer.compress(text) + packer.flush()
    return FIRST + urlsafe_b64encode(_checked(text) + body).decode().rstrip("=")


def query_of(code: str) -> str:
    """The query that a code holds; UnknownName for what is no whole code."""
    try:
        return _unpacked(code)
    except (NotBase64, ValueError, zlib.error):
        hint = "it was cut or changed on its way: ask for the whole link, or type the query anew"
        raise UnknownName("this short link is not whole", hint) from None


def _unpacked(code: str) -> str:
    if not code.startswith(FIRST) or not code.isascii():
        raise ValueError("made in no way that is known")
    packed = urlsafe_b64decode(code[1:] + "=" * (-(len(code) - 1) % 4))
    unpacker = zlib.decompressobj(RAW, zdict=dictionary())
    text = unpacker.decompress(packed[2:], LONGEST)
    if not unpacker.eof or unpacker.unused_data or packed[:2] != _checked(text):
        raise ValueError("not the whole text")
    return text.decode()


def _checked(text: bytes) -> bytes:
    """Two bytes that tell whether a text is whole."""
    return crc_hqx(text, 0).to_bytes(2, "big")


@cache
def dictionary() -> bytes:
    """What the first way takes as known; the likeliest stands last, where it is nearest."""
    return DICTIONARY.read_bytes()
