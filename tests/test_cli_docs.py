"""The help teaches, and the README tells of every command and option."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from server.cli import main
from server.command_table import BEGINNING, BLOCK, command_table, rewrite

README = Path(__file__).parent.parent / "README.md"
COMMANDS: dict[tuple[str, ...], click.Command] = {(name,): command for name, command in main.commands.items()} | {
    (name, sub): command
    for name, group in main.commands.items()
    if isinstance(group, click.Group)
    for sub, command in group.commands.items()
}


def test_the_readme_has_the_table_of_commands() -> None:
    found = BLOCK.search(README.read_text(encoding="utf-8"))
    assert found, f"the README has no {BEGINNING} block"
    assert found[0] == command_table(), "run `python -m server.command_table`"


def test_the_table_is_rewritten_in_place(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGINNING}\nold\n<!-- /commands -->\nafter\n", encoding="utf-8")
    rewrite(readme)
    text = readme.read_text(encoding="utf-8")
    assert text == f"before\n{BEGINNING}\n{command_table()}<!-- /commands -->\nafter\n"


@pytest.mark.parametrize("path", COMMANDS)
def test_the_table_has_every_command_and_option(path: tuple[str, ...]) -> None:
    [row] = [line for line in command_table().splitlines() if line.split("`")[1:2] and _is_row_of(line, path)]
    for param in COMMANDS[path].params:
        for name in param.opts if isinstance(param, click.Option) else []:
            assert name in row


def _is_row_of(line: str, path: tuple[str, ...]) -> bool:
    words = line.split("`")[1].split()[1:]
    return tuple(word for word in words if word == word.lower() and not word.startswith("[")) == path


@pytest.mark.parametrize("path", COMMANDS)
def test_help_tells_what_an_example_and_the_exit_codes(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*path, "--help"], prog_name="samizdat")
    assert result.exit_code == 0
    assert f"  samizdat {' '.join(path)}" in result.output.split("Examples:")[1]
    assert "  0  done" in result.output.split("Exit codes:")[1]
    assert COMMANDS[path].short_help


@pytest.mark.parametrize("path", COMMANDS)
def test_every_option_is_explained(path: tuple[str, ...]) -> None:
    options = [param for param in COMMANDS[path].params if isinstance(param, click.Option)]
    assert all(option.help for option in options)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], []])
def test_the_group_lists_its_commands_for_a_newcomer(arguments: list[str]) -> None:
    output = CliRunner().invoke(main, arguments, prog_name="samizdat").output
    for name in main.commands:
        assert f"  {name}  " in output
    assert "SAMIZDAT_HOME" in output


def test_help_fits_an_ordinary_terminal() -> None:
    for path in COMMANDS:
        output = CliRunner().invoke(main, [*path, "--help"], prog_name="samizdat").output
        assert max(map(len, output.splitlines())) <= 100
