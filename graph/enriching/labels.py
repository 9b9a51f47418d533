"""Which texts of somebody else's endpoint can be names or addresses: nothing that hides, turns or fills a page."""

import re
import unicodedata

from babel import Locale, UnknownLocaleError

LONGEST = 200
"""Characters of a name; the longest official names of countries have fewer than a hundred."""
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_IRI = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\\x7f-\x9f]+")
_RIGHT_TO_LEFT = ("Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Mand", "Samr", "Rohg")
_JOINERS = "\u200c\u200d"
"""Format characters that Persian and the languages of India are written with."""


def fault(name: str, language: str) -> str | None:
    """Why this is no name in this language; None if it is one."""
    if not name.strip() or name != name.strip():
        return "blanks at its ends, or nothing else"
    if len(name) > LONGEST:
        return f"{len(name):,} characters, and a name has {LONGEST} at most"
    if not TAG.fullmatch(language):
        return f"{language!r} is no language tag"
    for character in name:
        category = unicodedata.category(character)
        if category[0] == "C" and character not in _JOINERS:
            return f"the character U+{ord(character):04X}, which is not seen and may change what is"
        if category in ("Zl", "Zp"):
            return f"the end of a line, U+{ord(character):04X}"
    if not any(character.isalnum() for character in name):
        return "no letter and no digit"
    return _direction_fault(name, language)


def is_iri(text: str) -> bool:
    """Whether this can be the address of a thing: http or https, and nothing in it that hides or turns."""
    return len(text) <= 1000 and _IRI.fullmatch(text) is not None and _is_seen(text)


def _is_seen(text: str) -> bool:
    return not any(unicodedata.category(character)[0] in "CZ" for character in text)


def _direction_fault(name: str, language: str) -> str | None:
    directions = {unicodedata.bidirectional(character) for character in name}
    leftward = bool(directions & {"R", "AL"})
    if leftward and "L" in directions:
        return "letters that run to the left and letters that run to the right, which can be shown in two orders"
    if leftward and not runs_leftward(language):
        return f"letters that run to the left, and {language} runs to the right"
    return None


def runs_leftward(language: str) -> bool:
    """Whether a language is written from right to left, by its script if the tag names one, else by CLDR."""
    script = next((part.title() for part in language.split("-")[1:] if len(part) == 4 and part.isalpha()), "")
    if script:
        return script in _RIGHT_TO_LEFT
    try:
        return Locale.parse(language, sep="-").character_order == "right-to-left"
    except (ValueError, UnknownLocaleError):
        return False


def canonical(language: str) -> str:
    """A language tag in the case that BCP 47 (section 2.1.1) recommends: ``kk-Arab``, ``en-GB``."""
    first, *rest = language.split("-")
    cased = (part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower() for part in rest)
    return "-".join([first.lower(), *cased])
