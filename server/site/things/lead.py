"""The first paragraph of a page: what the thing is, and what the sources assert of it first. Nothing but assertions.

What is about private life never reaches it: the claims it is given are those that are not.
"""

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Triple

from ontology.terms import POL
from server.site.sentences import Values, filled, listed, local, local_iri
from server.site.things.facts import Facts, Group, is_own_assertion
from server.site.things.sections import IDENTITIES, LEADS, MOST
from server.site.things.views import Said
from server.words.language import gettext as _


def lead_of(
    thing: str, kinds: Sequence[str], recorded: Sequence[Triple], groups: Sequence[Group], facts: Facts
) -> tuple[Said, ...]:
    """The sentences of the lead; none where the sources assert nothing that tells what the thing is."""
    asserted = [group for group in groups if is_own_assertion(group.first) and _leads(thing, group)]
    # In the order of LEADS, what is told most fully first, and one of each kind before a second of any.
    ranked = sorted(asserted, key=lambda group: (LEADS.index(group.kind), -len(group.claims)))
    firsts = list({group.kind: group for group in reversed(ranked)}.values())
    chosen = sorted([*firsts, *(group for group in ranked if group not in firsts)][:MOST], key=ranked.index)
    return (*_identity(thing, kinds, recorded, facts.values), *(facts.main(group) for group in chosen))


def _leads(thing: str, group: Group) -> bool:
    """Whether this may stand in a lead: an event in that of its own page; else what the thing has a part in."""
    if group.node == thing:
        return group.kind in LEADS
    roles = {local(triple.predicate) for triple in group.claims if local_iri(triple.object) == thing}
    return (
        group.kind in LEADS and group.kind not in ("Event", "Election") and bool(roles - {"predecessor", "successor"})
    )


def _identity(thing: str, kinds: Sequence[str], recorded: Sequence[Triple], values: Values) -> Iterator[Said]:
    """What kind of thing it is, as this graph records it."""
    countries = [
        (values.piece(triple.object),)
        for triple in recorded
        if triple.predicate.value == str(POL.country) and local_iri(triple.subject) == thing
    ]
    for kind in kinds:
        patterns = IDENTITIES.get(local(NamedNode(kind)))
        if patterns:
            fillings = {"subject": (values.named(thing),), "country": listed(countries)}
            yield Said(filled(_(patterns[0 if countries else 1].text), fillings))
            return
