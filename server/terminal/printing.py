"""An answer on standard output: a table for people, or the bytes as the engine wrote them."""

import sys

from rich.text import Text

from graph.engine import Answer
from graph.engine.results import Term, ask, table
from server.names import shortened
from server.terminal.output import plural, print_table, remarks, results, visible


def print_answer(answer: Answer, *, as_table: bool) -> None:
    """Prints the answer; RDF goes out as it is, whatever is asked."""
    if as_table and answer.kind == "bindings":
        _print_rows(answer)
    elif as_table and answer.kind == "boolean":
        results().print("true" if ask(answer) else "false")
    else:
        sys.stdout.buffer.write(answer.body)
        sys.stdout.buffer.write(b"" if answer.body.endswith(b"\n") else b"\n")
        sys.stdout.buffer.flush()


def _print_rows(answer: Answer) -> None:
    found = table(answer)
    rows = [[cell(row.get(name)) for name in found.variables] for row in found.rows]
    print_table(results(), found.variables, rows)
    if not rows or remarks().is_terminal:
        remarks().print(plural(len(rows), "rows"), style="dim")


def cell(term: Term | None) -> Text:
    """A value as people read it: IRIs in their short form, literals without quotes, language or datatype."""
    if term is None:
        return Text("")
    if term.kind == "iri":
        return Text(visible(shortened(term.value)), "cyan")
    return Text(visible(f"_:{term.value}" if term.kind == "blank" else term.value))
