"""``samizdat import``"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.commands.epilogs import epilog

if TYPE_CHECKING:
    from graph.importing.importer import Imported

KINDS = ("rsf", "freedom-house", "vparty", "popolo", "claimreview", "ftm")
"""As ``graph.importing.importer`` has them, which is imported only when the command runs; a test holds them equal."""


@click.command(
    "import",
    short_help="Import public data sets as evidence beside the claims.",
    epilog=epilog(
        "samizdat import rsf 2013.csv 2014.csv 2021.csv",
        "samizdat import freedom-house scores.csv status.csv",
        "samizdat import popolo kazakhstan-assembly.json",
        "samizdat import ftm entities.ftm.json --dataset sanctions",
        codes=(0, 1, 2, 5),
    ),
)
@click.option("--dataset", metavar="NAME", default="", help="What to call it; else as its kind.")
@click.option(
    "--licence", metavar="TEXT", default="", help="Its licence, an address or words, as its publisher states it."
)
@click.option(
    "--country", metavar="CODE", default="", help="The country of a parliament; else its file begins with it."
)
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def import_(kind: str, files: tuple[Path, ...], dataset: str, licence: str, country: str) -> None:
    """Read FILEs of a public data set into a graph of their own, with the row that each value comes from.

    All files of a data set are given together: they take the place of what was imported under its name before. Nothing
    changes if anything in them is not as expected. KIND is rsf (World Press Freedom Index), freedom-house (Freedom in
    the World), vparty (V-Party), popolo (parliaments), claimreview (fact checks) or ftm (FollowTheMoney).

    `samizdat build` takes the evidence into the next snapshot. Who may be somebody of the graph is written into
    review.yaml, for a person to decide.
    """
    from graph.importing.importer import import_files
    from graph.settings import Settings
    from server.terminal.waiting import waiting

    settings = Settings.from_environment()
    with waiting("importing") as on_stage:
        done = import_files(
            kind, files, settings, dataset=dataset, licence=licence, country=country, on_stage=on_stage
        )  # fmt: skip
    _tell(done)


def _tell(done: "Imported") -> None:
    from server.terminal.failures import note_line
    from server.terminal.output import on_one_line, print_counts, remarks, results

    report = done.report
    click.echo(on_one_line(f"imported {report['dataset']}: {report['quads']:,} quads in {done.folder}"))
    print_counts(results(), {"rows": report["rows"], **report["read"], "skipped": report["skipped"] or 0})
    if done.to_review:
        what = (
            f"{done.to_review} undecided in {done.folder / 'review.yaml'}: say who is the same, then `samizdat build`"
        )
        remarks().print(note_line(what), soft_wrap=True)
