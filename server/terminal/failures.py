"""How an error reaches the person at the terminal: one or two lines and an exit code."""

from pathlib import Path

import click

from graph.errors import InvalidInput, Problem, SamizdatError
from queries import BadParameter, BadQueryFile
from server.terminal.output import remarks, shown_path, visible

Failure = SamizdatError | BadParameter | BadQueryFile | click.ClickException | OSError
INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it (128 + SIGINT)."""


def report(error: Failure) -> int:
    """Prints the error on standard error, ``samizdat: what - hint``; the exit code that belongs to it."""
    if isinstance(error, InvalidInput):
        for problem in error.problems:
            remarks().print(problem_line(problem), soft_wrap=True)
    what, hint, code = _read(error)
    remarks().print(visible(f"samizdat: {what} - {hint}" if hint else f"samizdat: {what}"), soft_wrap=True)
    return code


def problem_line(problem: Problem) -> str:
    """``file:line:col: what - what to do``, the file relative to the current folder."""
    place = problem.place.beside(shown_path(problem.place.file))
    return visible(f"{place}: {problem.what} - {problem.hint}")


def note_line(note: str) -> str:
    """A note with the files in it relative to the current folder, if they are below it."""
    return visible(f"note: {note.replace(f'{Path.cwd()}/', '')}")


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
        case OSError():
            return f"{error.filename}: {error.strerror}", "see that it is there and may be read and written", 1
