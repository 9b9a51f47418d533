"""How files are put down, switched and removed so that no crash can hurt what is served.

    <root>/.lock                         held while one process changes anything below; holds its process number
    <root>/.building-<process>-<random>  a snapshot being written: debris if its process was killed
    <root>/.removing-…, .current-…       the same for one being removed, and for the next ``current``

Nothing here knows what a snapshot holds.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import BuildInProgress, SnapshotError

DEBRIS = re.compile(r"\.(building|removing|current)-\d+-[0-9a-f]{8}")


def seal(folder: Path) -> None:
    """Everything in the folder on the disk for good, and read-only."""
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
        sync(path)


def sync(path: Path) -> None:
    """Wait until the file, or the names in the folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def temporary(root: Path, kind: str) -> Path:
    """A new name in the root that ``sweep`` knows as debris."""
    return root / f".{kind}-{os.getpid()}-{secrets.token_hex(4)}"


def point(link: Path, target: str) -> None:
    """Make the symbolic link name the target, in one step that either happened or did not."""
    new = temporary(link.parent, "current")
    new.symlink_to(target)
    os.replace(new, link)
    sync(link.parent)


def remove(path: Path) -> None:
    """Away with a folder: first its name, in one step, then what is in it."""
    doomed = temporary(path.parent, "removing")
    path.rename(doomed)
    delete(doomed)


def replace(place: Path, new: Path, old: Path) -> None:
    """Put the sealed folder ``new`` in its place in another sealed folder; what stood there is then ``old``."""
    place.parent.chmod(0o755)
    for source, target in ((place, old), (new, place)):
        if source.exists():
            source.chmod(0o755)  # or its entry for the folder above could not be changed
            source.rename(target)
    place.chmod(0o555)
    place.parent.chmod(0o555)
    sync(place.parent)


def renew(place: Path, new: Path) -> None:
    """Put the sealed file ``new`` in its place in a sealed folder, in one step."""
    place.parent.chmod(0o755)
    os.replace(new, place)
    place.parent.chmod(0o555)
    sync(place.parent)


def sweep(root: Path) -> None:
    """Remove what killed processes left behind; only under the lock, for a live process has such files too."""
    for path in root.iterdir():
        if DEBRIS.fullmatch(path.name):
            delete(path)


def delete(path: Path) -> None:
    """Away with a link, or a folder and all that is in it, read-only or not; nothing happens if it is not there."""
    if path.is_symlink():
        path.unlink()
    if not path.exists():
        return
    for folder in [path, *(item for item in path.rglob("*") if item.is_dir())]:
        folder.chmod(0o755)
    shutil.rmtree(path)


@contextmanager
def exclusive(root: Path) -> Iterator[None]:
    """The root made if need be, locked while the block runs, and free of debris.

    BuildInProgress at once if another process holds the lock, which ends with the process that holds it, however that
    ends. SnapshotError if the root cannot be written.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        with (root / ".lock").open("a+") as lock:
            _acquire(lock.fileno(), root)
            lock.truncate(0)
            print(os.getpid(), file=lock, flush=True)
            sweep(root)
            yield
    except OSError as error:
        raise SnapshotError(f"{root} cannot be written: {error}", "make room or set SAMIZDAT_HOME") from error


def _acquire(descriptor: int, root: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode().strip() or "another one"
        raise BuildInProgress(f"process {holder} is publishing into {root}", "try again when it has ended") from None
