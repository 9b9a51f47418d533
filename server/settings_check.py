"""Every setting there is, and a settings file held to them."""

import os
from collections.abc import MutableMapping
from difflib import get_close_matches

from graph import settings as of_graph
from graph.errors import SamizdatError
from graph.settings import Setting
from ontology import settings_file
from server import settings as of_server

FILE = Setting("a TOML file with settings, their names in small letters: `port = 8080`", "none")


def all_settings() -> dict[str, Setting]:
    """Each environment variable with its help and, in words, its default."""
    ours = {
        name: Setting(item.help, of_server.written(item.default) or "none") for name, item in of_server.SETTINGS.items()
    }
    return {settings_file.VARIABLE: FILE, **of_graph.SETTINGS, **ours}


def check_file(environ: MutableMapping[str, str] = os.environ) -> None:
    """SamizdatError for a key of the settings file that is no setting: a misspelt bound would be no bound."""
    known = {name.removeprefix("SAMIZDAT_").lower() for name in all_settings()} - {"settings"}
    for key in settings_file.keys(environ):
        if key not in known:
            near = get_close_matches(key.lower().removeprefix("samizdat_"), known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it is one of {', '.join(sorted(known))}"
            raise SamizdatError(f"{environ[settings_file.VARIABLE]} has {key!r}, which is no setting", hint)
