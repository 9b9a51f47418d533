"""A pack without a server: the same as it serves, of what is published."""

from graph.errors import UnknownName
from graph.iris import ID, is_path
from server.packing.contents import Pack, pack_of


def packed(claim: str) -> Pack:
    """The pack of ``EDITORIAL/NAME``, or of a claim's IRI in any way that ``names.expanded`` reads.

    UnknownName with the nearest names if there is no such claim; Retracted if it was taken back; errors of the engine.
    """
    from server import create_app
    from server.names import expanded
    from server.settings import ServerSettings
    from server.terminal.asking import published_engine

    iri = ID + f"claim/{claim}" if is_path(f"claim/{claim}") else expanded(claim)
    if not (iri.startswith(f"{ID}claim/") and is_path(iri.removeprefix(ID))):
        raise UnknownName(
            f"{claim!r} is not the name of a claim", "write EDITORIAL/CLAIM, as in the address of its page"
        )
    with published_engine() as engine:
        app = create_app(ServerSettings(cache_mb=0), engine=engine)
        with app.test_request_context():
            return pack_of(iri)
