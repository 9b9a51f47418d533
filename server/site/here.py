"""Addresses of pages keep what a reader has set: the language and the modality switch."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, has_request_context, request, url_for

from server.site.held import PARAMETER, asserted_only

CARRIED = ("lang", PARAMETER)
FORM = "format"
"""That of a page is HTML, which browsers are given anyway."""
PAGES = frozenset({
    "about", "changes", "dataset", "linked_data", "ontology", "pages", "pictures", "proofs", "questions", "rules",
    "search",
})  # fmt: skip
"""The blueprints whose addresses bear what is carried along."""


def register(app: Flask) -> None:
    """Have ``url_for`` carry what is set; give the templates ``here``, ``hidden`` and ``asserted_only``."""
    app.url_defaults(carry)
    app.jinja_env.globals |= {"here": here, "hidden": hidden, "asserted_only": asserted_only}


def carry(endpoint: str, values: dict[str, Any]) -> None:
    """Add to the values of an address what is set in that of the page it stands on."""
    if endpoint.partition(".")[0] not in PAGES or not has_request_context() or "format" in values:
        return
    if "." in str(values.get("path", "")).rpartition("/")[2]:
        return  # a form for programs
    for name in CARRIED:
        given = request.args.get(name)
        if given and name not in values:
            values[name] = given


def here(**changes: Any) -> str:
    """The address of this page with some of its parameters changed; None takes one out."""
    given: dict[str, Any] = {
        name: request.args.getlist(name) for name in request.args if name[:1] != "_" and name != FORM
    }
    values = {**given, **(request.view_args or {}), **changes}
    if not request.endpoint:
        return url_for("pages.home", **changes)
    if "path" in values:
        values["path"] = values["path"].removesuffix(".html")  # another name of the same page
    return url_for(request.endpoint, **values)


def hidden() -> Mapping[str, str]:
    """What forms to other pages have to carry along, by name."""
    return {name: request.args[name] for name in CARRIED if request.args.get(name)}
