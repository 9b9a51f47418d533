"""The languages that the pages' own words are written in, and which of them a browser would like best."""

from dataclasses import dataclass
from functools import lru_cache

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header


@dataclass(frozen=True)
class Language:
    """``code`` as in BCP 47, its own ``name``, and the ``direction`` that it is written in, ``ltr`` or ``rtl``."""

    code: str
    name: str
    direction: str = "ltr"


ENGLISH = Language("en", "English")
LANGUAGES = {one.code: one for one in (ENGLISH, Language("kk", "Қазақша"), Language("ru", "Русский"))}
"""English first: the words of the pages are written in it, and translated from it."""
LONGEST = 512


@lru_cache(maxsize=1024)
def preferred(header: str) -> str:
    """The code of the language that an Accept-Language header likes best (RFC 9110, section 12.5.4), else English."""
    for wanted, quality in parse_accept_header(header[:LONGEST], LanguageAccept):
        code = wanted.partition("-")[0].lower()
        if quality > 0 and code in LANGUAGES:
            return code
    return ENGLISH.code
