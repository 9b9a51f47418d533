"""``samizdat query``"""

import click

from server.commands.epilogs import epilog

FORMATS = {
    "table": ("application/sparql-results+json", "text/turtle"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "json": ("application/sparql-results+json", "application/ld+json"),
    "turtle": (None, "text/turtle"),
    "ntriples": (None, "application/n-triples"),
}
"""Each format: its media type for SELECT and ASK, and for CONSTRUCT and DESCRIBE; None where it has none."""


@click.command(
    short_help="Answer a saved question, or any SPARQL query.",
    epilog=epilog(
        "samizdat query media-control",
        "samizdat query claims-about -p about=id/person/nursultan-nazarbayev",
        "samizdat query my-query.rq --format csv > answer.csv",
        "echo 'DESCRIBE <id/party/nur-otan>' | samizdat query - --format turtle",
        "samizdat query - --endpoint https://query.wikidata.org/sparql < wikidata.rq",
        codes=(0, 1, 2, 3, 4, 5),
    ),
)
@click.argument("asked", metavar="NAME|FILE.rq|-")
@click.option(
    "-p", "--parameter", "given", multiple=True, metavar="NAME=VALUE", help="A parameter's value; repeatable."
)
@click.option(
    "-f",
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    metavar="|".join(FORMATS),
    default="table",
    help="How to print the answer; table if not said, which is Turtle for CONSTRUCT and DESCRIBE.",
)
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead of the published snapshot.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up after so many seconds; 10 if not said, 60 at an endpoint.",
)
def query(asked: str, given: tuple[str, ...], format_name: str, endpoint: str | None, timeout: float | None) -> None:
    """Answer a saved question by its NAME, the SPARQL query in a FILE.rq, or the one on standard input (-).

    Parameters not given take their defaults (see `samizdat questions NAME`). An IRI is written whole, prefixed
    (pol:BannedParty) or relative to the base (id/party/nur-otan); a query may use relative IRIs too.
    """
    from graph.engine import Formats, Query
    from ontology.base import BASE
    from server.terminal.asking import engine_for, in_force, placed, values_of, wanted_query
    from server.terminal.output import on_one_line, remarks
    from server.terminal.printing import print_answer
    from server.terminal.waiting import waiting

    wanted = wanted_query(asked)
    values = values_of(wanted, given)
    text = wanted.fill(values)
    if wanted.parameters and remarks().is_terminal:
        remarks().print(on_one_line(f"with {in_force(wanted.parameters, values)}"), style="dim")
    with engine_for(endpoint, timeout) as engine, waiting("asking"), placed(asked):
        answer = engine.evaluate(Query(text, base=BASE), Formats(*FORMATS[format_name]))
    print_answer(answer, as_table=format_name == "table")
