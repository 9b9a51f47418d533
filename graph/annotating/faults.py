"""What stands in the way of annotating."""

from graph.errors import SamizdatError


class CannotAnnotate(SamizdatError):
    """A claim file, or its text, that cannot be opened."""


class CannotWrite(SamizdatError):
    """A change that cannot be made; the file is as it was."""


class ChangedMeanwhile(CannotWrite):
    """Somebody else has changed the file since it was read."""
