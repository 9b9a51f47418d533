"""Names as people write and read them: ``pol:BannedParty``, ``id/party/nur-otan``, or a whole IRI."""

import re

from graph.engine.prefixes import PREFIXES
from graph.errors import UnknownName
from ontology.base import BASE
from queries import BadParameter
from queries.terms import iri as sparql_iri


def expanded(name: str) -> str:
    """The IRI that a name stands for; UnknownName for an unknown prefix and for what cannot be an IRI."""
    name = name.removeprefix("<").removesuffix(">")
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        name = PREFIXES[prefix] + local
    elif colon and "/" not in prefix and not local.startswith("//"):
        raise UnknownName(f"the prefix {prefix}: is unknown", f"known are {', '.join(sorted(PREFIXES))}")
    try:
        return sparql_iri(name)[1:-1]
    except BadParameter as error:
        raise UnknownName(error.what, error.hint) from None


def shortened(iri: str) -> str:
    """The shortest way to write an IRI that ``expanded`` reads back: prefixed, relative to the base, or whole."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not set("/#?") & set(local):
            return f"{prefix}:{local}"
    local = iri.removeprefix(BASE)
    return local if re.match("[a-z]+/[^./]", local) and "/." not in local else iri
