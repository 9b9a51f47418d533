"""The language of a page: that of the address (``lang=ru``), else the browser's; its words, by gettext.

Only the words of the pages themselves are translated. What the graph holds stays in the language it was written in,
and is marked so where that is not the page's (``in_language``).
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, has_request_context, request
from markupsafe import Markup, escape

from server.words.languages import ENGLISH, LANGUAGES, Language, preferred

FOLDER = Path(__file__).parent.parent / "translations"
KEY = "samizdat.language"


def register(app: Flask) -> None:
    """Give the templates ``_``, ``ngettext``, ``trans`` blocks, ``language``, ``languages`` and ``in_language``."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: catalogue(language().code).ugettext(text),
        lambda one, many, number: catalogue(language().code).ungettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.globals["in_language"] = in_language
    app.context_processor(lambda: {"language": language(), "languages": tuple(LANGUAGES.values())})
    app.after_request(_name)


def language() -> Language:
    """The language of the page that is being made."""
    if not has_request_context():
        return ENGLISH
    found: Language | None = request.environ.get(KEY)
    if found is None:
        found = request.environ[KEY] = _asked()
    return found


def gettext(text: str, **values: object) -> str:
    """The text in the language of the page, with its named placeholders (``%(name)s``) filled."""
    said = catalogue(language().code).ugettext(text)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The text for this number (``%(num)s``) in the language of the page."""
    return catalogue(language().code).ungettext(one, many, number) % {"num": number, **values}


def in_language(code: str | None) -> Markup:
    """The attribute for an element whose text is in that language, empty where it is that of the page."""
    return Markup(f' lang="{escape(code)}"') if code and code != language().code else Markup("")


@cache
def catalogue(code: str) -> NullTranslations:
    """The translations into a language; none for English, or where a catalogue is not there."""
    source = FOLDER / code / "LC_MESSAGES" / "messages.po"
    if code == ENGLISH.code or not source.exists():
        return NullTranslations()
    written = BytesIO()
    with source.open("rb") as file:
        write_mo(written, read_po(file, locale=code))
    written.seek(0)
    return Translations(written)


def _asked() -> Language:
    named = LANGUAGES.get(request.args.get("lang", ""))
    return named or LANGUAGES[preferred(request.headers.get("Accept-Language", ""))]


def _name(response: Response) -> Response:
    """Content-Language on pages; which one was chosen by a header that caches have to look at."""
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = language().code
        response.vary.add("Accept-Language")
    return response
