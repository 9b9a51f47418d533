"""What the page about the dataset says, and what it says to search engines in the words of schema.org."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import url_for

from graph.claim_graphs import LICENCE
from graph.errors import SnapshotDamaged
from graph.snapshots.dumps import OURS
from server import vocabulary
from server.claim_forms.structured_data import embedded
from server.describing.counts import Measure, measure
from server.describing.description import KEYWORDS, SUMMARY, TITLE, title_of
from server.describing.imported import DataSet, imported
from server.describing.licences import is_all_ours
from server.describing.names import DATASET, OWN
from server.holdings import holdings
from server.links import page_of
from server.pieces import Count, Link
from server.versions import Version, versions
from server.views import DatasetFile, DatasetPage, DatasetVersion, ImportedSet
from server.words.date_words import date_in_words
from server.words.language import gettext as _

CREATOR = {"@type": "Organization", "name": "Samizdat contributors"}
VERSIONS = 100
"""Snapshots listed on the page; the document has all of them."""


def dataset_page(formats: tuple[Link, ...]) -> DatasetPage:
    """The page as of the snapshot in force; ``formats`` are what else there is of it."""
    known, sets = versions(), imported()
    measured = measure()
    return DatasetPage(
        iri=DATASET,
        summary=SUMMARY,
        snapshot=known[-1].snapshot.id,
        issued=date_in_words(known[-1].issued[:10]) if known[-1].issued else "",
        counts=_counts(measured) if measured else (),
        classes=_shares(measured) if measured else (),
        files=tuple(_files(known[-1])),
        versions=tuple(_version(version) for version in known[::-1][:VERSIONS]),
        formats=formats,
        licence=LICENCE,
        is_all_ours=is_all_ours(known[-1].snapshot),
        imported=tuple(map(_data_set, sets)),
        structured=embedded(structured(known[-1], sets)),
    )


def structured(version: Version, sets: Sequence[DataSet] = ()) -> dict[str, Any]:
    """The dataset as search engines for data read it (https://schema.org/Dataset)."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": DATASET,
        "name": TITLE,
        "description": SUMMARY,
        "url": url_for("dataset.dataset", _external=True),
        "keywords": list(KEYWORDS),
        "license": LICENCE if is_all_ours(version.snapshot) else "",
        "hasPart": [_own(), *map(_part, sets)] if sets else [],
        "creator": CREATOR,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "version": version.snapshot.id,
        "dateModified": version.issued,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": title_of(item.name, not sets),
                "contentUrl": version.address(item.name),
                "encodingFormat": "application/gzip" if item.is_packed else item.media_type,
                "contentSize": f"{item.size} B",
                "sha256": item.sha256,
                **({"license": LICENCE} if sets and item.name in OURS else {}),
            }
            for item in version.snapshot.dumps.files.values()
        ],
    }
    return {key: value for key, value in found.items() if value}


def _own() -> dict[str, Any]:
    return {"@type": "Dataset", "@id": OWN, "name": f"{TITLE} (without imported data sets)", "description": SUMMARY,
            "license": LICENCE, "creator": CREATOR}  # fmt: skip


def _part(found: DataSet) -> dict[str, Any]:
    """An imported data set, whose licence is its publisher's."""
    told = {
        "@type": "Dataset",
        "@id": found.graph,
        "name": found.title,
        "description": f"{found.title}, imported as evidence beside the claims.",
        "creator": {"@type": "Organization", "name": found.publisher_name},
        "sameAs": found.homepage,
        "license": found.licence,
        "usageInfo": found.rights if not found.licence else "",
        "temporalCoverage": "/".join(found.years) if all(found.years) else "",
    }
    return {key: value for key, value in told.items() if value}


def _data_set(found: DataSet) -> ImportedSet:
    return ImportedSet(
        Link(found.title, page_of(found.iri)),
        found.publisher_name,
        Link(found.licence, found.licence) if found.licence else None,
        found.rights,
        found.measurements,
        found.triples,
        "–".join(dict.fromkeys(found.years)) if all(found.years) else "",
    )


def _counts(measured: Measure) -> tuple[Count, ...]:
    held = holdings().statistics
    found = [
        (measured.whole.triples, _("statements in the default graph")),
        (measured.whole.subjects, _("things they are about")),
        (len(measured.classes), _("classes")),
        (len(measured.whole.properties), _("properties")),
    ]
    if gone := _taken_back():
        found.append((gone, _("claims that were taken back, in named graphs alone")))
    if held:
        found += [(held.quads, _("statements in named graphs")), (held.graphs, _("named graphs"))]
    return tuple(Count(number, noun) for number, noun in found)


def _taken_back() -> int:
    """How many claims others supersede or retract, as far as the manifest says."""
    try:
        return int(holdings().snapshot.manifest.get("counts", {}).get("taken back", 0))
    except SnapshotDamaged:
        return 0


def _shares(measured: Measure) -> tuple[tuple[Link, int, int], ...]:
    """Each class with the number of its things and of their statements, the largest first."""
    ranked = sorted(measured.classes.items(), key=lambda item: (-item[1].subjects, item[0]))
    return tuple(
        (Link(vocabulary.compact(name), page_of(name)), scope.subjects, scope.triples) for name, scope in ranked
    )  # fmt: skip


def _files(version: Version) -> list[DatasetFile]:
    ours = is_all_ours(version.snapshot)
    return [
        DatasetFile(
            item.name,
            title_of(item.name, ours),
            urlsplit(version.address(item.name)).path,
            item.size,
            item.sha256,
        )
        for item in version.snapshot.dumps.files.values()
    ]


def _version(version: Version) -> DatasetVersion:
    files = (Link(item.name, item.href) for item in _files(version))
    return DatasetVersion(
        version.snapshot.id, date_in_words(version.issued[:10]) if version.issued else "", tuple(files)
    )
