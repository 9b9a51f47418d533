"""``samizdat diff``"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from server.commands.epilogs import epilog

if TYPE_CHECKING:
    from rich.text import Text

    from graph.snapshot import Snapshot, Snapshots
    from graph.snapshots.changes import Change

TITLES = ("", "name", "what it says", "corrected")


@click.command(
    short_help="Show what changed between two snapshots: claims, not triples.",
    epilog=epilog(
        "samizdat diff                     from the snapshot before to the current one",
        "samizdat diff 3f2a9c              from the one whose name starts so to the current one",
        "samizdat diff 3f2a9c 81d04b -f json",
        codes=(0, 2, 5),
    ),
)
@click.argument("before", required=False)
@click.argument("after", required=False)
@click.option(
    "-f",
    "--format",
    "wanted",
    type=click.Choice(["table", "json"]),
    default="table",
    metavar="table|json",
    help="How to print the changes; table if not said, and as JSON one change a line.",
)
def diff(before: str | None, after: str | None, wanted: str) -> None:
    """Show the claims and things that were added, corrected, retracted or removed from BEFORE to AFTER.

    Each is the start of a snapshot's name. A claim is corrected if it says something else than before, or if a new one
    revises it; what is derived from claims is not listed.
    """
    from graph.settings import Settings
    from graph.snapshot import Snapshots
    from server.terminal.waiting import waiting

    opened = Snapshots(Settings.from_environment().snapshots)
    new = opened.find(after) if after else opened.current()
    old = opened.find(before) if before else _before(opened, new)
    with waiting("comparing"):
        found = _compared(old, new)
    if wanted == "json":
        _print_lines(found)
    else:
        _print_table(old, new, found)


def _before(opened: "Snapshots", current: "Snapshot") -> "Snapshot":
    """The last one that was current before this one and is still there; UnknownSnapshot."""
    from graph.errors import UnknownSnapshot

    known = {snapshot.id: snapshot for snapshot in opened.all()}
    names = [entry.snapshot for entry in opened.history()]
    last = len(names) - names[::-1].index(current.id) - 1 if current.id in names else len(names)
    for name in reversed(names[:last]):
        if name in known and name != current.id:
            return known[name]
    raise UnknownSnapshot("no other snapshot was current before", "`samizdat snapshots` lists those there are")


def _compared(old: "Snapshot", new: "Snapshot") -> "list[Change]":
    from graph.errors import UnknownSnapshot
    from graph.snapshots.changes import changes

    for snapshot in (old, new):
        if not snapshot.register.is_current:
            what = f"snapshot {snapshot.id[:12]} was published by an earlier release, and cannot be compared yet"
            raise UnknownSnapshot(what, "run `samizdat build`, which adds what is missing")
    return changes(old.register.lines(), new.register.lines(), old.register.find)


def _print_lines(found: "Sequence[Change]") -> None:
    import json

    for change in found:
        click.echo(json.dumps(change.to_json(), ensure_ascii=False, sort_keys=True))


def _print_table(old: "Snapshot", new: "Snapshot", found: "Sequence[Change]") -> None:
    from server.history.wording import tally
    from server.terminal.output import print_table, remarks, results

    told = ", ".join(tally(found)) or "no claim and no thing changed"
    remarks().print(f"from {old.id[:12]} to {new.id[:12]}: {told}")
    if found:
        print_table(results(), TITLES, ([*_row(change)] for change in found))


def _row(change: "Change") -> "Iterator[Text]":
    from rich.text import Text

    from server.history.wording import in_words, name_of
    from server.names import shortened
    from server.terminal.output import visible

    entry = change.entry
    private = " (private life)" if change.private else ""
    corrected = in_words(change.aspects)
    cause = f"by {shortened(change.cause)}" if change.cause and change.cause != entry.iri else ""
    for text in (
        change.how,
        shortened(entry.iri),
        name_of(entry) + private,
        " ".join(filter(None, (corrected, cause))),
    ):
        yield Text(visible(text))
