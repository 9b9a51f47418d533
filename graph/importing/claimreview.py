"""Fact checks as schema.org's ClaimReview (https://schema.org/ClaimReview), in JSON-LD or one object on each line.

Taken is what says who reviewed which words, when, and how: nothing is fetched, contexts neither.
"""

from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode
from rdflib import RDF, SDO, XSD

from graph import iris
from graph.importing.dates import plain
from graph.importing.documents import Record, parse, records, shown, text
from graph.importing.files import SourceFile
from graph.importing.reading import Reading
from graph.jsonld import node

TITLE = "Fact checks (ClaimReview)"
PUBLISHER = "the reviewers named in it"
CONTEXTS = ("http://schema.org", "https://schema.org", "http://schema.org/", "https://schema.org/")
CONTAINERS = ("@graph", "dataFeedElement", "itemListElement", "item")
TAKEN = frozenset((
    *("@context", "@type", "@id"),
    *("claimReviewed", "author", "datePublished", "url", "itemReviewed", "reviewRating"),
))  # fmt: skip


def read_claimreview(file: SourceFile, reading: Reading) -> None:
    """All reviews of a file; what else is in it is counted as skipped."""
    content = file.document()
    if file.path.suffix in (".jsonl", ".ndjson"):
        values = [parse(file, line, at) for at, line in enumerate(content.splitlines(), start=1) if line.strip()]
    else:
        values = [parse(file, content)]
    for number, record in enumerate(_reviews(values, reading, file), start=1):
        reading.rows += 1
        _review(file, reading, number, record)
    if not reading.rows:
        reading.fault(file, 1, "no ClaimReview in it", "give schema.org's ClaimReview as JSON-LD")


def _reviews(values: list[Any], reading: Reading, file: SourceFile) -> Iterator[Record]:
    waiting = list(reversed(values))  # no recursion: how deep it goes is decided by a stranger
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            context = value.get("@context", CONTEXTS[0])
            if context not in CONTEXTS:
                hint = f"give it under {CONTEXTS[1]}: no other context is fetched"
                reading.fault(file, 1, f"the context {str(context)[:60]!r} is not schema.org's", hint)
            elif "ClaimReview" in _types(value):
                yield value
            else:
                inner = [value[key] for key in CONTAINERS if key in value]
                waiting += reversed(inner)
                if not inner:
                    reading.skip(f"{', '.join(_types(value))[:60] or 'something'} is no ClaimReview")


def _types(record: Record) -> list[str]:
    found = record.get("@type", [])
    return [str(item) for item in (found if isinstance(found, list) else [found])]


def _review(file: SourceFile, reading: Reading, number: int, record: Record) -> None:
    reading.skip("properties that are not taken", len(record.keys() - TAKEN))
    claimed, author = text(record.get("claimReviewed")), _name(record.get("author"))
    rating = record.get("reviewRating")
    if not claimed or not author or not isinstance(rating, dict):
        return reading.fault(file, 1, f"review {number}: no claimReviewed, author or reviewRating", "give all three")
    url = text(record.get("url")) or text(record.get("@id"))
    if (before := reading.seen((url, claimed, author), (file.name, number))) is not None:
        return reading.fault(file, 1, f"review {number}: the same as number {before[1]}", "keep one of the two")
    date = text(record.get("datePublished")).partition("T")[0]
    try:
        moment = plain(date) if date else None
    except ValueError as fault:
        return reading.fault(file, 1, f"review {number}: {fault}", "correct datePublished")
    sink = reading.sink
    subject = node(iris.local(sink.iri, f"review-{reading.slug(url or claimed)}"))
    sink.say(subject, RDF.type, node(SDO.ClaimReview))
    sink.say(subject, SDO.claimReviewed, Literal(claimed))
    _part(reading, subject, SDO.author, "author", SDO.Organization, {SDO.name: author})
    if url.startswith(("http://", "https://")):
        sink.say(subject, SDO.url, Literal(url, datatype=node(XSD.anyURI)))
    if moment is not None:
        sink.say(subject, SDO.datePublished, Literal(moment.edtf))
    kept = {key: rating.get(key) for key in ("ratingValue", "bestRating", "worstRating", "alternateName")}
    given = {
        SDO[key]: str(value) for key, value in kept.items() if isinstance(value, str | int | float) and value != ""
    }
    _part(reading, subject, SDO.reviewRating, "rating", SDO.Rating, given)
    item = record.get("itemReviewed")
    if isinstance(item, dict) and (who := _name(item.get("author"))):
        _part(reading, subject, SDO.itemReviewed, "item", SDO.Claim, {SDO.author: who})
    whole = {key: value for key, value in record.items() if key in TAKEN}
    sink.derived(subject, sink.row(file.name, number, shown(whole), "reviews"))
    reading.count("reviews")


def _part(reading: Reading, subject: NamedNode, link: Any, name: str, kind: Any, said: dict[Any, str]) -> None:
    part = node(f"{subject.value}-{name}")
    reading.sink.say(subject, link, part)
    reading.sink.say(part, RDF.type, node(kind))
    for term, value in said.items():
        reading.sink.say(part, term, Literal(value))


def _name(value: Any) -> str:
    found = next(iter(records(value)), {}) if isinstance(value, list) else value
    return text(found.get("name")) if isinstance(found, dict) else text(found)
