"""What an entry of a register is made with: digests of what is said, and the characters of literals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from pyoxigraph import Literal, Quad, RdfFormat, parse

BITS = (1 << 64) - 1


class Marks:
    """Digests of sets of statements, whatever their order: the sum of those of each, of 64 bits, by aspect."""

    def __init__(self) -> None:
        self.sums: defaultdict[str, int] = defaultdict(int)

    def add(self, aspect: str, statement: bytes) -> None:
        """One more statement, as N-Quads writes it without its graph."""
        digest = blake2b(statement, digest_size=8).digest()
        self.sums[aspect] = (self.sums[aspect] + int.from_bytes(digest)) & BITS

    def join(self, sums: Mapping[str, int]) -> None:
        """Those of other statements."""
        for aspect, total in sums.items():
            self.sums[aspect] = (self.sums[aspect] + total) & BITS

    def told(self) -> dict[str, str]:
        """The digests as 16 hexadecimal digits each."""
        return {aspect: f"{total:016x}" for aspect, total in sorted(self.sums.items())}


def terms(*iris: object) -> tuple[bytes, ...]:
    """IRIs as N-Quads writes them."""
    return tuple(f"<{iri}>".encode() for iri in iris)


def text(literal: bytes) -> str:
    """The characters of a literal as N-Quads writes it; empty for no literal."""
    if not literal:
        return ""
    return next(_literals(parse(b"<a:a> <a:a> %b ." % literal, format=RdfFormat.N_QUADS)), "")


def _literals(quads: Iterable[Quad]) -> Iterator[str]:
    return (quad.object.value for quad in quads if isinstance(quad.object, Literal))
