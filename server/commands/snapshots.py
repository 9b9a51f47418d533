"""``samizdat snapshots``"""

from typing import TYPE_CHECKING

import click

from server.commands.epilogs import epilog

if TYPE_CHECKING:
    from graph.snapshot import Snapshot, Snapshots


@click.group(
    invoke_without_command=True,
    short_help="List the published snapshots; roll back, prune, verify.",
    epilog=epilog(
        "samizdat snapshots                     the current one is marked *",
        "samizdat snapshots roll-back           to the one published before",
        "samizdat snapshots roll-back 3f2a9c    to the one whose name starts so",
        "samizdat snapshots prune --keep 5",
        codes=(0, 2, 5),
    ),
)
@click.pass_context
def snapshots(ctx: click.Context) -> None:
    """List the snapshots, newest publication first. Each is immutable and named by the hash of its content."""
    if ctx.invoked_subcommand is None:
        _list()


@snapshots.command(
    "roll-back",
    short_help="Make an earlier snapshot the current one.",
    epilog=epilog("samizdat snapshots roll-back", "samizdat snapshots roll-back 3f2a9c", codes=(0, 2, 5)),
)
@click.argument("snapshot", required=False)
def roll_back(snapshot: str | None) -> None:
    """Make SNAPSHOT the current one again, or the one published before the current one.

    SNAPSHOT is the start of its name. A server that is running serves it within some two seconds.
    """
    click.echo(f"{_opened().roll_back(snapshot).id[:12]} is current")


@snapshots.command(
    short_help="Delete all snapshots but the newest.",
    epilog=epilog("samizdat snapshots prune --keep 5", codes=(0, 2, 5)),
)
@click.option("--keep", type=click.IntRange(min=1), metavar="NUMBER", required=True, help="How many newest to keep.")
def prune(keep: int) -> None:
    """Delete all snapshots but the newest; the current one always stays."""
    for removed in _opened().prune(keep):
        click.echo(f"{removed.id[:12]} removed")


@snapshots.command(
    short_help="Compare a snapshot with the hash in its name.",
    epilog=epilog("samizdat snapshots verify", "samizdat snapshots verify 3f2a9c", codes=(0, 2, 5)),
)
@click.argument("snapshot", required=False)
def verify(snapshot: str | None) -> None:
    """Read SNAPSHOT, or the current one, and compare it with the hash in its name."""
    from server.terminal.output import plural
    from server.terminal.waiting import waiting

    opened = _opened()
    chosen = opened.find(snapshot) if snapshot else opened.current()
    with waiting("verifying"):
        chosen.verify()
    click.echo(f"{chosen.id[:12]} is as it was published: {plural(chosen.manifest['quads'], 'statements')}")


def _list() -> None:
    from rich.text import Text

    from server.terminal.output import print_table, remarks, results

    opened = _opened()
    found = opened.all()
    if not found:
        remarks().print("no snapshot has been published yet - run `samizdat build`")
        return
    history = opened.history()
    current = history[-1].snapshot if history else ""
    print_table(results(), TITLES, ([Text(cell) for cell in _row(snapshot, current)] for snapshot in found))


TITLES = ("", "snapshot", "built", "editorials", "claims", "derived", "statements")


def _row(snapshot: "Snapshot", current: str) -> list[str]:
    """A line of the list; a damaged snapshot says so in place of its counts."""
    from graph.errors import SnapshotDamaged

    mark = "*" if snapshot.id == current else ""
    try:
        manifest, built = snapshot.manifest, snapshot.timings["built"]
    except SnapshotDamaged:
        return [mark, snapshot.id[:12], "damaged", "", "", "", ""]
    counts = manifest.get("counts", {})
    numbers = [counts.get("editorials"), counts.get("claims"), counts.get("derived"), manifest["quads"]]
    return [mark, snapshot.id[:12], built, *("" if number is None else f"{number:,}" for number in numbers)]


def _opened() -> "Snapshots":
    from graph.settings import Settings
    from graph.snapshot import Snapshots

    return Snapshots(Settings.from_environment().snapshots)
