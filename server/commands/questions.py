"""``samizdat questions``"""

from typing import TYPE_CHECKING

import click

from server.commands.epilogs import epilog

if TYPE_CHECKING:
    from queries import StoredQuery


@click.command(
    short_help="List the saved questions, or show one.",
    epilog=epilog("samizdat questions", "samizdat questions media-control", codes=(0, 1, 2)),
)
@click.argument("name", required=False)
def questions(name: str | None) -> None:
    """List the saved questions with their parameters, or show the one with this NAME whole, SPARQL and all."""
    from queries import questions as saved_questions
    from server.terminal.asking import saved_question

    if name is not None:
        _show(saved_question(name))
        return
    from rich.text import Text

    from server.terminal.output import print_table, results

    rows = [
        [Text(query.name, "cyan"), Text(query.summary), Text(_parameters(query))]
        for query in saved_questions().values()
    ]
    print_table(results(), ("name", "question", "parameters"), rows)


def _parameters(query: "StoredQuery") -> str:
    return ", ".join(parameter.name for parameter in query.parameters)


def _show(query: "StoredQuery") -> None:
    from rich.text import Text

    from server.terminal.output import results

    console = results()
    console.print(Text(query.summary, "bold"))
    if query.description:
        console.print(query.description)
    if query.tags:
        console.print(f"tags: {', '.join(query.tags)}")
    for parameter in query.parameters:
        console.print(f"-p {parameter.name}=…  {parameter.type}: {parameter.description}; else {parameter.default}")
    body = [line for line in query.text.splitlines() if not line.startswith("#+")]
    console.print("\n" + "\n".join(body).strip(), soft_wrap=True)
