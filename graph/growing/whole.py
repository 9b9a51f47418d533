"""All documents of the data folder together: what each gives, and what is wrong between them.

Only documents that changed are read again. Where something is wrong that takes several documents to see, they are all
read again, by ``graph.checking``: its words hold.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from graph import quotes
from graph.dataset import DataFiles
from graph.errors import Problem
from graph.files.sources import Source, sources
from graph.growing.cache import Cache, key
from graph.growing.editorial import Piece, piece
from graph.growing.stated import stated
from graph.growing.workers import Workers
from graph.parts import Parts, read_parts
from graph.progress import Stage
from graph.settings import Settings

HEX = re.compile(rb"[0-9a-f]{64}")
AT_ONCE = 400
"""Documents that are held in memory together."""


@dataclass(frozen=True)
class Made:
    """What a document gives, with its lines left in the cache: ``key`` leads to them, and stands for all of it.

    ``without``: its claims that other documents take back.
    """

    file: Path
    line: int
    key: bytes
    piece: Piece
    without: frozenset[str] = frozenset()


class Reader:
    """Reads what changed, and remembers the rest. ``release`` stands for the code that reads."""

    def __init__(
        self,
        settings: Settings,
        release: str,
        cache: Cache,
        workers: Workers,
        on_stage: Stage,
        *,
        with_drafts: bool = False,
    ) -> None:
        self._folders = settings.text_folders
        self._at_hand = quotes.texts_at_hand(self._folders)
        self._release, self._cache, self._workers, self._on_stage = release, cache, workers, on_stage
        found = DataFiles.of(settings.data)
        self._files = (*found.claims, *found.entities, *(found.drafts if with_drafts else ()))

    def read(self) -> list[Made]:
        """What every document gives: claim files first, in the order of ``graph.checking``."""
        found: list[Made] = []
        left = chain.from_iterable(map(sources, self._files))
        while some := list(islice(left, AT_ONCE)):
            found += self._made([(source, frozenset[str]()) for source in some])
            self._on_stage(f"reading: {len(found):,}")
        return found

    def again(self, made: Sequence[Made], without: Mapping[str, frozenset[str]]) -> list[Made]:
        """The same, where of some editorials (by IRI) nothing holds of these claims."""
        wanted = {(one.file, one.line): without[one.piece.iri] for one in made if one.piece.iri in without}
        files = dict.fromkeys(file for file, _ in wanted)
        found = (source for file in files for source in sources(file))
        tasks = [(one, wanted[one.file, one.line]) for one in found if (one.file, one.line) in wanted]
        new = {(one.file, one.line): one for one in self._made(tasks)}
        return [new.get((one.file, one.line), one) for one in made]

    def _made(self, tasks: Sequence[tuple[Source, frozenset[str]]]) -> Iterator[Made]:
        keys = [self._key(source, without) for source, without in tasks]
        known = self._cache.get(keys)
        missing = [(one, task) for one, task in zip(keys, tasks, strict=True) if one not in known]
        questions = [(source, self._texts(source), without) for _, (source, without) in missing]
        new: dict[bytes, Piece] = {}
        for (one, (source, _)), question, answer in zip(
            missing, questions, self._workers.run(_piece, questions), strict=True
        ):
            new[one] = self._whole(source, question, answer)
        self._cache.put(dict(chain.from_iterable(_entries(one, made) for one, made in new.items())))
        known |= {one: _light(made) for one, made in new.items()}
        self._cache.keep(map(lines_key, keys))
        return (
            Made(task[0].file, task[0].line, one, known[one], task[1]) for one, task in zip(keys, tasks, strict=True)
        )

    def _whole(self, source: Source, question: "_Question", answer: Piece) -> Piece:
        """The answer, or a better one: a hash written with escapes is seen only by whoever reads the document."""
        if answer.sha256 in question[1] or answer.sha256 not in self._at_hand:
            return answer
        texts = {answer.sha256: self._text(answer.sha256)}
        return piece(source, texts, question[2])

    def _key(self, source: Source, without: Collection[str]) -> bytes:
        texts = (digest.encode() for digest in self._named(source))
        place = (str(source.file), str(source.line), repr(source.fault))
        return key("piece", self._release, *place, source.content, b"|".join(texts), *sorted(without))

    def _named(self, source: Source) -> list[str]:
        return sorted({found.decode() for found in HEX.findall(source.content)} & self._at_hand)

    def _texts(self, source: Source) -> dict[str, str]:
        return {digest: self._text(digest) for digest in self._named(source)}

    def _text(self, digest: str) -> str:
        return quotes.find_text(digest, self._folders) or ""


_Question = tuple[Source, dict[str, str], frozenset[str]]


def _piece(question: _Question) -> Piece:
    return piece(*question)


def lines_key(one: bytes) -> bytes:
    """Where the cache has the lines of the piece of this key."""
    return key("lines", one)


def lines_of(made: Sequence[Made], cache: Cache) -> list[bytes]:
    """The lines of what these documents state, in their order; what the cache has lost is made again."""
    found = cache.get(lines_key(one.key) for one in made)
    lost = {lines_key(one.key): _lines(one) for one in made if lines_key(one.key) not in found}
    cache.put(lost)
    return [(found | lost)[lines_key(one.key)] for one in made] if lost else [found[lines_key(one.key)] for one in made]


def parts_of(made: Made) -> Parts:
    """A document read again."""
    return read_parts(next(source for source in sources(made.file) if source.line == made.line))


def _lines(made: Made) -> bytes:
    parts = parts_of(made)
    return stated(parts.editorials, parts.entities, made.without).lines


def _entries(one: bytes, made: Piece) -> Iterator[tuple[bytes, object]]:
    yield one, _light(made)
    if made.stated is not None:
        yield lines_key(one), made.stated.lines


def _light(made: Piece) -> Piece:
    """The piece without its lines, which are many."""
    return made if made.stated is None else replace(made, stated=replace(made.stated, lines=b""))


@dataclass(frozen=True)
class Whole:
    """The documents that count, and what is wrong with each. ``unsure``: something may be wrong between them, which
    ``graph.checking`` puts into words. ``known``: every thing that is defined.
    """

    made: tuple[Made, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    unsure: bool
    known: frozenset[str]


def whole(reader: Reader) -> Whole:
    """Every document, read or remembered, with what others take back left out of what it says."""
    made, notes = _counted(reader.read())
    pieces = [one.piece for one in made]
    known = frozenset().union(*(one.defined for one in pieces))
    unsure = (
        not any(one.iri for one in pieces)
        or max(Counter(chain.from_iterable(one.names for one in pieces)).values(), default=0) > 1
        or _comes_round({claim: others for one in pieces for claim, others in one.corrections.items()})
    )
    problems = tuple(problem for one in pieces for problem in one.problems)
    if not problems and not unsure:
        made = reader.again(made, _without(pieces))
    told = tuple(chain(notes, *(one.notes for one in pieces)))
    return Whole(tuple(made), problems, told, unsure, known)


def _counted(made: Sequence[Made]) -> tuple[list[Made], list[str]]:
    """Without the lines whose editorial has a file of its own."""
    written: dict[str, Path] = {}
    kept, notes = [], []
    for one in made:
        if one.piece.iri and not one.line:
            written[one.piece.iri] = one.file
        elif one.piece.iri in written:
            notes.append(f"{one.file}:{one.line}: passed over, for {written[one.piece.iri]} has this editorial")
            continue
        kept.append(one)
    return kept, notes


def _without(pieces: Sequence[Piece]) -> dict[str, frozenset[str]]:
    """By editorial those of its claims that other documents take back."""
    gone = frozenset[str]().union(*(one.taken_back for one in pieces))
    if not gone:
        return {}
    found = {one.iri: gone.intersection(one.names) - one.taken_back for one in pieces if one.iri}
    return {iri: claims for iri, claims in found.items() if claims}


def _comes_round(named: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether any claim corrects itself, in however many steps."""
    left = {claim: set(others) & named.keys() for claim, others in named.items()}
    while ends := [claim for claim, others in left.items() if not others]:
        for claim in ends:
            del left[claim]
        for others in left.values():
            others.difference_update(ends)
    return bool(left)
