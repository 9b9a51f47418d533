"""``samizdat feed``"""

from pathlib import Path

import click

from server.commands.epilogs import epilog


@click.command(
    short_help="Take editorials from machines: JSON-LD lines into the data folder.",
    epilog=epilog(
        "samizdat feed agency.jsonl.gz",
        "samizdat feed folder-of-lines/ --name agency",
        "encode-the-news | samizdat feed - --name agency && samizdat build",
        codes=(0, 1, 2),
    ),
)
@click.option("--name", metavar="NAME", default="", help="What to call it; else as the first file, or feed.")
@click.option("--dry-run", is_flag=True, help="Only look at it, and change nothing.")
@click.argument(
    "given", nargs=-1, required=True, metavar="FILE|DIR|-",
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
)  # fmt: skip
def feed(given: tuple[Path, ...], name: str, dry_run: bool) -> None:
    """Take JSON-LD lines, an editorial or an entity on each, in the keys of claim and entity files.

    They go into claims/NAME.jsonl and entities/NAME.jsonl of the data folder, in place of what was fed by that NAME
    before; - is the standard input. Each line is checked by itself, then the names of all; with one problem nothing
    changes, and all problems are printed with their line, column and JSON Pointer. `samizdat build` looks at shapes and
    logic, and publishes. A person corrects an editorial in a YAML file of it, which then takes the place of its line:
    `samizdat convert` writes one.
    """
    from graph.feeding.feeding import feed as feed_lines
    from graph.settings import Settings
    from server.terminal.failures import note_line
    from server.terminal.output import on_one_line, plural, print_counts, remarks, results
    from server.terminal.waiting import waiting

    with waiting("reading") as on_stage:
        fed = feed_lines(given, Settings.from_environment(), name, keep=not dry_run, on_stage=on_stage)
    for file in fed.files:
        click.echo(on_one_line(f"written {file}"))
    print_counts(results(), {"editorials": fed.editorials, "claims": fed.claims, "entities": fed.entities})
    if fed.unread:
        what = f"the texts of {plural(fed.unread, 'editorials')} are not at hand, so their quotes were not read again"
        remarks().print(note_line(what), soft_wrap=True)
    if fed.passed_over:
        what = f"{plural(fed.passed_over, 'lines')} will be passed over: somebody has written a file of the editorial"
        remarks().print(note_line(what), soft_wrap=True)
