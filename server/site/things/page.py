"""All that the page of a thing tells, from top to bottom: lead, facts, what follows from them, names, sources."""

from collections.abc import Iterator, Mapping, Sequence

from flask import current_app, url_for
from pyoxigraph import Triple

from graph.description import Description
from graph.iris import path_of
from server.claims import claims_by_iri
from server.links import page_of
from server.pieces import Claim, Link
from server.site.held import asserted_only
from server.site.sentences import Writer, local, values_of
from server.site.things import derived, recorded
from server.site.things.citing import Register
from server.site.things.claimed import stated_in
from server.site.things.facts import Facts, Group, grouped, kinds_in
from server.site.things.lead import lead_of
from server.site.things.missing import missing_of
from server.site.things.sections import PLACE, SECTIONS
from server.site.things.views import Fact, Section, Told
from server.words.language import gettext as _


def told(found: Description, kinds: Sequence[str]) -> Told:
    """What a description tells; ``kinds`` are the most specific classes of the thing."""
    follows = derived.derived_of(found)
    known = claims_by_iri({*found.claims.listed, *derived.claims_under(follows)})
    about = {iri: known[iri] for iri in found.claims.listed if iri in known and not known[iri].private}
    shown = {iri: claim for iri, claim in about.items() if not asserted_only() or claim.modality.name == "asserted"}
    stated = stated_in(sorted(shown))
    outside = recorded.recorded_in(found)
    everything = [*(triple for triples in stated.values() for triple in triples), *outside, *follows]
    values = values_of(everything, found.iri)
    groups = grouped(found.iri, shown, stated)
    of = kinds_in(stated)
    register = Register(known)
    facts = Facts(values, register, missing_of({group.node: of.get(group.node, ()) for group in groups}))
    lead = lead_of(found.iri, kinds, outside, groups, facts)
    sections = [
        *_claimed(found.iri, groups, shown, facts),
        Section("follows", _("What follows"), tuple(derived.facts_of(follows, Writer(values), register, known))),
        Section("recorded", _recorded_title(found), tuple(_recorded(found.iri, outside, facts))),
    ]
    names = recorded.names_of(found.iri, outside, sorted(shown), register)
    return Told(
        lead=lead,
        sections=tuple(section for section in sections if section.facts),
        names=names,
        elsewhere=recorded.elsewhere(found.iri, outside),
        pictures=() if found.evidence else tuple(_pictures(path_of(found.iri))),
        sources=register.sources(),
        asserted=sum(claim.modality.name == "asserted" for claim in about.values()),
        everything=len(about),
    )


def _claimed(thing: str, groups: Sequence[Group], shown: Mapping[str, Claim], facts: Facts) -> Iterator[Section]:
    """What claims say, under the headings of ``SECTIONS``."""
    placed: dict[str, list[Group]] = {name: [] for name in SECTIONS}
    for group in groups:
        placed[_place(thing, group)].append(group)
    in_groups = {claim for group in groups for claim in group.sources}
    others = [claim for iri, claim in shown.items() if iri not in in_groups]
    others.sort(key=lambda claim: (claim.editorial.href or "", claim.number, claim.iri))
    for name, title in SECTIONS.items():
        found = [facts.of(group) for group in placed[name]]
        if name in ("said-by", "named"):
            found += [facts.by_sentence(one) for one in others if _holds(thing, one) == (name == "said-by")]
        yield Section(name, _(title, name=facts.values.names.of(thing)), tuple(found))


def _place(thing: str, group: Group) -> str:
    """The heading that a group stands under."""
    if _holds(thing, group.first):
        return "said-by"
    if group.kind:
        return PLACE.get(group.kind, "said-of")
    return next((PLACE[name] for name in map(_name, group.claims) if name in PLACE), "said-of")


def _holds(thing: str, claim: Claim) -> bool:
    """Whether the source says that the thing holds the claim."""
    agents = claim.attribution.agents if claim.attribution else ()
    return page_of(thing) in [agent.href for agent in agents]


def _name(triple: Triple) -> str:
    return local(triple.predicate)


def _recorded_title(found: Description) -> str:
    return _("As the data sets have it") if found.evidence else _("Recorded in this graph")


def _recorded(thing: str, outside: Sequence[Triple], facts: Facts) -> Iterator[Fact]:
    yield from recorded.facts_of(thing, outside, facts.values)
    yield from recorded.belonging(thing, outside, facts.values)


def _pictures(path: str) -> Iterator[Link]:
    """Where the thing is to be looked at."""
    for endpoint, text in (
        ("pictures.timeline", _("On a timeline")),
        ("pictures.network", _("In the network of people, parties and media")),
    ):
        if endpoint in current_app.view_functions:
            yield Link(text, url_for(endpoint, about=path))
