"""What the environment says: where the data, the source texts and the snapshots are.

``SETTINGS`` lists every variable that the graph reads, for the documentation and the command line. The
server's own are in ``server/settings.py``.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import SamizdatError
from ontology.base import PUBLIC_BASE


@dataclass(frozen=True)
class Setting:
    """One environment variable: what it is for, and in words what holds if it is not set."""

    help: str
    default: str


SETTINGS = {
    "SAMIZDAT_BASE": Setting("the IRI everything is named under; ends in a slash", PUBLIC_BASE),
    "SAMIZDAT_DATA": Setting("the folder with claims/ and entities/", "graph/data, as shipped"),
    "SAMIZDAT_TEXTS": Setting("folders with source texts, separated by colons", "none: quotes are not re-read"),
    "SAMIZDAT_ARCHIVE": Setting("the private folder that `samizdat add` keeps texts in", "archive in SAMIZDAT_HOME"),
    "SAMIZDAT_HOME": Setting("the folder that snapshots are published into", ".samizdat in the current folder"),
    "SAMIZDAT_EVIDENCE": Setting("the folder that data sets are imported into", "evidence in SAMIZDAT_HOME"),
    "SAMIZDAT_CONTACT": Setting("your mail or web address, for endpoints that `samizdat enrich` asks", "none is told"),
    "SAMIZDAT_ENGINE": Setting("the SPARQL endpoint of the engine that is asked instead", "none: this machine"),
    "SAMIZDAT_ENGINE_STORE": Setting("where that engine takes graphs (Graph Store Protocol)", "found out"),
    "SAMIZDAT_ENGINE_USER": Setting("who may write to that engine", "nobody in particular"),
    "SAMIZDAT_ENGINE_PASSWORD": Setting("that user's password", "none"),
    "SAMIZDAT_ENGINE_SQL": Setting("host:port of Virtuoso's SQL, to load in bulk", "none: graph by graph"),
}
"""Every setting by its environment variable. SAMIZDAT_BASE is read in ``ontology/base.py``."""

SHIPPED_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Settings:
    """Absolute paths: the ``data`` folder, the folders of source ``texts``, and the ``home`` of snapshots.

    ``engine`` is the endpoint of a remote engine, if one is to be asked; the rest is how it is written to.
    """

    data: Path
    texts: tuple[Path, ...]
    home: Path
    engine: str | None = None
    engine_store: str | None = None
    engine_user: str | None = None
    engine_password: str | None = field(default=None, repr=False)
    engine_sql: str | None = None
    archive: Path | None = None
    evidence: Path | None = None
    contact: str | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """The settings in force, an empty variable being none; SamizdatError for a folder that does not exist
        or an engine that is no URL.

        ``home`` need not exist: the first build makes it.
        """
        given = {name: environ[name] for name in SETTINGS if environ.get(name)}
        texts = given.get("SAMIZDAT_TEXTS", "").split(os.pathsep)
        return cls(
            data=_folder("SAMIZDAT_DATA", given["SAMIZDAT_DATA"]) if "SAMIZDAT_DATA" in given else SHIPPED_DATA,
            texts=tuple(_folder("SAMIZDAT_TEXTS", text) for text in texts if text),
            home=_path(given.get("SAMIZDAT_HOME", ".samizdat")),
            engine=_url("SAMIZDAT_ENGINE", given),
            engine_store=_url("SAMIZDAT_ENGINE_STORE", given),
            engine_user=given.get("SAMIZDAT_ENGINE_USER"),
            engine_password=given.get("SAMIZDAT_ENGINE_PASSWORD"),
            engine_sql=given.get("SAMIZDAT_ENGINE_SQL"),
            archive=_path(given["SAMIZDAT_ARCHIVE"]) if "SAMIZDAT_ARCHIVE" in given else None,
            evidence=_path(given["SAMIZDAT_EVIDENCE"]) if "SAMIZDAT_EVIDENCE" in given else None,
            contact=given.get("SAMIZDAT_CONTACT"),
        )

    @property
    def snapshots(self) -> Path:
        """The folder that ``graph.snapshot.Snapshots`` keeps."""
        return self.home / "snapshots"

    @property
    def archive_folder(self) -> Path:
        """Where the texts are that were added here; need not exist, and is never published."""
        return self.archive or self.home / "archive"

    @property
    def text_folders(self) -> tuple[Path, ...]:
        """Where texts are looked for: the folders of ``texts``, then the archive."""
        return (*self.texts, self.archive_folder)

    @property
    def evidence_folder(self) -> Path:
        """Where imported data sets are, a folder for each; need not exist."""
        return self.evidence or self.home / "evidence"


def _path(text: str) -> Path:
    return Path(os.path.expanduser(text)).absolute()  # of nobody's home it stays as it is


def _folder(variable: str, text: str) -> Path:
    path = _path(text)
    if not path.is_dir():
        raise SamizdatError(f"{variable} names {text}, which is no folder", f"correct it: {SETTINGS[variable].help}")
    return path


def _url(variable: str, given: Mapping[str, str]) -> str | None:
    text = given.get(variable)
    if text is not None and not text.startswith(("http://", "https://")):
        raise SamizdatError(f"{variable} is {text!r}", "give an http(s) address, such as http://localhost:8890/sparql")
    return text
