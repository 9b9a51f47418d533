"""How statements are said: patterns by class of what is spoken of, and by property for the rest.

A pattern is a whole sentence, to be translated whole; its placeholders are properties. Of the patterns of a class the
first is taken whose placeholders all have values; properties it leaves out follow, each in a short sentence of its own
(``DETAILS``). ``PROPERTIES`` say what is stated of a thing itself. Placeholders in “…” hold words of the source.

Wherever a source does not say whether something still holds, neither do these: "is or was".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def N_(text: str) -> str:
    """Marks a text for translation."""
    return text


@dataclass(frozen=True)
class Pattern:
    """``text``, or ``many`` where the first placeholder has several values; ``given`` properties must have that value.

    Values of ``given`` are the last parts of IRIs (``ruling``); the pattern itself says what they mean. It is only for
    those that have the ``same`` value of all these properties.
    """

    text: str
    many: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    same: tuple[str, ...] = ()

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The properties it has places for, in the order of the English text; ``subject`` is the thing's own name."""
        return tuple(dict.fromkeys(PLACEHOLDER.findall(self.text)))

    @property
    def uses(self) -> frozenset[str]:
        """The properties that it puts into words."""
        return frozenset({*self.placeholders, *self.given, *self.same} - {"subject"})


P = Pattern
SHARE = ("minValue", "maxValue")
RULING, OPPOSITION = {"role": "ruling"}, {"role": "opposition"}

CLASSES: Mapping[str, tuple[Pattern, ...]] = {
    "Tenure": (
        P(N_("%(member)s became %(post)s after %(predecessor)s (%(beginning)s).")),
        P(
            N_("%(member)s was %(post)s from %(beginning)s until %(end)s."),
            N_("%(member)s were %(post)s from %(beginning)s until %(end)s."),
        ),
        P(N_("%(member)s became %(post)s (%(beginning)s).")),
        P(N_("%(member)s was %(post)s before %(successor)s."), N_("%(member)s were %(post)s before %(successor)s.")),
        P(N_("%(member)s became %(post)s after %(predecessor)s.")),
        P(N_("%(member)s was %(post)s until %(end)s."), N_("%(member)s were %(post)s until %(end)s.")),
        P(N_("%(member)s is %(post)s, as of %(date)s."), N_("%(member)s are %(post)s, as of %(date)s.")),
        P(N_("%(member)s is or was %(post)s."), N_("%(member)s are or were %(post)s.")),
        P(
            N_("%(member)s was “%(content)s” in %(country)s from %(beginning)s until %(end)s."),
            N_("%(member)s were “%(content)s” in %(country)s from %(beginning)s until %(end)s."),
        ),
        P(
            N_("%(member)s was “%(content)s” from %(beginning)s until %(end)s."),
            N_("%(member)s were “%(content)s” from %(beginning)s until %(end)s."),
        ),
        P(N_("%(member)s is or was “%(content)s”."), N_("%(member)s are or were “%(content)s”.")),
        P(N_("%(member)s holds or held a post."), N_("%(member)s hold or held a post.")),
    ),
    "PoliticalAlignment": (
        P(
            N_("%(party)s is the ruling party, as of %(date)s."),
            N_("%(party)s are the ruling parties, as of %(date)s."),
            RULING,
        ),
        P(N_("%(party)s is or was a ruling party."), N_("%(party)s are or were ruling parties."), RULING),
        P(
            N_("%(party)s is in opposition, as of %(date)s."),
            N_("%(party)s are in opposition, as of %(date)s."),
            OPPOSITION,
        ),
        P(N_("%(party)s is or was in opposition."), N_("%(party)s are or were in opposition."), OPPOSITION),
    ),
    "PartyFounding": (
        P(
            N_("%(agent)s intends to found %(party)s."),
            N_("%(agent)s intend to found %(party)s."),
            {"status": "intended"},
        ),
        P(
            N_("%(agent)s has announced the founding of %(party)s."),
            N_("%(agent)s have announced the founding of %(party)s."),
            {"status": "announced"},
        ),
        P(N_("%(agent)s founded %(party)s, which is registered."), given={"status": "registered"}),
        P(
            N_("%(agent)s founded, or means to found, %(party)s."),
            N_("%(agent)s founded, or mean to found, %(party)s."),
        ),
        P(N_("%(party)s is founded, or meant to be."), N_("%(party)s are founded, or meant to be.")),
    ),
    "PartyBan": (
        P(
            N_("%(bannedParty)s was banned by %(banningAuthority)s (%(date)s)."),
            N_("%(bannedParty)s were banned by %(banningAuthority)s (%(date)s)."),
        ),
        P(
            N_("%(bannedParty)s was banned by %(banningAuthority)s."),
            N_("%(bannedParty)s were banned by %(banningAuthority)s."),
        ),
        P(N_("%(bannedParty)s was banned (%(date)s)."), N_("%(bannedParty)s were banned (%(date)s).")),
        P(N_("%(bannedParty)s was banned."), N_("%(bannedParty)s were banned.")),
    ),
    "RegistrationRequirement": (
        P(N_("To be registered in %(jurisdiction)s, %(party)s needs %(threshold)s %(unit)s.")),
        P(N_("To be registered in %(jurisdiction)s, a party needs %(threshold)s %(unit)s.")),
        P(N_("To be registered, %(party)s needs %(threshold)s %(unit)s.")),
        P(N_("To be registered, a party needs %(threshold)s %(unit)s.")),
        P(N_("A demand on %(party)s before it is registered: “%(content)s”.")),
    ),
    "ElectionResult": (
        P(N_("%(winner)s won with %(minValue)s %(unit)s: %(election)s."), same=SHARE),
        P(N_("%(winner)s won with %(minValue)s %(unit)s."), same=SHARE),
        P(N_("%(winner)s won with %(minValue)s to %(maxValue)s %(unit)s: %(election)s.")),
        P(N_("%(winner)s won with %(minValue)s to %(maxValue)s %(unit)s.")),
        P(N_("%(winner)s won: %(election)s.")),
        P(N_("%(winner)s won an election.")),
    ),
    "ElectionRigging": (
        P(N_("The vote was manipulated, “%(content)s”: %(election)s.")),
        P(N_("The vote was manipulated: %(election)s.")),
        P(N_("An election was manipulated: “%(content)s”.")),
        P(N_("An election was manipulated.")),
    ),
    "Election": (
        P(N_("%(subject)s: held in %(country)s (%(date)s).")),
        P(N_("%(subject)s: held in %(country)s.")),
        P(N_("%(subject)s: held (%(date)s).")),
    ),
    "MediaControl": (
        P(
            N_("%(controller)s controls “%(extent)s” of %(controlled)s."),
            N_("%(controller)s control “%(extent)s” of %(controlled)s."),
        ),
        P(
            N_("%(controller)s has control over %(controlled)s."),
            N_("%(controller)s have control over %(controlled)s."),
        ),
        P(N_("%(controlled)s is controlled."), N_("%(controlled)s are controlled.")),
    ),
    "Detention": (
        P(
            N_("%(detained)s has been detained “%(count)s”, by %(agent)s."),
            N_("%(detained)s have been detained “%(count)s”, by %(agent)s."),
        ),
        P(N_("%(detained)s has been detained “%(count)s”."), N_("%(detained)s have been detained “%(count)s”.")),
        P(
            N_("%(detained)s was detained by %(agent)s (%(date)s)."),
            N_("%(detained)s were detained by %(agent)s (%(date)s)."),
        ),
        P(N_("%(detained)s was detained (%(date)s)."), N_("%(detained)s were detained (%(date)s).")),
        P(N_("%(detained)s has been detained."), N_("%(detained)s have been detained.")),
    ),
    "Protest": (
        P(N_("%(agent)s took part in “%(content)s” (%(date)s).")),
        P(N_("%(agent)s took part in “%(content)s”.")),
        P(N_("%(agent)s took part in a protest.")),
        P(N_("There was a protest: “%(content)s”.")),
    ),
    "Announcement": (
        P(N_("%(agent)s announced on %(viaPlatform)s “%(content)s” (%(date)s).")),
        P(N_("%(agent)s announced on %(viaPlatform)s: “%(content)s”.")),
        P(N_("%(agent)s announced “%(content)s” (%(date)s).")),
        P(N_("%(agent)s announced: “%(content)s”.")),
        P(N_("%(agent)s made an announcement.")),
    ),
    "LegalReform": (
        P(N_("%(agent)s changed the law or its practice, “%(content)s” (%(date)s).")),
        P(N_("%(agent)s changed the law or its practice: “%(content)s”.")),
        P(N_("The law or its practice was changed: “%(content)s”.")),
    ),
    "Goal": (
        P(
            N_("%(agent)s has the goal “%(content)s”: %(threshold)s %(unit)s, by %(deadline)s."),
            N_("%(agent)s have the goal “%(content)s”: %(threshold)s %(unit)s, by %(deadline)s."),
        ),
        P(N_("%(agent)s has the goal “%(content)s”."), N_("%(agent)s have the goal “%(content)s”.")),
        P(N_("A goal: “%(content)s”.")),
    ),
    "Statement": (
        P(N_("%(speaker)s says of %(about)s: “%(content)s”."), N_("%(speaker)s say of %(about)s: “%(content)s”.")),
        P(N_("%(speaker)s says: “%(content)s”."), N_("%(speaker)s say: “%(content)s”.")),
        P(N_("Of %(about)s it is said: “%(content)s”.")),
        P(N_("It is said: “%(content)s”.")),
    ),
    "Event": (
        P(N_("%(subject)s (%(date)s): “%(content)s”.")),
        P(N_("%(subject)s (%(date)s).")),
        P(N_("%(subject)s: “%(content)s”.")),
    ),
}
"""By the last part of the class's IRI."""

STATES = ("Tenure", "PoliticalAlignment", "MediaControl", "Statement")
"""Whose date is as of when they are stated, and not when they happened."""

DETAILS: Mapping[str, Pattern] = {
    "about": P(N_("About: %(value)s.")),
    "agent": P(N_("By %(value)s.")),
    "asOf": P(N_("As of %(value)s.")),
    "banningAuthority": P(N_("Banned by %(value)s.")),
    "beginning": P(N_("From %(value)s.")),
    "content": P(N_("In the words of the source: “%(value)s”.")),
    "count": P(N_("How often: “%(value)s”.")),
    "country": P(N_("Country: %(value)s."), N_("Countries: %(value)s.")),
    "date": P(N_("Date: %(value)s.")),
    "deadline": P(N_("To be reached by: %(value)s.")),
    "election": P(N_("Election: %(value)s.")),
    "end": P(N_("Until %(value)s.")),
    "extent": P(N_("Extent: “%(value)s”.")),
    "ground": P(N_("Ground given: “%(value)s”.")),
    "jurisdiction": P(N_("Law of %(value)s.")),
    "label": P(N_("Known as %(value)s.")),
    "maxValue": P(N_("At most %(value)s.")),
    "minValue": P(N_("At least %(value)s.")),
    "party": P(N_("Party: %(value)s."), N_("Parties: %(value)s.")),
    "predecessor": P(N_("Predecessor: %(value)s.")),
    "speaker": P(N_("Said by %(value)s.")),
    "statedReason": P(N_("Reason stated: “%(value)s”.")),
    "status": P(N_("Status: %(value)s.")),
    "successor": P(N_("Successor: %(value)s.")),
    "threshold": P(N_("Number to be reached: %(value)s.")),
    "unit": P(N_("Counted in: %(value)s.")),
    "viaPlatform": P(N_("On %(value)s.")),
}
"""What else is said of an event or a state, after its sentence."""

PROPERTIES: Mapping[str, Pattern] = {
    "ban": P(N_("%(subject)s was banned: %(value)s.")),
    "controlledBy": P(N_("%(subject)s: controlled, at least in part, by %(value)s.")),
    "controls": P(N_("%(subject)s controls %(value)s, at least in part.")),
    "country": P(N_("%(subject)s belongs to %(value)s.")),
    "detention": P(N_("%(subject)s was detained: %(value)s.")),
    "founder": P(N_("The founder of %(subject)s: %(value)s."), N_("The founders of %(subject)s: %(value)s.")),
    "hasMember": P(N_("Members of %(subject)s: %(value)s.")),
    "hasMembership": P(N_("%(subject)s held or holds a post: %(value)s.")),
    "hasOutlet": P(N_("Media in %(subject)s: %(value)s.")),
    "ideology": P(N_("%(subject)s is described as “%(value)s”.")),
    "inSector": P(N_("%(subject)s is one of %(value)s.")),
    "medium": P(N_("The medium of %(subject)s: %(value)s.")),
    "ownedBy": P(N_("%(subject)s is owned by %(value)s.")),
    "postIn": P(N_("%(subject)s is a post in %(value)s.")),
    "role": P(N_("%(subject)s: role %(value)s.")),
    "wholeControlOf": P(N_("%(subject)s: control of the whole of %(value)s.")),
    "whollyControlledBy": P(N_("%(subject)s: wholly controlled by %(value)s.")),
}
"""What is said of a thing itself, a sentence for all values of a property."""

KINDS: Mapping[str, Pattern] = {
    "BannedParty": P(N_("%(subject)s is a banned party.")),
    "DetainedPerson": P(N_("%(subject)s is a person who has been detained.")),
    "OfficeHolder": P(N_("%(subject)s is a person who holds or has held a post.")),
    "OppositionParty": P(N_("%(subject)s is, or was, a party in opposition.")),
    "RulingParty": P(N_("%(subject)s is, or was, a ruling party.")),
    "StateControlledMedia": P(N_("%(subject)s: media that a government controls, at least in part.")),
}
"""What a thing is, where reasoning found it out."""

TYPE = P(N_("%(subject)s is of the kind “%(value)s”."))
OTHER = P(N_("%(subject)s — %(property)s — %(value)s."))
"""For what no pattern has words for."""
