"""What a search is asked for: the parameters of ``/search``, the same for people and for programs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from graph.errors import ParameterError
from graph.iris import KINDS as THINGS
from graph.iris import SLUG
from graph.searching.narrowing import FACETS
from graph.searching.search import LONGEST
from graph.topics import TOPICS
from server import vocabulary
from server.site.held import ASSERTED, asserted_only

THING_KINDS = (*THINGS, "editorial")
IMPORTED_KINDS = ("dataset", "indicator")
KINDS = ("things", "claims", *THING_KINDS, *IMPORTED_KINDS)
"""What ``kind`` may be: all things, all claims, or things of one kind."""
MOST_VALUES = 20
"""Values of one facet that may be chosen together."""
KNOWN: Mapping[str, Iterable[str]] = {"kind": KINDS, "held-as": tuple(vocabulary.MARKS), "topic": TOPICS}
SHAPES = {"country": SLUG, "editorial": SLUG, "year": r"-?\d{4,9}", "imported": SLUG}
NOTHING = ("",)
"""A value that no record has."""


@dataclass(frozen=True)
class Wanted:
    """``text`` may be empty: then what is chosen is listed. ``chosen``: the values of facets as they were given.

    ``asserted``: the modality switch leaves only claims that are asserted.
    """

    text: str
    chosen: Mapping[str, tuple[str, ...]]
    types: tuple[str, ...]
    asserted: bool

    def of(self, group: str, *, without: str = "", switched: bool = True) -> dict[str, tuple[str, ...]] | None:
        """What those of a group have to have; None if that group is not looked for. ``without`` one facet."""
        chosen = {name: values for name, values in self.chosen.items() if name not in (without, "kind")}
        kinds = () if without == "kind" else self.chosen.get("kind", ())
        if group == "claims":
            if kinds and "claims" not in kinds:
                return None
            return self._switched(chosen) if switched else chosen
        if group == "imported" and kinds and set(kinds) <= {"things", "claims"}:
            return None
        if kinds and "things" not in kinds:
            chosen["kind"] = tuple(kind for kind in kinds if kind != "claims")
            return chosen if chosen["kind"] else None
        return chosen

    def _switched(self, chosen: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        if not self.asserted:
            return chosen
        given = chosen.get("held-as")
        return chosen | {"held-as": NOTHING if given and ASSERTED not in given else (ASSERTED,)}

    def address(self, **changes: Any) -> str:
        """The page of such a search with some parameters changed; None takes one out."""
        given: dict[str, Any] = {"q": self.text or None, **self.chosen, "type": self.types}
        kept: dict[str, Any] = {name: value for name, value in (given | changes).items() if value not in (None, ())}
        return url_for("search.find", **kept)

    def toggled(self, facet: str, value: str) -> str:
        """The page with a value chosen, or no longer chosen."""
        values = self.chosen.get(facet, ())
        kept = tuple(other for other in values if other != value) if value in values else (*values, value)
        return self.address(**{facet: kept})


def wanted() -> Wanted:
    """What the address of this request asks for; ParameterError for what cannot be."""
    text = request.args.get("q", "").strip()
    if len(text) > LONGEST:
        raise ParameterError("q is too long", f"give what to look for in q, at most {LONGEST} characters")
    chosen = {facet: _values(facet) for facet in FACETS}
    return Wanted(
        text,
        {facet: values for facet, values in chosen.items() if values},
        tuple(request.args.getlist("type")),
        asserted_only(),
    )


def _values(facet: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in request.args.getlist(facet) if value))
    if len(values) > MOST_VALUES:
        raise ParameterError(f"{facet} is given too often", f"at most {MOST_VALUES} values can be chosen together")
    for value in values:
        if facet in KNOWN and value not in KNOWN[facet]:
            raise ParameterError(
                f"there is no {facet} {value!r}", f"it is one of {', '.join(KNOWN[facet])}, or left out"
            )
        if facet in SHAPES and not re.fullmatch(SHAPES[facet], value, re.ASCII):
            raise ParameterError(f"{facet} cannot be {value!r}", "take one of the values that the facets name")
    return values
