"""``samizdat publish``"""

from typing import TYPE_CHECKING

import click

from graph.settings import SETTINGS
from server.commands.epilogs import epilog

if TYPE_CHECKING:
    from graph.publishing import Publication, Target

WRITING = {
    name: f"{setting.help} ({setting.default})"
    for name, setting in SETTINGS.items()
    if name.startswith("SAMIZDAT_ENGINE_")
}
"""How a remote engine is written to: settings of this command alone."""


@click.command(
    short_help="Load the snapshot into another SPARQL engine.",
    epilog=epilog(
        "samizdat publish --to http://localhost:7878/query",
        "SAMIZDAT_ENGINE=http://localhost:8890/sparql samizdat publish",
        "samizdat publish 3f2a9c --to http://localhost:3030/samizdat/sparql",
        codes=(0, 1, 2, 4, 5),
        environment=WRITING,
    ),
)
@click.argument("snapshot", required=False)
@click.option("--to", "endpoint", metavar="URL", help="The engine's SPARQL endpoint; else SAMIZDAT_ENGINE.")
@click.option(
    "--store", metavar="URL", help="Where it takes graphs; else SAMIZDAT_ENGINE_STORE, else found beside the endpoint."
)
@click.option("--replace", is_flag=True, help="Load everything anew, whatever the engine holds.")
def publish(snapshot: str | None, endpoint: str | None, store: str | None, replace: bool) -> None:
    """Load SNAPSHOT, or the current one, into a SPARQL engine, and count what is there then.

    Graphs that are there already are not loaded again; after a failure, the same command goes on where it stopped. Who
    may write is said by SAMIZDAT_ENGINE_USER and SAMIZDAT_ENGINE_PASSWORD.
    """
    import time

    from graph.publishing import publish as publish_snapshot
    from graph.settings import Settings
    from graph.snapshot import Snapshots
    from server.terminal.failures import note_line
    from server.terminal.output import remarks
    from server.terminal.waiting import waiting

    settings = Settings.from_environment()
    target = _target(endpoint, store)
    published = Snapshots(settings.snapshots)
    chosen = published.find(snapshot) if snapshot else published.current()
    began = time.monotonic()
    with waiting("publishing") as on_stage:
        done = publish_snapshot(chosen, target, settings.home, replace=replace, on_stage=on_stage)
    for note in done.notes:
        remarks().print(note_line(note), soft_wrap=True)
    click.echo(f"published {done.snapshot[:12]} to {target.endpoint} ({time.monotonic() - began:.1f} s)")
    _print(done)


def _target(endpoint: str | None, store: str | None) -> "Target":
    from graph.publishing import Target
    from graph.settings import Settings

    settings = Settings.from_environment()
    chosen = endpoint or settings.engine
    if not chosen:
        raise click.UsageError("no engine is named: give --to URL, or set SAMIZDAT_ENGINE.")
    for name, url in (("'--to'", chosen), ("'--store'", store)):
        if url is not None and not url.startswith(("http://", "https://")):
            raise click.BadParameter(f"{url!r} is no http(s) address", param_hint=name)
    own = endpoint in (None, settings.engine)  # the graph store that is set belongs to the engine that is set
    beside = store or (settings.engine_store if own else None)
    return Target(chosen, beside, settings.engine_user, settings.engine_password, settings.engine_sql if own else None)


def _print(done: "Publication") -> None:
    from graph.engine.datasets import KEPT
    from server.terminal.output import print_pairs, results

    kept = "the engine's own" if done.layout == "own" else f"kept as {KEPT}"
    graphs = {"loaded": done.loaded, "of these replaced": done.replaced, "unchanged": done.unchanged}
    pairs = [(name, f"{count:,} graphs") for name, count in {**graphs, "removed": done.removed}.items()]
    print_pairs(results(), [("by", done.way), *pairs, ("default graph", kept), ("statements", f"{done.quads:,}")])
