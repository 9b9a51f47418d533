"""The review file of an enrichment: who may be who, what they are called there, and a person's decision on each.

    source: { title: Wikidata, endpoint: https://…, licence: https://…, items: http://…, scheme: wikidata }
    matches:
      - entity: country/kazakhstan
        item: http://www.wikidata.org/entity/Q232
        decision: unsure
        names:
          - { name: Қазақ елі, language: kk, retrieved: 2026-11-23, take: true }

Of the matches that are the same, every line with ``take: true`` is taken. Another enrichment adds what is new at the
end and leaves every line as it is, comments too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.annotating.saving import write
from graph.editing import reviews
from graph.enriching.labels import fault, is_iri
from graph.enriching.matches import Identifier, Match, Matches, Name
from graph.enriching.profile import Profile
from graph.enriching.review_lines import LISTS, is_day, line_problems
from graph.enriching.subjects import Subject
from graph.errors import InvalidInput, Problem, SamizdatError
from graph.files.yaml_reader import Document, Steps, content_of, parse

_SOURCE = ("title", "endpoint", "licence", "items", "scheme")
_HEAD = """\
# Who of this source may be who of the graph, and what each would gain. Nothing here is decided by a program.
# Decide each one: same, different or unsure. Of the same, what has take: true is written into the entity files by
# `samizdat enrich --apply` and this file; of the others nothing is.
"""


@dataclass(frozen=True)
class Decided:
    """A match that a person has found to be the same, with what is to be taken; ``steps`` lead to it."""

    entity: str
    item: str
    retrieved: str
    names: tuple[tuple[Name, Steps], ...]
    identifiers: tuple[tuple[Identifier, Steps], ...]
    steps: Steps


@dataclass(frozen=True)
class Review:
    """A review file: its source, what is the same, and how many are undecided."""

    document: Document
    source: dict[str, str]
    same: tuple[Decided, ...]
    undecided: int


def put(file: Path, profile: Profile, found: Matches) -> int:
    """Write the matches into a review file, new ones and new lines at the end; how many of them all are undecided.

    InvalidInput where the file that is there is wrong, SamizdatError where it is of another source; then it stays as
    it is. No file is made where there is nothing to decide.
    """
    entries = [_entry(match) for match in found]
    source = {key: getattr(profile, key) for key in _SOURCE}
    if not file.exists():
        if entries:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write(file, reviews.fresh(FORM, entries, {"source": source}).encode(), None)
        return len(entries)
    content = content_of(file)
    review = _checked(parse(file, content))
    if review.source != source:
        what = f"{file} is the review of another source, {review.source['title']}"
        raise SamizdatError(what, "name another file with --review")
    held = review.document.data["matches"]
    merged = _merged(held, [_as_held(entry, match.subject, held) for entry, match in zip(entries, found, strict=True)])
    text = reviews.changed(file, content.decode("utf-8"), review.document.data | {"matches": merged})
    if text.encode() != content:
        write(file, text.encode(), sha256(content).hexdigest())
    return reviews.undecided(merged)


def read(file: Path) -> Review:
    """The review that a file holds; InvalidInput with everything that is wrong with it."""
    return _checked(parse(file, content_of(file)))


def _entry(match: Match) -> dict[str, Any]:
    names = [{"name": one.name, "language": one.language, "retrieved": one.retrieved} for one in match.names]
    others = [{"scheme": one.scheme, "value": one.value, "retrieved": one.retrieved} for one in match.identifiers]
    texts = {"known": match.subject.name, "description": match.description, "why": match.why}
    entry: dict[str, Any] = {"entity": match.subject.path, "item": match.item}
    entry |= {key: text for key, text in {**texts, "retrieved": match.retrieved}.items() if text}
    lists = {"names": names, "identifiers": others}
    return (
        entry
        | {"decision": "unsure"}
        | {key: [one | {"take": True} for one in lists[key]] for key in lists if lists[key]}
    )


def _as_held(entry: dict[str, Any], subject: Subject, held: list[dict[str, Any]]) -> dict[str, Any]:
    """The match under the path under which the review has it: the entity's own, or one that it had before."""
    pairs = {(one["entity"], one["item"]) for one in held}
    paths = (path for path in (subject.path, *subject.former) if (path, entry["item"]) in pairs)
    return entry | {"entity": next(paths, subject.path)}


def _merged(old: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The old matches with new lines at the end of theirs, then the new ones."""
    by_pair = {(entry["entity"], entry["item"]): entry for entry in found}
    merged = []
    for entry in old:
        new = by_pair.get((entry["entity"], entry["item"]), {})
        more = {key: _more(entry.get(key, []), new.get(key, []), fields[:2]) for key, fields in LISTS.items()}
        merged.append(entry | {key: items for key, items in more.items() if items})
    return [*merged, *reviews.new_ones(found, old, FORM)]


def _more(old: list[dict[str, Any]], new: list[dict[str, Any]], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    held = [[str(item[name]) for name in fields] for item in old]
    return [*old, *(item for item in new if [item[name] for name in fields] not in held)]


def _checked(document: Document) -> Review:
    found = reviews.matches(document, FORM)
    if problems := list(_source_problems(document)):
        raise InvalidInput(problems)
    same = (_decided(match, ("matches", at)) for at, match in enumerate(found) if match["decision"] == "same")
    return Review(document, document.data["source"], tuple(same), reviews.undecided(found))


def _source_problems(document: Document) -> Iterator[Problem]:
    source = document.data["source"]
    if not isinstance(source, dict) or source.keys() != set(_SOURCE):
        hint = f"write {', '.join(_SOURCE)}"
        yield document.problem(("source",), "not where the names come from", hint, "review")
        return
    for key, value in source.items():
        if not isinstance(value, str) or (value and fault(value, "en")):
            what = f"{key} is no text on one line"
            yield document.problem(("source", key), what, "write it as it was", "review")


FORM = reviews.Form(
    head=_HEAD,
    pair=("entity", "item"),
    keys=frozenset({"entity", "item", "known", "description", "why", "retrieved", "decision", *LISTS}),
    fits={
        "entity": (reviews.is_path, "a path such as country/kazakhstan"),
        "item": (lambda value: isinstance(value, str) and is_iri(value), "http://www.wikidata.org/entity/Q232"),
        "retrieved": (is_day, "a day such as 2026-11-23"),
    },
    top=("source",),
    more=line_problems,
)


def _decided(match: dict[str, Any], steps: Steps) -> Decided:
    names = tuple(
        (Name(str(item["name"]), str(item["language"]), item["retrieved"]), (*steps, "names", at))
        for at, item in enumerate(match.get("names", ()))
        if item["take"]
    )
    identifiers = tuple(
        (Identifier(str(item["scheme"]), str(item["value"]), item["retrieved"]), (*steps, "identifiers", at))
        for at, item in enumerate(match.get("identifiers", ()))
        if item["take"]
    )
    return Decided(match["entity"], match["item"], match.get("retrieved", ""), names, identifiers, steps)
