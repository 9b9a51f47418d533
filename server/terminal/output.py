"""What the commands print: results on standard output, everything else on standard error.

Colours only on a terminal and never under ``NO_COLOR``; both are rich's own rules.
"""

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_UNBOUNDED = 1_000_000
_HIDDEN = {code: f"\\x{code:02x}" for code in (*range(9), *range(11, 32), *range(127, 160))}
_HIDDEN |= {code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def results() -> Console:
    """The console of results. Where nobody says how wide it is (a pipe, a file), no line is wrapped."""
    bounded = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal()
    return _console(sys.stdout, width=None if bounded else _UNBOUNDED)


def remarks() -> Console:
    """The console of everything that is not a result."""
    return _console(sys.stderr, width=None if sys.stderr.isatty() else _UNBOUNDED)


def _console(file: IO[str], width: int | None) -> Console:
    return Console(file=file, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)


def visible(text: str) -> str:
    """The text with what would steer a terminal (control codes, bidi overrides) made visible."""
    return text.translate(_HIDDEN)


def on_one_line(text: str) -> str:
    """The same for what is one line: the name of a file may hold an end of line, to pass what follows for another."""
    return visible(text).replace("\n", "\\n")


def print_table(console: Console, titles: Sequence[str], rows: Iterable[Sequence[Text]]) -> None:
    """Rows below their titles; long cells wrap between words. Where words would be torn, each row becomes a record."""
    lines = list(rows)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for title in titles:
        table.add_column(Text(title), overflow="fold")
    for line in lines:
        table.add_row(*line)
    wanted = Measurement.get(console, console.options.update(max_width=_UNBOUNDED), table)
    if wanted.minimum > console.width:
        _print_records(console, titles, lines)
        return
    table.leading = int(wanted.maximum > console.width)  # wrapped rows need a line between them to be told apart
    _print_trimmed(console, table)


def _print_trimmed(console: Console, table: Table) -> None:
    """Prints a table; without the blanks at the ends of its lines where it is kept rather than looked at."""
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    console.file.write(re.sub(" +$", "", captured.get(), flags=re.MULTILINE))
    console.file.flush()


def _print_records(console: Console, titles: Sequence[str], lines: Iterable[Sequence[Text]]) -> None:
    for number, line in enumerate(lines):
        record = Table.grid(padding=(0, 2, 0, 0))
        record.add_column(style="bold", overflow="fold")
        record.add_column(overflow="fold")
        for title, cell in zip(titles, line, strict=True):
            record.add_row(Text(title), cell)
        if number:
            console.print()
        _print_trimmed(console, record)


def print_pairs(console: Console, pairs: Iterable[tuple[str, str]]) -> None:
    """Two columns without titles, such as counts; the names align."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name, value in pairs:
        grid.add_row(Text(visible(name), overflow="fold"), Text(visible(value), overflow="fold"))
    _print_trimmed(console, grid)


def print_counts(console: Console, counts: Mapping[str, Any]) -> None:
    """What was counted, one line each; parts of a count (``{"asserted": 20, …}``) stand on one line."""
    print_pairs(console, ((name, _counted(value)) for name, value in counts.items()))


def _counted(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{_counted(part)} {name}" for name, part in value.items())
    return f"{value:,}" if isinstance(value, int) else str(value)


def shown_path(file: Path) -> str:
    """The path relative to the current folder where it lies below it."""
    absolute = Path(os.path.abspath(file))
    return str(absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else file)


def plural(count: int, many: str) -> str:
    """``1 claim``, ``1,234 claims``, ``1 entity``; regular English words only."""
    one = re.sub("s$", "", re.sub("ies$", "y", many))
    return f"{count:,} {one if count == 1 else many}"
