"""What a snapshot says of itself: counts, versions and the hashes of what it was made from."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad
from rdflib import RDF

from graph.dataset import Content, DataFiles, is_record
from graph.iris import local_name
from ontology.base import BASE
from ontology.vocabulary import keys, version_iri

CODE = ("ontology", "queries", "graph")
"""The packages whose code and files decide what a snapshot holds."""
DATA = ("data/", "evidence/")
"""How the names of inputs begin that are no code."""


def inputs(data: Path) -> dict[str, str]:
    """SHA-256 of every data file and of every file of the code that makes a snapshot, by relative path."""
    found = DataFiles.of(data)
    digests = {f"data/{file.relative_to(data).as_posix()}": _digest(file) for file in (*found.claims, *found.entities)}
    for package in CODE:
        folder = Path(str(files(package)))
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "data" not in file.relative_to(folder).parts and "__pycache__" not in file.parts:
                digests[f"{package}/{file.relative_to(folder).as_posix()}"] = _digest(file)
    return digests


def fingerprint(digests: dict[str, str]) -> str:
    """One digest for all inputs and the base IRI."""
    lines = [f"{digest}  {name}\n" for name, digest in sorted(digests.items())]
    return sha256("".join([*lines, BASE]).encode()).hexdigest()


def manifest(
    content: Content,
    derived: Sequence[Quad],
    quads: Collection[Quad],
    digests: dict[str, str],
    evidence: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, Any]:
    """The deterministic part of a snapshot's description; times are kept beside it, not in it.

    ``evidence`` has the number of quads of each imported data set.
    """
    code = {name: digest for name, digest in digests.items() if not name.startswith(DATA)}
    return {
        "base": BASE,
        "code": {"version": version("samizdat"), "sha256": fingerprint(code)},
        "ontology": version_iri(),
        "inputs": {name: digest for name, digest in digests.items() if name.startswith(DATA)},
        "sources": {editorial.iri: editorial.sha256 for editorial in content.editorials},
        "counts": _with(evidence, counts(content, derived, quads)),
    }


def counts(content: Content, derived: Sequence[Quad], quads: Collection[Quad]) -> dict[str, Any]:
    """How much there is, in all, by modality and by class (of what is stated, not of what is derived)."""
    claims = [claim for editorial in content.editorials for claim in editorial.claims]
    return {
        "editorials": len(content.editorials),
        "entities": len(content.entities),
        "claims": len(claims),
        "modalities": dict(sorted(Counter(claim.modality for claim in claims).items())),
        "classes": dict(sorted(_classes(content.stated()).items())),
        "derived": sum(not is_record(quad) for quad in derived),
        "default graph": sum(isinstance(quad.graph_name, DefaultGraph) for quad in quads),
        "quads": len(quads),
    }


def _with(evidence: Mapping[str, int], told: dict[str, Any]) -> dict[str, Any]:
    if not evidence:
        return told
    return told | {"quads": told["quads"] + sum(evidence.values()), "evidence": dict(evidence)}


def _classes(quads: Iterable[Quad]) -> Counter[str]:
    typed = {
        (str(quad.subject), quad.object.value)
        for quad in quads
        if quad.predicate.value == str(RDF.type) and isinstance(quad.object, NamedNode)
    }
    return Counter(_short(kind) for _, kind in typed)


def _short(iri: str) -> str:
    return keys().get(iri) or local_name(iri)


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
