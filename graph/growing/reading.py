"""Every document of the data folder: what has changed is read, the rest remembered, in lots."""

import gc
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from graph import quotes
from graph.dataset import DataFiles
from graph.files.sources import Source, sources
from graph.growing.cache import Cache, key
from graph.growing.editorial import Piece, piece
from graph.growing.lots import cut
from graph.growing.made import Made, entries, light, lines_key
from graph.growing.workers import Workers
from graph.progress import Stage
from graph.settings import Settings

HEX = re.compile(rb"[0-9a-f]{64}")
AT_ONCE = 6
"""Lots whose documents are held in memory together."""


@dataclass(frozen=True)
class _Task:
    """A document of whose claims some are taken back by others. ``mark`` stands for all that is written there."""

    source: Source
    without: frozenset[str]
    mark: bytes


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
        self._at_hand = {digest.encode() for digest in quotes.texts_at_hand(self._folders)}
        self._release, self._cache, self._workers, self._on_stage = release, cache, workers, on_stage
        found = DataFiles.of(settings.data)
        self._files = (*found.claims, *found.entities, *(found.drafts if with_drafts else ()))

    def read(self) -> list[Made]:
        """What every document gives: claim files first, in the order of ``graph.checking``."""
        found: list[Made] = []
        for some in self._all():
            found += self._made(some)
            self._on_stage(f"reading: {len(found):,}")
        return found

    def remembered(self) -> Iterator[tuple[Source, Piece | None]]:
        """Every document with what is remembered that it gives; None where it would have to be read."""
        for some in self._all():
            keys = [self._keys(lot) for lot in some]
            names = [key("pieces", *those) for those in keys]
            known: dict[bytes, Sequence[Piece]] = self._cache.get(names)
            single: dict[bytes, Piece] = self._cache.get(
                chain.from_iterable(k for k, n in zip(keys, names, strict=True) if n not in known)
            )
            for name, those, lot in zip(names, keys, some, strict=True):
                pieces: Sequence[Piece | None] = known.get(name) or [single.get(one) for one in those]
                yield from zip((task.source for task in lot), pieces, strict=True)

    def again(self, made: Sequence[Made], without: Mapping[str, frozenset[str]]) -> list[Made]:
        """The same, where of some editorials (by IRI) nothing holds of these claims."""
        wanted = {(one.file, one.line): without[one.piece.iri] for one in made if one.piece.iri in without}
        found = (source for file in dict.fromkeys(file for file, _ in wanted) for source in sources(file))
        tasks = (_task(one, wanted[one.file, one.line]) for one in found if (one.file, one.line) in wanted)
        new = {(one.file, one.line): one for one in self._made(list(cut(tasks, lambda task: task.mark)))}
        return [new.get((one.file, one.line), one) for one in made]

    def _all(self) -> Iterator[list[list[_Task]]]:
        """All documents in lots, so many lots at once."""
        tasks = (_task(source) for file in self._files for source in sources(file))
        lots = cut(tasks, lambda task: task.mark)
        while some := list(islice(lots, AT_ONCE)):
            yield some

    def _made(self, lots: Sequence[Sequence[_Task]]) -> Iterator[Made]:
        keys = [self._keys(lot) for lot in lots]
        names = [key("pieces", *some) for some in keys]
        known: dict[bytes, Sequence[Piece]] = self._cache.get(names)
        missing = [number for number, name in enumerate(names) if name not in known]
        pieces = self._pieces({one: task for n in missing for one, task in zip(keys[n], lots[n], strict=True)})
        new = {names[number]: tuple(pieces[one] for one in keys[number]) for number in missing}
        self._cache.put(new)
        self._cache.keep(chain(chain.from_iterable(keys), map(lines_key, chain.from_iterable(keys))))
        for name, some, lot in zip(names, keys, lots, strict=True):
            for one, task, found in zip(some, lot, (known | new)[name], strict=True):
                yield Made(task.source.file, task.source.line, one, found, task.without)

    def _pieces(self, tasks: Mapping[bytes, _Task]) -> dict[bytes, Piece]:
        """The light pieces of single documents, by their keys."""
        known: dict[bytes, Piece] = self._cache.get(tasks)
        missing = [one for one in tasks if one not in known]
        questions = [(tasks[one].source, self._texts(tasks[one]), tasks[one].without) for one in missing]
        answers = self._workers.run(_piece, questions)
        for one, question, answer in zip(missing, questions, answers, strict=True):
            known[one] = self._whole(question, answer)
        self._cache.put(dict(chain.from_iterable(entries(one, known[one]) for one in missing)))
        if missing:
            gc.collect(0)  # ``grow`` holds up the collection of what hangs together in circles, as documents do
        return {one: light(known[one]) for one in tasks}

    def _whole(self, question: "_Question", answer: Piece) -> Piece:
        """The answer, or a better one: a hash written with escapes is seen only by whoever reads the document."""
        source, texts, without = question
        if answer.sha256 in texts or answer.sha256.encode() not in self._at_hand:
            return answer
        return piece(source, {answer.sha256: self._text(answer.sha256)}, without)

    def _keys(self, lot: Sequence[_Task]) -> list[bytes]:
        return [
            key("piece", self._release, task.mark, b"|".join(texts), *sorted(task.without))
            for task, texts in zip(lot, self._named(lot), strict=True)
        ]

    def _named(self, lot: Sequence[_Task]) -> Iterable[Collection[bytes]]:
        """Of each document the hashes of texts at hand that stand in it."""
        if not self._at_hand:
            return ((),) * len(lot)
        name = key("named", self._release, *(task.mark for task in lot))
        found = self._cache.get([name]).get(name)
        if found is None:
            found = [tuple(sorted(set(HEX.findall(task.source.content)))) for task in lot]
            self._cache.put({name: found})
        return [[digest for digest in some if digest in self._at_hand] for some in found]

    def _texts(self, task: _Task) -> dict[str, str]:
        found = {digest.decode() for digest in HEX.findall(task.source.content) if digest in self._at_hand}
        return {digest: self._text(digest) for digest in sorted(found)}

    def _text(self, digest: str) -> str:
        return quotes.find_text(digest, self._folders) or ""


_Question = tuple[Source, dict[str, str], frozenset[str]]


def _piece(question: _Question) -> Piece:
    return piece(*question)


def _task(source: Source, without: frozenset[str] = frozenset()) -> _Task:
    mark = key(str(source.file), str(source.line), repr(source.fault), source.content)
    return _Task(source, without, mark)
