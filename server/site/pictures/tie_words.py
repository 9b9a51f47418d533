"""Ties in words of the page's language: what one thing is to the other, and how that is held."""

from graph.iris import local_name, path_of
from server import vocabulary
from server.site.claim_words import modality_words
from server.site.pictures.ties import DERIVED, DESCRIBED, Tie
from server.words.language import gettext as _

MARKS = {**vocabulary.MARKS, DERIVED: "∴", DESCRIBED: "·"}
"""A mark for each way a tie is held; the modalities have those of all pages."""


def relation(tie: Tie) -> str:
    """What stands between the names of its source and its target; the extent in the words of the source."""
    act, how = local_name(tie.act), local_name(tie.how)
    said = acts().get((act, how)) or properties().get(how if not act else "") or others().get(how)
    words = said or vocabulary.in_words(tie.act or tie.how)
    return _("%(relation)s (“%(extent)s”)", relation=words, extent=tie.extent) if tie.extent else words


def acts() -> dict[tuple[str, str], str]:
    """By the class of a state or event and the property that leads to the target."""
    return {
        ("MediaControl", "controlled"): _("controls"),
        ("MediaControl", "wholeControlOf"): _("controls the whole of"),
        ("Tenure", "post"): _("is or was"),
        ("Tenure", "predecessor"): _("came after"),
        ("Tenure", "successor"): _("came before"),
        ("PartyBan", "bannedParty"): _("banned"),
        ("Detention", "detained"): _("detained"),
        ("PartyFounding", "party"): _("founds or means to found"),
        ("Announcement", "party"): _("made an announcement about"),
        ("Goal", "party"): _("has a goal for"),
        ("ElectionResult", "election"): _("won"),
        ("PoliticalAlignment", "party"): _("stands with"),
    }


def properties() -> dict[str, str]:
    """By the property that ties two things in one statement."""
    return {
        "founder": _("has as a founder"),
        "hasMember": _("has as a member"),
        "postIn": _("is an office in"),
        "ownedBy": _("is owned by"),
        "inSector": _("is one of"),
        "controlledBy": _("is controlled at least in part by"),
        "whollyControlledBy": _("is wholly controlled by"),
    }


def others() -> dict[str, str]:
    """By the property that leads to the target, whatever the event."""
    return {
        "party": _("acts for or with"),
        "viaPlatform": _("makes use of"),
        "post": _("is or was"),
        "predecessor": _("came after"),
        "successor": _("came before"),
        "election": _("has to do with"),
    }


def held_words() -> dict[str, str]:
    """How ties are held."""
    words = modality_words()
    # In the order of certainty: first what is asserted, then what rests on that.
    certain = {"asserted": words.pop("asserted"), DERIVED: _("derived by a rule"), DESCRIBED: _("in its description")}
    return certain | words


def kind_words() -> dict[str, str]:
    """What a thing of each kind is called."""
    return {
        "person": _("person"),
        "party": _("party"),
        "government": _("government"),
        "outlet": _("media outlet"),
        "sector": _("media sector"),
        "platform": _("social platform"),
        "country": _("country"),
        "post": _("office"),
        "group": _("group"),
        "event": _("event"),
        "law": _("law"),
    }


def kind_of(iri: str) -> str:
    """The part of its address that tells what a thing is."""
    return path_of(iri).partition("/")[0]
