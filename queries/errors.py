"""What can be wrong with a saved query, or with a value given to one."""

from pathlib import Path


class BadQueryFile(ValueError):
    """A ``.rq`` file whose header is not in order: ``file``, ``line`` (from 1), ``what`` and ``hint``."""

    def __init__(self, file: Path, line: int, what: str, hint: str) -> None:
        super().__init__(f"{file}:{line}: {what} - {hint}")
        self.file, self.line, self.what, self.hint = file, line, what, hint


class BadParameter(ValueError):
    """A value that is not of its parameter's type, or a parameter the query does not have."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(f"{what} - {hint}")
        self.what, self.hint = what, hint
