"""What there is to cite, as one record that every format is written from: the dataset, an editorial, a single claim.

Nothing is cited that is not stated: an editorial without a named author has none, an uncertain date is marked, and a
claim says how it is held, so that a belief that is cited does not turn into a fact (the second law).
"""

import re
from dataclasses import dataclass

from graph.claim_graphs import LICENCE
from graph.errors import UnknownName
from graph.iris import ID, is_path
from server.claim_forms.details import ClaimDetails, details_of, source_of
from server.describing.description import SUMMARY, TITLE
from server.describing.imported import imported
from server.holdings import holdings
from server.labels import Names
from server.reading import select, text_of
from server.suggestions import must_stand
from server.versions import versions

DATASET = "dataset"
"""The path of the dataset."""
CREATOR = "http://purl.org/dc/terms/creator"
FEW = 20
"""The most authors that are named."""

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True)
class Date:
    """A year, a month or a day: ``parts`` has one to three numbers; ``circa`` where it is uncertain or approximate."""

    parts: tuple[int, ...]
    circa: bool = False


@dataclass(frozen=True)
class Citation:
    """What every format needs. ``kind`` is ``dataset``, ``editorial`` or ``claim``; empty text where nothing is stated.

    ``key`` is its name in a bibliography; ``version`` the snapshot that it is of, for what changes with snapshots;
    ``private`` what is about private life.
    """

    kind: str
    key: str
    title: str
    url: str
    version: str = ""
    authors: tuple[str, ...] = ()
    date: Date | None = None
    container: str = ""
    publisher: str = ""
    language: str = ""
    licence: str = ""
    note: str = ""
    abstract: str = ""
    private: bool = False


def citation_of(path: str) -> Citation:
    """The citation of ``dataset``, ``editorial/...`` or ``claim/...``; UnknownName for anything else."""
    kind = path.partition("/")[0]
    if path == DATASET:
        return _dataset()
    if kind == "claim" and is_path(path):
        must_stand(ID + path)
        return _claim(path, details_of(ID + path))
    if kind == "editorial" and is_path(path):
        return _editorial(path)
    hint = "cite dataset, editorial/{editorial} or claim/{editorial}/{claim}"
    raise UnknownName(f"nothing at {path!r} is cited by itself", hint)


def is_citable(path: str) -> bool:
    """Whether things of this kind are cited by themselves."""
    return path == DATASET or path.startswith(("claim/", "editorial/"))


def _dataset() -> Citation:
    """The version of the dataset that is in force: whoever checks what was cited should find just that."""
    version = versions()[-1]
    return Citation(
        kind="dataset",
        key=f"samizdat-{_version()[:8]}",
        title=TITLE,
        url=version.iri,
        version=_version(),
        authors=_encoders(),
        date=date_of(version.issued[:10]),
        language="en",
        licence=LICENCE,
        note=_others(),
        abstract=SUMMARY,
    )


def _others() -> str:
    """What of the dataset is not Samizdat's, and so is neither licensed nor cited with it."""
    sets = imported()
    if not sets:
        return ""
    names = "; ".join(f"{found.title} ({found.publisher_name})" for found in sets)
    return f"The licence is that of what Samizdat says itself. Imported beside it, and to be cited as theirs: {names}"


def _editorial(path: str) -> Citation:
    source = source_of(ID + path)
    date = date_of(source.edtf)
    return Citation(
        kind="editorial",
        key=path.rpartition("/")[2],
        title=source.headline,
        url=source.iri,
        authors=source.authors[:FEW],
        publisher=source.publisher,
        date=date,
        language=source.language,
        note=f"Its date is known as {source.edtf} (EDTF)" if source.edtf and (date is None or date.circa) else "",
    )


def _claim(path: str, claim: ClaimDetails) -> Citation:
    words = " […] ".join(f"“{passage.exact}”" for passage in claim.passages)
    whose = "; ".join(filter(None, (*claim.source.authors[:FEW], claim.source.publisher)))
    stated = f"stated in “{claim.source.headline}”" + (f" ({whose})" if whose else "") + (f": {words}" if words else "")
    return Citation(
        kind="claim",
        key=path.removeprefix("claim/").replace("/", "-"),
        title=f"{claim.sentence} [{claim.modality} claim]",
        url=claim.iri,
        version=_version(),
        authors=tuple(agent.name for agent in claim.creators),
        date=date_of(claim.created),
        container=TITLE,
        language="en",
        licence=claim.licence,
        note=f"Nanopublication of a claim: {claim.held}; {stated}",
        private=claim.private,
    )


def date_of(edtf: str) -> Date | None:
    """A date that EDTF has as a year, a month or a day, however uncertain; None for anything else."""
    plain = edtf.translate({ord(mark): None for mark in "?~%"})
    found = _DAY.fullmatch(plain)
    if not found:
        return None
    parts = tuple(int(part) for part in found.groups() if part)
    # From 21 on, EDTF means a season, a quarter or another part of the year.
    return Date(parts if parts[1:2] <= (12,) else parts[:1], circa=plain != edtf or parts[1:2] > (12,))


def _version() -> str:
    return holdings().snapshot.id


def _encoders() -> tuple[str, ...]:
    """Who put the claims into RDF, by name; from what was counted at publishing where that is known."""
    counted = holdings().statistics
    known = counted.whole.properties.get(f"<{CREATOR}>") if counted else None
    if known and known.objects is not None:
        found = [term[1:-1] for term in known.objects if term.startswith("<")]
    else:
        rows = select(f"SELECT DISTINCT ?creator WHERE {{ ?claim <{CREATOR}> ?creator }} LIMIT {FEW}")
        found = [text_of(row, "creator") for row in rows]
    names = Names(found)
    return tuple(sorted(map(names.of, found)))[:FEW]
