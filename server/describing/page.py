"""What the page about the dataset says, and what it says to search engines in the words of schema.org."""

from typing import Any
from urllib.parse import urlsplit

from flask import url_for

from graph.claim_graphs import LICENCE
from server import vocabulary
from server.describing.counts import Measure, measure
from server.describing.description import DATASET, KEYWORDS, SUMMARY, TITLE, TITLES
from server.history.versions import Version, versions
from server.holdings import holdings
from server.linking.structured_data import embedded
from server.links import page_of
from server.pieces import Count, Link
from server.site.date_words import date_in_words
from server.site.language import gettext as _
from server.views import DatasetFile, DatasetPage, DatasetVersion

VERSIONS = 100
"""Snapshots listed on the page; the document has all of them."""


def dataset_page(formats: tuple[Link, ...]) -> DatasetPage:
    """The page as of the snapshot in force; ``formats`` are what else there is of it."""
    known = versions()
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
        structured=embedded(structured(known[-1])),
    )


def structured(version: Version) -> dict[str, Any]:
    """The dataset as search engines for data read it (https://schema.org/Dataset)."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": DATASET,
        "name": TITLE,
        "description": SUMMARY,
        "url": url_for("dataset.dataset", _external=True),
        "keywords": list(KEYWORDS),
        "license": LICENCE,
        "creator": {"@type": "Organization", "name": "Samizdat contributors"},
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "version": version.snapshot.id,
        "dateModified": version.issued,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": TITLES[item.name],
                "contentUrl": version.address(item.name),
                "encodingFormat": "application/gzip" if item.is_packed else item.media_type,
                "contentSize": f"{item.size} B",
                "sha256": item.sha256,
            }
            for item in version.snapshot.dumps.files.values()
        ],
    }
    return {key: value for key, value in found.items() if value}


def _counts(measured: Measure) -> tuple[Count, ...]:
    held = holdings().statistics
    found = [
        (measured.whole.triples, _("statements in the default graph")),
        (measured.whole.subjects, _("things they are about")),
        (len(measured.classes), _("classes")),
        (len(measured.whole.properties), _("properties")),
    ]
    if held:
        found += [(held.quads, _("statements in named graphs")), (held.graphs, _("named graphs"))]
    return tuple(Count(number, noun) for number, noun in found)


def _shares(measured: Measure) -> tuple[tuple[Link, int, int], ...]:
    """Each class with the number of its things and of their statements, the largest first."""
    ranked = sorted(measured.classes.items(), key=lambda item: (-item[1].subjects, item[0]))
    return tuple(
        (Link(vocabulary.compact(name), page_of(name)), scope.subjects, scope.triples) for name, scope in ranked
    )  # fmt: skip


def _files(version: Version) -> list[DatasetFile]:
    return [
        DatasetFile(
            item.name,
            TITLES[item.name],
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
