"""What pictures say of claims and kinds in plain words, for marks that hold no markup."""

from graph.iris import KINDS, ONTOLOGY
from server import vocabulary
from server.pieces import Claim
from server.site.claim_words import modality_word
from server.words.language import gettext as _


def held(claim: Claim) -> str:
    """How a claim is held and by whom: never is one shown without (the second law)."""
    mark, name = claim.modality.mark, modality_word(claim.modality.name)
    if claim.attribution is None:
        return _("%(mark)s %(held)s, in the editorial’s own voice", mark=mark, held=name)
    whose = ", ".join(agent.text for agent in claim.attribution.agents)
    return _("%(mark)s %(held)s, the editorial attributes it to %(whose)s", mark=mark, held=name, whose=whose)


def kind(name: str) -> str:
    """A kind of event by the local name of its class, in words."""
    return name if name in KINDS else vocabulary.in_words(f"{ONTOLOGY}#{name}")
