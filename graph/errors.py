"""Every error of Samizdat, as one tree.

    SamizdatError                 exit code 1
      InvalidInput                1  what somebody wrote is wrong: carries every Problem found
      InvalidQuery                2  a query that cannot be read
        QuerySyntaxError          2  carries line and column
        ParameterError            2  a saved query's parameter
      QueryRefused                3  a query that can be read and will not be answered
        QueryTimeout              3  over its deadline
        QueryMemoryExceeded       3  over its memory bound
        QueryAbandoned            3  whoever asked has gone
        AnswerTooLarge            3  over its size bound
        FormNotAcceptable         3  the client takes no format this form of answer has
      EngineUnavailable           4  the engine, or somebody's endpoint, does not answer
      SnapshotError               5
        NoSnapshot                5  nothing has been published yet
        UnknownSnapshot           5
        SnapshotDamaged           5
        BuildInProgress           5  another process holds the build lock
      TooManyRequests             1  a client asks more often than one may
      UnknownName                 1  a name nobody knows; the hint names the nearest
        Retracted                 1  a claim that was taken back; the hint says where to read on
      ReasonerFailed              6  HermiT or Java could not run (not: found an inconsistency)
        UnsupportedAxiom          6  the ontology says something that the rules cannot carry

Each error knows *what* is wrong, *what to do* (``hint``) and its exit code. The command line shows
one line and exits with the code; the server maps each class to a status in ``server/errors.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file: line and column count from 1, as editors show them; of JSON its pointer too (RFC 6901)."""

    file: Path
    line: int = 1
    column: int = 1
    pointer: str = ""

    def __str__(self) -> str:
        return self.beside(str(self.file))

    def beside(self, name: str) -> str:
        """The place in words, its file called so."""
        return f"{name}:{self.line}:{self.column}" + (f": {self.pointer}" if self.pointer else "")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the input: where, what, what to do, and the rule that found it."""

    place: Place
    what: str
    hint: str
    rule: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} - {self.hint}"


class SamizdatError(Exception):
    """The root: ``what`` is wrong and the ``hint`` what to do about it."""

    exit_code = 1

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what} - {self.hint}" if self.hint else self.what


class InvalidInput(SamizdatError):
    """The claim or entity files hold problems; all of them, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} found", "correct the places named above")


class InvalidQuery(SamizdatError):
    """A query that cannot be read."""

    exit_code = 2


class QuerySyntaxError(InvalidQuery):
    """The engine's parser stopped; ``line`` and ``column`` count from 1, None where it does not say."""

    def __init__(self, what: str, hint: str = "", *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(what, hint)
        self.line = line
        self.column = column


class ParameterError(InvalidQuery):
    """A parameter of a saved query is missing, unknown or not of its type."""


class QueryRefused(SamizdatError):
    """A readable query that is not answered; nothing of its answer has been sent."""

    exit_code = 3


class QueryTimeout(QueryRefused):
    """The deadline passed."""


class QueryMemoryExceeded(QueryRefused):
    """The memory bound was reached."""


class QueryAbandoned(QueryRefused):
    """Whoever asked does not wait for the answer any longer."""


class AnswerTooLarge(QueryRefused):
    """The answer is larger than the bound on its size."""


class FormNotAcceptable(QueryRefused):
    """The client accepts no format that this form of answer (``bindings``, ``boolean``, ``graph``) has."""

    def __init__(self, what: str, hint: str = "", *, kind: str) -> None:
        super().__init__(what, hint)
        self.kind = kind


class EngineUnavailable(SamizdatError):
    """The engine is not there, refused, or broke off."""

    exit_code = 4


class SnapshotError(SamizdatError):
    """Something about the published snapshots."""

    exit_code = 5


class NoSnapshot(SnapshotError):
    """Nothing has been published yet."""


class UnknownSnapshot(SnapshotError):
    """No snapshot has this name."""


class SnapshotDamaged(SnapshotError):
    """What lies on disk is not what was published."""


class BuildInProgress(SnapshotError):
    """Another process is building into the same folder."""


class ReasonerFailed(SamizdatError):
    """The reasoner itself could not run."""

    exit_code = 6


class UnsupportedAxiom(ReasonerFailed):
    """An axiom of the ontology has no rule: passing over it would lose what follows from it."""


class TooManyRequests(SamizdatError):
    """A client has asked more often than its limit allows."""


class UnknownName(SamizdatError):
    """An IRI, saved query or file that nobody knows; the hint names the nearest known ones."""


class Retracted(UnknownName):
    """A claim that was there and was taken back: the hint says by what."""
