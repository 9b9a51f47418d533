"""Settings from a TOML file: what SAMIZDAT_SETTINGS names is put into the environment, where it is not set already.

Here, at the bottom, because the base IRI is a setting, and is read when the first module is imported. Which keys
there are is known further up: ``server/settings_check.py`` refuses those that are none.
"""

import errno
import os
import stat
import tomllib
from collections.abc import MutableMapping
from typing import Any

VARIABLE = "SAMIZDAT_SETTINGS"
LONGEST = 16_000
"""Bytes of a file of settings."""


def apply(environ: MutableMapping[str, str] = os.environ) -> None:
    """Set a variable for each key of the file, if there is a file; SystemExit if it cannot be read."""
    for key, value in keys(environ).items():
        environ.setdefault(variable(key), _text(key, value))


def keys(environ: MutableMapping[str, str] = os.environ) -> dict[str, Any]:
    """The keys of the file with their values as TOML has them; SystemExit if it cannot be read."""
    path = environ.get(VARIABLE)
    if not path:
        return {}
    try:
        return tomllib.loads(_content(path))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SystemExit(f"samizdat: {VARIABLE} names {path}, which cannot be read: {reason}") from None
    except RecursionError:
        raise SystemExit(f"samizdat: {path} is nested too deeply - write one `name = value` a line") from None
    except ValueError as error:  # TOMLDecodeError, UnicodeDecodeError, or a number of thousands of digits
        raise SystemExit(f"samizdat: {path} is no TOML: {error} - write one `name = value` a line") from None


def _content(path: str) -> str:
    """The text of the file; OSError at once for a pipe or a device, which might never end."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a file")
        content = os.read(descriptor, LONGEST + 1)
    finally:
        os.close(descriptor)
    if len(content) > LONGEST:
        raise OSError(errno.EFBIG, f"more than {LONGEST:,} bytes")
    return content.decode()


def variable(key: str) -> str:
    """The environment variable of a key: ``memory_mb`` is SAMIZDAT_MEMORY_MB."""
    return f"SAMIZDAT_{key.upper()}"


def _text(key: str, value: Any) -> str:
    """A value as its variable has it; a list is one of folders."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return os.pathsep.join(value)
    raise SystemExit(f"samizdat: {key} in the settings is neither text nor a number - write `{key} = value`")
