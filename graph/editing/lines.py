"""The lines of a text that is changed, and the places in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """These characters of the old text, from ``start`` to before ``end``, become those."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Lines:
    """A text; positions count its characters from 0, and its lines end as its first line does."""

    text: str

    @property
    def eol(self) -> str:
        """What ends its lines."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def joined(self, lines: list[str]) -> str:
        """Lines as one text, without an end of the last."""
        return self.eol.join(lines)

    def below(self, end: int, lines: list[str]) -> Edit:
        """Lines put below the one that has this place."""
        place = self.line_end(end)
        return Edit(place, place, self.eol + self.joined(lines))

    def above(self, start: int, lines: list[str]) -> Edit:
        """Lines put in before this place, which goes on a line of its own below them."""
        column = start - self.line_start(start)
        return Edit(start, start, self.joined(lines).lstrip(" ") + self.eol + " " * column)

    def has_comment(self, end: int) -> bool:
        """Whether nothing but a comment stands after this place on its line."""
        return self.text[end : self.line_end(end)].lstrip().startswith("#")

    def line_start(self, at: int) -> int:
        """Where the line of this place begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Where it ends, before what ends it."""
        found = self.text.find("\n", at)
        found = len(self.text) if found < 0 else found
        return found - 1 if found > at and self.text[found - 1] == "\r" else found

    def next_line(self, at: int) -> int:
        """Where the next line begins."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1
