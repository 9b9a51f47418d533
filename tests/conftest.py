"""Fixtures that many tests share: settings over the project's own data, and the dataset made of it."""

import os
import tempfile
from pathlib import Path

import pytest
from browser_fixtures import axe, browser, context_of, page, page_errors, site  # noqa: F401
from hypothesis import settings as hypothesis_settings
from pyoxigraph import Store
from repository import REPOSITORY, SEED
from scratch import memory

from graph.checking import check
from graph.dataset import Content, ontology_triples, published_quads
from graph.reasoning import derive
from graph.settings import Settings

# How long one example takes says how busy the machine is, and nothing of the code.
hypothesis_settings.register_profile("samizdat", deadline=None)
hypothesis_settings.load_profile("samizdat")

# Before anything asks for a folder; who says where it is to be is heard, and pytest-xdist's workers inherit it.
if "TMPDIR" not in os.environ and (folder := memory()):
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = None


@pytest.fixture(scope="session", autouse=True)
def same_everywhere() -> None:
    """What a test finds in its environment is the same by whatever it was started.

    pytest-xdist tells its workers a width, and make where the text is: who wants either says so.
    """
    for name in ("COLUMNS", "SAMIZDAT_TEXTS"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def texts() -> tuple[Path, ...]:
    """The folders with source texts: none where the seed is not at hand."""
    return (SEED,) if SEED.is_dir() else ()


@pytest.fixture(scope="session")
def seed_text() -> str:
    files = sorted(SEED.glob("*.txt")) if SEED.is_dir() else []
    if not files:
        pytest.skip("the editorial's text (../shared/seed/*.txt) is not at hand")
    return files[0].read_bytes().decode("utf-8")


@pytest.fixture
def settings(tmp_path: Path, texts: tuple[Path, ...]) -> Settings:
    """The project's own data, published into a folder of the test's own."""
    return Settings(data=REPOSITORY / "graph" / "data", texts=texts, home=tmp_path / "home")


@pytest.fixture(scope="session")
def seed_content(texts: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The project's own data, read and encoded."""
    home = tmp_path_factory.mktemp("home")
    checked = check(Settings(data=REPOSITORY / "graph" / "data", texts=texts, home=home), reason=False)
    assert checked.content is not None, "\n".join(map(str, checked.problems))
    return checked.content


@pytest.fixture(scope="session")
def seed_store(seed_content: Content) -> Store:
    """The whole dataset of the project's own data, as a snapshot holds it."""
    store = Store()
    store.bulk_extend(published_quads(seed_content, derive(ontology_triples(), seed_content.asserted())))
    return store
