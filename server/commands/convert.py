"""``samizdat convert``"""

from pathlib import Path

import click

from server.commands.epilogs import epilog


@click.command(
    short_help="Write claim and entity files as JSON-LD lines, or lines as files.",
    epilog=epilog(
        "samizdat convert > everything.jsonl                    the whole data folder",
        "samizdat convert claims/2021/*.yaml --output 2021.jsonl.gz",
        "samizdat convert claims/feed.jsonl --yaml graph/data --only editorial/2021-01-harbour",
        codes=(0, 1, 2),
    ),
)
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the lines here, packed if it ends in .gz; else to the standard output.",
)  # fmt: skip
@click.option(
    "--yaml", "folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Write YAML files into claims/ and entities/ of this folder instead.",
)  # fmt: skip
@click.option("--only", metavar="NAME", default="", help="With --yaml: only this thing, such as editorial/SLUG.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path))
def convert(files: tuple[Path, ...], output: Path | None, folder: Path | None, only: str) -> None:
    """Write FILES, or the whole data folder, as JSON-LD lines: an editorial or an entity on each.

    A line says what its file says, in the same keys, so both make the same snapshot; any JSON-LD processor reads it.
    With --yaml lines become files that a person can go on with: a file of an editorial takes the place of its line. No
    YAML file is overwritten, and nothing is written if anything is wrong.
    """
    from graph.feeding.converting import data_files, write_lines, write_yaml
    from graph.settings import Settings
    from server.terminal.output import on_one_line, plural
    from server.terminal.waiting import waiting

    if folder is not None and output is not None:
        raise click.UsageError("--yaml and --output cannot go together")
    if only and folder is None:
        raise click.UsageError("--only goes with --yaml")
    chosen = files or data_files(Settings.from_environment().data)
    with waiting("converting"):
        if folder is not None:
            click.echo("\n".join(on_one_line(str(file)) for file in write_yaml(chosen, folder, only)))
            return
        count = write_lines(chosen, output)
    if output is not None:
        click.echo(f"{plural(count, 'lines')} in {on_one_line(str(output))}")
