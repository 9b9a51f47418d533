"""``samizdat build``"""

from typing import TYPE_CHECKING

import click

from server.commands.epilogs import epilog

if TYPE_CHECKING:
    from graph.build import Built


@click.command(
    short_help="Publish a new snapshot, if anything has changed.",
    epilog=epilog(
        "samizdat build",
        "samizdat build --force",
        "samizdat build --scheduler tcp://10.0.0.1:8786     with the workers of a Dask cluster",
        codes=(0, 1, 2, 5, 6),
    ),
)
@click.option("--force", is_flag=True, help="Build even if nothing has changed.")
@click.option("--scheduler", metavar="ADDRESS", help="Share the work with the machines of this Dask scheduler.")
def build(force: bool, scheduler: str | None) -> None:
    """Check, reason over and publish the data as a new snapshot; nothing is published if there is a problem.

    The same data gives the same snapshot, so a build without a change leaves everything as it is. What has not changed
    since an earlier build is not read, checked or proved again; what has is shared among all cores.
    """
    from server.terminal.output import print_counts, results

    built = run_build(force=force, scheduler=scheduler)
    name = built.snapshot.id[:12]
    what = f"published {name}" if built.changed else f"nothing has changed, {name} stays published"
    click.echo(f"{what} ({built.seconds:.1f} s)")
    # How many of each class is in the manifest, for whoever wants to know.
    print_counts(results(), {what: count for what, count in built.counts.items() if what != "classes"})


def run_build(*, force: bool = False, scheduler: str | None = None) -> "Built":
    """Builds what the environment names, with signs of life; notes go to standard error."""
    from graph.build import build as build_snapshot
    from graph.settings import Settings
    from server.terminal.failures import note_lines
    from server.terminal.output import remarks
    from server.terminal.waiting import waiting

    with waiting("building") as on_stage:
        built = build_snapshot(Settings.from_environment(), on_stage=on_stage, force=force, scheduler=scheduler)
    for line in note_lines(built.notes):
        remarks().print(line, soft_wrap=True)
    return built
