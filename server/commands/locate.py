"""``samizdat locate``"""

from pathlib import Path

import click

from server.commands.epilogs import epilog


@click.command(
    short_help="Write down where each quote stands in its text.",
    epilog=epilog(
        "samizdat locate graph/data/claims/2021/my-editorial.yaml",
        "SAMIZDAT_TEXTS=~/texts samizdat locate     for every quote, in the texts of that folder",
        codes=(0, 1, 2),
    ),
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
def locate(files: tuple[Path, ...]) -> None:
    """Write the start and end of each quote, in characters of its source text, into the claim FILES.

    Works for the quotes whose text is at hand in SAMIZDAT_TEXTS; of the whole data folder where no FILES are named.
    """
    from graph.locating import locate as locate_quotes
    from graph.settings import Settings
    from server.terminal.output import plural
    from server.terminal.waiting import waiting

    with waiting("locating quotes"):
        count = locate_quotes(Settings.from_environment(), files)
    click.echo(f"{plural(count, 'quotes')} located" if count else "every quote has its place already")
