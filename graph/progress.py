"""How long work tells what it is doing: by calling a function with a short present participle."""

from collections.abc import Callable

Stage = Callable[[str], None]
"""Called at the start of each stage, with a word such as "reading", "validating" or "loading"; and again within it, to
say how far it is: "reading: 1,200"."""


def ignore(stage: str) -> None:
    """The listener for whoever does not want to know."""
