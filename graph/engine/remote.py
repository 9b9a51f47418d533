"""Any SPARQL 1.1 endpoint as an engine, over SPARQLWrapper: the same interface and the same errors.

What SPARQLWrapper would guess is told it: the form of the query (its pattern misreads comments and prefixes, and
would send what it takes for an update as one), the media type, and no parameters beyond the protocol's.
"""

import re

from SPARQLWrapper import POST, SPARQLWrapper

from graph.engine import Answer, Formats, Kind, Query, outcomes
from graph.engine.complaints import wrong_form
from graph.engine.exchange import exchange
from graph.engine.tokens import calls_service, head, tokens
from graph.errors import EngineUnavailable, InvalidQuery

_KINDS: dict[str, Kind] = {"SELECT": "bindings", "ASK": "boolean", "CONSTRUCT": "graph", "DESCRIBE": "graph"}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20]*")


class RemoteEngine:
    """Answers from an endpoint; threads may share it. Time is held to exactly, whatever the endpoint does."""

    def __init__(
        self, endpoint: str, *, seconds: float = 60.0, answer_bytes: int = 64 * 1024**2, federation: bool = False
    ) -> None:
        """Bounds on time and on the answer's size; ``federation`` lets SERVICE clauses through to the endpoint.

        ValueError for an endpoint that is no http(s) URL. Nothing is asked of it yet.
        """
        if not endpoint.startswith(("http://", "https://")):
            raise ValueError(f"an endpoint is an http(s) URL, not {endpoint!r}")
        self._endpoint = endpoint
        self._seconds = seconds
        self._answer_bytes = answer_bytes
        self._federation = federation
        self._closed = False

    def evaluate(self, query: Query, formats: Formats, *, timeout: float | None = None) -> Answer:
        """The whole answer, or an error of ``graph.errors``: see ``graph.engine.Engine``."""
        if self._closed:
            raise EngineUnavailable("this engine is closed", "ask again: another has taken its place")
        seconds = self._seconds if timeout is None else min(timeout, self._seconds)
        form = self._form(query)
        kind = _KINDS[form]
        media_type = formats.graph if kind == "graph" else formats.bindings
        if media_type is None:
            raise outcomes.error("form", kind, query, seconds)
        wrapper = self._request(query, form, media_type, seconds)
        answered = exchange(wrapper, media_type, kind, seconds=seconds, answer_bytes=self._answer_bytes)
        return Answer(kind, media_type, answered.body)

    def close(self) -> None:
        """Ask nothing more of the endpoint."""
        self._closed = True

    def _form(self, query: Query) -> str:
        found = tokens(query.text)
        first = head(found)
        wrong = wrong_form(query.text, found)
        if wrong or not first:
            raise wrong or InvalidQuery("the query is empty")
        if not self._federation and calls_service(query.text):
            raise outcomes.service_refused()
        for iri in (query.base, *(query.default_graphs or ()), *(query.named_graphs or ())):
            if iri is not None and not _IRI.fullmatch(iri):
                raise InvalidQuery(f"{iri!r} is no absolute IRI", "write it in full")
        return first.text.upper()

    def _request(self, query: Query, form: str, media_type: str, seconds: float) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self._endpoint, agent="samizdat")
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(max(1, round(seconds + 0.5)))
        wrapper.addCustomHttpHeader("Accept", media_type)
        for name, iris in (("default", query.default_graphs), ("named", query.named_graphs)):
            for iri in iris or ():
                wrapper.addParameter(f"{name}-graph-uri", iri)
        # On the first line, so that the endpoint's line numbers stay those of the text.
        wrapper.queryString = f"BASE <{query.base}> {query.text}" if query.base else query.text
        wrapper.queryType = form
        return wrapper
