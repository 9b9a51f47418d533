"""What a picture is narrowed to, as its address says: one thing, a stretch of time, kinds, ways of holding."""

from dataclasses import dataclass
from datetime import date

from flask import request

from graph.errors import ParameterError
from graph.iris import is_path, thing
from server import vocabulary
from server.site.held import ASSERTED, asserted_only

HELD = "held-as"
LONGEST = 200


@dataclass(frozen=True)
class Narrowing:
    """``about`` is an IRI; ``first`` and ``last`` are the days that a reader looks at; ``at`` is a claim's slugs."""

    about: str | None
    first: date | None
    last: date | None
    kinds: tuple[str, ...]
    held: tuple[str, ...]
    at: str

    def shows(self, kind: str, modality: str) -> bool:
        """Whether what is of this kind and held so is to be shown."""
        if asserted_only() and modality != ASSERTED:
            return False
        return (not self.kinds or kind in self.kinds) and (not self.held or modality in self.held)

    def covers(self, earliest: str | None, latest: str | None) -> bool:
        """Whether what lies between these days may lie in the stretch; without a stretch, everything does."""
        if not self.first and not self.last:
            return True
        if not earliest and not latest:
            return False
        before = self.last and earliest and earliest > self.last.isoformat()
        after = self.first and latest and latest < self.first.isoformat()
        return not before and not after


def narrowing() -> Narrowing:
    """What this request asks for; ParameterError for what cannot be meant."""
    first, last = _day("from"), _day("until", ends=True)
    if first and last and first > last:
        raise ParameterError("until is before from", "give the earlier day in from")
    held = tuple(name for name in request.args.getlist(HELD) if name)
    for name in held:
        if name not in vocabulary.MARKS:
            raise ParameterError(f"there is no modality {name!r}", f"it is one of {', '.join(vocabulary.MARKS)}")
    kinds = tuple(name[:LONGEST] for name in request.args.getlist("kind") if name)
    return Narrowing(_about(), first, last, kinds, held, request.args.get("at", "")[:LONGEST])


def _about() -> str | None:
    path = request.args.get("about", "").strip().strip("/")
    if not path:
        return None
    if not is_path(path):
        raise ParameterError(f"about is {path[:LONGEST]!r}", "give a kind and a name, as party/nur-otan")
    return thing(path)


def _day(name: str, *, ends: bool = False) -> date | None:
    """A day (``2020-12-18``) or a year, whose first or last day it is then."""
    given = request.args.get(name, "").strip()
    if not given:
        return None
    whole = (f"{given}-12-31" if ends else f"{given}-01-01") if given.isdecimal() and len(given) == 4 else given
    try:
        return date.fromisoformat(whole)
    except ValueError:
        raise ParameterError(f"{name} is {given[:20]!r}", "give a year or a day, as 2020 or 2020-12-18") from None
