"""What the scripts of the annotating page say, in the language of the page."""

from server.site.claim_words import modality_words
from server.words.language import gettext as _
from server.words.page_words import meanings


def words() -> dict[str, object]:
    """Each by the name that the scripts know it by; ``{name}`` is filled in by them."""
    return (
        {"held": modality_words() | {"draft": _("draft")}, "meanings": dict(meanings())}
        | _list()
        | _form()
        | _looking()
        | _things()
    )


def _list() -> dict[str, object]:
    return {
        "claims": _("Claims"),
        "drafts": _("Drafts"),
        "no_claims": _("No claim yet. Select words of the text to make the first."),
        "new": _("New claim"),
        "of_words": _("Make a claim of these words"),
        "selected": _("Selected: {words}"),
        "exact_field": _("Exact words of the text"),
        "make": _("Make a claim"),
        "all": _("All claims"),
        "saved": _("Saved."),
        "kept": _("Kept as a draft."),
        "dropped": _("The draft is gone."),
        "move": _("No draft is left in this file: move it from drafts/ to claims/, and run samizdat build."),
        "unreachable": _("The page's server does not answer. Is samizdat annotate still running?"),
        "leave": _("What is written in the form is not saved. Leave it?"),
    }


def _form() -> dict[str, object]:
    return {
        "edit": _("Claim {name}"),
        "of_draft": _("Draft {name}"),
        "words": _("Words"),
        "passage": _("Passage {number}"),
        "further": _("Add the selected words as a further passage"),
        "more_passage": _("Add a passage"),
        "stands": _("characters {start} to {end}"),
        "name": _("Name"),
        "name_help": _("The name of the claim, unlike any other of this file: small letters, digits and hyphens."),
        "says": _("What it says"),
        "add_statement": _("Add a statement"),
        "class": _("Kind of statement"),
        "choose": _("Choose …"),
        "event_name": _("Shared name"),
        "event_help": _("Only for an event that several claims speak of: event/ and a slug."),
        "the_thing": _("The thing it is about"),
        "more_fields": _("Add a detail"),
        "remove": _("Remove"),
        "remove_what": _("Remove {what}"),
        "add": _("Add"),
        "required": _("required"),
        "more": _("Other claims, corrections and notes"),
        "save": _("Save the claim"),
        "keep": _("Keep as a draft"),
        "drop": _("Drop the draft"),
        "drop_sure": _("Take this draft out of the file?"),
        "suggested": _("Suggested"),
        "use": _("Use"),
        "means": _("for “{words}”: {why}"),
        "language": _("Language"),
        "untouched": _("This part is kept as it stands in the file: {value}"),
        "date_may_be": _("May be {edtf} ({why})"),
        "own_voice": _("Left empty, it is the editorial’s own."),
    }


def _looking() -> dict[str, object]:
    return {
        "checking": _("Checking …"),
        "proving": _("Checking and proving …"),
        "no_problems": _("samizdat check finds nothing wrong with this claim."),
        "problems": _("What samizdat check says"),
        "counted": _("Problems: {number}"),
        "fine": _("No problems"),
        "topic": _("Topic"),
        "elsewhere": _("Elsewhere in the data"),
        "beside": _("Beside other claims"),
        "clash": _("Conflict"),
        "how": {
            "assertion": _("says the same"),
            "words": _("rests on the same words"),
            "same": _("agrees"),
            "other": _("says something else"),
        },
        "rdf": _("As RDF"),
        "no_rdf": _("There is no RDF of it until it has all that a claim needs."),
        "diff": _("What saving changes in the file"),
        "refused": _("Not saved"),
        "keep_instead": _("It can be kept as a draft until then."),
        "changed": _("Somebody else has changed the file"),
        "changed_help": _("Nothing is lost: your claim is still in the form. This is what they have changed:"),
        "theirs_unknown": _("What they have changed cannot be shown line by line."),
        "yours": _("This is yours:"),
        "take": _("Take over their changes and keep my form"),
        "taken": _("Their changes are here. Look at your claim again, and save it."),
    }


def _things() -> dict[str, object]:
    return {
        "search": _("a name, in any script"),
        "none": _("Nothing has such a name."),
        "found": _("{number} found"),
        "create": _("New: {name}"),
        "create_title": _("A new thing"),
        "create_help": _(
            "It is written into the file of its kind in entities/. What a source says of it belongs in a claim."
        ),
        "kind": _("Kind of thing"),
        "path": _("Path"),
        "create_save": _("Write it"),
        "cancel": _("Cancel"),
    }
