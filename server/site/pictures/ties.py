"""How things are tied to each other: by what claims say, by what follows from it, and by how things are described.

A tie comes from one statement (``party founder person``), or from a state or event that joins two things: a media
control its ``controller`` and what is ``controlled``. Speaking of somebody is no tie, nor is being of the same country,
nor what a claim about private life says. Everything is asked for by the things at its ends, never for the whole graph.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from graph.iris import ENTITIES_GRAPH, ID, INFERRED_GRAPH, ONTOLOGY, path_of
from server import vocabulary
from server.reading import Row, iris, select, text_of

ORG = "http://www.w3.org/ns/org#"
SCHEMA = "https://schema.org/"


def _ours(*names: str) -> tuple[str, ...]:
    return tuple(f"{ONTOLOGY}#{name}" for name in names)


DOERS = (*_ours("agent", "controller", "banningAuthority", "winner"), f"{ORG}member")
"""What leads from a state or event to whoever does or has it."""
DONE = _ours(
    *("controlled", "wholeControlOf", "party", "post", "detained", "bannedParty", "viaPlatform"),
    *("predecessor", "successor", "election"),
)
"""What leads from it to what it is done to, or with."""
DIRECT = (
    *_ours("ownedBy", "inSector", "whollyControlledBy", "controlledBy"),
    *(f"{ORG}hasMember", f"{ORG}postIn", f"{SCHEMA}founder"),
)
"""What ties two things by one statement; inverses are left out, for they say the same again."""
EXTENT = f"{ONTOLOGY}#extent"
DERIVED, DESCRIBED = "derived", "described"
HELD = ("asserted", DERIVED, DESCRIBED, *(name for name in vocabulary.MARKS if name != "asserted"))
"""How a tie is held, the firmest first: a modality, or that it follows by a rule, or is in a thing's description."""
FIRM = frozenset(HELD[:3])
"""What the default graph holds."""
MOST = 4000
"""Rows of one answer that are read: of a thing with more ties, the rest is left out."""
AT_ONCE = 300
"""Things asked about in one query."""


@dataclass(frozen=True, order=True)
class Tie:
    """``source`` and ``target`` are IRIs; ``act`` is the class of the state or event, empty for one statement.

    ``how`` is the property that leads to the target; ``held`` one of ``HELD``; ``extent`` in the words of the source.
    ``claims`` say it, or, of what is derived, are left to whoever asks for its grounds.
    """

    source: str
    target: str
    act: str
    how: str
    held: str
    extent: str = ""
    claims: tuple[str, ...] = ()

    @property
    def is_firm(self) -> bool:
        """Whether the default graph has it."""
        return self.held in FIRM


@dataclass(frozen=True)
class Ties:
    """What was found; ``all_read`` is false where there was more than is read at once."""

    found: tuple[Tie, ...]
    all_read: bool


@dataclass
class _Reading:
    """Statements as they come: ``nodes`` by subject (graph, property, value), ``direct`` ones by themselves."""

    direct: set[tuple[str, str, str, str]] = field(default_factory=set)
    nodes: dict[str, set[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(set))
    all_read: bool = True


def ties_of(things: Iterable[str], *, firm_only: bool = False, most: int = MOST) -> Ties:
    """The ties that have one of these things at an end, sorted; ``firm_only`` leaves out what is not asserted."""
    reading = _Reading()
    wanted = sorted(set(things))
    acting: set[str] = set()
    for some in _batches(wanted):
        acting |= _towards(some, reading, most)
        _from(some, reading, most)
    for some in _batches(sorted(acting)):
        _of_nodes(some, reading, most)
    held = _held({place for place, *_ in reading.direct} | {p for node in reading.nodes.values() for p, *_ in node})
    found = [*_direct(reading, held), *(tie for node in reading.nodes.values() for tie in _through(node, held))]
    ends = set(wanted)
    kept = (tie for tie in found if not ends.isdisjoint((tie.source, tie.target)) and (tie.is_firm or not firm_only))
    return Ties(_merged(kept), reading.all_read)


def _towards(things: list[str], reading: _Reading, most: int) -> set[str]:
    """Read the statements that have one of the things as their object; the states and events among the subjects."""
    acting = set()
    for row in _rows(
        "?node ?how ?thing", f"VALUES ?thing {{ {iris(things)} }}", (*DOERS, *DONE, *DIRECT), reading, most
    ):
        place, node, how, thing = (text_of(row, name) for name in ("g", "node", "how", "thing"))
        if how in DIRECT:
            reading.direct.add((place, node, how, thing))
        else:
            acting.add(node)
    return acting


def _from(things: list[str], reading: _Reading, most: int) -> None:
    """Read the statements that have one of the things as their subject."""
    for row in _rows("?thing ?how ?other", f"VALUES ?thing {{ {iris(things)} }}", DIRECT, reading, most):
        reading.direct.add(tuple(text_of(row, name) for name in ("g", "thing", "how", "other")))  # type: ignore[arg-type]


def _of_nodes(nodes: list[str], reading: _Reading, most: int) -> None:
    """Read what states and events are, and whom and what they join."""
    wanted = (*DOERS, *DONE, EXTENT, vocabulary.RDF_TYPE)
    for row in _rows("?node ?how ?value", f"VALUES ?node {{ {iris(nodes)} }}", wanted, reading, most):
        reading.nodes[text_of(row, "node")].add((text_of(row, "g"), text_of(row, "how"), text_of(row, "value")))


def _rows(triple: str, ends: str, properties: Iterable[str], reading: _Reading, most: int) -> list[Row]:
    # A filter, for with the properties in VALUES too Oxigraph reads the whole graph.
    wanted = ", ".join(f"<{name}>" for name in properties)
    text = f"SELECT ?g {triple} WHERE {{ {ends} GRAPH ?g {{ {triple} FILTER(?how IN ({wanted})) }} }} LIMIT {most + 1}"
    rows = select(text)
    reading.all_read &= len(rows) <= most
    return [row for row in rows[:most] if all(term.kind != "blank" for term in row.values())]


def _held(places: set[str]) -> Mapping[str, tuple[str, str]]:
    """By graph how what stands there is held, and the claim, if it is a claim's; nothing of private life."""
    found = {INFERRED_GRAPH: (DERIVED, ""), ENTITIES_GRAPH: (DESCRIBED, "")}
    claims = sorted({place.removesuffix("#assertion") for place in places if place.endswith("#assertion")})
    for some in _batches(claims):
        rows = select(f"""SELECT ?claim ?modality ?private WHERE {{
            VALUES ?claim {{ {iris(some)} }} ?claim pol:modality ?modality
            OPTIONAL {{ ?claim pol:sensitive ?private }} }}""")
        for row in rows:
            held = text_of(row, "modality").removeprefix(f"{ONTOLOGY}#")
            if text_of(row, "private") not in ("true", "1") and held in vocabulary.MARKS:
                found[f"{text_of(row, 'claim')}#assertion"] = (held, text_of(row, "claim"))
    return found


def _direct(reading: _Reading, held: Mapping[str, tuple[str, str]]) -> Iterator[Tie]:
    for place, source, how, target in reading.direct:
        if place in held and _is_thing(source) and _is_thing(target):
            way, claim = held[place]
            yield Tie(source, target, "", how, way, claims=(claim,) if claim else ())


def _through(node: set[tuple[str, str, str]], held: Mapping[str, tuple[str, str]]) -> Iterator[Tie]:
    """The ties through a state or event; where no claim alone says all of one, it rests on two."""
    said = [(held[place], how, value) for place, how, value in sorted(node) if place in held]
    kinds = [value for (way, _), how, value in said if how == vocabulary.RDF_TYPE and way != DERIVED]
    act = (vocabulary.most_specific(kinds) or [""])[0]
    extents = {claim: value for (_, claim), how, value in said if how == EXTENT}
    doers, done = (_by_claim(said, properties) for properties in (DOERS, DONE))
    for ((_, source), one), ((how, target), other) in product(doers.items(), done.items()):
        if source == target or not (_is_thing(source) and _is_thing(target)):
            continue
        together: list[tuple[str, tuple[str, ...]]] = [(way, (claim,)) for way, claim in sorted(one & other)]
        for way, claims in together or [_of_two(one, other)]:
            extent = next((extents[claim] for claim in claims if claim in extents), "")
            yield Tie(source, target, act, how, way, extent, claims)


def _by_claim(
    said: Iterable[tuple[tuple[str, str], str, str]], properties: tuple[str, ...]
) -> Mapping[tuple[str, str], set[tuple[str, str]]]:
    """By property and value who says so: how, and in which claim."""
    found = defaultdict(set)
    for (way, claim), how, value in said:
        if how in properties and claim:
            found[how, value].add((way, claim))
    return found


def _of_two(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
    """What rests on two claims is held as the weaker of them; the firmest of each."""
    chosen = [min(them, key=lambda each: (HELD.index(each[0]), each[1])) for them in (one, other)]
    way = max((way for way, _ in chosen), key=HELD.index)
    return way, tuple(sorted({claim for _, claim in chosen}))


def _merged(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """The same said in several claims is one tie, if it is held in one way."""
    found: dict[Tie, set[str]] = defaultdict(set)
    for tie in ties:
        found[replace(tie, claims=())].update(tie.claims)
    return tuple(sorted(replace(tie, claims=tuple(sorted(claims))) for tie, claims in found.items()))


def _is_thing(iri: str) -> bool:
    """Whether it is a thing of ours with an address, and no part of one."""
    return iri.startswith(ID) and "#" not in iri and not path_of(iri).startswith(("claim/", "editorial/"))


def _batches(names: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), AT_ONCE):
        yield names[start : start + AT_ONCE]
