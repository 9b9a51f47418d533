"""What a person has confirmed, written into the entity files: names with their source, identifiers, who is the same.

Everything is looked at first: what contradicts what is known, or another decision, stops it all and no file changes.
A file that is written keeps every other byte as it is, and is read and checked before it takes the place of the old.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.annotating.saving import write
from graph.assertions import listed
from graph.checking import check
from graph.editing import edits
from graph.enriching import listing
from graph.enriching.gains import Gain, gains
from graph.enriching.review import Review
from graph.enriching.subjects import Subject, subjects
from graph.errors import InvalidInput, SamizdatError
from graph.files import yaml_reader
from graph.files.yaml_reader import content_of, parse
from graph.growing.defining import defined
from graph.settings import Settings


@dataclass(frozen=True)
class Applied:
    """How many names, identifiers and identities were written, into which files; and what is left to decide."""

    names: int
    identifiers: int
    same: int
    files: tuple[Path, ...]
    undecided: int


@dataclass
class _Change:
    """A file as it is, and what it is to say."""

    content: bytes
    old: Any
    new: Any = field(repr=False)

    def text(self) -> str:
        """The file's new text."""
        single = [
            ("entities", at, key)
            for at, (before, after) in enumerate(zip(self.old["entities"], self.new["entities"], strict=True))
            for key in ("identifier", "nameSource")
            if isinstance(before.get(key), dict) and isinstance(after[key], list)
        ]
        text = listing.listed(self.content.decode("utf-8"), *single)
        for at, (before, after) in enumerate(zip(self.old["entities"], self.new["entities"], strict=True)):
            if "altLabel" in before and before["altLabel"] != after["altLabel"]:
                text = listing.named(text, ("entities", at, "altLabel"), before["altLabel"], after["altLabel"])
        return edits.edited(text, yaml_reader.parse(Path(), text.encode()).data, self.new)


def apply(settings: Settings, review: Review) -> Applied:
    """Write what the review has confirmed into the entity files.

    InvalidInput with every contradiction, or with what would be wrong with the files; then nothing has changed.
    Applying it again changes nothing more.
    """
    known = subjects(settings.data)
    found = gains(review, known)
    changes = _changes(found, known, review)
    texts = {file: change.text() for file, change in changes.items()}
    for file, text in texts.items():
        if parse(file, text.encode()).data != changes[file].new:
            hint = "write its entities on lines of their own, without braces"
            raise SamizdatError(f"{file} is laid out in a way that cannot be added to", hint)
    if texts:
        problems = check(settings, tuple(texts), reason=False, unsaved=texts, defined=defined(settings)).problems
        if problems:
            raise InvalidInput(problems)
    for file, text in texts.items():
        write(file, text.encode(), sha256(changes[file].content).hexdigest())
    return Applied(
        names=sum(len(gain.names) for gain in found),
        identifiers=sum(len(gain.identifiers) for gain in found),
        same=sum(len(gain.same) for gain in found),
        files=tuple(texts),
        undecided=review.undecided,
    )


def _changes(found: list[Gain], known: dict[str, Subject], review: Review) -> dict[Path, _Change]:
    by_file: defaultdict[Path, list[Gain]] = defaultdict(list)
    for gain in found:
        if gain.names or gain.identifiers or gain.same:
            by_file[known[gain.path].file].append(gain)
    changes = {}
    for file, some in sorted(by_file.items()):
        content = content_of(file)
        old = parse(file, content).data
        items = list(old["entities"])
        for gain in some:
            index = known[gain.path].index
            items[index] = _with(items[index], gain, review.source)
        changes[file] = _Change(content, old, old | {"entities": items})
    return changes


def _with(data: dict[str, Any], gain: Gain, source: dict[str, str]) -> dict[str, Any]:
    """The entity with what it gains; new keys stand behind those that they belong to."""
    told = {"confirmedBy": ", ".join(filter(None, (source["title"], source["endpoint"])))}
    rights = {"rights": source["licence"]} if source["licence"] else {}
    new = dict(data)
    if gain.names:
        new["altLabel"] = _named(data.get("altLabel", {}), gain)
        new["nameSource"] = [
            *listed(data.get("nameSource")),
            *(
                {"literalForm": {one.language: one.name}, **told, "retrieved": one.retrieved, **rights}
                for one in gain.names
            ),
        ]
    if gain.identifiers:
        items = [
            {
                "propertyID": one.scheme,
                "value": one.value,
                **told,
                **({"retrieved": one.retrieved} if one.retrieved else {}),
            }
            | rights
            for one in gain.identifiers
        ]
        new["identifier"] = [*listed(data.get("identifier")), *items]
    if gain.same:
        same = [*listed(data.get("exactMatch")), *gain.same]
        new["exactMatch"] = same[0] if len(same) == 1 else same
    return dict(_in_order(data, new))


def _named(held: dict[str, Any], gain: Gain) -> dict[str, Any]:
    names = {language: list(listed(texts)) for language, texts in held.items()}
    for one in gain.names:
        tag = next((tag for tag in names if tag.lower() == one.language.lower()), one.language)
        names.setdefault(tag, []).append(one.name)
    return {tag: texts[0] if len(texts) == 1 else texts for tag, texts in names.items()}


def _in_order(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The keys as they stood, other names behind the preferred ones and all else that is new at the end."""
    for key in old:
        yield key, new[key]
        if key == "prefLabel" and "altLabel" in new and "altLabel" not in old:
            yield "altLabel", new["altLabel"]
    yield from ((key, value) for key, value in new.items() if key not in old and key != "altLabel")
