"""What a snapshot says of itself: counts, versions and the hashes of what it was made from."""

from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.dataset import DataFiles
from graph.files.opening import AT_ONCE, opened
from graph.iris import local_name
from ontology.base import BASE
from ontology.vocabulary import keys, version_iri

CODE = ("ontology", "queries", "graph")
"""The packages whose code and files decide what a snapshot holds."""
DATA = ("data/", "evidence/")
"""How the names of inputs begin that are no code."""


def inputs(data: Path) -> dict[str, str]:
    """SHA-256 of every data file and of every file of the code that makes a snapshot, by relative path."""
    found, folder = DataFiles.of(data), f"{data.as_posix()}/"
    files = (*found.claims, *found.entities)
    return {f"data/{file.as_posix().removeprefix(folder)}": _digest(file) for file in files} | code()


def code() -> dict[str, str]:
    """SHA-256 of every file of the code that makes a snapshot, by relative path."""
    digests = {}
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
    sources: Mapping[str, str],
    counts: Mapping[str, Any],
    digests: dict[str, str],
    evidence: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, Any]:
    """The deterministic part of a snapshot's description; times are kept beside it, not in it.

    ``sources``: SHA-256 of the text of each editorial, by its IRI. ``evidence`` has the number of quads of each
    imported data set, which ``counts`` is without.
    """
    code = {name: digest for name, digest in digests.items() if not name.startswith(DATA)}
    return {
        "base": BASE,
        "code": {"version": version("samizdat"), "sha256": fingerprint(code)},
        "ontology": version_iri(),
        "inputs": {name: digest for name, digest in digests.items() if name.startswith(DATA)},
        "sources": dict(sources),
        "counts": _with(evidence, dict(counts)),
    }


def _with(evidence: Mapping[str, int], told: dict[str, Any]) -> dict[str, Any]:
    if not evidence:
        return told
    return told | {"quads": told["quads"] + sum(evidence.values()), "evidence": dict(evidence)}


def class_name(iri: str) -> str:
    """What a class is called in counts."""
    return keys().get(iri) or local_name(iri)


def _digest(file: Path) -> str:
    try:
        with opened(file) as content:
            digest = sha256()
            while some := content.read(AT_ONCE):
                digest.update(some)
            return digest.hexdigest()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
