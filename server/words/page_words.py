"""Words of tables that are not the pages' own, in the language of the page: what happened, groups, meanings."""

from collections.abc import Callable, Mapping, Sequence

from flask import Flask

from graph.snapshots.changes import Change, counts
from server.pieces import Modality
from server.words.language import gettext as _
from server.words.language import ngettext


def register(app: Flask) -> None:
    """Give the templates ``happened(how)``, ``term_group(title)`` and ``meaning_of(modality)``."""
    app.jinja_env.globals |= {"happened": happened, "term_group": term_group, "meaning_of": meaning_of}


def happened(how: str) -> str:
    """What happened to a claim, a thing or a snapshot."""
    words = {
        "added": _("added"),
        "corrected": _("corrected"),
        "retracted": _("retracted"),
        "removed": _("removed"),
        "published": _("published"),
    }
    return words.get(how, how)


def term_group(title: str) -> str:
    """The title of a group of terms of the ontology."""
    words = {
        "Classes": _("Classes"),
        "Relations": _("Relations"),
        "Values": _("Values"),
        "Concepts": _("Concepts"),
    }
    return words.get(title, title)


def meanings() -> Mapping[str, str]:
    """What each modality means, as the ontology defines it."""
    return {
        "asserted": _("The source says it as a fact, in its own voice. Only these claims enter the default graph."),
        "reported": _("The source says that somebody says it."),
        "believed": _("The source says that somebody believes it."),
        "predicted": _("It is said of the future."),
        "doubted": _("A doubt that the source raises: it holds this possible and does not say that it is so."),
        "conditional": _("It is said to hold if something else does."),
        "evaluated": _("It is a judgement of worth, degree or likelihood."),
    }


def meaning_of(modality: Modality) -> str:
    """What a modality means; of one that we do not know, what the ontology says."""
    return meanings().get(modality.name, modality.meaning)


def aspects_told(aspects: Sequence[str]) -> str:
    """What was corrected, one after the other."""
    words = {
        "assertion": _("what it asserts"),
        "sentence": _("its wording here"),
        "words": _("the words quoted"),
        "position": _("the place in the text"),
        "modality": _("how it is held"),
        "attribution": _("whose it is"),
        "source": _("its source"),
        "relations": _("its relations"),
        "privacy": _("its privacy"),
        "kind": _("what it is"),
        "names": _("its names"),
        "statements": _("what is stated of it"),
    }
    return ", ".join(words[name] for name in aspects)


def tallied(found: Sequence[Change]) -> tuple[str, ...]:
    """How many claims, and how many other things, were added, corrected and so on, each as a phrase."""
    claims = counts([change for change in found if change.is_claim])
    things = counts([change for change in found if not change.is_claim])
    return (
        *(CLAIMS[how](number) for how, number in claims.items()),
        *(THINGS[how](number) for how, number in things.items()),
    )


CLAIMS: Mapping[str, Callable[[int], str]] = {
    "added": lambda n: ngettext("%(num)s claim added", "%(num)s claims added", n),
    "corrected": lambda n: ngettext("%(num)s claim corrected", "%(num)s claims corrected", n),
    "retracted": lambda n: ngettext("%(num)s claim retracted", "%(num)s claims retracted", n),
    "removed": lambda n: ngettext("%(num)s claim removed", "%(num)s claims removed", n),
}
THINGS: Mapping[str, Callable[[int], str]] = {
    "added": lambda n: ngettext("%(num)s thing added", "%(num)s things added", n),
    "corrected": lambda n: ngettext("%(num)s thing corrected", "%(num)s things corrected", n),
    "retracted": lambda n: ngettext("%(num)s thing retracted", "%(num)s things retracted", n),
    "removed": lambda n: ngettext("%(num)s thing removed", "%(num)s things removed", n),
}
"""Whole phrases: in many languages the verb goes by the noun, and both by the number."""
