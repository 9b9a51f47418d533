"""``samizdat serve``"""

import click

from server.commands.epilogs import epilog
from server.settings import SETTINGS, written

ENVIRONMENT = {name: f"{setting.help} ({written(setting.default)})" for name, setting in SETTINGS.items()}


@click.command(
    short_help="Build what has changed and serve it.",
    epilog=epilog(
        "samizdat serve", "samizdat serve --port 0 --no-build", codes=(0, 1, 2, 5, 6), environment=ENVIRONMENT
    ),
)
@click.option("--host", metavar="ADDRESS", help="The address to listen at; else SAMIZDAT_HOST, else 127.0.0.1.")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="NUMBER", help="The port; else SAMIZDAT_PORT, else 8000. 0: any."
)
@click.option("--no-build", is_flag=True, help="Serve what is published, whatever has changed since.")
def serve(host: str | None, port: int | None, no_build: bool) -> None:
    """Serve the web site and the SPARQL endpoint until Ctrl-C, and print their address.

    Builds first if the data has changed or nothing is published yet.
    """
    from dataclasses import replace

    from server.settings import ServerSettings

    settings = ServerSettings.from_environment()
    settings = replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    if not no_build:
        from server.commands.build import run_build

        run_build()
    from server.running import serve as run_server

    run_server(settings)
