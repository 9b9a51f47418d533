"""The TCP connections of this process, as the kernel sees them: who is at the other end, and who spoke last."""

import ipaddress
import os
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass

# struct tcp_info of linux/tcp.h: a state in its first byte, and milliseconds since data was last sent and received.
_SIZE, _TIMES, _ESTABLISHED = 60, struct.Struct("=44xI4xI4x"), 1


@dataclass(frozen=True)
class Connection:
    """An open connection: the address of its other end, and when it last brought and took data (time.monotonic)."""

    address: str
    received: float
    sent: float


def connections() -> Iterator[Connection]:
    """Every open TCP connection of this process, listening sockets left out; none where the kernel does not tell."""
    for name in os.listdir("/proc/self/fd") if hasattr(socket, "TCP_INFO") and os.path.isdir("/proc/self/fd") else ():
        try:
            if os.readlink(f"/proc/self/fd/{name}").startswith("socket:"):
                found = _connection(int(name))
                if found:
                    yield found
        except OSError:
            continue  # closed meanwhile, or no TCP socket


def _connection(descriptor: int) -> Connection | None:
    looked_at = socket.socket(fileno=descriptor)
    try:
        if looked_at.family not in (socket.AF_INET, socket.AF_INET6) or looked_at.type != socket.SOCK_STREAM:
            return None
        told = looked_at.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SIZE)
        if told[0] != _ESTABLISHED:
            return None
        now = time.monotonic()
        sent, received = _TIMES.unpack(told)
        return Connection(plain(looked_at.getpeername()[0]), now - received / 1000, now - sent / 1000)
    finally:
        looked_at.detach()  # it is the server's, not ours to close


def plain(address: str) -> str:
    """The address in one form: an IPv4 address in IPv6 notation as what it is."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(getattr(read, "ipv4_mapped", None) or read)
