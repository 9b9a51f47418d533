"""An answer in words: the ``#+ answer:`` line of a saved question is the sentence that one row makes.

``{name}`` stands for the value of a variable, ``{_name}`` for that of a parameter. What stands in square brackets is
left out where a variable in it has no value; a sentence that lacks another value is not said. The line of an ASK query
has two sentences with ``|`` between them: what is so if the answer is yes, and what is so if it is no.
"""

import re
from collections.abc import Collection, Mapping

_PART = re.compile(r"\[(?P<optional>[^\[\]]*)\]|(?P<plain>[^\[\]]+)")
_PLACE = re.compile(r"\{(\w+)\}")
_ASK = " | "


def fault(pattern: str, variables: Collection[str], parameters: Collection[str], *, is_ask: bool) -> str | None:
    """What is wrong with a pattern for a query with these variables and parameters; None if nothing is."""
    if "".join(part[0] for part in _PART.finditer(pattern)) != pattern:
        return "its square brackets do not fit"
    if is_ask != (pattern.count(_ASK) == 1):
        return "an ASK query has two sentences with a | between them, any other has one"
    for name in _PLACE.findall(pattern):
        known = parameters if name.startswith("_") else () if is_ask else variables
        if name.removeprefix("_") not in known:
            return f"{{{name}}} is neither a variable of the query nor, with an underscore, a parameter"
    if re.search(r"[{}]", _PLACE.sub("", pattern)):
        return "a curly bracket belongs to no name"
    return None


def filled(pattern: str, values: Mapping[str, str]) -> str | None:
    """The sentence for the values by name; None if one that it cannot do without is missing or empty."""
    said = ""
    for part in _PART.finditer(pattern):
        text = part["plain"] if part["optional"] is None else part["optional"]
        if all(values.get(name) for name in _PLACE.findall(text)):
            said += _PLACE.sub(lambda place: values[place[1]], text)
        elif part["optional"] is None:
            return None
    return said


def either(pattern: str, *, yes: bool) -> str:
    """The sentence of an ASK query's pattern for its answer."""
    return pattern.split(_ASK)[0 if yes else 1]
