"""Files as a ZIP with the same bytes for the same files: sorted, without times, owners or compression.

Stored and not deflated, for what a compressor makes differs from one release of zlib to the next; a pack is small.
"""

from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold."""
UNIX, READABLE = 3, 0o100644 << 16


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """The files, by their names in the folder, as one archive that unpacks into that folder."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            info = ZipInfo(f"{folder}/{name}", FIRST_DAY)
            info.create_system, info.external_attr = UNIX, READABLE
            archive.writestr(info, files[name])
    return written.getvalue()


def digests(files: Mapping[str, bytes]) -> str:
    """A line for each file, as ``sha256sum --check`` reads it."""
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
