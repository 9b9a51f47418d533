"""A stream of JSON-LD lines into the data folder: every line is looked at before any of them gets there.

What a line says by itself is checked as it comes, in the words of a claim file's check, and names when all have come.
Shapes and logic, which take everything together, are the business of `samizdat check` and of the build.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import SamizdatError
from graph.feeding.intake import Intake
from graph.feeding.putting import renewed
from graph.feeding.stream import Stream
from graph.files.sources import LINES, STREAM, is_lines, sources
from graph.iris import SLUG
from graph.progress import Stage, ignore
from graph.settings import Settings

FOLDERS = ("entities", "claims")
"""Of the data folder, in the order in which they are written: claims name entities."""
TOLD = 1_000
"""Lines after which the listener hears how many there have been."""


@dataclass(frozen=True)
class Fed:
    """How much there was. ``unread``: editorials whose text is not at hand, so that quotes were not read again;
    ``passed_over``: those that somebody has written a file of. ``files`` hold it now; none if it was only looked at.
    """

    editorials: int
    claims: int
    entities: int
    unread: int
    passed_over: int
    files: tuple[Path, ...]


def feed(
    given: Sequence[Path], settings: Settings, name: str = "", *, keep: bool = True, on_stage: Stage = ignore
) -> Fed:
    """Take lines into ``claims/NAME.jsonl`` and ``entities/NAME.jsonl``, in place of what was fed by that name before.

    ``given``: files, folders of files, or the standard input (``STREAM``); without a name, that of the first. Raises
    ``InvalidInput`` with every problem, and ``SamizdatError``: then, and without ``keep``, nothing changes.
    """
    files = list(_files(given))
    name = name or _named_after(given[0])
    if not re.fullmatch(SLUG, name):
        raise SamizdatError(f"{name!r} is no name of a feed", "give small letters, digits and hyphens with --name")
    targets = {folder: settings.data / folder / f"{name}.jsonl" for folder in FOLDERS}
    with Stream() as stream:
        intake = Intake(settings, stream)
        on_stage("reading what there is")
        intake.know(settings.data, targets.values())
        for file in files:
            for source in sources(file):
                intake.take(source)
                if stream.count % TOLD == 1:
                    on_stage(f"reading: {stream.count:,}")
        intake.finish()
        if not stream.count:
            raise SamizdatError("there is not one line", "give an editorial or an entity on each line")
        on_stage("writing")
        written = tuple(_put(stream, targets)) if keep else ()
    return Fed(intake.editorials, intake.claims, intake.entities, intake.unread, intake.passed_over, written)


def _files(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        if path != STREAM and path.is_dir():
            found = sorted(file for ending in LINES for file in path.rglob(f"*{ending}"))
            if not found:
                raise SamizdatError(f"no lines in {path}", f"give a folder with files that end in {' or '.join(LINES)}")
            yield from found
        elif is_lines(path):
            yield path
        else:
            hint = f"give files that end in {' or '.join(LINES)}; `samizdat convert` makes them of YAML"
            raise SamizdatError(f"{path} is no file of lines", hint)


def _named_after(path: Path) -> str:
    return "feed" if path == STREAM else path.absolute().name.partition(".")[0]


def _put(stream: Stream, targets: dict[str, Path]) -> Iterator[Path]:
    """Write the lines of each folder; where there are none, what was fed before goes."""
    for folder, target in targets.items():
        lines = stream.of(folder)
        first = next(lines, None)
        if first is None:
            target.unlink(missing_ok=True)
            continue
        with renewed(target) as opened:
            opened.write(first)
            opened.writelines(lines)
        yield target
