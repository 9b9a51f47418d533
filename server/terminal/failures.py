"""How an error reaches the person at the terminal: one or two lines and an exit code."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from graph.errors import InvalidInput, Problem, SamizdatError
from queries import BadParameter, BadQueryFile
from server.terminal.output import on_one_line, remarks, shown_path, visible

Failure = SamizdatError | BadParameter | BadQueryFile | click.ClickException | OSError
MOST = 1000
"""Problems that are printed; who has more begins with these."""
FEW = 20
"""Notes that are printed: of ten thousand texts that are not at hand, a few tell it."""
INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it (128 + SIGINT)."""


def report(error: Failure) -> int:
    """Prints the error on standard error, ``samizdat: what - hint``; the exit code that belongs to it."""
    if isinstance(error, InvalidInput):
        for line in problem_lines(error.problems):
            remarks().print(line, soft_wrap=True)
    what, hint, code = _read(error)
    remarks().print(visible(f"samizdat: {what} - {hint}" if hint else f"samizdat: {what}"), soft_wrap=True)
    return code


def problem_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """A line for each of the first problems, and one that counts the rest."""
    yield from map(problem_line, problems[:MOST])
    if len(problems) > MOST:
        yield f"… and {len(problems) - MOST:,} problems more"


def problem_line(problem: Problem) -> str:
    """``file:line:col: what - what to do``, the file relative to the current folder."""
    place = problem.place.beside(shown_path(problem.place.file))
    return on_one_line(f"{place}: {problem.what} - {problem.hint}")


def note_lines(notes: Sequence[str]) -> Iterator[str]:
    """A line for each of the first notes, and one that counts the rest."""
    yield from map(note_line, notes[:FEW])
    if len(notes) > FEW:
        yield f"… and {len(notes) - FEW:,} notes more"


def note_line(note: str) -> str:
    """A note with the files in it relative to the current folder, if they are below it."""
    return on_one_line(f"note: {note.replace(f'{Path.cwd()}/', '')}")


def _read(error: Failure) -> tuple[str, str, int]:
    """What is wrong, what to do, and the exit code."""
    match error:
        case SamizdatError():
            return error.what, error.hint, error.exit_code
        case BadParameter():
            return error.what, error.hint, 2
        case BadQueryFile():
            return f"{shown_path(error.file)}:{error.line}: {error.what}", error.hint, 2
        case click.UsageError():
            asked = error.ctx.command_path if error.ctx else "samizdat"
            return error.format_message().removesuffix("."), f"see `{asked} --help`", error.exit_code
        case click.ClickException():
            return error.format_message(), "", error.exit_code
        case OSError(filename=None):
            return f"a file cannot be written or read: {error.strerror}", "make room on the disk, and try again", 1
        case OSError():
            return (
                on_one_line(f"{error.filename}: {error.strerror}"),
                "see that it is there and may be read and written",
                1,
            )
