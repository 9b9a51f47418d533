"""Which heading a fact stands under, and what a lead paragraph takes first: data, by class of what is spoken of."""

from collections.abc import Mapping

from server.site.patterns import N_, Pattern

P = Pattern

SECTIONS: Mapping[str, str] = {
    "offices": N_("Offices"),
    "parties": N_("Parties"),
    "elections": N_("Elections"),
    "media": N_("Control of the media"),
    "detentions": N_("Detentions and protests"),
    "events": N_("Events and plans"),
    "said-of": N_("Said of %(name)s"),
    "said-by": N_("Attributed to %(name)s"),
    "named": N_("Also named in"),
}
"""The headings of what claims say, in the order of the page, by anchor."""

PLACE: Mapping[str, str] = {
    "Tenure": "offices",
    "PoliticalAlignment": "parties",
    "PartyBan": "parties",
    "PartyFounding": "parties",
    "RegistrationRequirement": "parties",
    "Election": "elections",
    "ElectionResult": "elections",
    "ElectionRigging": "elections",
    "MediaControl": "media",
    "Detention": "detentions",
    "Protest": "detentions",
    "Announcement": "events",
    "LegalReform": "events",
    "Goal": "events",
    "Event": "events",
    "Statement": "said-of",
    "ideology": "parties",
    "founder": "parties",
    "hasMember": "parties",
    "ownedBy": "media",
    "controlledBy": "media",
    "controls": "media",
    "whollyControlledBy": "media",
    "wholeControlOf": "media",
    "inSector": "media",
    "hasOutlet": "media",
    "postIn": "offices",
}
"""The heading of each class, and of properties that are stated of things themselves; "said-of" for the rest."""

LEADS = (
    *("PartyBan", "MediaControl", "Tenure", "Detention", "PoliticalAlignment", "PartyFounding", "Announcement"),
    *("ElectionResult", "LegalReform", "Election", "Event"),
)
"""What a lead paragraph begins with. Statements in a source's own words, goals and demands are for the page below."""
MOST = 3
"""Facts in a lead paragraph."""

IDENTITIES: Mapping[str, tuple[Pattern, Pattern]] = {
    "PoliticalParty": (
        P(N_("%(subject)s is a political party of %(country)s.")), P(N_("%(subject)s is a political party."))
    ),
    "Government": (P(N_("%(subject)s is the government of %(country)s.")), P(N_("%(subject)s is a government."))),
    "MediaOutlet": (P(N_("%(subject)s is a media outlet of %(country)s.")), P(N_("%(subject)s is a media outlet."))),
    "MediaSector": (
        P(N_("%(subject)s: a part of the media of %(country)s that sources speak of as a whole.")),
        P(N_("%(subject)s: a part of the media that sources speak of as a whole.")),
    ),
    "SocialPlatform": (P(N_("%(subject)s is a social platform.")), P(N_("%(subject)s is a social platform."))),
    "AgentGroup": (
        P(N_("%(subject)s: people of %(country)s who are spoken of together and not named one by one.")),
        P(N_("%(subject)s: people who are spoken of together and not named one by one.")),
    ),
    "Post": (P(N_("%(subject)s is a post in %(country)s.")), P(N_("%(subject)s is a post."))),
    "Legislation": (P(N_("%(subject)s is a law of %(country)s.")), P(N_("%(subject)s is a law."))),
    "Country": (P(N_("%(subject)s is a country.")), P(N_("%(subject)s is a country."))),
}  # fmt: skip
"""What a thing is, with its country and without, by class; of people and events their facts say it better."""

BELONGING: Mapping[str, str] = {
    "PoliticalParty": N_("Political parties: %(value)s."),
    "Government": N_("Government: %(value)s."),
    "MediaOutlet": N_("Media outlets: %(value)s."),
    "MediaSector": N_("Media spoken of as a whole: %(value)s."),
    "AgentGroup": N_("Groups of people: %(value)s."),
    "Post": N_("Posts: %(value)s."),
    "Legislation": N_("Laws: %(value)s."),
    "Person": N_("People: %(value)s."),
    "Event": N_("Events: %(value)s."),
}
"""Things that this graph records as belonging to a country, an organisation or a sector, by class."""
OTHERS = N_("Other things: %(value)s.")
