"""The words of a SPARQL query, without its grammar: for what must be known before or after an engine parses it.

An engine alone decides what a query means. Here only is found its form, whether it may call SERVICE, and
where in it something stands; SPARQL 1.1, section 19.8. Every pattern takes time linear in the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

FORMS = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<string>'''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\\?\Z) | \"""(?:[^"\\]|\\.|"(?!""))*+(?:\"""|\\?\Z)
               | '(?:[^'\\\n\r]|\\.)*+'? | "(?:[^"\\\n\r]|\\.)*+"?)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    | (?P<variable>[?$]\w+)
    | (?P<blank>_:[\w.\-]*)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*+)
    | (?P<name>(?:[^\W\d_][\w\-]*+(?:\.+[\w\-]+)*+)?:(?:[\w:\-.]|%[0-9A-Fa-f]{2}|\\.)*+)
    | (?P<number>\d[\d.]*+)
    | (?P<word>[^\W\d_][\w\-]*+(?:\.+[\w\-]+)*+)
    | (?P<mark>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_CERTAIN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://|[^#')]*\Z")
"""What can be nothing but an IRI. ``?a<?b#>`` can also be a comparison and the beginning of a comment."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: ``kind`` is a group of the pattern above, ``offset`` counts characters from 0."""

    kind: str
    text: str
    offset: int

    @property
    def prefix(self) -> str:
        """The prefix of a prefixed name, without its colon."""
        return self.text.partition(":")[0]

    def is_word(self, word: str) -> bool:
        """Whether this is that keyword, given in capitals."""
        return self.kind == "word" and self.text.upper() == word


def tokens(text: str) -> list[Token]:
    """Every token of the text but its comments."""
    found = (Token(str(match.lastgroup), match.group(), match.start()) for match in _TOKEN.finditer(text))
    return [token for token in found if token.kind != "comment"]


def head(found: Sequence[Token]) -> Token | None:
    """The first token after the prologue (BASE, PREFIX, VERSION): the query's form, if it is a query."""
    position = 0
    while position < len(found) and found[position].kind == "word":
        skipped = {"BASE": 2, "VERSION": 2, "PREFIX": 3}.get(found[position].text.upper())
        if not skipped:
            break
        position += skipped
    return found[position] if position < len(found) else None


def form(text: str) -> str | None:
    """The query's form (SELECT, CONSTRUCT, ASK, DESCRIBE), an update's keyword, or None for anything else."""
    first = head(tokens(text))
    word = first.text.upper() if first else ""
    return word if word in FORMS or word in UPDATES else None


def declared(found: Sequence[Token]) -> set[str]:
    """The prefixes that the query declares."""
    return {
        name.prefix
        for keyword, name in pairwise(found)
        if keyword.kind == "word" and keyword.text.upper() == "PREFIX" and name.kind == "name"
    }


def undeclared(found: Sequence[Token]) -> Iterator[Token]:
    """The prefixed names whose prefix the query does not declare, in their order."""
    known = declared(found)
    return (token for token in found if token.kind == "name" and token.prefix not in known)


def doubtful(found: Sequence[Token]) -> bool:
    """Whether an IRI among the tokens may be a comparison, and what follows it anything."""
    return any(token.kind == "iri" and not _CERTAIN_IRI.match(token.text) for token in found)


def calls_service(text: str) -> bool:
    """Whether the query may hold a SERVICE clause: never False for one that does, rarely True for one that does not.

    Strings, IRIs, variables and names may hold the word. Where an IRI cannot be told from a comparison, and so a
    comment or a string from code, the word alone is enough.
    """
    if "service" not in text.lower():
        return False
    found = tokens(text)
    words = (token.text for token in found if token.kind == "word")
    prefixes = (token.prefix for token in undeclared(found))
    return doubtful(found) or any("service" in word.lower() for word in (*words, *prefixes))
