"""Writing a claim file: all of it or nothing, and never over what somebody else has written meanwhile."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from graph.annotating.faults import CannotWrite, ChangedMeanwhile

_ONE = Lock()


def write(file: Path, content: bytes, digest: str | None) -> None:
    """Put the content in place of what had this SHA-256 (None: of no file); ChangedMeanwhile if that is not so.

    CannotWrite if the file cannot be written; then it is as it was.
    """
    try:
        with _locked(file.parent):
            _unchanged(file, digest)
            _replace(file, content)
    except OSError as error:
        what = f"{file} cannot be written: {error.strerror or error}"
        raise CannotWrite(what, "see that its folder may be written to") from None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer in this folder at a time, in this process and in others that write as this one does."""
    with _ONE:
        opened = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX)
            yield
        finally:
            os.close(opened)


def _unchanged(file: Path, digest: str | None) -> None:
    try:
        now: str | None = sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        now = None
    if now != digest:
        what = f"{file.name} was changed by somebody else since it was read"
        raise ChangedMeanwhile(what, "look at what is new, and put your claim onto it")


def _replace(file: Path, content: bytes) -> None:
    target = file.resolve()
    with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as beside:
        try:
            beside.write(content)
            beside.flush()
            os.fsync(beside.fileno())
            os.chmod(beside.name, target.stat().st_mode & 0o777 if target.exists() else 0o644)
            os.replace(beside.name, target)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(beside.name)
            raise
