"""What is wrong with a query that the engine could not parse, in words that help to correct it.

Oxigraph's messages name the place and every token it would have taken there, and count the place after the
longest keyword it tried. What a person wrote wrongly is mostly plainer than that, and is looked for first.
"""

import re
from difflib import get_close_matches
from itertools import pairwise

from graph.engine.prefixes import PREFIXES
from graph.engine.tokens import FORMS, UPDATES, Token, declared, head, tokens, undeclared
from graph.errors import QuerySyntaxError

_PLACE = re.compile(r"(?:error at |line:? ?)(\d+)(?::|,? col(?:umn)?:? ?)(\d+)", re.IGNORECASE)
_EXPECTED = re.compile(r'"(?:\\.|[^"\\])*"|\[(?:\'[^\']*\'|[^\]\'])*\]|[^,\[\]"]+')
_SAID = {
    "Duplicated variable name in SELECT": "give each result its own name",
    "The SELECT contains a variable that is unbound": "group by the variable, or put it into an aggregate",
    "SELECT * is not authorized with GROUP BY": "name the results in place of the star",
}
_PAIRS = {"}": "{", ")": "(", "]": "["}
READ_ONLY = "this endpoint is read-only: ask with SELECT, ASK, CONSTRUCT or DESCRIBE"


def syntax_error(text: str, message: str, *, base: str | None = None) -> QuerySyntaxError:
    """The error for a query text and what an engine's parser said about it."""
    found = tokens(text)
    return (
        wrong_form(text, found)
        or _unclosed(text, found)
        or _broken_iri(text, found)
        or _undeclared_prefix(text, found)
        or _unbalanced(text, found)
        or _relative(text, found, base)
        or _as_reported(text, found, message)
    )


def place(message: str) -> tuple[int, int] | None:
    """The line and column, counted from 1, that a parser's message names."""
    named = _PLACE.search(message)
    return (int(named[1]), int(named[2])) if named else None


def wrong_form(text: str, found: list[Token]) -> QuerySyntaxError | None:
    """The error for a text that is an update or begins like no query; None for a query."""
    first = head(found)
    word = first.text.upper() if first else ""
    if not first:
        return QuerySyntaxError("the query is empty", "begin with SELECT, ASK, CONSTRUCT or DESCRIBE", line=1, column=1)
    if word in UPDATES:
        return _at(text, first.offset, f"{word} is SPARQL Update, which is not answered", READ_ONLY)
    if word in FORMS:
        return None
    near = get_close_matches(word, FORMS, 1)
    hint = f"did you mean {near[0]}?" if near else "begin with SELECT, ASK, CONSTRUCT or DESCRIBE"
    return _at(text, first.offset, f"a query cannot begin with {_shown(first.text)}", hint)


def _unclosed(text: str, found: list[Token]) -> QuerySyntaxError | None:
    for token in found:
        if token.kind == "string" and not _whole(token.text):
            return _at(text, token.offset, f"the string {_shown(token.text)} is never closed", "close its quotes")
    return None


def _whole(string: str) -> bool:
    quote = string[:3] if string[:3] in ("'''", '"""') else string[:1]
    return len(string) >= 2 * len(quote) and string.endswith(quote)


def _broken_iri(text: str, found: list[Token]) -> QuerySyntaxError | None:
    for mark, name in pairwise(found):
        if mark.text == "<" and name.kind == "name" and text.startswith("//", name.offset + len(name.prefix) + 1):
            shown = _shown(text[mark.offset :].split("\n")[0])
            return _at(text, mark.offset, f"{shown} is no IRI", "an IRI holds no space, quote or brace")
    return None


def _undeclared_prefix(text: str, found: list[Token]) -> QuerySyntaxError | None:
    for token in undeclared(found):
        what = f"the prefix {token.prefix}: is not declared"
        return _at(text, token.offset, what, _prefix_hint(token.prefix, declared(found)))
    return None


def _prefix_hint(prefix: str, known: set[str]) -> str:
    """The declaration that is missing; for a name that nobody knows, the nearest declared or usual one."""
    near = [] if prefix in PREFIXES else get_close_matches(prefix, sorted(known | set(PREFIXES)), n=1)
    if near and near[0] in known:
        return f"did you mean {near[0]}:, which is declared?"
    wanted = near[0] if near else prefix
    missing = f"PREFIX {wanted}: <{PREFIXES.get(wanted, '...')}>"
    return f"did you mean {wanted}:? put {missing} before the query" if near else f"put {missing} before the query"


def _unbalanced(text: str, found: list[Token]) -> QuerySyntaxError | None:
    open_: list[Token] = []
    for token in found:
        if token.kind == "mark" and token.text in _PAIRS.values():
            open_.append(token)
        elif token.kind == "mark" and token.text in _PAIRS:
            if not open_:
                return _at(text, token.offset, f"{token.text} closes nothing", "remove it, or open it before")
            if open_.pop().text != _PAIRS[token.text]:
                return _at(text, token.offset, f"{token.text} closes what something else opened", "check the brackets")
    return _at(text, open_[-1].offset, f"{open_[-1].text} is never closed", "close it") if open_ else None


def _relative(text: str, found: list[Token], base: str | None) -> QuerySyntaxError | None:
    if base or any(token.kind == "word" and token.text.upper() == "BASE" for token in found):
        return None
    for token in found:
        if token.kind == "iri" and not re.match(r"<[A-Za-z][A-Za-z0-9+.\-]*:", token.text):
            return _at(
                text, token.offset, f"{_shown(token.text)} is a relative IRI", "write it in full, or declare BASE"
            )
    return None


def _as_reported(text: str, found: list[Token], message: str) -> QuerySyntaxError:
    """The engine's own words: the token at the place it names, and what it would have taken there."""
    named = place(message)
    expected = _expected(message)
    if not named:
        return QuerySyntaxError(" ".join(message.split())[:300] or "the query cannot be read", "check its syntax")
    keywords = [word for word in expected if re.fullmatch(r"[A-Za-z_0-9]+", word)]
    back = min(map(len, keywords)) if keywords and len(keywords) == len(expected) else 0
    offset = max(_offset(text, *named) - back, 0)
    said = next((word for word in expected if word in _SAID), None)
    if said:
        return _at(text, offset, said, _SAID[said])
    hint = (
        f"expected one of {' '.join(expected[:8])}" if expected and not back else "check the syntax before this place"
    )
    at = next((token for token in found if token.offset + len(token.text) > offset), None)
    if not at:
        return _at(text, len(text.rstrip()), "the query cannot be read to its end", hint)
    return _at(text, max(at.offset, offset), f"{_shown(at.text)} cannot stand here", hint)


def _expected(message: str) -> list[str]:
    """The readable ones of the alternatives that the parser names; sets of characters are none."""
    listed = message.partition("expected ")[2].removeprefix("one of ")
    words = (match.group().strip() for match in _EXPECTED.finditer(listed))
    return [word.replace('\\"', '"') for word in words if word and not word.startswith("[")]


def _at(text: str, offset: int, what: str, hint: str) -> QuerySyntaxError:
    before = text[:offset]
    line = before.count("\n") + 1
    return QuerySyntaxError(what, hint, line=line, column=offset - before.rfind("\n"))


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(before) + 1 for before in lines[: line - 1]) + column - 1


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."
