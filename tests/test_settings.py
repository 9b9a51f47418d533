"""The settings of the graph: what the environment says, and that it is documented."""

import os
from dataclasses import fields
from pathlib import Path

import pytest

from graph.errors import SamizdatError
from graph.progress import ignore
from graph.settings import SETTINGS, Settings

ROOT = Path(__file__).parent.parent


def test_nothing_set_means_the_shipped_data_and_a_home_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment({})
    assert settings == Settings(ROOT / "graph" / "data", (), tmp_path / ".samizdat")
    assert settings.snapshots == tmp_path / ".samizdat" / "snapshots"


def test_what_is_set_holds(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    texts = os.pathsep.join([str(tmp_path / "one"), "", str(tmp_path / "two")])
    settings = Settings.from_environment(
        {"SAMIZDAT_DATA": str(tmp_path), "SAMIZDAT_TEXTS": texts, "SAMIZDAT_HOME": str(tmp_path / "new")}
    )
    assert settings == Settings(tmp_path, (tmp_path / "one", tmp_path / "two"), tmp_path / "new")


def test_paths_stay_what_they_were_when_the_current_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment({"SAMIZDAT_DATA": ".", "SAMIZDAT_TEXTS": ".", "SAMIZDAT_HOME": "home"})
    assert all(path.is_absolute() for path in [settings.data, *settings.texts, settings.home])


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings.from_environment({"SAMIZDAT_TEXTS": "~"}).texts == (tmp_path,)


def test_an_empty_variable_is_not_set() -> None:
    assert Settings.from_environment(dict.fromkeys(SETTINGS, "")) == Settings.from_environment({})


@pytest.mark.parametrize("variable", ["SAMIZDAT_DATA", "SAMIZDAT_TEXTS"])
def test_a_mistyped_folder_is_refused_by_name(variable: str, tmp_path: Path) -> None:
    with pytest.raises(SamizdatError, match=f"{variable} names .*nowhere"):
        Settings.from_environment({variable: str(tmp_path / "nowhere")})


def test_the_process_environment_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMIZDAT_HOME", str(tmp_path))
    assert Settings.from_environment().home == tmp_path


def test_every_field_has_its_variable() -> None:
    assert {f"SAMIZDAT_{field.name.upper()}" for field in fields(Settings)} == SETTINGS.keys() - {"SAMIZDAT_BASE"}


@pytest.mark.parametrize("variable", SETTINGS)
def test_every_setting_is_in_the_readme(variable: str) -> None:
    row = next(
        (line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith(f"| `{variable}`")), None
    )
    assert row is not None, f"no row for {variable} in the table of settings"


def test_nobody_has_to_listen() -> None:
    ignore("reading")
