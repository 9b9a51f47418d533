"""What is said of one operation of the server, in few words; ``server/openapi/document.py`` writes it as OpenAPI does.

What stands in the code already is not said here: paths, methods and path parameters come from the routes, formats from
``server/negotiation.py``, refusals from ``server/problems.py``, and whether an address has a past from where it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.negotiation import Format

Schema = Mapping[str, Any]
"""A JSON Schema, 2020-12."""

STRING: Schema = {"type": "string"}
TEXT: Schema = {"type": "string", "minLength": 1}
ANY_JSON: Schema = {"type": ["object", "array"]}


@dataclass(frozen=True)
class Parameter:
    """A parameter of the address or the path. ``sample`` names a field of ``Examples`` whose value is an example."""

    name: str
    text: str
    schema: Schema = field(default_factory=lambda: TEXT)
    example: Any = None
    sample: str = ""
    required: bool = False


@dataclass(frozen=True)
class Answer:
    """A response that is no refusal: what it is, its schema by media type, and names of header fields it bears."""

    text: str
    content: Mapping[str, Schema] = field(default_factory=dict)
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """The body of a request: its schema by media type, and an example for each."""

    text: str
    content: Mapping[str, Schema]
    examples: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked. ``path`` describes the parameters of the path that its route has.

    ``errors`` are the statuses of its refusals, beside those that any address has. ``own`` tells that the answer is
    kept by no cache, and asked for unconditionally.
    """

    tag: str
    summary: str
    answers: Mapping[int, Answer]
    text: str = ""
    path: tuple[Parameter, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    errors: tuple[int, ...] = ()
    body: Body | None = None
    own: bool = False


@dataclass(frozen=True)
class Examples:
    """Values that lead somewhere in the snapshot served; empty where it has none."""

    thing: str = ""
    editorial: str = ""
    claim: str = ""
    trusty: str = ""
    snapshot: str = ""
    version: str = ""
    question: str = ""
    derivation: str = ""

    @property
    def document(self) -> str:
        """The address of a document, without the first slash."""
        return f"doc/{self.thing}" if self.thing else ""


def formats(offer: Iterable[Format]) -> dict[str, Schema]:
    """Every media type that an answer of this offer may come in, each format's own before its others."""
    kept = list(offer)
    types = [(item.media_type, item) for item in kept]
    types += [(media_type, item) for item in kept for media_type in item.aliases]
    found: dict[str, Schema] = {}
    for media_type, _ in types:
        found.setdefault(media_type, schema_of(media_type))
    return found


def schema_of(media_type: str) -> Schema:
    """Any object or list for what is JSON or YAML; text for the rest."""
    return ANY_JSON if media_type.endswith(("json", "yaml")) else STRING


def format_of(offer: Iterable[Format]) -> Parameter:
    """The parameter ``format``, which goes before Accept; empty, as a form sends it, it says nothing."""
    kept = list(offer)
    names = dict.fromkeys(name for item in kept for name in (*item.names, *item.types))
    return Parameter("format", "The format, by name or media type; goes before `Accept`.", {"enum": ["", *names]})


def extension_of(offer: Iterable[Format]) -> Parameter:
    """The extension of a path that chooses the format."""
    return Parameter("extension", "The format.", {"enum": list(dict.fromkeys(n for item in offer for n in item.names))})


def number(name: str, text: str, least: int, most: int, **more: Any) -> Parameter:
    """A whole number."""
    return Parameter(name, text, {"type": "integer", "minimum": least, "maximum": most, **more})
