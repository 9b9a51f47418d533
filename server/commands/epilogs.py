"""The end of each command's help: examples, and what its exit codes mean."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

CODES = {
    0: "done",
    1: "something in the input is wrong, or a name is unknown",
    2: "the command line or the query cannot be read",
    3: "the query was not answered: over its time, memory or size, or in no such format",
    4: "the engine, or the endpoint, does not answer",
    5: "a snapshot is missing, damaged, or being built by somebody else",
    6: "the reasoner could not run",
}
"""Every exit code, as ``graph/errors.py`` gives them; 130 after Ctrl-C."""


def epilog(
    *examples: str,
    codes: tuple[int, ...] = (),
    title: str = "Examples",
    environment: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The text, in the blocks that click does not rewrap."""
    blocks = [_block(title, examples)]
    if environment:
        width = max(map(len, environment)) + 2
        blocks.append(_block("Environment", [f"{name:<{width}}{what}" for name, what in environment.items()]))
    if codes:
        blocks.append(_block("Exit codes", [f"{code}  {CODES[code]}" for code in codes]))
    return "\n\n".join(blocks)


def _block(title: str, lines: Sequence[str]) -> str:
    return "\n".join(("\b", f"{title}:", *(f"  {line}" for line in lines)))
