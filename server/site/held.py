"""The modality switch: only what the sources themselves assert, or everything, which is the usual; in the address."""

from flask import request

from graph.errors import ParameterError

PARAMETER = "held"
ASSERTED = "asserted"


def asserted_only() -> bool:
    """Whether the reader wants to see only what is asserted (``held=asserted``); ParameterError for another value."""
    given = request.args.get(PARAMETER)
    if given not in (None, "", ASSERTED):
        raise ParameterError(f"{PARAMETER}={given!r} is no setting of the switch", "it is asserted, or left out")
    return given == ASSERTED
