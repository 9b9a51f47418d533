"""What is published of a folder that changes little by little, byte for byte as if each state were published alone."""

from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from growth_fixtures import Folder, at_once, made, of_all
from pyoxigraph import RdfFormat, Store, parse

from graph.growing.cache import Cache
from graph.growing.workers import Alone
from graph.iris import ID
from graph.snapshot import Snapshot, Snapshots
from graph.snapshots import cutting
from graph.snapshots.content import sorted_lines
from graph.snapshots.cutting import Place
from graph.snapshots.segments import Content

ASKED = {"claims": "SELECT (COUNT(*) AS ?n) { ?s a <http://www.nanopub.org/nschema#Nanopublication> }"}
CHANGES = 4


def files(snapshot: Snapshot) -> dict[str, str]:
    """Every file of a snapshot by its hash, but for the engine's own and the one that tells the time."""
    return {
        str(path.relative_to(snapshot.path)): sha256(path.read_bytes()).hexdigest()
        for path in snapshot.path.rglob("*")
        if path.is_file() and path.parent != snapshot.store_path and path.name != "build.json"
    }


def test_what_grows_is_published_as_if_from_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "ROOTS", {place: 3 if place == Place.CLAIMS else 40 for place in Place})
    settings, rng = made(tmp_path / "data"), Random(5)
    folder, growing = Folder(settings), Snapshots(tmp_path / "growing")
    shared = 0
    for number in range(CHANGES):
        before = growing.current().segments if number else ()
        with Cache(settings.home) as cache:
            content = of_all(settings, cache, Alone())
            grown = growing.publish_content(content, {}, questions=ASKED)
        alone = Snapshots(tmp_path / f"alone-{number}").publish(
            parse(at_once(settings), RdfFormat.N_QUADS), {}, questions=ASKED
        )
        assert grown.id == alone.id
        assert files(grown) == files(alone)
        assert sorted_lines(Store.read_only(str(grown.store_path))) == grown.content()
        shared += len({one.sha256 for one in grown.segments} & {one.sha256 for one in before})
        folder.change(rng)
    assert shared > CHANGES * 5
    grown.verify()


def test_one_claim_that_changes_leaves_nearly_all_that_was_made(tmp_path: Path) -> None:
    settings = made(tmp_path / "data")
    made_of: list[str] = []

    def note(lines: bytes, ids: str) -> bytes:
        made_of.append(ids)
        return sha256(lines).digest()

    # Remembered by its name, as what is made of segments is.
    note.__module__, note.__qualname__ = __name__, "note"
    for wanted in ("all", "none", "few"):
        with Cache(settings.home) as cache:
            content = of_all(settings, cache, Alone())
            made_of.clear()
            list(content.each(note))
        count = len(content.segments)
        assert {"all": len(made_of) == count, "none": not made_of, "few": 0 < len(made_of) < count / 2}[wanted]
        if wanted == "none":
            file = Folder(settings).claim_files()[0]
            file.write_text(file.read_text(encoding="utf-8").replace('"label": "', '"label": "Said: ', 1), "utf-8")
    assert isinstance(content, Content)
    assert content.ids == ID
