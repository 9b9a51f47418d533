"""What has been imported, as a build takes it: each data set a named graph, and nothing of it in the default graph.

See ``graph/importing/importer.py`` for what lies in the folder of a data set.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from gzip import BadGzipFile, GzipFile
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, parse
from rdflib import OWL

from graph import iris
from graph.errors import SamizdatError
from graph.files.opening import bytes_of, opened
from graph.files.yaml_reader import MAX_BYTES
from graph.importing import review
from graph.jsonld import graph_of, node
from ontology.base import BASE

AT_ONCE = 1 << 22
"""Bytes that are unpacked together."""
LONGEST = 100
"""How many times the lines may be longer than they are packed: a repetitive graph is some 30 times as long."""


@dataclass(frozen=True)
class Evidence:
    """One imported data set."""

    name: str
    folder: Path
    report: dict[str, Any]

    @property
    def review(self) -> Path:
        """Who may be who; need not be there."""
        return self.folder / review.NAME

    def digests(self) -> dict[str, str]:
        """SHA-256 of what a build takes, by name."""
        found = {f"evidence/{self.name}/evidence.nq": str(self.report["sha256"])}
        if self.review.exists():
            found[f"evidence/{self.name}/{review.NAME}"] = hashlib.sha256(bytes_of(self.review, MAX_BYTES)).hexdigest()
        return found

    def size(self) -> int:
        """How many quads it has."""
        return int(self.report["quads"]) + len(review.decided(self.review) if self.review.exists() else ())

    def quads(self) -> Iterator[Quad]:
        """Its graph, with what a person has confirmed; SamizdatError if it is not what was imported."""
        graph_name = iris.evidence_graph(self.name)
        for quad in self._stored():
            if graph_of(quad) != graph_name:
                raise self._damaged("holds another graph")
            yield quad
        for own, known in review.decided(self.review) if self.review.exists() else ():
            yield Quad(node(own), node(OWL.sameAs), node(known), node(graph_name))

    def _stored(self) -> Iterator[Quad]:
        path = self.folder / "evidence.nq.gz"
        digest, rest, size = hashlib.sha256(), b"", 0
        try:
            bound = max(path.stat().st_size * LONGEST, AT_ONCE)
            with opened(path) as packed, GzipFile(fileobj=packed) as file:
                while block := file.read(AT_ONCE):
                    digest.update(block)
                    size += len(block)
                    if size > bound:
                        raise self._damaged("unpacks to more than any import writes")
                    whole, end, rest = (rest + block).rpartition(b"\n")
                    yield from parse(whole + end, RdfFormat.N_QUADS)
        except (OSError, EOFError, zlib.error, BadGzipFile, SyntaxError, ValueError) as error:
            raise self._damaged(f"cannot be read: {error}") from error
        if rest or digest.hexdigest() != self.report["sha256"]:
            raise self._damaged("is not what was imported")

    def _damaged(self, how: str) -> SamizdatError:
        return SamizdatError(f"{self.folder / 'evidence.nq.gz'} {how}", "import its files again, or remove the folder")


def evidence(folder: Path) -> tuple[Evidence, ...]:
    """The data sets in the folder, by name; none if it is not there. SamizdatError for one that cannot be read."""
    if not folder.is_dir():
        return ()
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and re.fullmatch(iris.SLUG, path.name))
    return tuple(Evidence(name, folder / name, _report(folder / name)) for name in names)


def _report(folder: Path) -> dict[str, Any]:
    file = folder / "report.json"
    hint = "import its files again, or remove the folder"
    try:
        report = json.loads(bytes_of(file, MAX_BYTES))
    except (OSError, ValueError, RecursionError) as error:
        raise SamizdatError(f"{file} cannot be read: {error}", hint) from None
    if (
        not isinstance(report, dict)
        or not (isinstance(report.get("sha256"), str) and isinstance(report.get("quads"), int))
        or report.get("dataset") != folder.name
    ):
        raise SamizdatError(f"{file} is no report of an import as {folder.name}", hint)
    if report.get("base") != BASE:
        raise SamizdatError(f"{file} was imported under {report.get('base')}, not {BASE}", hint)
    return report
