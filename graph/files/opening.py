"""Opening a file that somebody names: nothing that may never end is waited for, and no more is read than may be.

A named pipe without a writer, a terminal or /dev/zero would hold up a program, or fill its memory. Only what the shell
hands over itself (``<(…)``, standard input) may be a pipe.
"""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

HANDED_OVER = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")
AT_ONCE = 1 << 16
"""Bytes that are read together."""


def opened(path: Path) -> BufferedReader:
    """The file for reading; OSError, which names it, at once where it cannot be read or is no file."""
    if str(path).startswith(HANDED_OVER):
        return path.open("rb")
    # Opened before it is looked at, so that nothing can be put into its place in between.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind):
        os.close(descriptor)
        what = "a folder, not a file" if stat.S_ISDIR(kind) else "not a file"
        raise OSError(errno.EINVAL, what, str(path))
    return os.fdopen(descriptor, "rb")


def bytes_of(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file; of one that has more than ``most``, one more than these. OSError, which names it."""
    try:
        with opened(path) as file:
            return file.read() if most is None else _read(file, most + 1)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None


def _read(file: BufferedReader, most: int) -> bytes:
    """So many bytes of a file, or all. To ask for ten megabytes takes longer than to read what most files have."""
    some = [b""]
    while most > 0 and (read := file.read(min(most, AT_ONCE))):
        some.append(read)
        most -= len(read)
    return b"".join(some)
