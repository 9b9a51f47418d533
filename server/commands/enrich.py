"""``samizdat enrich``"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from server.commands.epilogs import epilog

if TYPE_CHECKING:
    from graph.enriching.applying import Applied
    from graph.enriching.enriching import Enriched

SHOWN = 20
"""Lines of what was left out that are shown."""
FREE = "https://creativecommons.org/publicdomain/zero/"
"""How the address of a licence begins under which anything may be done."""


@click.command(
    short_help="Ask another endpoint for names and identifiers; a person decides.",
    epilog=epilog(
        "samizdat enrich --kind party --from wikidata --contact you@example.org",
        "samizdat enrich country/kazakhstan Facebook --from wikidata --language ka --language kk",
        "samizdat enrich --kind person --from https://data.example.org/sparql --profile example.yaml",
        "samizdat enrich --apply .samizdat/enriching/wikidata/review.yaml",
        codes=(0, 1, 2, 3, 4, 5),
    ),
)
@click.argument("things", nargs=-1, metavar="[THING]...")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="All of a kind, such as party; repeatable.")
@click.option("--from", "source", default="", metavar="wikidata|URL", help="Whom to ask; else whom the profile names.")
@click.option("--profile", "profile_file", type=click.Path(path_type=Path), metavar="FILE", help="How to ask it.")
@click.option("--language", "languages", multiple=True, metavar="TAG", help="Names in this language; repeatable.")
@click.option("--contact", default="", metavar="TEXT", help="Your mail or web address; else SAMIZDAT_CONTACT.")
@click.option(
    "--review", type=click.Path(path_type=Path), metavar="FILE", help="The review file; else in SAMIZDAT_HOME."
)
@click.option("--refresh", is_flag=True, help="Ask anew what was asked before.")
@click.option("--allow-private", is_flag=True, help="Also ask addresses of private networks.")
@click.option("--apply", "reviewed", type=click.Path(path_type=Path), metavar="FILE", help="Write what FILE confirms.")
def enrich(
    things: tuple[str, ...], kinds: tuple[str, ...], source: str, profile_file: Path | None,
    languages: tuple[str, ...], contact: str, review: Path | None, refresh: bool, allow_private: bool,
    reviewed: Path | None,
) -> None:  # fmt: skip
    """Ask an endpoint what THINGs (paths or names) are called in other languages and scripts, and who they are there.

    Who has an identifier that it knows is looked up by it, all others by name. What it says goes into a review file,
    with its descriptions as hints, for a person to decide; --apply then writes the names and identifiers that are
    confirmed into the entity files, with source, day and licence. Answers are kept: what was fetched is not fetched
    again. The endpoint learns whom you ask about.
    """
    if reviewed is not None:
        if things or kinds or source or profile_file:
            raise click.UsageError("--apply takes a review file alone")
        _apply(reviewed)
        return
    if not source and profile_file is None:
        raise click.UsageError("say whom to ask with --from, or write what was confirmed with --apply")
    from graph.enriching.enriching import enrich as ask
    from graph.enriching.profile import profile
    from graph.settings import Settings
    from server.terminal.waiting import waiting

    settings, asked = Settings.from_environment(), profile(source, profile_file)
    with waiting(f"asking {asked.title}") as on_stage:
        done = ask(
            settings, asked, things=things, kinds=kinds, languages=languages, contact=contact, refresh=refresh,
            allow_private=allow_private, file=review, on_stage=on_stage,
        )  # fmt: skip
    _tell(done)


def _tell(done: "Enriched") -> None:
    from server.terminal.failures import note_line
    from server.terminal.output import plural, remarks, results, shown_path, visible

    if done.matches:
        results().print(visible(shown_path(done.file)), soft_wrap=True)
    told = f"{plural(done.matches, 'candidates')}, {done.undecided} undecided; "
    told += f"{plural(done.asked, 'questions')} asked, {done.kept} answered from what is kept"
    remarks().print(told, soft_wrap=True)
    for what in done.refused[:SHOWN]:
        remarks().print(note_line(what), soft_wrap=True)
    if len(done.refused) > SHOWN:
        remarks().print(note_line(f"{len(done.refused) - SHOWN} more were left out"), soft_wrap=True)
    if done.without:
        remarks().print(note_line(f"nothing was found for {', '.join(done.without)}"), soft_wrap=True)


def _apply(reviewed: Path) -> None:
    from graph.enriching.applying import apply
    from graph.enriching.review import read
    from graph.settings import Settings

    review = read(reviewed)
    _tell_applied(apply(Settings.from_environment(), review), review.source["licence"])


def _tell_applied(done: "Applied", licence: str) -> None:
    from server.terminal.failures import note_line
    from server.terminal.output import plural, remarks, results, shown_path, visible

    for file in done.files:
        results().print(visible(shown_path(file)), soft_wrap=True)
    told = f"{plural(done.names, 'names')}, {plural(done.identifiers, 'identifiers')} and "
    told += f"{plural(done.same, 'identities')} written; {done.undecided} undecided"
    remarks().print(told, soft_wrap=True)
    if done.files and not licence.startswith(FREE):
        under = f"they are under {licence}" if licence else "no licence is stated there"
        what = f"{under}: see whether you may publish them under the licence of your entity files"
        remarks().print(note_line(what), soft_wrap=True)
