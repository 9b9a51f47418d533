"""Writing the dumps of a snapshot: what ``graph/snapshots/dumps.py`` reads.

They are put together from what each segment of the content adds to them (graph/snapshots/copying.py). The large ones
come compressed already, and go to the disk as they come: little memory, however large the graph is.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path

from graph.forms.claims_table import COLUMNS
from graph.segments import packing
from graph.segments.content import Content
from graph.segments.cutting import THINGS, Place
from graph.segments.packing import Writer, Written, packed
from graph.snapshots import copying
from graph.snapshots.dumps import (
    CLAIMS,
    INDEX,
    JSON_LD,
    LAYOUT,
    MEDIA_TYPES,
    NQUADS,
    OWN,
    PART,
    TRIG,
    digest_of,
    sealed,
)


def write(content: Content, folder: Path) -> None:
    """Make the folder, beside which the N-Quads stand packed, and in it the dumps of the content and their index."""
    folder.mkdir()
    whole = folder.parent / NQUADS
    files = {NQUADS: Written(whole.stat().st_size, digest_of(whole) or "")}
    files[TRIG], files[JSON_LD] = _write_forms(content, folder / TRIG, folder / JSON_LD)
    if own := _write_own(content, folder / OWN):
        files[OWN] = own
    files[CLAIMS] = _write_claims(content, folder / CLAIMS)
    things = dict(_write_things(content, folder))
    measured = {name: (files[name].size, files[name].sha256) for name in MEDIA_TYPES if name in files}
    index = sealed({"layout": LAYOUT, "files": measured, "ids": content.ids, "things": things})
    (folder / INDEX).write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")


def _write_forms(content: Content, trig_path: Path, jsonld_path: Path) -> tuple[Written, Written]:
    """The prefixes once, then each segment; and one array with what each has."""
    with trig_path.open("wb") as trig_file, jsonld_path.open("wb") as jsonld_file:
        trig, jsonld = Writer(trig_file), Writer(jsonld_file)
        trig.add(packed(copying.trig_head()))
        between = packed(b",")
        jsonld.add(packed(b"["))
        for number, (as_trig, as_jsonld) in enumerate(content.each(copying.forms)):
            trig.add(as_trig)
            if number:
                jsonld.add(between)
            jsonld.add(as_jsonld)
        jsonld.add(packed(b"]"))
        return trig.finish(), jsonld.finish()


def _write_own(content: Content, path: Path) -> Written | None:
    """Nothing is written where nothing is imported."""
    own = list(content.each(copying.own))
    if not any(own):
        return None
    return packing.write(path, (some or whole for some, whole in zip(own, content.each(packed), strict=True)))


def _write_claims(content: Content, path: Path) -> Written:
    """RFC 4180, with a header line."""
    rows = sorted(chain.from_iterable(content.claims(copying.claim_rows)))
    table = "".join([copying.as_line(COLUMNS), *(row for _, row in rows)]).encode()
    path.write_bytes(table)
    return Written(len(table), sha256(table).hexdigest())


def _write_things(content: Content, folder: Path) -> Iterator[tuple[str, str]]:
    """Everything with a page of its own that search engines may know, in parts; the name of each and its digest."""
    paths = sorted(b"".join(content.each(copying.things, {*THINGS, Place.CLAIMS})).splitlines(keepends=True))
    for number, start in enumerate(range(0, len(paths), PART), 1):
        part = b"".join(paths[start : start + PART])
        name = f"things-{number}.txt"
        (folder / name).write_bytes(part)
        yield name, sha256(part).hexdigest()
