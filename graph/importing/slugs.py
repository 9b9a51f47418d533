"""Slugs of names and of identifiers that somebody else gave: letters, digits and hyphens, whatever they hold."""

import re
from hashlib import sha256

from anyascii import anyascii

LONGEST = 60


def slug(name: str) -> str:
    """A name in small Latin letters, with hyphens between its words; may be empty."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")


def identified(identifier: str) -> str:
    """A slug for an identifier: where letters are lost, a hash keeps two identifiers apart."""
    kept = slug(identifier)[:LONGEST].strip("-")
    if kept == identifier:
        return kept
    return "-".join(filter(None, (kept, sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:8])))
