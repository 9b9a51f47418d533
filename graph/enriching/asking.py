"""Questions to an endpoint by its profile: from what is kept, else over SPARQLWrapper, at its pace and within bounds.

JSON alone is asked for: XML can be made to unfold without end, and an error page of a network is no JSON.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from urllib.parse import quote

from SPARQLWrapper import GET, POST

from graph.engine import Answer
from graph.engine.exchange import exchange
from graph.engine.results import RESULTS_JSON, Table, Term, table
from graph.enriching.cache import Cache, Kept
from graph.enriching.guarded import Busy, GuardedWrapper, Unchanged
from graph.enriching.pacing import LONGEST, TRIES, Clock, Pace, pause
from graph.enriching.profile import Profile
from graph.enriching.templates import Row, bound
from graph.errors import AnswerTooLarge, EngineUnavailable, QueryTimeout, SamizdatError
from graph.progress import Stage, ignore

IN_ADDRESS = 6000
"""Characters of a question that are sent in the address, where the endpoint's caches know it; longer ones in a body."""

WANTED = {
    "identified": ("item", "property", "value"),
    "candidates": ("item", "name"),
    "names": ("item", "kind", "name"),
    "identifiers": ("item", "property", "value"),
}
"""The variables that the answer to each query must have."""


@dataclass(frozen=True)
class Told:
    """Rows of an answer, and the day on which they were read."""

    rows: list[dict[str, Term]]
    day: str


class Endpoint:
    """One endpoint. ``asked`` counts the questions that were sent, ``kept`` those that were answered from disk."""

    def __init__(
        self, profile: Profile, cache: Cache, *, contact: str, clock: Clock, refresh: bool = False,
        allow_private: bool = False, on_stage: Stage = ignore,
    ) -> None:  # fmt: skip
        """SamizdatError where the endpoint's operators want a contact and none is given, or it is none."""
        self._profile = profile
        self._cache = cache
        self._agent = agent(profile, contact)
        self._clock = clock
        self._pace = Pace(profile.rate, clock)
        self._refresh = refresh
        self._allow_private = allow_private
        self._on_stage = on_stage
        self.asked = 0
        self.kept = 0

    def ask(self, name: str, *parameters: Sequence[Row]) -> Told:
        """The answer to a query of the profile with these rows in it; an error of ``graph.errors`` if there is none."""
        query = bound(self._profile.queries[name], *parameters)
        kept = self._cache.get(self._profile.endpoint, query)
        if kept is None or self._refresh:
            kept = self._fetched(name, query, kept)
        else:
            self.kept += 1
        return Told(_table(kept.answer, name).rows, datetime.fromisoformat(kept.fetched).date().isoformat())

    def ask_in_parts(self, name: str, rows: Sequence[Row], *others: Sequence[Row]) -> Iterator[Told]:
        """The answers about these rows, so many at a time as the profile says; none if it has no such query."""
        if name in self._profile.queries:
            for start in range(0, len(rows), self._profile.batch):
                yield self.ask(name, rows[start : start + self._profile.batch], *others)

    def _fetched(self, name: str, query: str, old: Kept | None) -> Kept:
        tried = 0
        while True:
            self._pace.wait()
            tried += 1
            self.asked += 1
            try:
                return self._once(name, query, old)
            except Busy as busy:
                seconds = pause(busy.after, tried, self._clock.now())
                if tried == TRIES or seconds > LONGEST:
                    what = f"{busy.what} {tried} times" if tried == TRIES else f"{busy.what}, and wants {seconds:g} s"
                    raise EngineUnavailable(what, busy.hint) from None
                self._on_stage(f"waiting {seconds:g} s, for the endpoint is busy")
                self._clock.sleep(seconds)

    def _once(self, name: str, query: str, old: Kept | None) -> Kept:
        profile, fetched = self._profile, self._clock.now().isoformat(timespec="seconds")
        wrapper = self._wrapper(query, old.etag if old else "")
        try:
            received = exchange(
                wrapper, RESULTS_JSON, "bindings", seconds=profile.seconds,
                answer_bytes=int(profile.answer_mb * 1_000_000),
            )  # fmt: skip
        except Unchanged:
            if old is None:
                raise EngineUnavailable("the endpoint answered with status 304, unasked", "ask again later") from None
            kept = Kept(old.endpoint, old.query, fetched, old.etag, old.answer)
        except (QueryTimeout, AnswerTooLarge) as refused:
            hint = "ask about fewer, or with a smaller batch in a profile of yours; what has been fetched is kept"
            raise type(refused)(refused.what.replace("the query", profile.title), hint) from None
        else:
            answer = received.body.decode("utf-8", "strict") if _is_utf_8(received.body) else ""
            etag = received.head["ETag"] or ""
            kept = Kept(profile.endpoint, query, fetched, etag if etag.isascii() and etag.isprintable() else "", answer)
        _table(kept.answer, name)  # what is no answer is not kept
        self._cache.put(kept)
        return kept

    def _wrapper(self, query: str, etag: str) -> GuardedWrapper:
        wrapper = GuardedWrapper(self._profile.endpoint, agent=self._agent, allow_private=self._allow_private)
        wrapper.setMethod(GET if len(quote(query)) <= IN_ADDRESS else POST)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(max(1, round(self._profile.seconds + 0.5)))
        wrapper.addCustomHttpHeader("Accept", RESULTS_JSON)
        if etag:
            wrapper.addCustomHttpHeader("If-None-Match", etag)
        wrapper.queryString = query
        wrapper.queryType = "SELECT"
        return wrapper


def agent(profile: Profile, contact: str) -> str:
    """How we name ourselves, ``client/version (contact) library/version``, as the policy of Wikimedia has it."""
    told = contact.strip()
    if profile.contact and not told:
        what = f"{profile.title} wants to know whom its operators may write to"
        raise SamizdatError(what, "give an address of yours with --contact, or set SAMIZDAT_CONTACT")
    if told and not (told.isascii() and told.isprintable() and len(told) <= 200 and not set(told) & set("()")):
        raise SamizdatError(f"{told[:40]!r} cannot be sent as a contact", "give a mail or web address in ASCII")
    ours = f"samizdat/{version('samizdat')}" + (f" ({told})" if told else "")
    return f"{ours} SPARQLWrapper/{version('SPARQLWrapper')}"


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _table(answer: str, name: str) -> Table:
    """The rows; EngineUnavailable for what is no SELECT answer of the specification's shape, or of other variables."""
    found = table(Answer("bindings", RESULTS_JSON, answer.encode()))
    if missing := [f"?{variable}" for variable in WANTED[name] if variable not in found.variables]:
        raise EngineUnavailable(f"the endpoint's answer has no {', '.join(missing)}", "see what it answers")
    for row in found.rows:
        for term in row.values():
            if not isinstance(term.value, str) or not isinstance(term.language, str | None):
                raise EngineUnavailable("the endpoint's answer is no SPARQL result in JSON", "see what it answers")
    return found
