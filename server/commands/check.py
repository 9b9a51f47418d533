"""``samizdat check``"""

from pathlib import Path

import click

from server.commands.epilogs import epilog


@click.command(
    short_help="Check claim and entity files; all problems at once.",
    epilog=epilog(
        "samizdat check",
        "samizdat check graph/data/claims/2021/*.yaml",
        "SAMIZDAT_TEXTS=~/texts samizdat check     read every quote again in its source text",
        "encode-the-news | samizdat check -         JSON-LD lines; also from files (.jsonl, .jsonl.gz)",
        codes=(0, 1, 2, 6),
    ),
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check claim and entity files, or the whole data folder where no FILES are named.

    Structure, terms, references, quotes, dates, attribution, shapes and logic are looked at, and every problem is
    printed as `file:line:col: what - what to do`. Drafts of `samizdat add` are checked too. Nothing is changed.
    """
    from graph.checking import check as check_files
    from graph.growing.defining import defined
    from graph.growing.growth import check_grown
    from graph.settings import Settings
    from server.terminal.failures import note_lines, problem_lines
    from server.terminal.output import plural, results
    from server.terminal.waiting import waiting

    with waiting("checking") as on_stage:
        settings = Settings.from_environment()
        checked = (
            check_files(settings, files, defined=defined(settings), on_stage=on_stage)
            if files
            else check_grown(settings, on_stage)
        )
    console = results()
    for line in problem_lines(sorted(checked.problems)):
        console.print(line, soft_wrap=True)
    for line in note_lines(checked.notes):
        console.print(line, soft_wrap=True)
    counted = ", ".join(plural(count, what) for what, count in checked.counts.items())
    found = plural(len(checked.problems), "problems") if checked.problems else "no problems"
    console.print(f"{found} in {counted}" if counted else found, soft_wrap=True)
    click.get_current_context().exit(1 if checked.problems else 0)
