"""``samizdat pack``"""

from pathlib import Path

import click

from server.commands.epilogs import epilog


@click.command(
    short_help="Put a claim and all that it rests on into a ZIP.",
    epilog=epilog(
        "samizdat pack 2021-01-progress-kazakhstan/government-media-control",
        "samizdat pack id/claim/2021-01-progress-kazakhstan/elections-rigged -o rigged.zip",
        codes=(0, 1, 2, 4, 5),
    ),
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Else EDITORIAL--CLAIM.zip."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.argument("claim")
def pack(claim: str, output: Path | None, force: bool) -> None:
    """Write the evidence pack of CLAIM: its exact words, proof, measurements beside it, nanopublication and citation.

    With a summary of one page to print, the rules and licences of the measurements, and the SHA-256 of every file.
    CLAIM is EDITORIAL/NAME, or the claim's IRI. The same claim of the same snapshot gives the same bytes.
    """
    from server.terminal.output import on_one_line, plural
    from server.terminal.packing import packed
    from server.terminal.waiting import waiting

    with waiting("packing"):
        found = packed(claim)
    file = output or Path(f"{found.name}.zip")
    written(file, found.zipped(), force=force)
    click.echo(f"{plural(len(found.files), 'files')} in {on_one_line(str(file))}")


def written(file: Path, content: bytes, *, force: bool) -> None:
    """Write a file in one step; SamizdatError if there is one that must not be lost."""
    from graph.errors import SamizdatError

    if not force and (file.exists() or file.is_symlink()):
        raise SamizdatError(f"{file} is there already", "give another name with -o, or --force to write over it")
    beside = file.with_name(f".{file.name}.writing")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        raise SamizdatError(f"{file} cannot be written: {error.strerror}", "see that the folder is there") from None
    finally:
        beside.unlink(missing_ok=True)
