"""What a claim is on, by what it states: the class of each thing in its assertion, and the properties said of it.

Nobody files a claim under a topic: the topic follows from the ontology, so a reader can check it. A claim may be on
several; one that states nothing here (a plain ``pol:Statement``) is on what it says it is about, by the kind of that.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from rdflib import ORG, SDO

from ontology.terms import POL

STATED: Final[Mapping[str, tuple[str, ...]]] = {
    "bans": (POL.PartyBan, POL.bannedParty, POL.ban),
    "detentions": (POL.Detention, POL.detained, POL.detention),
    "protests": (POL.Protest,),
    "elections": (POL.Election, POL.ElectionResult, POL.ElectionRigging, POL.election, POL.winner),
    "media": (
        *(POL.MediaControl, POL.MediaOutlet, POL.MediaSector, POL.SocialPlatform),
        *(POL.ownedBy, POL.controlledBy, POL.controls, POL.whollyControlledBy, POL.wholeControlOf, POL.inSector),
    ),
    "offices": (POL.Tenure, POL.predecessor, POL.successor),
    "parties": (
        *(POL.PoliticalParty, POL.PoliticalAlignment, POL.PartyFounding, POL.ideology),
        *(str(SDO.founder), str(ORG.hasMember)),
    ),
    "laws": (POL.LegalReform, POL.RegistrationRequirement),
    "plans": (POL.Goal, POL.Announcement),
}  # fmt: skip
"""By topic, the classes and properties of which an assertion is on it."""
ABOUT: Final[Mapping[str, str]] = {
    "party": "parties", "outlet": "media", "sector": "media", "platform": "media", "post": "offices", "law": "laws",
}  # fmt: skip
"""The topic of a statement about a thing, by the kind of the thing: who is about a person may be about anything."""
ANY: Final = frozenset(
    map(
        str,
        (
            *(POL.Statement, POL.Government, POL.AgentGroup, POL.Derivation, POL.Premise, POL.Claim, POL.Editorial),
            *(POL.Mention, POL.Modality, POL.Medium, POL.PartyStatus, POL.PoliticalRole),
            *(POL.BannedParty, POL.RulingParty, POL.OppositionParty, POL.StateControlledMedia),
            *(POL.DetainedPerson, POL.OfficeHolder),
            *(POL.Indicator, POL.Measurement, POL.Comparison),
        ),
    )
)
"""The classes that tell no topic: too wide for one, never stated by a claim, or derived; evidence among them."""
TOPICS: Final = tuple(STATED)
TOPIC_OF: Final[Mapping[str, str]] = {str(term): topic for topic, terms in STATED.items() for term in terms}
"""The topic by the IRI of the class or property."""
SUBJECT: Final = str(SDO.about)


def topics(terms: Iterable[str], kinds: Iterable[str] = ()) -> list[str]:
    """The topics of an assertion with these classes and properties, about things of these kinds; in one order."""
    found = {TOPIC_OF[term] for term in terms if term in TOPIC_OF} | {ABOUT[kind] for kind in kinds if kind in ABOUT}
    return [topic for topic in TOPICS if topic in found]
