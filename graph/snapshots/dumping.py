"""Writing the dumps of a snapshot: what ``graph/snapshots/dumps.py`` reads.

They are made from the store, where the quads of a graph stand together and those of a subject within it, and go
through the compressor to the disk as they come: a few megabytes of memory, however large the graph is. The order is
that of the engine's keys, which are hashes of the terms: the same for the same quads.
"""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, cast

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store
from rdflib import RDF

from graph.forms.claims_table import COLUMNS, guarded, rows
from graph.iris import ID, evidence_graph
from graph.jsonld import node
from graph.snapshots.dumps import INDEX, LAYOUT, MEDIA_TYPES, NQUADS, OWN, PART, digest_of, sealed
from ontology.terms import POL
from ontology.vocabulary import context

LEVEL = 6
"""Of gzip. 9 takes three times as long for 3 % less."""
IMPORTED = evidence_graph("")
_START = f"<{IMPORTED}".encode()
FORMATS = {"data.trig.gz": RdfFormat.TRIG, "data.jsonld.gz": RdfFormat.JSON_LD}


def write(store_path: Path, folder: Path) -> None:
    """Make the folder, beside which the N-Quads stand, and in it the dumps of the store and their index."""
    folder.mkdir()
    store = Store.read_only(str(store_path))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: _dump(store, FORMATS[name], folder / name), FORMATS))
    if any(_is_imported(name) for name in store.named_graphs()):
        _write_own(folder.parent / NQUADS, folder / OWN)
    _write_claims(store, folder / "claims.csv")
    things = dict(_write_things(_things(store), folder))
    places = {name: (folder.parent if name == NQUADS else folder) / name for name in MEDIA_TYPES}
    files = {name: _measured(path) for name, path in places.items() if path.exists()}
    index = sealed({"layout": LAYOUT, "files": files, "ids": ID, "things": things})
    (folder / INDEX).write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")


def _dump(store: Store, written_as: RdfFormat, path: Path) -> None:
    with path.open("wb") as file, gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packed:
        store.dump(cast(IO[bytes], packed), written_as, prefixes=_prefixes())


def _is_imported(name: NamedNode | BlankNode) -> bool:
    return isinstance(name, NamedNode) and name.value.startswith(IMPORTED)


def _write_own(whole: Path, path: Path) -> None:
    """The lines of the whole without those of imported data sets: who wants ours alone need not know their names."""
    with gzip.open(whole) as lines, path.open("wb") as file, gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packed:
        packed.writelines(line for line in lines if not _in_imported(line))


def _in_imported(line: bytes) -> bool:
    """Whether the graph that a line of N-Quads ends with is one of an imported data set."""
    value, _, last = line.split(b" ", 2)[2][:-3].rpartition(b" ")
    # Of a line without a graph, what follows the last blank of a literal holds its closing quotation mark.
    return bool(value) and last.startswith(_START) and b'"' not in last


def _prefixes() -> dict[str, str]:
    """Those of the published context."""
    return {
        key: value
        for key, value in context().items()
        if isinstance(value, str) and value.endswith(("#", "/")) and not key.startswith("@")
    }


def _write_claims(store: Store, path: Path) -> None:
    """RFC 4180, with a header line; no cell is a formula."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(map(guarded, row) for row in rows(store))


def _things(store: Store) -> list[str]:
    """Everything with a page of its own that search engines may know, as paths in their order.

    What is somebody's private life is asked for, and not come upon.
    """
    private = {str(quad.subject) for quad in store.quads_for_pattern(None, node(POL.sensitive), None, DefaultGraph())}
    typed = store.quads_for_pattern(None, node(RDF.type), None, DefaultGraph())
    found = {
        quad.subject.value
        for quad in typed
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(ID)
        and "#" not in quad.subject.value
        and str(quad.subject) not in private
    }
    return sorted(iri.removeprefix(ID) for iri in found)


def _write_things(paths: Iterable[str], folder: Path) -> Iterator[tuple[str, str]]:
    """The parts of the list; the name of each and its digest."""
    left = iter(paths)
    number = 0
    while part := list(islice(left, PART)):
        number += 1
        content = "".join(f"{path}\n" for path in part).encode()
        name = f"things-{number}.txt"
        (folder / name).write_bytes(content)
        yield name, sha256(content).hexdigest()


def _measured(path: Path) -> tuple[int, str]:
    """Size and digest of a dump."""
    return path.stat().st_size, digest_of(path) or ""
