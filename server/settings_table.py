"""The README's table of settings, made from the settings: ``python -m server.settings_table`` rewrites it."""

import re
from pathlib import Path

from server.settings_check import all_settings

BEGINNING, END = "<!-- settings -->", "<!-- /settings -->"
BLOCK = re.compile(f"(?<={BEGINNING}\n).*?(?={END})", re.DOTALL)


def settings_table() -> str:
    """A Markdown table: each setting, what it is, and what holds without it."""
    rows = [f"| `{name}` | {setting.help} | {setting.default} |" for name, setting in all_settings().items()]
    return "\n".join(("| setting | what it is | if not set |", "|---|---|---|", *rows, ""))


def rewrite(readme: Path) -> None:
    """Put the table between the two markers of the README."""
    text = readme.read_text(encoding="utf-8")
    readme.write_text(BLOCK.sub(lambda _: settings_table(), text), encoding="utf-8")


if __name__ == "__main__":
    rewrite(Path("README.md"))
