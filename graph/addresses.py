"""Which addresses of the network a host has, and whether they are of the public internet.

Whoever fetches what somebody else names looks the host up once, judges every address that it has, and connects to one
that was judged, so that no second answer of its name server can lead inside
(https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
"""

import socket
from ipaddress import ip_address


def addresses_of(host: str, port: int) -> list[str]:
    """Every address of a host, in the order in which they are to be tried; OSError or ValueError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def is_public(address: str) -> bool:
    """Whether anybody's machine may have this address; not loopback, a private network, or a group of machines."""
    found = ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or found
    return inner.is_global and not inner.is_multicast
