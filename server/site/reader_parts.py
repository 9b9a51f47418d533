"""What stands beside a text: its claims, those that contradict each other, and the things they speak of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.iris import path_of
from server import vocabulary
from server.claims import claims_by_iri
from server.labels import Names
from server.pieces import Claim
from server.site.editorial_data import Relation
from server.site.held import asserted_only
from server.site.passages import Mark, Paragraph
from server.site.reader_views import Entry, Note, Pair, Passage, Reference


@dataclass(frozen=True)
class Read:
    """The claims of one page that are shown, by anchor; all relations and things of theirs."""

    claims: Mapping[str, Claim]
    things: Mapping[str, list[str]]
    relations: Sequence[Relation]


def between(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """From the first paragraph with a quote to the last: of a long text a page shows what its claims are about."""
    quoted = [number for number, paragraph in enumerate(paragraphs) if any(piece.marks for piece in paragraph)]
    return paragraphs[quoted[0] : quoted[-1] + 1] if quoted else []


def passages(paragraph: Paragraph, read: Read) -> tuple[Passage, ...]:
    """With a lane for each modality, the same as long as the words are underlined without a break."""
    found: list[Passage] = []
    lanes: dict[str, int] = {}
    for piece in paragraph:
        held = {mark.modality for mark in piece.marks}
        lanes = {name: lane for name, lane in lanes.items() if name in held} if held & set(lanes) else {}
        for name in vocabulary.MARKS:
            if name in held and name not in lanes:
                lanes[name] = next(lane for lane in range(len(vocabulary.MARKS)) if lane not in lanes.values())
        found.append(
            Passage(
                piece.text,
                tuple(sorted(lanes.items(), key=lambda item: -item[1])),
                tuple(dict.fromkeys(mark.claim for mark in piece.marks)),
                tuple(Reference(_back(mark), read.claims[mark.claim]) for mark in piece.ending),
            )
        )
    return tuple(found)


def _back(mark: Mark) -> str:
    return f"words/{mark.claim}" + (f"/{mark.order}" if mark.order > 1 else "")


def notes(marks: Sequence[Mark], lost: Sequence[Mark], read: Read, names: Names) -> Iterable[Note]:
    """The claims in the order of the text."""
    gone = {_back(mark) for mark in lost}
    backs: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        if _back(mark) not in gone:
            backs[mark.claim].append(_back(mark))
    missing = {mark.claim for mark in lost}
    for anchor, claim in read.claims.items():
        things = tuple(names.link(thing) for thing in read.things.get(claim.iri, ()))
        yield Note(claim, tuple(backs[anchor]), things, anchor in missing)


def pairs(read: Read, here: Mapping[str, Claim]) -> Iterable[Pair]:
    """Each pair once, what stands first in the text on the left; what is about private life in none."""
    elsewhere = {iri for relation in read.relations for iri in (relation.one, relation.other)} - set(here)
    known = {**claims_by_iri(elsewhere), **here}
    seen: set[tuple[bool, frozenset[str]]] = set()
    for relation in read.relations:
        one, other = known.get(relation.one), known.get(relation.other)
        is_dispute = relation.name == "disputes"
        key = (is_dispute, frozenset((relation.one, relation.other)))
        if not one or not other or one.private or other.private or key in seen or not _is_wanted(one, other):
            continue
        seen.add(key)
        turned = not is_dispute and (other.editorial.href or "", other.number) < (one.editorial.href or "", one.number)
        yield Pair(other, one, is_dispute) if turned else Pair(one, other, is_dispute)


def _is_wanted(*claims: Claim) -> bool:
    return not asserted_only() or all(claim.modality.name == "asserted" for claim in claims)


def index(read: Read, names: Names) -> Iterable[Entry]:
    """The things by name, each with its claims in the order of the text."""
    by_thing: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in read.claims.values():
        for thing in read.things.get(claim.iri, ()):
            by_thing[thing].append(claim)
    for thing, spoken in sorted(by_thing.items(), key=lambda item: names.of(item[0]).casefold()):
        yield Entry(names.link(thing), path_of(thing).partition("/")[0], tuple(spoken))
