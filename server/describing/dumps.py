"""``{base}dump/{snapshot}/{file}``: a copy of a whole snapshot, as a file that is streamed and can be resumed.

A file of a snapshot never changes, so it may be kept for ever; its entity tag is its SHA-256, and ``Repr-Digest`` (RFC
9530) tells that to whoever downloads it. It is sent packed, as it lies on the disk: what is taken away is then what
the digest is of, and no client unpacks it on the way. Downloads take long, so only some of the threads may be busy
with them: beyond that, 503 with Retry-After.
"""

import os
import re
import weakref
from base64 import b64encode
from collections.abc import Iterator
from difflib import get_close_matches
from threading import BoundedSemaphore

from flask import Blueprint, Flask, Response, current_app, request, url_for
from werkzeug.exceptions import ServiceUnavailable

from graph.errors import UnknownName
from graph.snapshot import Snapshot
from graph.snapshots.dumps import Dump
from server.errors import suggest
from server.holdings import holdings
from server.pieces import Link

blueprint = Blueprint("dumps", __name__)

KEY = "samizdat-downloads"
SHARE = 4
"""One in so many threads may send a dump."""
RETRY = 60
PIECE = 1 << 18
KEPT = "public, max-age=31536000, immutable"
NAME = re.compile("[0-9a-f]{64}")


def register(app: Flask, threads: int) -> None:
    """Let an application that answers with so many threads send dumps."""
    app.register_blueprint(blueprint)
    app.extensions[KEY] = BoundedSemaphore(max(threads // SHARE, 1))


@blueprint.get("/dump/<snapshot>/<name>")
def dump(snapshot: str, name: str) -> Response:
    """The file; UnknownName for a snapshot or a name that there is not."""
    found = _found(snapshot, name)
    body = None if request.method == "HEAD" else _Sending(found, current_app.extensions[KEY])
    response = Response(body, direct_passthrough=True)
    response.content_type = "application/gzip" if found.is_packed else "text/csv; charset=utf-8; header=present"
    response.content_length = found.size
    response.headers["Cache-Control"] = KEPT
    response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(found.sha256)).decode()}:"
    response.headers.set("Content-Disposition", "attachment", filename=f"samizdat-{snapshot[:12]}-{found.name}")
    response.set_etag(found.sha256)
    return response.make_conditional(request, accept_ranges=True, complete_length=found.size)  # type: ignore[return-value]


class _Sending(Iterator[bytes]):
    """The bytes of a file, while it has one of the places of downloads; ServiceUnavailable if there is none.

    The place is given back when the server is done with it, which need not tell so if the client has gone.
    """

    def __init__(self, found: Dump, places: BoundedSemaphore) -> None:
        if not places.acquire(blocking=False):
            raise ServiceUnavailable("As many downloads as there may be are under way.", retry_after=RETRY)
        self._file = os.open(found.path, os.O_RDONLY)
        self._place = 0
        self._ended = weakref.finalize(self, _end, self._file, places)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = os.pread(self._file, PIECE, self._place) if self._ended.alive else b""
        if not piece:
            self.close()
            raise StopIteration
        self._place += len(piece)
        return piece

    def seekable(self) -> bool:
        """So that a part is sent without reading what stands before it."""
        return True

    def seek(self, place: int) -> None:
        """To a byte, from 0."""
        self._place = place

    def tell(self) -> int:
        """The byte that comes next."""
        return self._place

    def close(self) -> None:
        """Done with it."""
        self._ended()


def _end(file: int, places: BoundedSemaphore) -> None:
    os.close(file)
    places.release()


def _found(snapshot: str, name: str) -> Dump:
    held = holdings().snapshot
    known = snapshot == held.id or NAME.fullmatch(snapshot)
    files = Snapshot(snapshot, held.path.parent / snapshot).dumps.files if known else {}
    if name in files and files[name].path.exists():
        return files[name]
    if not files:
        what = f"there are no dumps of a snapshot {snapshot[:64]!r}"
        raise UnknownName(what, "the page of the dataset lists those there are")
    near = (get_close_matches(name, files, n=1, cutoff=0.3) or list(files))[0]
    suggest(Link(near, url_for("dumps.dump", snapshot=snapshot, name=near)))
    raise UnknownName(f"a snapshot has no dump {name!r}", f"there are {', '.join(files)}")
