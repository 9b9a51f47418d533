"""What a text names and nobody is known by, as lines for a file of entities that a person has only to complete."""

import re
from collections.abc import Iterator
from typing import Any

from graph.adding.nations import Nation
from graph.adding.suggesting import Drafted
from graph.adding.writing import value
from graph.importing.slugs import slug

HOW = (
    "Names that nobody is known by yet. Write those that claims need into a file of entities/, each as what it is",
    "(person Person, party PoliticalParty, outlet MediaOutlet, group AgentGroup …) and with its name in English:",
)
KIND, TYPE = "KIND", "TYPE"
"""What only a person can say of a name."""
_LATIN = re.compile(r"[\W\d_a-zA-Z\u00c0-\u024f]+")


def stubs(found: Drafted, language: str) -> tuple[str, ...]:
    """Each unknown country and name as an entity on a line of its own, below words on what to do; nothing if none."""
    lines = [*map(_nation, found.nations), *(_named(name, language) for name in found.strangers)]
    return (*HOW, *(f"  - {value(line)}" for line in lines)) if lines else ()


def _named(name: str, language: str) -> dict[str, Any]:
    names: dict[str, Any] = {"en": name if _LATIN.fullmatch(name) else None}
    if not language.startswith("en"):
        names[language] = name
    return {"id": f"{KIND}/{slug(name)}", "type": TYPE, "prefLabel": names}


def _nation(one: Nation) -> dict[str, Any]:
    return {
        "id": f"country/{slug(one.name)}", "type": "Country", "prefLabel": {"en": one.name},
        "identifier": list(_codes(one)),
    }  # fmt: skip


def _codes(one: Nation) -> Iterator[dict[str, str]]:
    for kind, code in (("alpha-2", one.alpha_2), ("alpha-3", one.alpha_3)):
        yield {"propertyID": f"ISO 3166-1 {kind}", "value": code, "confirmedBy": "pycountry"}
