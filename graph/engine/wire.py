"""Messages between the web process and an executor: a JSON header and a body of bytes, each with its length.

One side asks, the other answers, in turn: no message begins before the one before it has been read.
"""

import json
import socket
import struct
import time
from typing import Any

Header = dict[str, Any]

TRANSFER = 10.0
"""Seconds that the rest of a message which began in time may take longer."""

NUMBER = struct.Struct("=i")
"""What the fork server tells of an executor: its process id, an error number below 0, or its exit code."""

_LENGTHS = struct.Struct("!IQ")
_AT_ONCE = 65536
"""Bytes sent or received in one call: the other side is then woken once, which is most of a lookup's cost."""


def send(connection: socket.socket, header: Header, body: bytes = b"") -> None:
    """Send one message; OSError if the other side is gone."""
    encoded = json.dumps(header).encode()
    first = _LENGTHS.pack(len(encoded), len(body)) + encoded
    if len(body) < _AT_ONCE:
        connection.sendall(first + body)
    else:
        connection.sendall(first)
        connection.sendall(body)


def receive(connection: socket.socket, until: float | None = None) -> tuple[Header, bytes]:
    """The next message; EOFError if the other side is gone, TimeoutError if none has begun by ``until``.

    Time is time.monotonic's, which all processes of a machine share.
    """
    received = bytearray()
    _receive(connection, received, _LENGTHS.size, until)
    header_length, body_length = _LENGTHS.unpack_from(received)
    end = _LENGTHS.size + header_length
    _receive(connection, received, end + body_length, until and until + TRANSFER)
    whole = memoryview(received)
    return json.loads(bytes(whole[_LENGTHS.size : end])), bytes(whole[end:])


def _receive(connection: socket.socket, received: bytearray, length: int, until: float | None) -> None:
    while len(received) < length:
        if until is not None:
            # A time-out of 0 would mean "do not block" and raise another error.
            connection.settimeout(max(until - time.monotonic(), 0.0001))
        chunk = connection.recv(max(_AT_ONCE, min(length - len(received), 1 << 20)))
        if not chunk:
            raise EOFError
        received += chunk
