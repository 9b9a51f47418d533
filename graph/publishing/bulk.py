"""Virtuoso's own bulk loader, driven by its command line client: one file for all graphs, ten times the pace.

The file is written below ``home``, where the engine must be allowed to read (``DirsAllowed`` in its settings).
"""

import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path

from graph.engine.datasets import KEPT
from graph.errors import EngineUnavailable, SamizdatError
from graph.publishing.parts import DEFAULT, Part

CLIENTS = ("isql-vt", "isql-v", "isql")
SECONDS = 24 * 3600.0
_QUIET = ("VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF", "ERRORS=STDOUT")


class BulkLoader:
    """Loads into the Virtuoso whose SQL listener is at ``place`` (``host:port``).

    SamizdatError if its client is not installed. The client takes the password as an argument.
    """

    def __init__(self, place: str, user: str | None, password: str | None, home: Path) -> None:
        client = next(filter(None, map(shutil.which, CLIENTS)), None)
        if client is None:
            raise SamizdatError("Virtuoso's isql is not installed here", "install it, or unset SAMIZDAT_ENGINE_SQL")
        self._command = (client, place, user or "dba", password or "", *_QUIET)
        self._home = home

    def load(self, parts: Iterable[Part], held: Collection[str]) -> None:
        """Have the engine hold these graphs as they are, in place of those of the same names that it ``held``."""
        folder = self._home / "publishing"
        folder.mkdir(parents=True, exist_ok=True)
        loading = list(parts)
        if not loading:
            return
        with tempfile.TemporaryDirectory(dir=folder) as made:
            Path(made).chmod(0o755)  # the engine may be another user's
            file = Path(made) / "graphs.nq"
            with file.open("wb") as written:
                for part in loading:
                    end = f" <{part.iri}> .\n".encode() if part.iri != DEFAULT else b" .\n"
                    written.writelines(line.removesuffix(b" .\n") + end for line in part.lines)
            self._run(_script(file, [part.iri or KEPT for part in loading if part.iri in held]))

    def _run(self, script: str) -> None:
        try:
            ended = subprocess.run(self._command, input=script, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise EngineUnavailable("the bulk loader has not ended in a day", "see the engine's log") from error
        if "***" in ended.stdout or ended.returncode or "FAULT" in ended.stdout:
            told = " ".join(ended.stdout.split())[:300]
            raise EngineUnavailable(f"the bulk loader failed: {told}", "see its DirsAllowed, the password and its log")


def _script(file: Path, cleared: Iterable[str]) -> str:
    """SQL: clear, load, put on the disk, and say FAULT and what if the loader noted one."""
    path = _text(str(file))
    return "\n".join(
        (
            *(f"select DB.DBA.SPARUL_CLEAR({_text(iri)}, 1);" for iri in cleared),
            f"delete from DB.DBA.load_list where ll_file = {path};",
            f"ld_add({path}, {_text(KEPT)});",
            "rdf_loader_run();",
            "checkpoint;",
            f"select concat('FAULT ', coalesce(ll_error, 'it was not read')) from DB.DBA.load_list"
            f" where ll_file = {path} and (ll_error is not null or ll_state <> 2);",
            f"delete from DB.DBA.load_list where ll_file = {path};",
            "",
        )
    )


def _text(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"
