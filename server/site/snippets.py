"""A query as a few lines of code that ask it: for a shell, Python, R and JavaScript.

The code of each language holds the query in a form of literal that nothing in it can end, so that what is copied asks
what was on the page and does nothing else.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from graph.engine.tokens import form

GRAPHS = ("CONSTRUCT", "DESCRIBE")


@dataclass(frozen=True)
class Snippet:
    """Code in one language: ``name`` for addresses and files, ``title`` to read, ``needs`` what must be installed."""

    name: str
    title: str
    needs: str
    code: str


def snippets(query: str, endpoint: str) -> tuple[Snippet, ...]:
    """The query in every language; ``endpoint`` is the whole address of the endpoint."""
    kind = form(query) or "SELECT"
    return tuple(Snippet(name, title, needs, write(query, endpoint, kind)) for name, title, needs, write in LANGUAGES)


def curl(query: str, endpoint: str, kind: str) -> str:
    """For a POSIX shell: the query stands in a here-document that ends with a word it does not hold."""
    end = next(word for word in _words("SPARQL") if f"\n{word}\n" not in f"\n{query}\n")
    accept = {"ASK": "application/sparql-results+json"}.get(kind, "text/turtle" if kind in GRAPHS else "text/csv")
    command = f"curl --silent --show-error --fail-with-body {_shell(endpoint)} -H 'Accept: {accept}'"
    return f"{command} --data-urlencode query@- <<'{end}'\n{query}\n{end}\n"


def python(query: str, endpoint: str, kind: str) -> str:
    """With SPARQLWrapper."""
    form_of_answer = "TURTLE" if kind in GRAPHS else "JSON"
    lines = [
        f"from SPARQLWrapper import {form_of_answer}, POST, SPARQLWrapper",
        "",
        f'endpoint = SPARQLWrapper({json.dumps(endpoint)}, agent="your name or project")',
        "endpoint.setMethod(POST)",
        f"endpoint.setReturnFormat({form_of_answer})",
        f'endpoint.setQuery("""{_escaped(query, ESCAPES_PYTHON)}""")',
        "answer = endpoint.queryAndConvert()",
    ]
    if kind in GRAPHS:
        lines.append("print(answer.decode())")
    elif kind == "ASK":
        lines.append('print(answer["boolean"])')
    else:
        lines += [
            'for row in answer["results"]["bindings"]:',
            '    print({name: term["value"] for name, term in row.items()})',
        ]
    return "\n".join(lines) + "\n"


def r(query: str, endpoint: str, kind: str) -> str:
    """With httr2; the query is a raw string (R 4.0) with as many dashes as it needs."""
    dashes = next("-" * number for number in count(3) if f'){"-" * number}"' not in query)
    accept = "text/turtle" if kind in GRAPHS else "application/sparql-results+json" if kind == "ASK" else "text/csv"
    lines = [
        "library(httr2)",
        "",
        f'query <- r"{dashes}(\n{query}\n){dashes}"',
        f"answer <- request({json.dumps(endpoint)}) |>",
        "  req_body_form(query = query) |>",
        f'  req_headers(Accept = "{accept}") |>',
        "  req_perform()",
    ]
    if kind in GRAPHS:
        lines.append("cat(resp_body_string(answer))")
    elif kind == "ASK":
        lines.append("print(resp_body_json(answer, check_type = FALSE)$boolean)")
    else:
        lines.append("print(read.csv(text = resp_body_string(answer)))")
    return "\n".join(lines) + "\n"


def javascript(query: str, endpoint: str, kind: str) -> str:
    """With fetch alone, in a browser or in Node as a module."""
    accept = "text/turtle" if kind in GRAPHS else "application/sparql-results+json"
    lines = [
        f"const query = `{_escaped(query, ESCAPES_JAVASCRIPT)}`;",
        f"const answer = await fetch({json.dumps(endpoint)}, {{",
        '  method: "POST",',
        f'  headers: {{ Accept: "{accept}" }},',
        "  body: new URLSearchParams({ query }),",
        "});",
        "if (!answer.ok) throw new Error(await answer.text());",
    ]
    if kind in GRAPHS:
        lines.append("console.log(await answer.text());")
    elif kind == "ASK":
        lines.append("console.log((await answer.json()).boolean);")
    else:
        lines += ["const { results } = await answer.json();", "console.log(JSON.stringify(results.bindings, null, 2));"]
    return "\n".join(lines) + "\n"


LANGUAGES: tuple[tuple[str, str, str, Callable[[str, str, str], str]], ...] = (
    ("curl", "curl", "curl", curl),
    ("python", "Python", "pip install SPARQLWrapper", python),
    ("r", "R", 'install.packages("httr2")', r),
    ("javascript", "JavaScript", "", javascript),
)
ESCAPES_PYTHON = re.compile(r'\\|"(?="")|"\Z|\r|\x00')
ESCAPES_JAVASCRIPT = re.compile(r"\\|`|\$(?=\{)|\r")
NAMED = {"\r": "\\r", "\x00": "\\x00"}


def _escaped(text: str, what: re.Pattern[str]) -> str:
    """The text with a backslash before what would mean something else in a literal."""
    return what.sub(lambda found: NAMED.get(found[0], "\\" + found[0]), text)


def _shell(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _words(stem: str) -> Iterator[str]:
    """Words to end a here-document with; there is always another."""
    yield stem
    yield from (f"{stem}_{number}" for number in count(1))
