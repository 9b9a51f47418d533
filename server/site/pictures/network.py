"""The network of people, parties, governments and media, and the ways from one of them to another."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

from flask import url_for

from graph.errors import ParameterError
from graph.iris import ID, path_of
from server.site.held import asserted_only
from server.site.pictures import wording
from server.site.pictures.asked_things import asked_thing, of_kind
from server.site.pictures.frame import frame
from server.site.pictures.network_views import Choice, NetworkPage, StepShown, Thing, TieShown, Ways
from server.site.pictures.paths import Found, Step, paths
from server.site.pictures.shown_ties import CLAIMS, Writer
from server.site.pictures.tabular import Record
from server.site.pictures.tie_words import MARKS, held_words, kind_words
from server.site.pictures.ties import FIRM, HELD, Tie, ties_of
from server.words.language import gettext as _
from server.words.language import ngettext

OFFERED = ("government", "party", "outlet", "sector", "platform", "person", "group")
"""The kinds of things that the network begins with, and that the path finder offers."""
EACH = 60
"""Things of each kind that are offered; of any other the path or the name can be given."""
BEGINNING = 10
"""Things of each kind that the picture of everything begins with; what they are tied to is in it too."""
MOST_THINGS = 60
"""Things in one picture: those with the most ties."""
MOST_TIES = 150
"""Ties in one picture, the firmest first, and as many rows of its table."""
AROUND = 40
"""Things beside the ways that were found that are in the picture too."""
HEIGHTS = range(340, 640)
"""Pixels."""
ROOM = 20
"""Pixels for each thing, beyond the least."""
ALL_CLAIMS = 100
"""Claims of one tie that its data has."""
COLUMNS = (
    *("way", "step", "source", "source_name", "relation", "target", "target_name", "held", "extent"),
    *("claims", "sentences", "quotes"),
)


@dataclass(frozen=True)
class Network:
    """The ties between the things in a picture, however they are held."""

    ties: tuple[Tie, ...]
    left_out: bool


def network_page(claims: int = CLAIMS) -> NetworkPage:
    """The page as its address asks for it, with so many claims for each tie at most."""
    about, start, end = (asked_thing(name) for name in ("about", "from", "to"))
    if start and start == end:
        raise ParameterError("from and to are the same thing", "choose two different things")
    offered = {kind: of_kind(kind, EACH) for kind in OFFERED}
    found = paths(start, end, partial(ties_of, firm_only=asserted_only())) if start and end else None
    network = _around(found, (start, end)) if found else _about(about) if about else _of_all(offered)
    on_ways = [tie for way in found.paths for step in way for tie in step.ties] if found else []
    chosen = [name for name in (about, start, end) if name]
    names = [*chosen, *(iri for some in offered.values() for iri in some)]
    writer = Writer(list(dict.fromkeys([*on_ways, *network.ties])), names, claims)
    everything = _merged(writer.of(tie) for tie in network.ties if writer.may_show(tie))
    asserted = tuple(tie for tie in everything if tie.held.name in FIRM)
    ties = asserted if asserted_only() else everything
    asked = _ways(start, end, found, writer) if found else None
    drawn = _drawn(ties, asked, about, writer)
    return NetworkPage(
        frame=frame("network", _label(about, writer), _height(drawn["nodes"]), drawn),
        ties=ties,
        about=writer.thing(about) if about else None,
        asked=asked,
        chosen=(path_of(start), path_of(end)),
        choices=_choices(offered, (start, end), writer),
        asserted=len(asserted),
        everything=len(everything),
        left_out=network.left_out,
        typed=any(len(some) == EACH for some in offered.values()),
        all_href=url_for("pictures.network"),
    )


def network_records() -> list[Record]:
    """One record for each tie of the ways that were asked for, or else of the network: see COLUMNS.

    Several claims, sentences or quotes stand on a line each.
    """
    page = network_page(ALL_CLAIMS)
    if page.asked:
        return [
            {"way": way, "step": step, **_record(tie)}
            for way, steps in enumerate(page.asked.ways, 1)
            for step, found in enumerate(steps, 1)
            for tie in found.ties
        ]
    return [_record(tie) for tie in page.ties]


def _record(tie: TieShown) -> Record:
    return {
        "source": ID + tie.source.path,
        "source_name": tie.source.name,
        "relation": tie.relation,
        "target": ID + tie.target.path,
        "target_name": tie.target.name,
        "held": tie.held.name,
        "extent": tie.extent,
        "claims": "\n".join(claim.iri for claim in tie.claims),
        "sentences": "\n".join(claim.sentence for claim in tie.claims),
        "quotes": "\n".join(words for claim in tie.claims for words in claim.quotes),
    }


def _of_all(offered: dict[str, list[str]]) -> Network:
    """What ties those things that a picture of everything begins with."""
    read = ties_of(iri for some in offered.values() for iri in some[:BEGINNING])
    return _cut(read.found, (), left_out=not read.all_read or any(len(some) > BEGINNING for some in offered.values()))


def _about(thing: str) -> Network:
    """The ties of one thing, and those between what it is tied to."""
    read = ties_of([thing])
    ends = {thing, *_most_tied(read.found, MOST_THINGS)}
    between = ties_of(ends - {thing})
    kept = {tie for tie in (*read.found, *between.found) if {tie.source, tie.target} <= ends}
    return _cut(sorted(kept), (thing,), left_out=not read.all_read)


def _around(found: Found, ends: tuple[str, str]) -> Network:
    """The ways that were found, and what the things on them are tied to."""
    on_ways = {*ends, *(step.end for way in found.paths for step in way)}
    read = ties_of(on_ways)
    beside = _most_tied((tie for tie in read.found if not {tie.source, tie.target} <= on_ways), AROUND)
    kept = on_ways | set(beside)
    return _cut([tie for tie in read.found if {tie.source, tie.target} <= kept], sorted(on_ways), left_out=False)


def _cut(found: Sequence[Tie], always: Iterable[str], *, left_out: bool) -> Network:
    """The ties between the things that have the most."""
    kept = {*always, *_most_tied(found, MOST_THINGS)}
    between = [tie for tie in found if {tie.source, tie.target} <= kept]
    shown = sorted(between, key=lambda tie: (HELD.index(tie.held), tie))[:MOST_TIES]
    return Network(tuple(sorted(shown)), left_out or len(shown) < len(found))


def _most_tied(found: Iterable[Tie], most: int) -> list[str]:
    """The things with the most ties, so many of them."""
    tied = Counter(end for tie in found for end in (tie.source, tie.target))
    return [iri for iri, _number in sorted(tied.items(), key=lambda item: (-item[1], item[0]))[:most]]


def _ways(start: str, end: str, found: Found, writer: Writer) -> Ways:
    first, last = writer.thing(start), writer.thing(end)
    shown = tuple(tuple(_step(step, writer) for step in way) for way in found.paths)
    return Ways(first, last, _said(first, last, found), shown)


def _step(step: Step, writer: Writer) -> StepShown:
    ties = _merged(writer.of(tie) for tie in step.ties if writer.may_show(tie))
    return StepShown(writer.thing(step.start), writer.thing(step.end), ties)


def _said(start: Thing, end: Thing, found: Found) -> str:
    """The answer in words; that nothing is stated is no denial."""
    names = {"start": start.name, "end": end.name}
    if not found.paths and not found.complete:
        return _("No way from %(start)s to %(end)s was found before the search was broken off.", **names)
    if not found.paths:
        return _("Nothing that is stated here ties %(start)s to %(end)s. That is not a denial.", **names)
    number = len(found.paths[0])
    if all(HELD[step.weakness] == "asserted" for step in found.paths[0]):
        return ngettext(
            "One step leads from %(start)s to %(end)s, and it is asserted.",
            "%(num)d steps lead from %(start)s to %(end)s, and all of them are asserted.",
            number,
            **names,
        )
    return ngettext(
        "One step leads from %(start)s to %(end)s, but no source asserts it.",
        "%(num)d steps lead from %(start)s to %(end)s, but not all of them are asserted.",
        number,
        **names,
    )


def _choices(offered: dict[str, list[str]], chosen: Iterable[str], writer: Writer) -> tuple[Choice, ...]:
    """What can be chosen, by kind and name; what is chosen already is always among it."""
    titles = kind_words()
    wanted = {*(iri for some in offered.values() for iri in some), *filter(None, chosen)}
    things = [writer.thing(iri) for iri in wanted]
    return tuple(
        Choice(kind, title, tuple(sorted(some, key=lambda thing: thing.name.casefold())))
        for kind, title in titles.items()
        if (some := [thing for thing in things if thing.kind == kind])
    )


def _merged(ties: Iterable[TieShown]) -> tuple[TieShown, ...]:
    """What is said in the same words of the same two, of whatever events, once."""
    found: dict[TieShown, list[TieShown]] = {}
    for tie in ties:
        found.setdefault(replace(tie, claims=(), further=0), []).append(tie)
    return tuple(
        replace(
            tie,
            claims=tuple(dict.fromkeys(claim for one in some for claim in one.claims)),
            further=sum(one.further for one in some),
        )
        for tie, some in found.items()
    )


def _height(nodes: Sequence[object]) -> int:
    return min(HEIGHTS.start + ROOM * max(0, len(nodes) - 3), HEIGHTS.stop)


def _label(about: str, writer: Writer) -> str:
    if about:
        return _("Network of what ties %(name)s to others", name=writer.thing(about).name)
    return _("Network of people, parties, governments and media")


def _drawn(ties: Sequence[TieShown], asked: Ways | None, about: str, writer: Writer) -> dict[str, Any]:
    """What the script draws: nodes, links between them by path, and the ways that were found."""
    ways = asked.ways if asked else ()
    ends = [thing for way in ways for step in way for thing in (step.start, step.end)]
    ends += [asked.start, asked.end] if asked else []
    ends += [thing for tie in ties for thing in (tie.source, tie.target)]
    ends += [writer.thing(about)] if about else []
    held = {name: {"mark": MARKS[name], "word": word} for name, word in held_words().items()}
    return {
        "nodes": [asdict(thing) for thing in dict.fromkeys(ends)],
        "links": [_link(tie) for tie in ties],
        "ways": [[way[0].start.path, *(step.end.path for step in way)] for way in ways],
        "focus": path_of(about),
        "kinds": {kind: word for kind, word in kind_words().items() if any(thing.kind == kind for thing in ends)},
        "held": {name: held[name] for name in HELD if name in {tie.held.name for tie in ties}},
        "words": {
            "ties": _("%(name)s, %(kind)s, tied to: %(number)s"),
            "nearer": _("Nearer"),
            "farther": _("Farther"),
            "whole": _("All of it"),
            "alone": _("only its ties"),
        },
    }


def _link(tie: TieShown) -> dict[str, Any]:
    said = [
        {"quote": " […] ".join(claim.quotes), "href": claim.href, "voice": wording.held(claim)}
        for claim in tie.claims
        if claim.quotes
    ]
    return {
        "source": tie.source.path,
        "target": tie.target.path,
        "relation": tie.relation,
        "held": tie.held.name,
        "claims": said,
    }
