"""Catalogues of the pages' own words: `python -m server.site.catalogues` brings them up to date.

Every string of the templates and of Python is in every catalogue, in the order of the alphabet and without dates or
line numbers, so that the same strings make the same file. What is translated already stays; what is no longer said on
any page goes.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from server.words.language import FOLDER
from server.words.languages import ENGLISH, LANGUAGES

SOURCES = Path(__file__).parent.parent
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"trimmed": "false", "newstyle_gettext": "true", "silent": "false"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
WIDTH = 120
HEADER = "# The words of the pages. Brought up to date by `python -m server.site.catalogues`."
LEFT_OUT = ("frontend", "static", "translations", "__pycache__")


def extracted(folder: Path = SOURCES) -> Catalog:
    """Every string that the pages say, with its comments and no translation."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for text in _strings(folder):
        found.add(text)
    return found


def merged(code: str) -> bytes:
    """The catalogue of a language as it ought to be: all that is said, with what is translated of it."""
    path = path_of(code)
    old = Catalog(locale=code)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=code)
    new = Catalog(locale=code, charset="utf-8", fuzzy=False)
    for message in extracted():
        if not message.id:
            continue
        known = old.get(message.id)
        new.add(message.id, known.string if known else None)
    written = BytesIO()
    write_po(written, new, width=WIDTH, no_location=True, omit_header=True, sort_output=True)
    return _header(new) + written.getvalue()


def path_of(code: str) -> Path:
    """Where the catalogue of a language is."""
    return FOLDER / code / "LC_MESSAGES" / "messages.po"


def main() -> None:
    """Write every catalogue anew, and tell what is left to be translated."""
    for code in LANGUAGES:
        if code == ENGLISH.code:
            continue
        path = path_of(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(merged(code))
        with path.open("rb") as file:
            missing = [
                message.id for message in read_po(file, locale=code) if message.id and not translated(message.string)
            ]
        print(f"{path}: {len(missing)} to translate")


def translated(said: Sequence[str] | None) -> bool:
    """Whether there is a translation, in every number."""
    return said is not None and bool(said) and all(said)


def _strings(folder: Path) -> Iterator[str | tuple[str, ...]]:
    found = extract_from_dir(
        folder, METHODS, OPTIONS, keywords=KEYWORDS, directory_filter=lambda one: Path(one).name not in LEFT_OUT
    )
    for _file, _line, text, _comments, _context in found:
        yield text


def _header(catalogue: Catalog) -> bytes:
    lines = [
        HEADER, 'msgid ""', 'msgstr ""',
        f'"Language: {catalogue.locale}\\n"',
        f'"Plural-Forms: {catalogue.plural_forms}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"', "", "",
    ]  # fmt: skip
    return "\n".join(lines).encode()


if __name__ == "__main__":
    main()
