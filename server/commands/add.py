"""``samizdat add``"""

import sys
from typing import TYPE_CHECKING

import click

from server.commands.epilogs import epilog

if TYPE_CHECKING:
    from graph.adding.adding import Added, Editorial
    from graph.adding.sources import Source
    from graph.settings import Settings


@click.command(
    short_help="Add an editorial: its text to the archive, its sentences as drafts.",
    epilog=epilog(
        "samizdat add https://example.org/2021/editorial --encoded-by group/samizdat-team",
        "samizdat add editorial.txt --headline 'A wave of Progress' --language en",
        "pbpaste | samizdat add - --headline 'Волна Прогресса' --language ru --date 2021-01",
        codes=(0, 1, 2),
    ),
)
@click.argument("source", metavar="TEXT|FILE|URL")
@click.option("--headline", default="", metavar="TEXT", help="The headline as printed.")
@click.option("--date", default="", metavar="EDTF", help="Its date: 2021-01-15, 2021-01 or 2021.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="An author as named there; repeatable.")
@click.option("--publisher", default="", metavar="NAME", help="Who published it, as named there.")
@click.option("--language", default="", metavar="TAG", help="The language of the text, such as en, kk or ru.")
@click.option("--encoded-by", default="", metavar="PATH", help="Who writes its claims: a person or group we know.")
@click.option("--name", default="", metavar="SLUG", help="The editorial's name; else made of date and headline.")
@click.option("--encoding", metavar="NAME", help="How the text is encoded, where it is not UTF-8.")
@click.option("--allow-private", is_flag=True, help="Also fetch from addresses of private networks.")
def add(
    source: str, headline: str, date: str, authors: tuple[str, ...], publisher: str, language: str, encoded_by: str,
    name: str, encoding: str | None, allow_private: bool,
) -> None:  # fmt: skip
    """Add an editorial: a web page, a file (HTML or plain text), the text itself, or - for standard input.

    The text is kept by its SHA-256 in a private archive and is never published. Title, date, author, publisher and
    language are those that the page itself states; what it does not state is asked for, and never guessed. Each
    sentence that may state something becomes a draft with suggestions and their reasons, in a claim file below
    drafts/, where no build reads it.
    """
    from graph.adding.adding import Editorial
    from graph.adding.fetching import MOST_BYTES
    from graph.adding.sources import of_bytes
    from graph.adding.sources import source as read_source
    from graph.settings import Settings

    settings = Settings.from_environment()
    if source == "-":
        found = of_bytes(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input", encoding=encoding)
    else:
        found = read_source(source, allow_private=allow_private, encoding=encoding)
    stated = found.stated
    editorial = Editorial(
        headline=_of(headline, stated.headline, "headline", needed=True),
        language=_of(language, stated.language, "language", needed=True),
        encoded_by=_of(encoded_by, "", "encoded-by", needed=True),
        date=_of(date, stated.date, "date"),
        authors=authors or _names(_of("", "; ".join(stated.authors), "author")),
        publisher=_of(publisher, stated.publisher, "publisher"),
        url=stated.url,
        slug=name,
    )
    _report(_added(settings, found, editorial))


def _added(settings: "Settings", source: "Source", editorial: "Editorial") -> "Added":
    from datetime import UTC, datetime

    from graph.adding.adding import add as add_text
    from server.terminal.waiting import waiting

    with waiting("looking for what is known"):
        return add_text(settings, source, editorial, now=datetime.now(UTC))


def _of(given: str, stated: str, name: str, *, needed: bool = False) -> str:
    """What an option says; else what the page states, which somebody at a terminal confirms or corrects."""
    from graph.adding.faults import CannotAdd

    if given:
        return given
    if _somebody_is_there():
        told = (
            f"{name} (as the page states it)"
            if stated
            else f"{name} (not stated{'' if needed else '; may stay empty'})"
        )
        answer: str = click.prompt(told, default=stated or (None if needed else ""), err=True)
        return answer.strip()
    if needed and not stated:
        raise CannotAdd(f"the {name} is not stated", f"say it with --{name}")
    return stated


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(";") if name.strip())


def _report(added: "Added") -> None:
    from server.terminal.output import plural, remarks, results, shown_path, visible

    found = added.drafted
    counted = sum(len(draft.suggestions) for draft in found.drafts)
    results().print(visible(shown_path(added.file)), soft_wrap=True)
    told = f"{plural(len(found.drafts), 'drafts')} with {plural(counted, 'suggestions')}; "
    told += f"{plural(found.left_out, 'sentences')} left out: headings, questions, fragments"
    remarks().print(told, soft_wrap=True)
    if not found.cued:
        remarks().print("note: there are no cue words for this language, so only names and dates are suggested")
