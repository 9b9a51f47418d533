"""Which claim file is meant, and its text."""

from pathlib import Path

from rapidfuzz import process

from graph import quotes
from graph.annotating.faults import CannotAnnotate
from graph.annotating.sheet import Sheet
from graph.dataset import DataFiles
from graph.files.sources import is_lines
from graph.settings import Settings


def found(settings: Settings, named: str) -> Path:
    """The claim file of this path, or that of the editorial of this name; CannotAnnotate if there is none."""
    if named.endswith((".yaml", ".yml")) or Path(named).is_file():
        return _file(Path(named))
    files = DataFiles.of(settings.data)
    known = {file.stem: file for file in (*files.claims, *files.drafts) if not is_lines(file)}
    slug = named.removeprefix("editorial/")
    if slug in known:
        return known[slug]
    near = process.extractOne(slug, list(known), score_cutoff=60)
    hint = f"did you mean {near[0]}?" if near else "give a claim file, or add the text first with `samizdat add`"
    raise CannotAnnotate(f"there is no claim file named {named}", hint)


def _file(path: Path) -> Path:
    if not path.is_file():
        raise CannotAnnotate(f"there is no file {path}", "give a claim file, or the name of an editorial")
    return path.resolve()


def digest_of(sheet: Sheet) -> str:
    """The SHA-256 of the text; CannotAnnotate where the file names none."""
    data = sheet.document.data
    if not isinstance(data, dict) or "sha256" not in data:
        raise CannotAnnotate(f"{sheet.file.name} is no claim file: it names no text", "give a claim file with sha256")
    return str(data["sha256"])


def text_of(settings: Settings, sheet: Sheet) -> str:
    """The text that the file's SHA-256 names; CannotAnnotate where it is not at hand."""
    digest = digest_of(sheet)
    text = quotes.find_text(digest, settings.text_folders)
    if text is None:
        hint = "name its folder in SAMIZDAT_TEXTS, or add it with `samizdat add`, which keeps it in the archive"
        raise CannotAnnotate(f"the text with SHA-256 {digest[:12]}… is not at hand", hint)
    return text
