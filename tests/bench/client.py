"""Asking: one request at a time over one connection, timed; and as many as there can be, by wrk."""

import re
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass

from bench.servers import Server

JSON = "application/sparql-results+json"
GRAPH = "application/n-triples"
ACCEPT = f"{JSON}, {GRAPH};q=0.9"
PATIENCE = 120.0


@dataclass(frozen=True)
class Reply:
    """What came back: ``seconds`` from the first byte sent to the last received."""

    status: int
    seconds: float
    body: bytes


class Connection:
    """A bare HTTP/1.1 client that keeps its connection; what http.client costs would blur the smallest lookups."""

    def __init__(self, server: Server) -> None:
        self._port = server.port
        self._socket: socket.socket | None = None

    def get(self, target: str, accept: str = ACCEPT) -> Reply:
        """One request, on a new connection if the server has closed the last one."""
        request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAccept: {accept}\r\n\r\n".encode()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        began = time.perf_counter()
        try:
            self._socket.sendall(request)
            head, body = self._receive(self._socket)
        except (OSError, EOFError):
            self.close()
            return Reply(0, time.perf_counter() - began, b"")
        seconds = time.perf_counter() - began
        if b"connection: close" in head:
            self.close()
        whole = _joined(body) if b"transfer-encoding: chunked" in head else bytes(body)
        return Reply(int(head.split(b" ", 2)[1]), seconds, whole)

    def close(self) -> None:
        """Leave the server."""
        if self._socket:
            self._socket.close()
        self._socket = None

    def _receive(self, connection: socket.socket) -> tuple[bytes, bytearray]:
        """The head in lower case, and the body as it came."""
        received = bytearray()
        while (end := received.find(b"\r\n\r\n")) < 0:
            _more(connection, received)
        head = bytes(received[:end]).lower()
        del received[: end + 4]
        if length := re.search(rb"\r\ncontent-length: *(\d+)", head):
            while len(received) < int(length[1]):
                _more(connection, received)
        elif b"transfer-encoding: chunked" in head:
            while not received.endswith(b"\r\n0\r\n\r\n"):
                _more(connection, received)
        return head, received


def _joined(chunks: bytearray) -> bytes:
    """The body that came in chunks (RFC 9112, section 7.1), without trailers."""
    body: list[bytes] = []
    at = 0
    while True:
        end = chunks.index(b"\r\n", at)
        length = int(chunks[at:end], 16)
        if not length:
            return b"".join(body)
        body.append(bytes(chunks[end + 2 : end + 2 + length]))
        at = end + length + 4


def _more(connection: socket.socket, received: bytearray) -> None:
    chunk = connection.recv(1 << 18)
    if not chunk:
        raise EOFError
    received += chunk


def throughput(server: Server, target: str, seconds: int, *, encoding: str = "identity") -> float | None:
    """Answers a second at 16 connections; None if any answer was an error, or none came in a long time."""
    rate = _wrk(server, target, seconds, encoding)
    # So slow that not one of 16 was answered: it gets more time.
    return rate if rate is None or rate > 0 else _wrk(server, target, LONG, encoding) or None


def _wrk(server: Server, target: str, seconds: int, encoding: str) -> float | None:
    command = ["wrk", "-t", "1", "-c", "16", "-d", f"{seconds}s", "--timeout", "60s",
               "-H", f"Accept: {ACCEPT}", "-H", f"Accept-Encoding: {encoding}",
               f"http://127.0.0.1:{server.port}{target}"]  # fmt: skip
    try:
        said = subprocess.run(command, check=False, capture_output=True, timeout=seconds + 30).stdout.decode()
    except subprocess.TimeoutExpired:  # wrk sometimes waits for ever for an answer that was cut off
        said = ""
    server.settle()
    rate = re.search(r"Requests/sec: +([\d.]+)", said)
    return float(rate[1]) if rate and "Non-2xx" not in said and "Socket errors" not in said else None


LONG = 10
"""Seconds of load for a server that has not answered at all in the usual time."""


def available() -> bool:
    """Whether Debian's wrk is installed."""
    return shutil.which("wrk") is not None
