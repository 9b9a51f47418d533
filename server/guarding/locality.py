"""Whether a request comes from this very machine: some things are not for anybody else."""

from flask import request

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
"""What a proxy puts on a request: then the address of the other side is the proxy's and says nothing."""
HERE = ("127.", "::1", "::ffff:127.")


def asked_from_here() -> bool:
    """Whether whoever asks is on this machine, as far as can be told."""
    forwarded = any(name in request.headers for name in FORWARDED)
    return not forwarded and (request.remote_addr or "").startswith(HERE)
