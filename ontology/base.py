"""The base IRI under which everything is named: a setting, read once when the process starts."""

import os

from ontology import settings_file

PUBLIC_BASE = "https://w3id.org/samizdat/"
"""The base that the files of this repository are written with."""

settings_file.apply()
BASE = os.environ.get("SAMIZDAT_BASE", PUBLIC_BASE)
"""The base in force; ends in a slash."""

if not BASE.startswith(("http://", "https://")) or not BASE.endswith("/"):
    raise SystemExit(f"SAMIZDAT_BASE is {BASE!r} - give an http(s) IRI that ends in a slash")


def rebased(text: str) -> str:
    """The text of a file of this repository with the public base replaced by the one in force."""
    return text if BASE == PUBLIC_BASE else text.replace(PUBLIC_BASE, BASE)
