"""Adding one text: into the archive, and as a claim file of drafts; all of it or nothing."""

import os
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from anyascii import anyascii

from graph.adding.archive import Archive
from graph.adding.faults import CannotAdd
from graph.adding.names import Names
from graph.adding.sources import Source
from graph.adding.stubs import stubs
from graph.adding.suggesting import Drafted, drafted
from graph.adding.writing import written
from graph.dataset import DataFiles
from graph.dates import moment
from graph.entities import Entity, read_entities
from graph.errors import InvalidInput
from graph.files import structure
from graph.files.opening import bytes_of
from graph.files.yaml_reader import MAX_BYTES, read
from graph.iris import SLUG
from graph.settings import Settings
from ontology.editor_values import LANGUAGE

LONGEST_SLUG = 60
SCHEMA = "claim-file.schema.json"


@dataclass(frozen=True)
class Editorial:
    """What is said of the text, all of it confirmed by a person or by an option; empty where it is not stated."""

    headline: str
    language: str
    encoded_by: str
    date: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    url: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Added:
    """The claim file, the SHA-256 of the text, and its drafts."""

    file: Path
    digest: str
    drafted: Drafted


def add(settings: Settings, source: Source, editorial: Editorial, *, now: datetime) -> Added:
    """Keep the text and write its claim file below drafts/; CannotAdd or InvalidInput, and then nothing is written."""
    _readable(editorial)
    digest = sha256(source.text.encode()).hexdigest()
    files = DataFiles.of(settings.data)
    _not_added_yet(digest, files)
    slug = editorial.slug or slug_of(editorial.headline, editorial.date)
    file = settings.data / "drafts" / _year(editorial.date, now.date()) / f"{slug}.yaml"
    if file.exists() or any(other.stem == slug for other in (*files.claims, *files.drafts)):
        raise CannotAdd(f"there is a claim file named {slug} already", "give another name with --name")
    entities = [entity for each in files.entities for entity in read_entities(read(each))]
    _known_encoder(editorial.encoded_by, entities)
    found = drafted(source.text, editorial.language, Names(entities))
    if not found.drafts:
        raise CannotAdd("no sentence is found in the text", "see that it is the text of an editorial, in its language")
    _write(file, _text(settings, file, digest, slug, editorial, found, now), source, settings, now)
    return Added(file, digest, found)


def _readable(editorial: Editorial) -> None:
    if not re.fullmatch(LANGUAGE, editorial.language):
        raise CannotAdd(f"{editorial.language!r} is no language", "give its tag with --language, such as en, kk or ru")
    if editorial.slug and not re.fullmatch(SLUG, editorial.slug):
        raise CannotAdd(f"{editorial.slug!r} is no name", "give small letters, digits and single hyphens with --name")
    if not editorial.slug and not slug_of(editorial.headline, ""):
        raise CannotAdd("no name can be made of the headline", "give one with --name")
    if editorial.date:
        try:
            moment(editorial.date)
        except ValueError as fault:
            raise CannotAdd(str(fault), "give the date in EDTF, such as 2021-01-15, 2021-01 or 2021") from None


def slug_of(headline: str, day: str) -> str:
    """The name of an editorial by its month and headline, in Latin letters: 2021-01-a-wave-of-progress."""
    words = re.findall("[a-z0-9]+", anyascii(unicodedata.normalize("NFKC", headline)).lower())
    month = "-".join(re.findall(r"\d+", day)[:2])
    slug = "-".join(part for part in (month, *words) if part)
    return slug if len(slug) <= LONGEST_SLUG else slug[: LONGEST_SLUG + 1].rpartition("-")[0]


def _year(day: str, today: date) -> str:
    year = re.match(r"\d{4}", day)
    return year[0] if year else f"{today:%Y}"


def _not_added_yet(digest: str, files: DataFiles) -> None:
    for file in (*files.claims, *files.drafts):
        with suppress(OSError):
            if digest.encode() in bytes_of(file, MAX_BYTES):
                hint = "go on in that file, or remove it to have the text drafted anew"
                raise CannotAdd(f"this very text has been added before: {file}", hint)


def _known_encoder(path: str, entities: Sequence[Entity]) -> None:
    if not any(entity.iri.endswith(f"/id/{path}") for entity in entities):
        hint = "name with --encoded-by a person or group that stands in a file of entities/"
        raise CannotAdd(f"nothing is named {path}", hint)


def _text(
    settings: Settings, file: Path, digest: str, slug: str, editorial: Editorial, found: Drafted, now: datetime
) -> str:
    known = {
        "id": f"editorial/{slug}", "type": "Editorial", "headline": editorial.headline,
        "inLanguage": editorial.language, "sha256": digest,
        "date": {"edtf": editorial.date} if editorial.date else None,
        "author": list(editorial.authors), "publisher": editorial.publisher, "url": editorial.url,
        "encodedBy": editorial.encoded_by, "encodedOn": f"{now:%Y-%m-%d}",
    }  # fmt: skip
    schema = Path(__file__).parent.parent.parent / "ontology" / SCHEMA
    shipped = settings.data == Path(__file__).parent.parent / "data"
    place = os.path.relpath(schema, file.parent) if shipped else None
    return written(known, found.drafts, schema=place, unknown=stubs(found, editorial.language))


def _write(file: Path, text: str, source: Source, settings: Settings, now: datetime) -> None:
    """The file is looked at as `samizdat check` will, and comes to its place when the text is in the archive."""
    made = [folder for folder in (file.parent, file.parent.parent) if not folder.exists()]
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=file.parent, suffix=".part", encoding="utf-8", newline="", delete=False) as beside:
        beside.write(text)
    part = Path(beside.name)
    try:
        document = read(part)
        if problems := structure.problems(document):
            raise InvalidInput(problems)
        told = {"from": source.origin, "kept": f"{now:%Y-%m-%dT%H:%M:%SZ}", "stated": vars(source.stated)}
        Archive(settings.archive_folder).keep(source.text, told, source.content)
        part.chmod(0o644)
        os.link(part, file)  # fails where somebody else has made the file meanwhile
    except BaseException:
        for folder in made:
            with suppress(OSError):
                part.unlink(missing_ok=True)
                folder.rmdir()
        raise
    finally:
        part.unlink(missing_ok=True)
