"""A data folder that is changed at random, always into one that is right; and what is made of it in one go."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from random import Random
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory

import pytest
from bench.claim_files import editorial, write
from bench.distributions import load
from bench.world import Country, countries

from graph.checking import check
from graph.dataset import ontology_triples, published_quads
from graph.growing.beside import gathered
from graph.growing.cache import Cache
from graph.growing.growth import grow
from graph.growing.remembering import Remembered
from graph.growing.workers import Alone, Workers
from graph.progress import ignore
from graph.reasoning import derive
from graph.segments.content import Content
from graph.segments.lines import canonical
from graph.settings import Settings
from graph.snapshot import Snapshot

EDITORIALS, CLAIMS = 8, 4


def made(folder: Path) -> Settings:
    """A small generated data folder, with the texts."""
    write(folder / "data", EDITORIALS, claims=CLAIMS, texts=folder / "texts")
    return Settings(data=folder / "data", texts=(folder / "texts",), home=folder / "home")


@contextmanager
def looked_at(folder: Path, release: str = "of a test") -> Iterator[Settings]:
    """A data folder that has been looked at once, in small lots; no proof is made of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.growing.proving.consistent", lambda *_: True)
        patch.setattr("graph.growing.lots.SIZE", 2)
        found = made(folder)
        found.home.mkdir()
        grown(found, release=release)
        yield found


@contextmanager
def restored(settings: Settings) -> Iterator[Settings]:
    """A data folder and its texts, which are afterwards as they were before."""
    folders = (settings.data, *settings.texts)
    with TemporaryDirectory(dir=settings.data.parent) as beside:
        for number, folder in enumerate(folders):
            copytree(folder, Path(beside) / str(number))
        yield settings
        for number, folder in enumerate(folders):
            rmtree(folder)
            copytree(Path(beside) / str(number), folder)


def at_once(settings: Settings) -> bytes:
    """The content of a snapshot, made without anything of ``graph.growing.growth``."""
    checked = check(settings, reason=False)
    assert checked.content is not None, checked.problems
    return canonical(published_quads(checked.content, derive(ontology_triples(), checked.content.asserted())))


def grown(settings: Settings, workers: Workers | None = None, release: str = "of a test") -> bytes:
    """The same, with what is kept from the last time."""
    with Cache(settings.home) as cache:
        content = of_all(settings, cache, workers or Alone(), release)
        return b"".join(content.lines())


def of_all(settings: Settings, cache: Cache, workers: Workers, release: str = "of a test") -> Content:
    """The content of the data folder, with what is kept from the last time."""
    found = grow(settings, release, cache, workers)
    assert found.closure is not None, found.problems
    kept = Remembered(cache, workers, release)
    content, measured = gathered(found.made, found.closure, (), cache, kept, release, ignore)
    assert measured == 0
    return content


def files(snapshot: Snapshot) -> dict[str, str]:
    """Every file of a snapshot by its hash, but for the engine's own and the one that tells the time."""
    return {
        str(path.relative_to(snapshot.path)): sha256(path.read_bytes()).hexdigest()
        for path in snapshot.path.rglob("*")
        if path.is_file() and path.parent != snapshot.store_path and path.name != "build.json"
    }


class Folder:
    """A data folder with the ways to change it."""

    def __init__(self, settings: Settings) -> None:
        self._data, self._texts = settings.data, settings.texts[0]
        self._world = countries(load(), EDITORIALS * CLAIMS, 20210101)
        self._number = EDITORIALS

    def change(self, rng: Random) -> str:
        """One change, of which it gives the name."""
        ways: tuple[Callable[[Random], None], ...] = (
            *(self.add, self.say_otherwise, self.say_otherwise, self.remove, self.rename_entity, self.add_entity),
            *(self.correct, self.correct, self.describe_in_two, self.move, self.lose_text, self.name_another),
        )
        way = rng.choice(ways)
        way(rng)
        return way.__name__

    def add(self, rng: Random) -> None:
        self._number += 1
        self._put(rng.choice(self._world), self._number, rng.randrange(1000))

    def say_otherwise(self, rng: Random) -> None:
        file = rng.choice(self.claim_files())
        number = int(file.stem.rpartition("-")[2])
        country = next(one for one in self._world if file.stem == f"{file.stem[:5]}{one.slug}-{number}")
        self._unname(file)
        file.unlink()
        self._put(country, number, rng.randrange(1000))

    def remove(self, rng: Random) -> None:
        if len(files := self.claim_files()) > 2:
            file = rng.choice(files)
            self._unname(file)
            file.unlink()

    def rename_entity(self, rng: Random) -> None:
        file = rng.choice(self._entity_files())
        text = file.read_text(encoding="utf-8")
        head, things = text.split("entities: ")
        found = json.loads(things)
        rng.choice(found)["prefLabel"]["en"] += f" {rng.randrange(100_000)}"
        file.write_text(f"{head}entities: {json.dumps(found)}\n", encoding="utf-8")

    def add_entity(self, rng: Random) -> None:
        file = rng.choice(self._entity_files())
        head, things = file.read_text(encoding="utf-8").split("entities: ")
        name = rng.randrange(10**9)
        found = [*json.loads(things), {"id": f"person/p-{name}", "type": "Person", "prefLabel": {"en": f"P {name}"}}]
        file.write_text(f"{head}entities: {json.dumps(found)}\n", encoding="utf-8")

    def correct(self, rng: Random) -> None:
        """A claim comes to retract, supersede or revise one of an earlier file."""
        files = self.claim_files()
        at = rng.randrange(1, len(files))
        other = rng.choice(files[:at])
        named = f"claim/{other.stem}/{rng.choice(self._claims(other))['id']}"
        self._with(files[at], rng, rng.choice(("retracts", "supersedes", "revisionOf")), [named])

    def name_another(self, rng: Random) -> None:
        """A claim comes to support or dispute one of another file."""
        other = rng.choice(self.claim_files())
        named = f"claim/{other.stem}/{rng.choice(self._claims(other))['id']}"
        self._with(rng.choice(self.claim_files()), rng, rng.choice(("supports", "disputes")), [named])

    def describe_in_two(self, rng: Random) -> None:
        """Two files speak of one event."""
        for file in rng.sample(self.claim_files(), 2):
            node = {"id": "event/the-strike", "type": "Event", "label": rng.choice(("the strike", "a strike"))}
            self._with(file, rng, "assertion", [node])

    def move(self, rng: Random) -> None:
        file = rng.choice(self.claim_files())
        (self._data / "claims" / "moved").mkdir(exist_ok=True)
        file.rename(self._data / "claims" / "moved" / file.name)

    def lose_text(self, rng: Random) -> None:
        if texts := sorted(self._texts.glob("*.txt")):
            rng.choice(texts).unlink()

    def claim_files(self) -> list[Path]:
        return sorted((self._data / "claims").rglob("*.yaml"), key=lambda file: file.name)

    def state(self, file: Path, nodes: list[dict[str, object]]) -> None:
        """The last claim of a file comes to assert this."""
        self._with(file, Random(0), "assertion", list(nodes), at=-1)

    def correcting(self, file: Path, other: Path, key: str = "supersedes", at: int | tuple[int, int] = 0) -> None:
        """A claim of a file (by its number) comes to name that of another, of the same number if no other is given."""
        own, its = at if isinstance(at, tuple) else (at, at)
        self._with(file, Random(0), key, [f"claim/{other.stem}/{self._claims(other)[its]['id']}"], at=own)

    def entity_file(self, name: str, *things: dict[str, object]) -> None:
        """A new file of entities."""
        text = f'"@context": https://w3id.org/samizdat/context.jsonld\nentities: {json.dumps(things)}\n'
        (self._data / "entities" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def _entity_files(self) -> list[Path]:
        return sorted((self._data / "entities").glob("*.yaml"))

    def _put(self, country: Country, number: int, seed: int) -> None:
        name, claim_file, text = editorial(country, number, load(), claims=CLAIMS, seed=seed)
        for old in self.claim_files():
            if old.stem == name:
                old.unlink()
        (self._data / "claims" / f"{name}.yaml").write_text(claim_file, encoding="utf-8")
        (self._texts / f"{name}.txt").write_text(text, encoding="utf-8")

    def _claims(self, file: Path) -> list[dict[str, str]]:
        lines = file.read_text(encoding="utf-8").splitlines()
        return [json.loads(line[4:]) for line in lines if line.startswith("  - ")]

    def _with(self, file: Path, rng: Random, key: str, value: list[object], at: int | None = None) -> None:
        """One claim of the file, with this value; it is made asserted, for else it could take nothing back."""
        lines = file.read_text(encoding="utf-8").splitlines()
        places = [number for number, line in enumerate(lines) if line.startswith("  - ")]
        at = rng.choice(places) if at is None else places[at]
        claim = json.loads(lines[at][4:])
        for gone in ("attributedTo", "condition"):
            claim.pop(gone, None)
        claim |= {"modality": "asserted", key: value}
        lines[at] = f"  - {json.dumps(claim)}"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _unname(self, gone: Path) -> None:
        """Nobody speaks of the claims of a file any more."""
        for file in self.claim_files():
            text = file.read_text(encoding="utf-8")
            if f"claim/{gone.stem}/" in text and file != gone:
                for key in ("retracts", "supersedes", "revisionOf", "supports", "disputes"):
                    for claim in self._claims(gone):
                        text = text.replace(f', "{key}": ["claim/{gone.stem}/{claim["id"]}"]', "")
                file.write_text(text, encoding="utf-8")
