"""Who says it, and how: the chain from a source to those it speaks of, in whole sentences."""

from collections.abc import Mapping, Sequence

from server.pieces import Claim, Link
from server.site.patterns import N_, Pattern
from server.site.sentences import Piece, filled, listed
from server.words.language import gettext as _

OTHERS: Mapping[str, Pattern] = {
    "asserted": Pattern(N_("The editorial and %(agents)s say that …")),
    "reported": Pattern(
        N_("The editorial says that %(agents)s claims that …"), N_("The editorial says that %(agents)s claim that …")
    ),
    "believed": Pattern(
        N_("The editorial says that %(agents)s believes that …"),
        N_("The editorial says that %(agents)s believe that …"),
    ),
    "predicted": Pattern(
        N_("The editorial says that %(agents)s expects that …"),
        N_("The editorial says that %(agents)s expect that …"),
    ),
    "doubted": Pattern(
        N_("The editorial says that %(agents)s suspects that …"),
        N_("The editorial says that %(agents)s suspect that …"),
    ),
    "conditional": Pattern(
        N_("The editorial says that %(agents)s says, on a condition, that …"),
        N_("The editorial says that %(agents)s say, on a condition, that …"),
    ),
    "evaluated": Pattern(
        N_("The editorial says that %(agents)s judges that …"), N_("The editorial says that %(agents)s judge that …")
    ),
}
"""What a source attributes to others, by modality."""

OWN: Mapping[str, str] = {
    "asserted": N_("The editorial says, in its own voice, that …"),
    "reported": N_("The editorial reports that …"),
    "believed": N_("The editorial believes that …"),
    "predicted": N_("The editorial expects that …"),
    "doubted": N_("The editorial suspects, and does not say, that …"),
    "conditional": N_("The editorial says, on a condition, that …"),
    "evaluated": N_("The editorial judges that …"),
}
"""What a source says itself, by modality."""
CONDITION = N_("The editorial says, on the condition “%(condition)s”, that …")


def voice_of(claim: Claim, agents: Sequence[Link] | None = None) -> tuple[Piece, ...]:
    """The chain of a claim; ``agents`` are those that hold it, if not the ones it names."""
    held = claim.modality.name
    holders = (claim.attribution.agents if claim.attribution else ()) if agents is None else agents
    if holders:
        pattern = OTHERS.get(held, OTHERS["reported"])
        several = len(holders) > 1 or (claim.attribution is not None and not claim.attribution.verb.endswith("s"))
        said = _(pattern.many if several and pattern.many else pattern.text)
        names = listed([(Piece(agent.text, agent.href, "en", is_value=True),) for agent in holders])
        return filled(said, {"agents": names})
    if claim.condition:
        return filled(_(CONDITION), {"condition": (Piece(claim.condition, language="en", is_value=True),)})
    return (Piece(_(OWN.get(held, OWN["asserted"]))),)
