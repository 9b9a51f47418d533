"""Plain data as bytes, read back without running anything that the bytes name.

They are written as pickles, which are the quickest to read for many small values. A pickle can name any function to be
called when it is read (https://docs.python.org/3/library/pickle.html, "Restricting Globals"); here it can name no more
than the dataclasses, named tuples and enumerations of this code, and collections: whoever can write the bytes can make
the values wrong, and run nothing.
"""

import pickle
import sys
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from io import BytesIO
from typing import Any

from zstandard import ZstdCompressor, ZstdDecompressor, ZstdError

OWN = ("graph.", "ontology.", "queries.")
OTHERS = frozenset(
    (
        *(("builtins", name) for name in ("frozenset", "set", "bytearray", "list", "dict", "int")),
        *(("collections", name) for name in ("Counter", "OrderedDict", "defaultdict", "deque")),
        *(("pathlib", name) for name in ("PosixPath", "WindowsPath", "PurePosixPath")),
        *(("array", name) for name in ("array", "_array_reconstructor")),
    )
)
"""What a value may be made with that is not of this code."""
LEVEL = 1
"""Of zstd, which unpacks a gigabyte a second."""


class Compact:
    """A dataclass that is written without the names of its fields: it is read in half the time."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(vars(self).values())


class NotPlain(ValueError):
    """These bytes are no plain data, or damaged."""


def packed(value: Any) -> bytes:
    """A value as bytes."""
    return ZstdCompressor(level=LEVEL).compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def unpacked(content: bytes) -> Any:
    """The value whose bytes these are; ``NotPlain`` if they are of none that may be read."""
    try:
        return _Reader(BytesIO(ZstdDecompressor().decompress(content))).load()
    except ZstdError as error:
        raise NotPlain(str(error)) from None
    except Exception as error:  # what a damaged pickle raises is anything
        raise NotPlain(str(error)) from error


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """See ``pickle.Unpickler``."""
        if (module, name) in OTHERS:
            return getattr(sys.modules.get(module) or import_module(module), name)
        if module.startswith(OWN) and name.isidentifier():
            found = getattr(sys.modules.get(module) or import_module(module), name, None)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, (tuple, Enum))):
                return found
        raise NotPlain(f"{module}.{name} is no plain data")
