"""What stands in the way of adding a text."""

from graph.errors import SamizdatError


class CannotAdd(SamizdatError):
    """A text that cannot be read or added; nothing has been written."""
