"""The private archive: source texts by the SHA-256 of their bytes, readable by their owner alone and never published.

{archive}/{sha256}.txt      the text, UTF-8: what quotes are compared with
{archive}/{sha256}.json     where it came from and when, and what its page says of itself
{archive}/{sha256}.source   the bytes that the text was taken from, where they are others
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any


class Archive:
    """One folder; it is made when the first text comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, text: str, told: Mapping[str, Any], source: bytes | None = None) -> str:
        """The SHA-256 of the text, which is now in the archive; a text that is there already stays as it is."""
        content = text.encode()
        digest = sha256(content).hexdigest()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = {"json": json.dumps(dict(told), ensure_ascii=False, indent=1).encode() + b"\n"}
        if source is not None and source != content:
            beside["source"] = source
        for ending, kept in [*beside.items(), ("txt", content)]:  # the text last: where it is, all is
            self._write(self.folder / f"{digest}.{ending}", kept)
        return digest

    def _write(self, file: Path, content: bytes) -> None:
        if file.exists():
            return
        with NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as beside:  # made with mode 0600
            try:
                beside.write(content)
                beside.flush()
                os.fsync(beside.fileno())
                os.replace(beside.name, file)
            except BaseException:
                with suppress(FileNotFoundError):
                    os.unlink(beside.name)
                raise
