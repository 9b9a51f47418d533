"""Everything that is wrong with the data, found in one go.

Structure, references, dates, modality, quotes, shapes and checks, and the logic of what is asserted.
A part that is broken is left out of the later checks, so that one slip is reported once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from os.path import realpath
from pathlib import Path
from types import MappingProxyType

from graph import claims, drafts, quotes
from graph.claims import Editorial
from graph.consistency import duplicates, editorial_problems, entity_problems
from graph.corrections import correction_problems
from graph.dataset import Content, DataFiles, encode
from graph.entities import Entity
from graph.errors import InvalidInput, Place, Problem
from graph.files.sources import Source, sources
from graph.files.yaml_reader import Document
from graph.parts import read_parts
from graph.places import Places
from graph.progress import Stage, ignore
from graph.quoting import quote_problems, unread_note
from graph.settings import Settings
from graph.validation import check_problems, shape_problems

KEPT, LARGEST = 20_000, 20_000_000
"""Files, and bytes of each, of which it is kept in memory what they define."""


@dataclass(frozen=True)
class Checked:
    """What a check found; ``content`` is None where problems stand in the way of encoding."""

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    counts: dict[str, int]
    content: Content | None = field(default=None, repr=False)


@dataclass
class _Findings:
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    editorials: list[Editorial] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    drafts: list[Document] = field(default_factory=list)
    others: list[Editorial] = field(default_factory=list)
    """Those that are not checked now, but are named in what is."""
    unsaved: Mapping[Path, str] = field(default_factory=dict)
    defined: Mapping[Path, frozenset[str]] = field(default_factory=dict)
    written: dict[str, Path] = field(default_factory=dict)
    """The file of each editorial that has one of its own, by its IRI."""


def check(
    settings: Settings,
    files: Sequence[Path] = (),
    *,
    reason: bool = True,
    with_drafts: bool = False,
    unsaved: Mapping[Path, str] = MappingProxyType({}),
    defined: Mapping[Path, frozenset[str]] = MappingProxyType({}),
    on_stage: Stage = ignore,
) -> Checked:
    """Check these claim and entity files (or, with none named, the whole data folder) against all the rest.

    With ``reason`` False the proof by HermiT, the slowest part, is left out. ``with_drafts``: the folder drafts/ is
    checked with the data folder; what is published is checked without it, and never has anything of it. ``unsaved``
    are texts that are looked at in place of what these files hold. ``defined``: what claim files of the folder are
    known to define, which need not be read to see whether there is what is named (``graph.growing.defining``).
    """
    found = _Findings(unsaved=unsaved, defined=defined)
    on_stage("reading")
    _read_all(settings, files, found, with_drafts)
    on_stage("comparing quotes with their texts")
    for editorial in found.editorials:
        _quotes(editorial, settings, found)
    content = None if found.problems else encode(found.editorials, found.entities)
    if content is not None:
        on_stage("validating")
        _validate(content, found)
    if content is not None and not found.problems and reason:
        on_stage("proving")
        _prove(content, found)
    counts = {
        "editorials": len(found.editorials),
        "claims": sum(len(editorial.claims) for editorial in found.editorials),
        "entities": len(found.entities),
    }
    if found.drafts:
        counts["drafts"] = sum(len(document.data["drafts"]) for document in found.drafts)
    problems = tuple(sorted(set(found.problems)))
    return Checked(problems, tuple(found.notes), counts, None if problems else content)


def _read_all(settings: Settings, files: Sequence[Path], found: _Findings, with_drafts: bool) -> None:
    folder = DataFiles.of(settings.data)
    named = {realpath(file) for file in files}
    chosen = [*files, *(file for file in folder.entities if realpath(file) not in named)]
    others = [file for file in folder.claims if realpath(file) not in named]
    if not files:
        chosen, others = [*folder.claims, *folder.entities, *(folder.drafts if with_drafts else ())], []
    if not files and not folder.claims and not (with_drafts and folder.drafts):
        what, hint = "no claim file in this folder", "put claim files into its claims/, or name another folder"
        found.problems.append(Problem(Place(settings.data), what, f"{hint} (SAMIZDAT_DATA)", "data"))
    for file in chosen:
        for source in _sources(file, found):
            _read_one(source, found)
    known = _known(found, others)
    for editorial in found.editorials:
        found.problems += editorial_problems(editorial, known)
    for entity in found.entities:
        found.problems += entity_problems(entity, known)
    found.problems += duplicates(found.editorials, found.entities)
    found.problems += correction_problems(found.editorials)
    for document in found.drafts:
        found.problems += drafts.draft_problems(document, known, settings.text_folders)


def _sources(file: Path, found: _Findings) -> Iterable[Source]:
    return [Source(file, 0, found.unsaved[file].encode())] if file in found.unsaved else sources(file)


def _read_one(source: Source, found: _Findings) -> None:
    parts = read_parts(source)
    found.problems += parts.problems
    found.entities += parts.entities
    if parts.document is not None and not parts.refused and drafts.has_drafts(parts.document):
        found.drafts.append(parts.document)
    for editorial in parts.editorials:
        _take_editorial(source, editorial, found)


def _take_editorial(source: Source, editorial: Editorial, found: _Findings) -> None:
    """One editorial; a line is passed over where somebody has written a file of the same editorial."""
    if not source.line:
        found.written[editorial.iri] = source.file
    elif editorial.iri in found.written:
        what = f"{source.file}:{source.line}: passed over, for {found.written[editorial.iri]} has this editorial"
        found.notes.append(what)
        return
    found.editorials.append(editorial)


def _known(found: _Findings, others: Iterable[Path]) -> set[str]:
    """The IRIs of every thing there is: of what was read, and of the claim files that are not checked now."""
    known = {entity.iri for entity in found.entities}.union(*map(_defined, found.editorials))
    named = {
        reference.iri
        for editorial in found.editorials
        for resolver in (editorial.resolver, *(claim.resolver for claim in editorial.claims))
        for reference in resolver.references
    }
    for file in others:
        stamp = _stamp(file)
        own = found.defined.get(file) or (None if stamp is None else _defined_in(file, stamp))
        if own is not None and not named & own:
            known |= own
            continue
        for other in _editorials_in(file):
            if named & (defined := _defined(other)):
                found.others.append(other)
            known |= defined
    return known


def _editorials_in(file: Path) -> Iterator[Editorial]:
    """The editorials of a file that can be read; its own check says what is wrong with the others."""
    for source in sources(file):
        with suppress(InvalidInput, KeyError, TypeError, AttributeError):
            yield claims.read_editorial(source.read())


@lru_cache(maxsize=KEPT)
def _defined_in(file: Path, _: object) -> frozenset[str]:
    """What a file defines, kept while the file is as it is: a page asks again with every word that is typed."""
    return frozenset().union(*map(_defined, _editorials_in(file)))


def _stamp(file: Path) -> object:
    """By what it is seen that a file has changed; None for one that is too large to keep what it defines."""
    try:
        found = file.stat()
    except OSError:
        return None
    return None if found.st_size > LARGEST else (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _defined(editorial: Editorial) -> set[str]:
    """The editorial, its claims, and what these define."""
    own = {editorial.iri} | {claim.iri for claim in editorial.claims}
    return own.union(*(claim.resolver.defined for claim in editorial.claims))


def _quotes(editorial: Editorial, settings: Settings, found: _Findings) -> None:
    text = quotes.find_text(editorial.sha256, settings.text_folders)
    if text is None:
        found.notes.append(unread_note(editorial))
    found.problems += quote_problems(editorial, text)


def _validate(content: Content, found: _Findings) -> None:
    places = Places(content.editorials, content.entities)
    quads = content.stated() + encode(found.others, ()).stated()
    found.problems += shape_problems(quads, places)
    found.problems += check_problems(quads, places)


def _prove(content: Content, found: _Findings) -> None:
    from graph.logic.proof import proof_problems  # owlready2 is slow to import and needed only here

    found.problems += proof_problems(content)
