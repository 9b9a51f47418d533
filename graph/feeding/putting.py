"""A file that comes to its place whole, or not at all."""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, cast


@contextmanager
def renewed(place: Path) -> Iterator[IO[bytes]]:
    """Write what the file is to hold; it stands in its place when the block has ended without an error.

    Packed where the name ends in .gz, without a name or a time: the same bytes from the same content (and zlib).
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", suffix=".part", delete=False) as beside:
        try:
            if place.suffix == ".gz":
                with gzip.GzipFile("", "wb", fileobj=beside, mtime=0) as packed:
                    yield cast("IO[bytes]", packed)
            else:
                yield cast("IO[bytes]", beside)
            beside.flush()
            os.fsync(beside.fileno())
            os.chmod(beside.name, 0o644)
            os.replace(beside.name, place)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(beside.name)
            raise
