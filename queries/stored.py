"""One saved query and its parameters."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from queries.errors import BadParameter
from queries.terms import TYPES, Type
from queries.tokens import replace_parameters


@dataclass(frozen=True)
class Parameter:
    """A place in a query for the asker to fill: ``?_name`` in its text.

    ``default`` is written as a user writes a value: an IRI relative to the base or whole, plain text, an integer, or
    one day (``2020-12-18``).
    """

    name: str
    type: Type
    default: str
    description: str

    def term(self, value: str) -> str:
        """The value as a SPARQL term of this parameter's type; BadParameter if it is not of that type."""
        try:
            return TYPES[self.type](value)
        except BadParameter as error:
            raise BadParameter(f"parameter {self.name}: {error.what}", error.hint) from None


@dataclass(frozen=True)
class StoredQuery:
    """A saved query: ``name`` is its file's, ``text`` is the whole file with the base IRI in force.

    ``answer`` is the pattern of an answer in words, empty where there is none: see ``queries/patterns.py``.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    answer: str = ""

    def fill(self, values: Mapping[str, str]) -> str:
        """The SPARQL text with each parameter replaced by its value, or its default where none is given.

        A value becomes one escaped term and cannot change the query otherwise. Lines stay where they are.
        BadParameter for a parameter this query does not have and for a value not of its type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise self._unknown(name)
        terms = {name: parameter.term(values.get(name, parameter.default)) for name, parameter in known.items()}
        return replace_parameters(self.text, lambda name: terms[name])

    def _unknown(self, name: str) -> BadParameter:
        names = [parameter.name for parameter in self.parameters]
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(names)}" if names else "it has none"
        return BadParameter(f"the query {self.name} has no parameter {_shown(name)}", hint)


def _shown(name: str) -> str:
    return name if re.fullmatch(r"\w{1,40}", name) else repr(name[:40])
