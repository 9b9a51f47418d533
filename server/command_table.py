"""The README's table of commands, made from the commands themselves: ``python -m server.command_table`` rewrites it."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from server.cli import main

BEGINNING, END = "<!-- commands -->", "<!-- /commands -->"
BLOCK = re.compile(f"(?<={BEGINNING}\n).*?(?={END})", re.DOTALL)


def command_table() -> str:
    """A Markdown table: each command with its arguments, what it does, and each of its options."""
    rows = [
        f"| `{_cell(name)}` | {_what(command)} | {_options(command)} |" for name, command in _commands("samizdat", main)
    ]
    return "\n".join(("| command | what it does | options |", "|---|---|---|", *rows, ""))


def _commands(name: str, group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """Every command and sub-command with its whole name and arguments."""
    for command in group.commands.values():
        full = " ".join([name, command.name or "", *_arguments(command)])
        yield full, command
        if isinstance(command, click.Group):
            yield from _commands(full, command)


def _arguments(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    yield from (param.make_metavar(context) for param in command.params if isinstance(param, click.Argument))


def _what(command: click.Command) -> str:
    return _cell(command.get_short_help_str(limit=200))


def _options(command: click.Command) -> str:
    options = [param for param in command.params if isinstance(param, click.Option)]
    return "<br>".join(f"`{_name(option)}` {_cell(option.help or '')}" for option in options)


def _name(option: click.Option) -> str:
    value = "" if option.is_flag else f" {option.metavar}"
    return _cell(", ".join(option.opts) + value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def rewrite(readme: Path) -> None:
    """Puts the table between the two markers of the README."""
    text = readme.read_text(encoding="utf-8")
    readme.write_text(BLOCK.sub(lambda _: command_table(), text), encoding="utf-8")


if __name__ == "__main__":
    rewrite(Path("README.md"))
