"""The program of an executor process: ``python -m graph.engine.executor SOCKET STORE MEMORY ANSWER``.

SOCKET is an inherited file descriptor, STORE the folder of a store, MEMORY and ANSWER are bounds in bytes.
It answers one query after another and ends when the other side of its socket closes, over a query too, when the
kernel's timer or memory bound strikes, or when a query tries to reach the network.
"""

import contextlib
import socket
import sys
import time

from pyoxigraph import Store

from graph.engine import isolation, wire
from graph.engine.answering import Refusal, answer


def main(arguments: list[str]) -> None:
    """Bind the process, open the store, and serve until the parent is gone."""
    descriptor, store_path, memory_bytes, answer_bytes = arguments
    isolation.heed_signals()
    networkless = isolation.forbid_network()
    isolation.end_with(int(descriptor))
    with socket.socket(fileno=int(descriptor)) as connection, contextlib.suppress(EOFError, ConnectionError):
        store = _opened(store_path)
        # Not before: opening takes a thread for each file of the store, each with a stack, for a moment.
        isolation.bound_memory(int(memory_bytes))
        wire.send(connection, {})  # ready: from now on, what takes long is a query and not the start
        while True:
            request, _ = wire.receive(connection)
            isolation.arm(request["deadline"] - time.monotonic())
            header, body = _outcome(store, request, int(answer_bytes), networkless)
            isolation.disarm()
            wire.send(connection, header, body)


def _opened(path: str) -> Store | str:
    """The store, or why there is none: told to whoever asks first."""
    try:
        return Store.read_only(path)
    except (OSError, ValueError) as error:
        return str(error)


def _outcome(
    store: Store | str, request: wire.Header, answer_bytes: int, networkless: bool
) -> tuple[wire.Header, bytes]:
    try:
        if isinstance(store, str):
            raise Refusal("store", store)
        if not networkless and "service" in request["text"].lower():
            raise Refusal("service", "")
        kind, media_type, body = answer(store, request, answer_bytes)
    except Refusal as refusal:
        return {"failure": refusal.failure, "message": refusal.message}, b""
    return {"kind": kind, "media_type": media_type}, body


if __name__ == "__main__":
    main(sys.argv[1:])
