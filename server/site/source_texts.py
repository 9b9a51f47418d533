"""The text of an editorial, where it is at hand: for who sits at this machine, and for nobody else.

A text is its author's, and is never published: it is read when somebody asks, and kept nowhere.
"""

from graph.errors import SamizdatError
from graph.quotes import find_text
from graph.settings import Settings
from server.guarding.locality import asked_from_here

LONGEST = 300_000
"""Characters of a text that is shown; a longer one is no editorial."""


def text_at_hand(digest: str) -> str | None:
    """The text with this SHA-256 from SAMIZDAT_TEXTS or the archive; None if it is in neither, or too long."""
    try:
        found = find_text(digest, Settings.from_environment().text_folders) if digest else None
    except (SamizdatError, OSError):
        return None
    return found if found is not None and len(found) <= LONGEST else None


def may_be_shown() -> bool:
    """Whether whoever asks may read it: only on this machine, where it lies."""
    return asked_from_here()
