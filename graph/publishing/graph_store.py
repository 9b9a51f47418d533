"""A client of the SPARQL 1.1 Graph Store HTTP Protocol: one graph at a time, replaced, added to or removed."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from urllib.parse import quote, urlsplit, urlunsplit

from graph.errors import EngineUnavailable, SamizdatError

SECONDS = 600.0
"""How long one request may take."""

_TURTLE = "text/turtle"
"""The type that N-Triples are sent as, being Turtle too: not every engine knows them by their own."""

_TAILS = {
    "/sparql": ("/sparql-graph-crud-auth", "/store", "/data", "/rdf-graph-store"),
    "/query": ("/store", "/data"),
}
"""The end of an endpoint's path, and what stands there for the graph store: Virtuoso, Oxigraph, Fuseki, others."""


class GraphStore:
    """The graph store at ``address``; EngineUnavailable from each method if it does not do what it is told."""

    def __init__(self, address: str, user: str | None = None, password: str | None = None) -> None:
        self._address = address
        self._opener = _opener(address, user, password)

    @classmethod
    def of(cls, endpoint: str, address: str | None, user: str | None, password: str | None) -> "GraphStore":
        """The one at the address given, or the one beside an endpoint; SamizdatError if none is found."""
        if address:
            return cls(address, user, password)
        tried = list(_candidates(endpoint))
        for candidate in tried:
            if cls(candidate)._is_there():
                return cls(candidate, user, password)
        what = f"no graph store was found beside {endpoint}"
        raise SamizdatError(what, "name its address with --store, or in SAMIZDAT_ENGINE_STORE")

    def replace(self, iri: str | None, triples: bytes) -> None:
        """Have the graph, or the default graph, hold these triples (N-Triples) and no others."""
        if triples:
            self._send("PUT", iri, triples)
        else:
            self.remove(iri)

    def add(self, iri: str | None, triples: bytes) -> None:
        """Add triples (N-Triples) to a graph."""
        self._send("POST", iri, triples)

    def remove(self, iri: str | None) -> None:
        """Remove a graph, if it is there."""
        self._send("DELETE", iri, None)

    def _is_there(self) -> bool:
        request = urllib.request.Request(f"{self._address}?default", method="HEAD")
        try:
            with self._opener.open(request, timeout=SECONDS):
                return True
        except urllib.error.HTTPError as error:
            with error:
                return error.code in (401, 403)
        except (OSError, HTTPException) as error:
            raise _gone(error) from error

    def _send(self, method: str, iri: str | None, body: bytes | None) -> None:
        target = "default" if iri is None else f"graph={quote(iri, safe='')}"
        headers = {} if body is None else {"Content-Type": _TURTLE}
        request = urllib.request.Request(f"{self._address}?{target}", body, headers, method=method)
        try:
            with self._opener.open(request, timeout=SECONDS) as response:
                response.read()
        except urllib.error.HTTPError as error:
            with error:
                if not (method == "DELETE" and error.code == 404):
                    raise _refused(error, method) from error
        except (OSError, HTTPException) as error:
            raise _gone(error) from error


def _candidates(endpoint: str) -> Iterator[str]:
    split = urlsplit(endpoint)
    path = split.path.rstrip("/")
    for tail, others in _TAILS.items():
        if path.endswith(tail):
            for other in others:
                yield urlunsplit((split.scheme, split.netloc, path.removesuffix(tail) + other, "", ""))
    if "/repositories/" in path:  # RDF4J and GraphDB
        yield urlunsplit((split.scheme, split.netloc, f"{path}/rdf-graphs/service", "", ""))


def _opener(address: str, user: str | None, password: str | None) -> urllib.request.OpenerDirector:
    if user is None:
        return urllib.request.build_opener()
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, address, user, password or "")
    return urllib.request.build_opener(
        urllib.request.HTTPDigestAuthHandler(passwords), urllib.request.HTTPBasicAuthHandler(passwords)
    )


def _refused(error: urllib.error.HTTPError, method: str) -> EngineUnavailable:
    if error.code in (401, 403):
        what = f"the engine does not let itself be written to (status {error.code})"
        return EngineUnavailable(what, "set SAMIZDAT_ENGINE_USER and SAMIZDAT_ENGINE_PASSWORD")
    told = " ".join(error.read(2000).decode(errors="replace").split())[:200]
    return EngineUnavailable(f"the engine answered {method} with status {error.code}: {told}", "see the engine's log")


def _gone(error: Exception) -> EngineUnavailable:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    return EngineUnavailable(f"the engine does not answer: {reason or type(reason).__name__}", "see whether it runs")
