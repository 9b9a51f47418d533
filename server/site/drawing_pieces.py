"""What an answer is drawn from: columns that know what they hold, and rows that know how they are held."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from server.pieces import Claim

Kind = Literal["thing", "name", "number", "date", "modality", "claim", "text"]
View = Literal["chart", "network", "timeline"]
NODES: tuple[Kind, ...] = ("thing", "name")
"""What can stand as a node of a network."""
CATEGORIES: tuple[Kind, ...] = (*NODES, "modality", "date")
"""What rows can be gathered by."""


@dataclass(frozen=True)
class Column:
    """One column: ``kind`` tells what it can be in a picture."""

    name: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class Line:
    """One row: the text of each column, the claim it rests on and how that is held, and its bounds in time."""

    texts: tuple[str, ...]
    held: str | None = None
    claim: "Claim | None" = None
    bounds: tuple[str | None, str | None] | None = None


@dataclass(frozen=True)
class Drawable:
    """What can be drawn of an answer, and how; ``is_graph``: its lines are triples, which nobody need assert."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    withheld: int = 0
    is_graph: bool = False

    @property
    def views(self) -> tuple[View, ...]:
        """The pictures that the columns are enough for."""
        if not self.lines:
            return ()
        kinds = [column.kind for column in self.columns]
        found: list[View] = []
        if any(kind in CATEGORIES for kind in kinds) and len(self.lines) > 1 and not self.is_graph:
            found.append("chart")
        if sum(kind in NODES for kind in kinds) > 1:
            found.append("network")
        if any(line.bounds for line in self.lines):
            found.append("timeline")
        return tuple(found)
