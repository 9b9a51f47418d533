"""``samizdat explain``"""

from typing import TYPE_CHECKING

import click

from server.commands.epilogs import epilog

if TYPE_CHECKING:
    from rich.tree import Tree

    from graph.asking.explanation import Explanation


@click.command(
    short_help="Show what a statement rests on, down to the quotes.",
    epilog=epilog(
        "samizdat explain id/party/nur-otan         what is derived and claimed about it",
        "samizdat explain pol:BannedParty",
        "samizdat explain https://w3id.org/samizdat/id/claim/…",
        codes=(0, 1, 2, 5),
    ),
)
@click.argument("iri")
def explain(iri: str) -> None:
    """Print, as a tree, what the statements about IRI rest on: the rule, its premises, and the quotes at the leaves.

    IRI is whole, prefixed (pol:BannedParty) or relative to the base (id/party/nur-otan), and names a derived
    statement, a claim or an entity.
    """
    from graph.asking.explanation import explain as explain_iri
    from server.names import expanded
    from server.terminal.asking import published_engine
    from server.terminal.output import results
    from server.terminal.waiting import waiting

    with published_engine() as engine, waiting("explaining"):
        explanations = explain_iri(engine, expanded(iri))
    console = results()
    for number, explanation in enumerate(explanations):
        console.print(*([""] if number else []), _tree(explanation), sep="\n")


def _tree(explanation: "Explanation") -> "Tree":
    from rich.text import Text
    from rich.tree import Tree

    from server.names import shortened
    from server.terminal.output import visible

    label = Text(visible(explanation.statement), "bold")
    if explanation.rule:
        label.append(visible(f"\nbecause {explanation.rule}"), "not bold")
    if explanation.quote:
        label.append(visible(f"\n“{explanation.quote}”"), "not bold italic")
    label.append(visible(f"\n{explanation.kind} {shortened(explanation.iri)}"), "not bold cyan")
    tree = Tree(label)
    tree.children.extend(map(_tree, explanation.premises))
    return tree
