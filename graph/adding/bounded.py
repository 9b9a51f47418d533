"""Work on what strangers wrote, in a process of its own that the kernel ends when it takes too long.

Parsers of HTML are fast on pages and quadratic on what is made to look like one (libxml2 compares each attribute of an
element with all before it), and nothing in the process itself can stop them.
"""

import json
import os
import resource
from collections.abc import Callable
from typing import Any


def bounded(work: Callable[[], Any], seconds: int) -> Any:
    """What the work gives, as JSON has it; None if it fails, or needs more than so many seconds of a processor."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _work(work, writing, seconds)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        content = answer.read()
    _, status = os.waitpid(child, 0)
    return json.loads(content) if status == 0 else None


def _work(work: Callable[[], Any], writing: int, seconds: int) -> None:
    """The child: it answers and is gone, without anything that its parent would do at its end."""
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with os.fdopen(writing, "wb") as answer:
            answer.write(json.dumps(work()).encode())
        status = 0
    finally:
        os._exit(status)
