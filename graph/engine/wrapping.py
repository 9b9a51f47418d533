"""What every engine in front of another has in common: it answers some queries itself and hands on the rest."""

from typing import Any

from graph.engine import Engine


class Wrapper:
    """An engine around another, ``_engine``; who answers some queries says which in ``evaluate``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """End all that the engine runs."""
        self._engine.close()

    def __getattr__(self, name: str) -> Any:
        """Whatever else the engine can tell of itself, for the metrics."""
        return getattr(self._engine, name)
