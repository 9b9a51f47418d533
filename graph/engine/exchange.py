"""One question to somebody's endpoint and its whole answer, bounded in time and size, whatever the endpoint does."""

import queue
import threading
import time
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse, IncompleteRead

from SPARQLWrapper import SPARQLWrapper

from graph.engine import Kind, outcomes, remote_failures
from graph.errors import AnswerTooLarge, SamizdatError

CHUNK = 65536


@dataclass(frozen=True)
class Received:
    """The bytes of an answer, and the fields of its head."""

    body: bytes
    head: Message


def exchange(
    wrapper: SPARQLWrapper, media_type: str, kind: Kind, *, seconds: float, answer_bytes: int
) -> Received:  # fmt: skip
    """Ask what the wrapper is set to ask; an error of ``graph.errors`` if the answer is not whole and as asked for.

    A thread of its own waits for it, and reads the endpoint's complaint too: a time-out of sockets is one for each
    packet.
    """
    arrived: queue.SimpleQueue[Received | SamizdatError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            with wrapper.query().response as response:
                remote_failures.check_head(response, media_type)
                arrived.put(Received(_read(response, until, answer_bytes), response.headers))
        except Exception as fault:
            # Whatever it is, the thread that waits must hear of it.
            failure = remote_failures.error(fault, kind, seconds)
            failure.__cause__ = None if failure is fault else fault
            arrived.put(failure)

    until = time.monotonic() + seconds
    threading.Thread(target=ask, daemon=True).start()
    try:
        result = arrived.get(timeout=max(seconds, 0))
    except queue.Empty:
        raise outcomes.timed_out(seconds) from None
    if isinstance(result, SamizdatError):
        raise result
    remote_failures.check(result.body, media_type, kind)
    return result


def _read(response: HTTPResponse, until: float, answer_bytes: int) -> bytes:
    received = bytearray()
    while chunk := response.read(CHUNK):
        received += chunk
        if len(received) > answer_bytes:
            raise AnswerTooLarge("the answer is larger than an answer may be", "ask in parts, with LIMIT and OFFSET")
        if time.monotonic() > until:
            raise TimeoutError
    if response.length:
        raise IncompleteRead(bytes(received[:0]), response.length)
    return bytes(received)
