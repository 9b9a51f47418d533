"""What the first page is given: one frozen dataclass, and the pieces it is made of."""

from dataclasses import dataclass

from server.pieces import Claim, Link, ModalityCount


@dataclass(frozen=True)
class Counted:
    """How many of a kind there are, in words, and where they are listed."""

    text: str
    href: str


@dataclass(frozen=True)
class Newest:
    """The newest editorial, three of its claims, and how many it has that anybody may find."""

    headline: str
    language: str
    href: str
    date: str
    claims: tuple[Claim, ...]
    number: int


@dataclass(frozen=True)
class AnsweredQuestion:
    """A saved question with the first claims of its answer; ``verdict`` where it is answered yes or no.

    ``about``: what it is asked of. ``more``: the answer has other claims too. ``query_href`` opens the query that was
    asked.
    """

    name: str
    summary: str
    about: tuple[Link, ...]
    href: str
    query_href: str
    claims: tuple[Claim, ...]
    more: bool
    verdict: bool | None = None


@dataclass(frozen=True)
class HomePage:
    """The first page; ``asserted`` and ``everything`` are numbers of claims, None where nobody counted."""

    counts: tuple[Counted, ...]
    newest: Newest | None
    modalities: tuple[ModalityCount, ...]
    answers: tuple[AnsweredQuestion, ...]
    questions: int
    asserted: int | None
    everything: int | None
