"""``samizdat annotate``"""

import click

from server.commands.epilogs import epilog


@click.command(
    short_help="Write the claims of a text on a page of your own.",
    epilog=epilog(
        "samizdat annotate 2021-01-progress-kazakhstan",
        "samizdat annotate graph/data/drafts/2021/a-wave-of-progress.yaml --port 8001",
        codes=(0, 1, 2),
    ),
)
@click.argument("editorial", metavar="FILE|NAME")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="NUMBER", help="The port; else any.")
def annotate(editorial: str, port: int) -> None:
    """Open a claim file, or that of the editorial of this NAME, on a page: its text, and its claims as forms beside it.

    The page is for you alone: it answers on this machine only, at the address that is printed, until Ctrl-C. What is
    typed is checked as `samizdat check` checks it; saving changes the lines of that claim and nothing else in the
    file. What does not pass can be kept as a draft. The text has to be at hand (SAMIZDAT_TEXTS, or `samizdat add`).
    """
    from graph.settings import Settings
    from server.annotating.application import annotate as serve

    serve(Settings.from_environment(), editorial, port)
