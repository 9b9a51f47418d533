"""Each error of ``graph/errors.py``, and each of HTTP itself, as a kind of problem: status, title and what it means.

The most derived class of an error that stands here decides, so a new error is mapped by its parent until it
gets a line of its own.
"""

import re
from dataclasses import dataclass

from graph import errors


@dataclass(frozen=True)
class Kind:
    """One kind of problem; ``retry`` is for how many seconds a client should wait before it asks again."""

    status: int
    title: str
    meaning: str
    retry: int | None = None


KINDS: dict[type[errors.SamizdatError], Kind] = {
    errors.QuerySyntaxError: Kind(
        400, "The query has a mistake in it", "The parser stopped at the line and column named; nothing was evaluated."
    ),
    errors.ParameterError: Kind(
        400, "A parameter does not fit", "A parameter of the address is missing, unknown, or not of the kind it is."
    ),
    errors.InvalidQuery: Kind(400, "The query cannot be read", "It is missing, given twice, or not UTF-8."),
    errors.InvalidInput: Kind(400, "The input has mistakes in it", "Each is named with its file, line and column."),
    errors.FormNotAcceptable: Kind(
        406, "No format suits you", "The answer cannot be written in any format that the request accepts."
    ),
    errors.AnswerTooLarge: Kind(413, "The answer is too large", "It passed the bound on size; none of it was sent."),
    errors.QueryTimeout: Kind(
        503, "The query took too long", "It was ended at its deadline; none of its answer was sent.", retry=30
    ),
    errors.QueryMemoryExceeded: Kind(
        507, "The query needs too much memory", "It was ended at its memory bound; none of its answer was sent."
    ),
    errors.QueryAbandoned: Kind(
        503, "The query was given up", "Its client seemed to be gone; one who reads this asks again.", retry=5
    ),
    errors.QueryRefused: Kind(403, "This is not done here", "The endpoint answers from its own data, and no more."),
    errors.EngineUnavailable: Kind(503, "The query engine does not answer", "It is starting or has stopped.", retry=5),
    errors.NoSnapshot: Kind(503, "Nothing is published yet", "The first snapshot has not been built.", retry=30),
    errors.UnknownSnapshot: Kind(404, "There is no such snapshot", "No published snapshot has this name."),
    errors.BuildInProgress: Kind(503, "A build is under way", "Another process is building the graph.", retry=30),
    errors.TooManyRequests: Kind(
        429, "You ask too often", "Each client may ask so often, as RateLimit-Policy tells; wait a little.", retry=60
    ),
    errors.Retracted: Kind(410, "This claim was taken back", "A later claim retracts it, or stands in its place."),
    errors.UnknownName: Kind(404, "Nothing goes by this name", "The graph says nothing of it."),
    errors.SamizdatError: Kind(500, "Something is wrong here", "The fault is the server's and has been logged."),
}


FAULTS: dict[int, tuple[str, Kind, str]] = {
    400: ("bad-request", Kind(400, "The request cannot be read", "It is not HTTP as this server knows it."), "mend it"),
    404: (
        "not-found",
        Kind(404, "There is no such page", "Nothing is at this address, and nothing was moved from it."),
        "begin at the first page, or ask a saved question",
    ),
    405: (
        "method-not-allowed",
        Kind(405, "This is not done here", "What is published never changes: it can be read and asked."),
        "use one of the methods that the Allow header names",
    ),
    413: (
        "request-too-large",
        Kind(413, "The request is too large", "Its body passed the bound on size; none of it was read."),
        "send a shorter query",
    ),
    414: (
        "address-too-long",
        Kind(414, "The address is too long", "It passed 64 KiB; a query may also come in the body of a POST."),
        "send the query by POST, as application/sparql-query",
    ),
    415: (
        "unsupported-media-type",
        Kind(415, "The query comes in an unknown form", "Its Content-Type is missing, or carries no query."),
        "send application/sparql-query, application/x-www-form-urlencoded",
    ),
    500: (
        "internal-error",
        Kind(500, "Something is wrong here", "The fault is the server's and has been logged."),
        "try again; if it stays, tell the people who run this server",
    ),
}
"""Errors of HTTP itself by their status: name, kind, and what to do."""


def every_kind() -> list[tuple[str, Kind]]:
    """Each kind of problem there is, with its name."""
    return [
        *((name_of(error), kind) for error, kind in KINDS.items()),
        *((name, kind) for name, kind, _ in FAULTS.values()),
    ]


def kind_of(error: type[errors.SamizdatError]) -> tuple[str, Kind]:
    """The name of the kind of an error class, as in the address of its ``type``, and the kind."""
    known = next(ancestor for ancestor in error.__mro__ if ancestor in KINDS)
    return name_of(known), KINDS[known]


def name_of(error: type[errors.SamizdatError]) -> str:
    """QuerySyntaxError as ``query-syntax-error``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", error.__name__).lower()
