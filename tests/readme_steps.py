"""The commands of a section of the README, run as they stand there: by a shell, and `samizdat` in this process."""

import os
import re
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli_fixtures import run
from repository import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """What stands under a heading of the README, up to the next one."""
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,4}} |\Z)", README, flags=re.DOTALL | re.MULTILINE)
    assert found, title
    return found[2]


def commands(title: str) -> list[str]:
    """The indented lines of a section, which are commands."""
    outside = re.sub(r"```.*?```", "", section(title), flags=re.DOTALL)
    return [line[4:] for line in re.findall(r"^    .*$", outside, flags=re.MULTILINE)]


def with_options(line: str, options: Mapping[str, str]) -> str:
    """The command with other values for the options that it has; ``""`` is its first argument."""
    words = shlex.split(line)
    for name, value in options.items():
        words[words.index(name) + 1 if name else 2] = value
    return shlex.join(words)


def follow(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a line prints in this folder; `export` holds for the lines after it, as in a shell."""
    name, _, rest = line.partition(" ")
    if name == "export":
        for word in _shell(f"printf '%s\\0' {rest}", folder).split("\0")[:-1]:
            monkeypatch.setenv(*word.split("=", 1))
        return ""
    if name != "samizdat":
        return _shell(line, folder)
    result = run(*_shell(f"printf '%s\\0' {rest}", folder).split("\0")[:-1])
    assert result.exit_code == 0, f"{line}\n{result.output}"
    return result.output


def _shell(script: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-euc", script], cwd=folder, env={**os.environ, "PWD": str(folder)}, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{script}\n{done.stderr}"
    return done.stdout
