"""``samizdat export``"""

from pathlib import Path

import click

from server.commands.epilogs import epilog


@click.group(
    short_help="Write what is published in other people's forms.",
    epilog=epilog("samizdat export nanopubs nanopubs/", codes=(0, 2, 5)),
)
def export() -> None:
    """Write what is published into files, in the form that a community takes."""


@export.command(
    short_help="Write each claim as a nanopublication (TriG).",
    epilog=epilog(
        "samizdat export nanopubs nanopubs/",
        "samizdat export nanopubs --trusty nanopubs/      each under a name that holds its hash",
        "samizdat export nanopubs nanopubs/ --snapshot 3f2a9c",
        codes=(0, 1, 2, 5),
    ),
)
@click.option("--trusty", is_flag=True, help="Mint trusty URIs: names that hold the hash of what is said.")
@click.option("--snapshot", metavar="SNAPSHOT", help="The start of a snapshot's name; else the current one.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def nanopubs(folder: Path, trusty: bool, snapshot: str | None) -> None:
    """Write every claim into DIR as EDITORIAL/CLAIM.trig, the claims about private life too.

    With --trusty as EDITORIAL/CLAIM.RA….trig: another version of a claim is then another file, and none is overwritten
    by what says something else.
    """
    from pyoxigraph import Store

    from graph.forms.nanopubs import export as export_nanopubs
    from graph.settings import Settings
    from graph.snapshot import Snapshots
    from server.terminal.output import on_one_line, plural
    from server.terminal.waiting import waiting

    published = Snapshots(Settings.from_environment().snapshots)
    chosen = published.find(snapshot) if snapshot else published.current()
    with waiting("writing nanopublications"):
        count = export_nanopubs(Store.read_only(str(chosen.store_path)), folder, with_trusty=trusty)
    click.echo(f"{plural(count, 'nanopublications')} of {chosen.id[:12]} in {on_one_line(str(folder))}")
