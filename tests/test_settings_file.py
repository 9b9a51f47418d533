"""Settings by a file: what it may hold, that the environment wins, and what is said of a mistake."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import SamizdatError
from ontology import settings_file
from server.settings import ServerSettings
from server.settings_check import all_settings, check_file
from server.settings_table import BEGINNING, BLOCK, rewrite, settings_table

ROOT = Path(__file__).parent.parent


def environment(folder: Path, text: str, **given: str) -> dict[str, str]:
    """An environment with a settings file, applied."""
    file = folder / "samizdat.toml"
    file.write_text(text, encoding="utf-8")
    environ = {settings_file.VARIABLE: str(file), **given}
    settings_file.apply(environ)
    return environ


def test_values_of_every_type_are_read(tmp_path: Path) -> None:
    text = 'port = 8080\nseconds = 2.5\nlog_clients = true\nhost = "::1"\ntexts = ["/a", "/b"]\n'
    environ = environment(tmp_path, text)
    assert ServerSettings.from_environment(environ) == ServerSettings(
        port=8080, seconds=2.5, log_clients=True, host="::1"
    )
    assert environ["SAMIZDAT_TEXTS"] == os.pathsep.join(["/a", "/b"])
    check_file(environ)


def test_the_environment_wins(tmp_path: Path) -> None:
    environ = environment(tmp_path, "port = 8080\nthreads = 3\n", SAMIZDAT_PORT="9090")
    assert ServerSettings.from_environment(environ) == ServerSettings(port=9090, threads=3)


def test_no_file_sets_nothing() -> None:
    environ = {settings_file.VARIABLE: "", "SAMIZDAT_PORT": "1"}
    settings_file.apply(environ)
    assert environ == {settings_file.VARIABLE: "", "SAMIZDAT_PORT": "1"}
    check_file(environ)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("memory_md", "did you mean memory_mb"),
        ("SAMIZDAT_PORT", "did you mean port"),
        ("zzz", "it is one of "),
        ("settings", "which is no setting"),
    ],
)
def test_a_key_that_is_no_setting_is_refused(key: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SamizdatError, match=said):
        check_file(environment(tmp_path, f"{key} = 1\n"))


def test_every_setting_may_stand_in_the_file(tmp_path: Path) -> None:
    names = [name for name in all_settings() if name != settings_file.VARIABLE]
    text = "".join(f'{name.removeprefix("SAMIZDAT_").lower()} = "x"\n' for name in names)
    environ = environment(tmp_path, text)
    check_file(environ)
    assert {environ[name] for name in names} == {"x"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("port 8080", "is no TOML: .*line 1"),
        ("[server]\nport = 1", "server in the settings is neither"),
        ("a = [1]", "a in"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=said):
        environment(tmp_path, text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"nowhere\.toml, which cannot be read: no such file"):
        settings_file.apply({settings_file.VARIABLE: str(tmp_path / "nowhere.toml")})


def run(file: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), settings_file.VARIABLE: str(file)}
    return subprocess.run(
        [sys.executable, *arguments], env=environ, cwd=file.parent, capture_output=True, text=True, timeout=60
    )


def test_the_base_may_be_set_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text('base = "https://example.org/kg/"\n')
    assert run(file, "-c", "from ontology.base import BASE; print(BASE)").stdout == "https://example.org/kg/\n"


def test_the_command_says_what_is_wrong_and_what_was_meant(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("prot = 80\n")
    told = run(file, "-m", "server.cli", "questions")
    assert told.returncode == 1
    assert "has 'prot', which is no setting - did you mean port?" in " ".join(told.stderr.split())


@pytest.mark.parametrize("text", ["maybe", "2", "on"])
def test_a_yes_or_no_is_nothing_else(text: str) -> None:
    with pytest.raises(SamizdatError, match="give true or false"):
        ServerSettings.from_environment({"SAMIZDAT_LOG_CLIENTS": text})


def test_metrics_are_for_whom_there_is_a_word() -> None:
    with pytest.raises(SamizdatError, match="give one of local, public, off"):
        ServerSettings.from_environment({"SAMIZDAT_METRICS": "everybody"})


def test_the_readme_has_the_table_of_settings() -> None:
    found = BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found, f"the README has no {BEGINNING} block"
    assert found[0] == settings_table(), "run `python -m server.settings_table`"
    assert {"SAMIZDAT_SETTINGS", "SAMIZDAT_HOME", "SAMIZDAT_PORT", "SAMIZDAT_METRICS"} <= all_settings().keys()


def test_the_table_is_rewritten_in_place(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGINNING}\nold\n<!-- /settings -->\nafter\n", encoding="utf-8")
    rewrite(readme)
    assert readme.read_text(encoding="utf-8") == f"before\n{BEGINNING}\n{settings_table()}<!-- /settings -->\nafter\n"
