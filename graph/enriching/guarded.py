"""SPARQLWrapper on a short lead: no private address, no proxy, no redirection that leaves https.

SPARQLWrapper opens its request with whatever ``urllib`` has been told for the whole process. Here the request that it
has made is opened by an opener of its own, which knows http and https and nothing else.
"""

import http.client
import socket
import ssl
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError

import certifi
from SPARQLWrapper import SPARQLWrapper

from graph.addresses import addresses_of, is_public
from graph.errors import EngineUnavailable

CONNECTING = 10.0
"""Seconds until a connection must stand."""
REDIRECTS = 5
BUSY = (429, 502, 503, 504)
"""HTTP statuses after which it makes sense to ask again later."""
_Connect = Callable[..., socket.socket]


class Busy(EngineUnavailable):
    """The endpoint wants to be asked later; ``after`` is its Retry-After as it stands, or empty."""

    def __init__(self, what: str, after: str) -> None:
        super().__init__(what, "ask again later; what has been fetched is kept")
        self.after = after


class Unchanged(EngineUnavailable):
    """The answer is the one that is kept already (status 304)."""


class GuardedWrapper(SPARQLWrapper):
    """One question to one endpoint, whose every address is judged before it is connected to."""

    def __init__(self, endpoint: str, *, agent: str, allow_private: bool) -> None:
        super().__init__(endpoint, agent=agent)
        self._opener = _opener(allow_private)

    def _query(self) -> tuple[http.client.HTTPResponse, str]:
        try:
            response = self._opener.open(self._createRequest(), timeout=self.timeout)
        except HTTPError as error:
            if error.code == 304:
                error.close()
                raise Unchanged("the answer has not changed") from None
            if error.code in BUSY:
                after = error.headers.get("Retry-After") or ""
                error.close()
                raise Busy(f"the endpoint answered with status {error.code}", after) from None
            raise
        return response, self.returnFormat


def _opener(allow_private: bool) -> urllib.request.OpenerDirector:
    opener = urllib.request.OpenerDirector()
    connect = _connecting(allow_private)
    for handler in (
        _Http(connect), _Https(connect), _Redirects(allow_private), urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(), urllib.request.UnknownHandler(),
    ):  # fmt: skip
        opener.add_handler(handler)
    return opener


def _connecting(allow_private: bool) -> _Connect:
    def connect(place: tuple[str, int], timeout: float, *_: object) -> socket.socket:
        addresses = _judged(*place, allow_private)
        for last, address in enumerate(addresses, start=1):
            try:
                made = socket.create_connection((address, place[1]), min(timeout, CONNECTING))
            except OSError:
                if last == len(addresses):
                    raise
            else:
                made.settimeout(timeout)
                return made
        raise OSError(f"{place[0]} has no address")

    return connect


def _judged(host: str, port: int, allow_private: bool) -> list[str]:
    try:
        addresses = addresses_of(host, port)
    except (OSError, UnicodeError, ValueError):
        raise EngineUnavailable(f"there is no host {host}", "correct the endpoint's address") from None
    if not allow_private and not all(map(is_public, addresses)):
        hint = "allow it with --allow-private, if you mean it"
        raise EngineUnavailable(f"{host} is an address of a private network", hint)
    return addresses


class _Http(urllib.request.HTTPHandler):
    def __init__(self, connect: _Connect) -> None:
        super().__init__()
        self._connect = connect

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_made(http.client.HTTPConnection, self._connect), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, connect: _Connect) -> None:
        super().__init__()
        self._connect = connect

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        context = ssl.create_default_context(cafile=certifi.where())
        return self.do_open(_made(http.client.HTTPSConnection, self._connect), req, context=context)


def _made(kind: type[http.client.HTTPConnection], connect: _Connect) -> Any:
    def made(host: str, **options: Any) -> http.client.HTTPConnection:
        connection = kind(host, **options)
        connection._create_connection = connect  # type: ignore[attr-defined]
        return connection

    return made


class _Redirects(urllib.request.HTTPRedirectHandler):
    """From https to https, and of questions that stand in the address alone: others would arrive empty."""

    max_redirections = REDIRECTS

    def __init__(self, allow_private: bool) -> None:
        self._allow_http = allow_private

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        secure = req.full_url.startswith("https://") and newurl.startswith("https://")
        fp.close()
        if req.get_method() != "GET" or not (secure or self._allow_http):
            hint = f"if you trust it, give the address where it is in the end: {newurl.partition('?')[0][:200]}"
            raise EngineUnavailable("the endpoint leads elsewhere, and not from https to https", hint)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
