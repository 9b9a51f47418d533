"""The ``samizdat`` command: the group; each command has a file of its own in ``server/commands``.

Only click is imported here and at the top of the commands; what a command needs, it imports when it runs.
"""

import errno
import sys
from collections.abc import Callable, Sequence
from functools import partial
from io import TextIOWrapper
from typing import Any

import click

from graph.settings import SETTINGS
from server.commands.add import add
from server.commands.annotate import annotate
from server.commands.build import build
from server.commands.check import check
from server.commands.convert import convert
from server.commands.diff import diff
from server.commands.enrich import enrich
from server.commands.epilogs import epilog
from server.commands.explain import explain
from server.commands.export import export
from server.commands.feed import feed
from server.commands.import_ import import_
from server.commands.locate import locate
from server.commands.pack import pack
from server.commands.publish import WRITING, publish
from server.commands.query import query
from server.commands.questions import questions
from server.commands.serve import serve
from server.commands.snapshots import snapshots

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
"""Why a file cannot be written; then nobody says which it is."""
ENVIRONMENT = {name: f"{setting.help} ({setting.default})" for name, setting in SETTINGS.items() if name not in WRITING}
ENVIRONMENT["NO_COLOR"] = "set: no colours, not even on a terminal"


class Program(click.Group):
    """A group that reports every foreseen error in one way; an unforeseen one shows its traceback."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Runs the command line and exits with its code."""
        run: Callable[[], Any] = partial(super().main, args, *rest, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # better \u0431 than no answer where the locale is not UTF-8
                stream.reconfigure(errors="backslashreplace")
        try:
            code = run()
        except Exception as error:
            code = _reported(error)
        sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(self.commands)


def _reported(error: Exception) -> int:
    from graph.errors import SamizdatError
    from queries import BadParameter, BadQueryFile
    from server.terminal.failures import INTERRUPTED, report

    if isinstance(error, click.Abort):
        return INTERRUPTED
    if isinstance(error, SamizdatError | BadParameter | BadQueryFile | click.ClickException):
        return report(error)
    if isinstance(error, OSError) and (error.filename or error.errno in NO_ROOM):
        return report(error)
    raise error


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"samizdat {version('samizdat')}")
        ctx.exit()


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=epilog(
        "samizdat serve                          build what has changed, serve it, print the address",
        "samizdat questions                      the questions it can answer",
        "samizdat query media-control            one of them, answered",
        "samizdat COMMAND --help                 more about a command",
        title="To start with",
        environment=ENVIRONMENT,
    ),
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Print the version."
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """A press-freedom knowledge graph: what editorials say, as RDF that leads back to their exact words.

    Claim files are checked, reasoned over and published as a snapshot, which answers SPARQL.
    """
    from server.settings_check import check_file

    check_file()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


COMMANDS = (
    *(serve, questions, query, explain, add, annotate, check, locate, feed, convert, build),
    *(import_, enrich, snapshots, diff, export, pack, publish),
)
for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="samizdat")
