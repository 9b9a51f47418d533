"""Parameters among the tokens of a SPARQL query (SPARQL 1.1, section 19.8).

Only as much of the grammar as tells a parameter from the same letters within a comment, an IRI or a string.
"""

import re
from collections.abc import Callable

_TOKEN = re.compile(
    r"""
      (?P<comment>  \#[^\n\r]* )
    | (?P<iri>      <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string>   \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                  | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<escaped>  \\. )
    | [?$](?P<variable>[\w\u00b7\u0300-\u036f\u203f\u2040]+)
    """,
    re.VERBOSE | re.DOTALL,
)


_APART = " \t\r\n(){}[],;"


def replace_parameters(text: str, term: Callable[[str], str]) -> str:
    """The text with each ``?_NAME`` and ``$_NAME`` replaced by ``term(NAME)``; nothing else is touched."""

    def replaced(token: re.Match[str]) -> str:
        name = _parameter(token)
        return _apart(token, term(name)) if name else token[0]

    return _TOKEN.sub(replaced, text)


def parameters_used(text: str) -> dict[str, int]:
    """The names of the parameters in the text, each with the line (from 1) where it first stands."""
    found: dict[str, int] = {}
    for token in _TOKEN.finditer(text):
        if name := _parameter(token):
            found.setdefault(name, text.count("\n", 0, token.start()) + 1)
    return found


def variables_used(text: str) -> set[str]:
    """The names of the variables in the text, without parameters."""
    return {token["variable"] for token in _TOKEN.finditer(text) if token["variable"] and not _parameter(token)}


def _parameter(token: re.Match[str]) -> str:
    variable = token["variable"] or ""
    return variable[1:] if variable.startswith("_") else ""


def _apart(token: re.Match[str], term: str) -> str:
    """The term with a space where it would run into its neighbour: ``LIMIT?_n``, ``?a<?_b``, ``?_n.``"""
    text = token.string
    before = "" if text[max(token.start() - 1, 0) : token.start()] in _APART else " "
    after = "" if text[token.end() : token.end() + 1] in _APART else " "
    return f"{before}{term}{after}"
