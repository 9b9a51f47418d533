"""The server's settings, each read from one environment variable.

``SETTINGS`` lists them for the documentation and the command line: variable, default and what it does.
The folder of the snapshots is a setting of the graph (``graph/settings.py``), for every command needs it.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from graph.errors import SamizdatError


def _setting(variable: str, default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"variable": variable, "help": help_text})


@dataclass(frozen=True)
class ServerSettings:
    """What a server can be told; every value has a default that suits one small machine."""

    host: str = _setting("SAMIZDAT_HOST", "127.0.0.1", "the address to listen at")
    port: int = _setting("SAMIZDAT_PORT", 8000, "the port to listen at; 0 takes a free one")
    threads: int = _setting("SAMIZDAT_THREADS", 16, "requests answered at once; more than the executors")
    executors: int = _setting("SAMIZDAT_EXECUTORS", 8, "queries evaluated at once, each in a process of its own")
    seconds: float = _setting("SAMIZDAT_SECONDS", 10.0, "the longest a query may take; timeout= may lower it")
    memory_mb: int = _setting("SAMIZDAT_MEMORY_MB", 1024, "the most memory one query may use, in MB")
    answer_mb: int = _setting("SAMIZDAT_ANSWER_MB", 64, "the largest answer sent, in MB")
    cache_mb: int = _setting("SAMIZDAT_CACHE_MB", 128, "the most memory that answers kept for later take, in MB")
    request_kb: int = _setting("SAMIZDAT_REQUEST_KB", 1024, "the largest request body read, in KB")
    rate: str = _setting("SAMIZDAT_RATE", "auto", "a client's requests by seconds; auto: `600/60`, off on loopback")
    proxies: int = _setting("SAMIZDAT_PROXIES", 0, "proxies of yours in front, whose X-Forwarded-For is believed")
    services: str = _setting("SAMIZDAT_SERVICES", "", "endpoints that SERVICE may ask, with blanks between")
    metrics: str = _setting("SAMIZDAT_METRICS", "local", "who may read /metrics: local, public or off")
    access_log: str = _setting("SAMIZDAT_ACCESS_LOG", "", "where requests are logged: stderr, a file, or nowhere")
    log_clients: bool = _setting("SAMIZDAT_LOG_CLIENTS", False, "whether that log holds clients' addresses")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "ServerSettings":
        """The settings in force, an empty variable being none.

        SamizdatError for a value that is not of its type or not in its range.
        """
        given = {name: environ[name] for name in SETTINGS if environ.get(name)}
        values: dict[str, Any] = {SETTINGS[name].field: _read(name, text) for name, text in given.items()}
        return cls(**values)

    def to_environment(self) -> dict[str, str]:
        """The same settings as variables, for the process that answers the requests."""
        return {variable: written(getattr(self, setting.field)) for variable, setting in SETTINGS.items()}


@dataclass(frozen=True)
class Setting:
    """One setting: its field in ServerSettings, its default and a line of help."""

    field: str
    default: str | int | float | bool
    help: str


SETTINGS = {
    item.metadata["variable"]: Setting(item.name, item.default, item.metadata["help"])  # type: ignore[arg-type]
    for item in fields(ServerSettings)
}
"""Every setting by its environment variable."""

CHOICES = {"SAMIZDAT_METRICS": ("local", "public", "off")}
PATTERNS = {"SAMIZDAT_RATE": (r"auto|off|[1-9]\d*/[1-9]\d*", "auto, off, or requests and seconds such as 600/60")}
FROM_NOTHING = {"SAMIZDAT_CACHE_MB": "keeps nothing", "SAMIZDAT_PROXIES": "believes nobody"}
YES_OR_NO = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def written(value: str | int | float | bool) -> str:
    """A value as its variable has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(variable: str, text: str) -> str | int | float | bool:
    default = SETTINGS[variable].default
    if isinstance(default, str):
        if text not in CHOICES.get(variable, (text,)):
            raise _wrong(variable, text, f"one of {', '.join(CHOICES[variable])}")
        pattern, wanted = PATTERNS.get(variable, ("(?s:.*)", ""))
        if not re.fullmatch(pattern, text):
            raise _wrong(variable, text, wanted)
        return text
    if isinstance(default, bool):
        if text.lower() not in YES_OR_NO:
            raise _wrong(variable, text, "true or false")
        return YES_OR_NO[text.lower()]
    kind = type(default)
    try:
        value = kind(text)
    except ValueError:
        raise _wrong(variable, text, "a whole number" if kind is int else "a number") from None
    if variable == "SAMIZDAT_PORT":
        if not 0 <= value <= 65535:
            raise _wrong(variable, text, "a port from 0 to 65535")
    elif variable in FROM_NOTHING:
        if value < 0:
            raise _wrong(variable, text, f"a number from 0, which {FROM_NOTHING[variable]}")
    elif not 0 < value < float("inf"):
        raise _wrong(variable, text, "a number above 0")
    return value


def _wrong(variable: str, text: str, wanted: str) -> SamizdatError:
    hint = f"give {wanted}, or leave it unset for {written(SETTINGS[variable].default)}"
    return SamizdatError(f"{variable} is {text!r}", hint)
