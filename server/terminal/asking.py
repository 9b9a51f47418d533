"""What the command line asks, and whom: a saved question, a file or standard input; this machine or an endpoint."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import click

from graph.engine import Engine
from graph.errors import InvalidQuery, ParameterError, QuerySyntaxError, SamizdatError, UnknownName
from graph.files.opening import bytes_of
from ontology.base import rebased
from queries import Parameter, StoredQuery, is_documented, questions, read
from server.terminal.output import on_one_line

LONGEST = 10_000_000
"""Bytes of a query."""
SECONDS, REMOTE_SECONDS = 10.0, 60.0
"""How long a query may take here, and at an endpoint, where nobody says otherwise."""


def saved_question(name: str) -> StoredQuery:
    """The saved question of that name; UnknownName suggests the nearest ones."""
    known = questions()
    if name in known:
        return known[name]
    from rapidfuzz import process

    near = [match for match, _, _ in process.extract(name, list(known), limit=3, score_cutoff=60)]
    ask = f"did you mean {' or '.join(near)}? " if near else ""
    raise UnknownName(f"there is no saved question {name!r}", f"{ask}`samizdat questions` lists them all")


def wanted_query(asked: str) -> StoredQuery:
    """The query meant by a saved question's name, a file's path, or ``-`` for standard input."""
    if asked == "-":
        return _from_text(_decoded(sys.stdin.buffer.read(LONGEST + 1), "standard input"), Path("stdin"))
    if asked.endswith(".rq") or "/" in asked or Path(asked).is_file():
        return _from_text(_decoded(bytes_of(Path(asked), LONGEST), asked), Path(asked))
    if set(" {\n") & set(asked):
        raise UnknownName("SPARQL text is not taken as an argument", "pipe it: echo '…' | samizdat query -")
    return saved_question(asked)


def _from_text(text: str, file: Path) -> StoredQuery:
    if is_documented(text):
        return read(text, file)
    return StoredQuery(file.stem, "", "", (), (), rebased(text))


def _decoded(text: bytes, origin: str) -> str:
    if len(text) > LONGEST:
        raise SamizdatError(f"{origin} has more than {LONGEST:,} bytes", "give one query, and no data")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SamizdatError(f"{origin} is not UTF-8 text", "save it as UTF-8") from None


@contextmanager
def placed(asked: str) -> Iterator[None]:
    """What cannot be read of a file, or of standard input, is told with its line and column there."""
    try:
        yield
    except InvalidQuery as error:
        if asked in questions():
            raise
        place = [asked if asked != "-" else "standard input"]
        if isinstance(error, QuerySyntaxError) and error.line:
            place += [str(number) for number in (error.line, error.column) if number]
        raise InvalidQuery(f"{on_one_line(':'.join(place))}: {error.what}", error.hint) from None


def values_of(query: StoredQuery, given: tuple[str, ...]) -> dict[str, str]:
    """The values of ``name=value`` arguments; an IRI may be given in any way that ``names.expanded`` reads."""
    from server.names import expanded

    values: dict[str, str] = {}
    iris = {parameter.name for parameter in query.parameters if parameter.type == "iri"}
    for argument in given:
        name, equals, value = argument.partition("=")
        if not equals:
            raise ParameterError(f"-p {argument} has no value", "write -p name=value")
        if name in values:
            raise ParameterError(f"-p {name} is given twice", "give each parameter once")
        values[name] = expanded(value) if name in iris else value
    return values


def in_force(parameters: tuple[Parameter, ...], values: Mapping[str, str]) -> str:
    """The parameters as they are in force, in words: ``person=id/person/x, limit=10 (default)``."""
    return ", ".join(
        f"{item.name}={values[item.name]}" if item.name in values else f"{item.name}={item.default} (default)"
        for item in parameters
    )


def engine_for(endpoint: str | None, seconds: float | None) -> AbstractContextManager[Engine]:
    """The engine to ask: an endpoint's if one is named, else the snapshot's; with so much time for a query."""
    if endpoint is not None:
        return remote_engine(endpoint, seconds or REMOTE_SECONDS)
    return published_engine(seconds)


@contextmanager
def published_engine(seconds: float | None = None) -> Iterator[Engine]:
    """An engine over the published snapshot, for one query at a time: SAMIZDAT_ENGINE, or one on this machine.

    NoSnapshot if it is this machine and nothing is published.
    """
    from graph.engine.embedded import Budget, EmbeddedEngine
    from graph.settings import Settings
    from graph.snapshot import Snapshots

    settings = Settings.from_environment()
    if settings.engine:
        from graph.engine.published import PublishedEngine  # it is slow to import, and seldom asked for

        with closing(PublishedEngine(settings.engine, seconds=seconds or REMOTE_SECONDS)) as remote:
            yield remote
        return
    snapshot = Snapshots(settings.snapshots).current()
    seconds = seconds or SECONDS
    with closing(EmbeddedEngine(snapshot.store_path, Budget(seconds=seconds, executors=1))) as engine:
        yield engine


@contextmanager
def remote_engine(endpoint: str, seconds: float = REMOTE_SECONDS) -> Iterator[Engine]:
    """An engine that asks somebody's SPARQL endpoint, which may ask others for what the query has under SERVICE."""
    from graph.engine.remote import RemoteEngine

    try:
        opened = RemoteEngine(endpoint, seconds=seconds, federation=True)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--endpoint'") from None
    with closing(opened) as engine:
        yield engine
