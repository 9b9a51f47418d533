"""The review file of an enrichment: who may be who, what they are called there, and a person's decision on each.

    source: { title: Wikidata, endpoint: https://…, licence: https://…, items: http://…, scheme: wikidata }
    matches:
      - entity: country/kazakhstan
        item: http://www.wikidata.org/entity/Q232
        decision: unsure
        names:
          - { name: Қазақ елі, language: kk, retrieved: 2026-11-23, take: true }

``decision`` is ``same``, ``different`` or ``unsure``; of the same, every line with ``take: true`` is taken. Another
enrichment adds what is new at the end and leaves every line as it is, comments too.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from graph import iris
from graph.annotating import edits, layout
from graph.annotating.saving import write
from graph.enriching.labels import fault
from graph.enriching.matches import Identifier, Match, Matches, Name
from graph.enriching.profile import Profile, is_iri
from graph.errors import InvalidInput, Problem, SamizdatError
from graph.files.yaml_reader import Document, Steps, content_of, parse

DECISIONS = ("same", "different", "unsure")
_SOURCE = ("title", "endpoint", "licence", "items", "scheme")
_TEXTS = ("known", "description", "why")
_LISTS = {"names": ("name", "language", "retrieved", "take"), "identifiers": ("scheme", "value", "retrieved", "take")}
_KEYS = {"entity", "item", "retrieved", "decision", *_TEXTS, *_LISTS}
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


def put(file: Path, profile: Profile, matches: Matches) -> int:
    """Write the matches into a review file, new ones and new lines at the end; how many of them all are undecided.

    InvalidInput where the file that is there is wrong, SamizdatError where it is of another source; then it stays as
    it is. No file is made where there is nothing to decide.
    """
    found = [_entry(match) for match in matches]
    if not file.exists():
        if found:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write(file, _fresh(_source(profile), found).encode(), None)
        return len(found)
    content = content_of(file)
    review = _checked(parse(file, content))
    if review.source != _source(profile):
        what = f"{file} is the review of another source, {review.source['title']}"
        raise SamizdatError(what, "name another file with --review")
    old = review.document.data
    new = old | {"matches": _merged(old["matches"], found)}
    text = content.decode("utf-8")
    changed = edits.edited(text, old, new)
    if changed != text:
        if parse(file, changed.encode()).data != new:
            raise SamizdatError(f"{file} is laid out in a way that cannot be added to", "write each match on its lines")
        write(file, changed.encode(), _digest(content))
    return sum(match["decision"] == "unsure" for match in new["matches"])


def read(file: Path) -> Review:
    """The review that a file holds; InvalidInput with everything that is wrong with it."""
    return _checked(parse(file, content_of(file)))


def _digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def _source(profile: Profile) -> dict[str, str]:
    return {key: getattr(profile, key) for key in _SOURCE}


def _entry(match: Match) -> dict[str, Any]:
    names = [{"name": one.name, "language": one.language, "retrieved": one.retrieved} for one in match.names]
    others = [{"scheme": one.scheme, "value": one.value, "retrieved": one.retrieved} for one in match.identifiers]
    texts = {"known": match.subject.name, "description": match.description, "why": match.why}
    entry: dict[str, Any] = {"entity": match.subject.path, "item": match.item}
    entry |= {key: text for key, text in texts.items() if text}
    entry |= {"retrieved": match.retrieved} if match.retrieved else {}
    entry |= {"decision": "unsure"}
    lists = {"names": names, "identifiers": others}
    return entry | {key: [one | {"take": True} for one in items] for key, items in lists.items() if items}


def _fresh(source: dict[str, str], found: list[dict[str, Any]]) -> str:
    lines = [f"{_HEAD}source:", *layout.block(source, 2), "matches:"]
    for number, entry in enumerate(found):
        lines += [*([""] if number else []), *layout.item(entry, 2)]
    return "\n".join(lines) + "\n"


def _merged(old: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The old matches with new lines at the end of theirs, then the new ones."""
    fresh = {(entry["entity"], entry["item"]): entry for entry in found}
    merged = []
    for entry in old:
        new = fresh.pop((entry["entity"], entry["item"]), {})
        more = {key: _more(entry.get(key, []), new.get(key, []), fields[:2]) for key, fields in _LISTS.items()}
        merged.append(entry | {key: items for key, items in more.items() if items})
    return [*merged, *fresh.values()]


def _more(old: list[dict[str, Any]], new: list[dict[str, Any]], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    held = [[str(item[name]) for name in fields] for item in old]
    return [*old, *(item for item in new if [item[name] for name in fields] not in held)]


def _checked(document: Document) -> Review:
    data = document.data
    if not isinstance(data, dict) or data.keys() != {"source", "matches"} or not isinstance(data["matches"], list):
        hint = "write source: and matches:, as `samizdat enrich` does"
        raise InvalidInput([document.problem((), "no review of an enrichment", hint, "review")])
    problems = _source_problems(document)
    for at, match in enumerate(data["matches"]):
        problems += _problems(document, ("matches", at), match)
    problems += _twice(document) if not problems else []
    if problems:
        raise InvalidInput(problems)
    same = tuple(
        _decided(match, ("matches", at)) for at, match in enumerate(data["matches"]) if match["decision"] == "same"
    )
    undecided = sum(match["decision"] == "unsure" for match in data["matches"])
    return Review(document, data["source"], same, undecided)


def _source_problems(document: Document) -> list[Problem]:
    source = document.data["source"]
    if not isinstance(source, dict) or source.keys() != set(_SOURCE):
        hint = f"write {', '.join(_SOURCE)}"
        return [document.problem(("source",), "not where the names come from", hint, "review")]
    return [
        document.problem(("source", key), f"{key} is no text on one line", "write it as it was", "review")
        for key, value in source.items()
        if not isinstance(value, str) or (value and fault(value, "en"))
    ]


def _problems(document: Document, steps: Steps, match: Any) -> list[Problem]:
    if not isinstance(match, dict):
        return [document.problem(steps, "not a match", "write entity, item and decision", "review")]
    found = [
        document.problem((*steps, key), f"an unknown key {key!r}", "take it out", "review", key=True)
        for key in match
        if key not in _KEYS
    ]
    checks = {
        "entity": (isinstance(match.get("entity"), str) and iris.is_path(match["entity"]), "country/kazakhstan"),
        "item": (isinstance(match.get("item"), str) and is_iri(match["item"]), "http://www.wikidata.org/entity/Q232"),
        "decision": (match.get("decision") in DECISIONS, " or ".join(DECISIONS)),
        "retrieved": (_is_day(match.get("retrieved", "2000-01-01")), "2026-11-23"),
    }
    for key, (fits, example) in checks.items():
        if not fits:
            found.append(document.problem((*steps, key), f"{key} is not as it must be", f"write {example}", "review"))
    for key, fields in _LISTS.items():
        items = match.get(key, [])
        if not isinstance(items, list):
            found.append(document.problem((*steps, key), f"{key} are no list", "write each on its line", "review"))
            continue
        for at, item in enumerate(items):
            if wrong := _line_fault(item, fields):
                found.append(document.problem((*steps, key, at), *wrong, "review"))
    return found


def _line_fault(item: Any, fields: tuple[str, ...]) -> tuple[str, str] | None:
    """What is wrong with a name or an identifier, and what to do; numbers are taken for the text that they are."""
    if not isinstance(item, dict) or item.keys() != set(fields):
        return "not a line of a match", f"write {', '.join(fields)}"
    if not isinstance(item["take"], bool):
        return "take is neither true nor false", "write take: true, or take: false"
    if not _is_day(item["retrieved"]):
        return "no day on which it was retrieved", "write it as 2026-11-23"
    first, second = str(item[fields[0]]), str(item[fields[1]])
    wrong = fault(first, second) if fields[0] == "name" else fault(first, "en") or fault(second, "und")
    return (
        (f"this is no {fields[0] if fields[0] == 'name' else 'identifier'}: {wrong}", "take it out") if wrong else None
    )


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _twice(document: Document) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for at, match in enumerate(document.data["matches"]):
        pair = json.dumps([match["entity"], match["item"]])
        if pair in seen:
            found.append(
                document.problem(("matches", at), "this match stands here twice", "keep one of the two", "review")
            )
        seen.add(pair)
    return found


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
